package outbox

import "entente"

// unread finds what waits by the SHA-256 of its bytes: that is how a partner names
// what its program could not take apart as an envelope. Without it, such a refusal
// would be about nothing, and the message would be sent for ever. Of a long queue,
// the first batches are looked at.
func (r *round) unread(tx entente.MessageStore, name entente.Digest) (record entente.Digest, ok bool, err error) {
	if r.bytes == nil {
		r.bytes = map[entente.Digest]entente.Digest{}
		for record, item := range r.waiting {
			if len(r.bytes) == 4*batchSize {
				break
			}
			f, err := tx.Message(item.Message)
			if err != nil {
				return record, false, err
			}
			r.bytes[entente.DigestOf(f.Envelope)] = record
		}
	}
	record, ok = r.bytes[name]
	return record, ok, nil
}
