// Package parse is the one strict reader: it turns bytes into nouns and nouns
// into bytes, for everything that is signed, sealed, sent or kept.
//
// There is one rule for all of it: what parses encodes to the same bytes again.
// A text has one form, so nobody can sign one thing and show another, and a
// digest of the bytes is a name for the meaning. Each parser therefore bounds
// the size, reads strictly, checks every field, encodes what it read and
// refuses the input unless the bytes are the same.
//
//	json.go       Canonical and Encode: the JSON of headers, statements, envelopes, wire bodies
//	header.go     the outside of a message
//	statement.go  the inside, with a file for each body: tip.go, disposition.go, note.go, notice.go
//	envelope.go   a sealed message
//	refusal.go    the text of a refusal
//	access.go     an entry of the access log
//	party.go      a descriptor, in TOML
//	agreement.go  an agreement, in TOML; people write it, so it is kept byte for byte and not re-encoded
//	toml.go       what TOML texts share; lines.go knows which line a clause stands on
//	tipfile.go    a tip as an officer writes it in a file
//	absent.go     what stands where a value is missing; absentwords.go has the words
//	plausible.go  whether a birth or a journey can have been on that day
//	archive.go    several files in one: evidence, courier; archiveread.go reads them, zip.go has the bytes
//
// Every error is an *entente.Error of kind Invalid that names the field and,
// for what a partner sent, carries the reason to refuse it with. Errors never
// repeat content.
package parse
