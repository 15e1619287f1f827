package parse

import "entente"

// EditionOf returns the digest that names an edition of a descriptor: of its
// text, without the signature lines.
func EditionOf(p entente.Party) entente.Digest { return entente.DigestOf(FormatParty(p)) }
