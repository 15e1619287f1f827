// Package seal signs and encrypts what leaves, verifies and opens what arrives,
// and keeps the keys for both. It touches no file, no network and no clock.
//
//	keys.go       private keys that cannot be printed
//	authority.go  the root of a party's certificates
//	lock.go       keys at rest: one age file
//	note.go       C2SP signed notes, read strictly
//	party.go      descriptors and their succession; fingerprint.go: what two people compare by voice
//	agreement.go  one text, every party's signature
//	pae.go        the unambiguous encoding that signatures cover
//	envelope.go   Released → envelope
//	open.go       envelope → Message
//	record.go     the digest of an envelope, which outlives its sealed bytes
//	cut.go        a statement in parts
//	parts.go      the commitment to all parts, which stands in the header
//	show.go       some parts opened; excerpt.go reads them
//	refusal.go    the signed word that something is not held
//	file.go       attachments
//
// An envelope is sealed by HPKE (RFC 9180, base mode) with MLKEM768-X25519,
// HKDF-SHA256 and AES-256-GCM, one context a message. Its header commits to every
// part of what is said; the sender signs header and sealed bytes with Ed25519, so
// that anyone can check who sent it without opening it. docs/protocol.md has every
// byte.
//
// Package outbox hands in a [entente.Released]; package inbox receives a
// [entente.Message] only if everything held.
package seal
