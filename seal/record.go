package seal

import (
	"crypto/sha256"

	"entente"
	"entente/parse"
)

// Record returns the digest of an envelope: the record in the channel's ledger, in
// receipts, refusals and settlements. Header, the digest of the sealed bytes and the
// signature are enough for it, so that it can be proven when the sealed bytes are
// erased.
func Record(header []byte, sealed entente.Digest, signature []byte) entente.Digest {
	return sha256.Sum256(pae(contextRecord, header, sealed[:], signature))
}

// Name returns the record of an encoded envelope, whatever its header says; of
// bytes that cannot be taken apart as an envelope, their SHA-256.
func Name(envelope []byte) entente.Digest {
	e, err := parse.Frame(envelope)
	if err != nil {
		return entente.DigestOf(envelope)
	}
	return Record(e.Header, sealedDigest(e), e.Signature)
}

// sealedDigest is what the signature covers of the sealed part.
func sealedDigest(e entente.Envelope) (d entente.Digest) {
	h := sha256.New()
	h.Write(e.Enc)
	h.Write(e.Ciphertext)
	h.Sum(d[:0])
	return d
}
