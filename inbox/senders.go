package inbox

import (
	"errors"
	"time"

	"entente"
	"entente/seal"
)

// retired is how long a message key still counts after its successor came to us:
// for what was written before, and was waiting on another channel.
const retired = 7 * 24 * time.Hour

// senders gives the editions of the sender's descriptor, newest first, whose
// message key is the one that the header names. An edition that was followed by
// another counts for what was written until that other was issued, and only for
// a while: else a stolen old key could sign back-dated messages for ever.
func (i *Inbox) senders(tx entente.Tx, h entente.Header) ([]entente.Party, error) {
	editions, err := tx.PartyEditions(h.From)
	if err != nil {
		return nil, err
	}
	if len(editions) == 0 {
		return nil, refusal(entente.ReasonUnknownSender, "from", "there is no descriptor of the sender here")
	}
	var out []entente.Party
	for n := len(editions) - 1; n >= 0; n-- {
		if p := editions[n].Party; seal.KeyIDOf(p.Keys.Message) == h.SenderKey && !i.late(editions, n, h.Created) {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return nil, refusal(entente.ReasonSenderKey, "sender_key", "the key is not that of the sender's descriptor")
	}
	return out, nil
}

// late reports whether edition n no longer counts for what was written at a time.
func (i *Inbox) late(editions []entente.PartyRecord, n int, written time.Time) bool {
	if n+1 == len(editions) {
		return false
	}
	next := editions[n+1]
	return written.After(next.Party.Issued.Add(i.cfg.Skew)) || i.now().After(next.Added.Add(retired))
}

func (i *Inbox) agreement(tx entente.Tx, h entente.Header) (entente.AgreementRecord, error) {
	rec, err := tx.Agreement(h.Agreement, 0)
	if errors.Is(err, entente.NotFound) {
		return rec, refusal(entente.ReasonUnknownAgreement, "agreement", "there is no such agreement here that every party has signed")
	}
	if err != nil {
		return rec, err
	}
	if !rec.Agreement.Has(h.From) || !rec.Agreement.Has(h.To) {
		return rec, refusal(entente.ReasonNotParty, "agreement", "sender or recipient is not a party to the agreement")
	}
	if h.Epoch > rec.Agreement.Epoch {
		return rec, refusal(entente.ReasonFutureEpoch, "epoch", "this epoch of the agreement is not here yet")
	}
	return rec, nil
}
