// Package inbox is the one door in. A partner hands over an envelope; it is
// checked from the outside in, takes its place in the mirror of the sender's
// ledger, is opened, judged by the agreement and filed; and the receipt that
// says so is signed in the same transaction. What is not taken is refused with
// a signed reason.
//
//	accept.go   one envelope: the checks in order, then receipt or refusal
//	senders.go  who says so, under which agreement
//	place.go    its place in the sender's ledger, known or new
//	judge.go    what it says, and whether it may
//	file.go     message and receipt are kept together
//	unpack.go   what takes long and needs no store, ahead of that
//	refuse.go   the signed word that it is not held, and why
//	again.go    what contradicts the sender, whatever it comes beside
//	notice.go   what a notice changes here: a level, a file's custody
//	editions.go the keys of a partner, as notices and couriers bring them
//	compare.go  where our mirrors stand, for partners that ask
//	files.go    files that belong to filed messages, piece by piece
//	custody.go  the word to the sender that a file is here whole
//	collect.go  the same door for a node that dials out
//	courier.go  the same door for a file
package inbox
