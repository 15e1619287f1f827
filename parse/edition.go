package parse

import (
	"bytes"

	"entente"
)

// EditionOf returns the digest that names an edition of a descriptor: of its
// text, without the signature lines.
func EditionOf(p entente.Party) entente.Digest { return entente.DigestOf(FormatParty(p)) }

// TextDigest returns the digest of the text of a signed note, without the signature
// lines: it names an edition of a descriptor and the terms of an agreement.
func TextDigest(note []byte) entente.Digest {
	if i := bytes.LastIndex(note, []byte("\n\n\u2014 ")); i >= 0 {
		note = note[:i+1]
	}
	return entente.DigestOf(note)
}
