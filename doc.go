// Package entente holds the nouns of Entente, the federated system in which
// agencies that do not trust each other warn each other in time, and can prove
// it. Verbs are folders; each step of the flow is a file in one of them.
//
//	officer → OUTBOX draft → POLICY → release (second officer or signed clause)
//	        → SEAL → LEDGER → queue → deliver → WIRE ⇒
//	partner WIRE → INBOX: SEAL open → POLICY → LEDGER → file
//	        → receipt (signed, in the same exchange)
//	filed message → CASEWORK acknowledge, assess, dispose → OUTBOX
//	filed message or TRAVEL event → SCREEN (MATCH × watches, cases, lists)
//	        → task for a person → CASEWORK decide, reopen, clear
//	both ledgers + agreement + clock → what is owed
//
// The same with the files where it stands:
//
//	outbox/draft.go    an officer writes; submitting fixes the bytes
//	policy/decide.go   the agreement decides, clause by clause
//	draft.go           Release: four eyes as a type
//	outbox/release.go  seal, ledger, queue and draft in one transaction
//	seal/envelope.go   a Released becomes an envelope, and only a Released
//	outbox/deliver.go  one queue a partner, again until it is settled
//	wire/              node to node, TLS 1.3, both with a certificate
//	inbox/accept.go    the checks from the outside in; the leaf and the receipt
//	outbox/settle.go   the receipt or the refusal ends the place in the queue
//	casework/          a person acknowledges, assesses, says what came of it
//	table/             lines, rows, header words and dates of any table, in any script
//	lists/ passage/    list files and travel feeds become holdings and events
//	match/             whom a subject may be, with a probability and its reasons
//	screen/place.go    a match becomes a hit, a task, or a near miss on record
//	casework/tasks.go  a person decides; a closed file opens again
//	policy/owed.go     what is owed, from both ledgers and the agreement
//	prove/             evidence that anyone checks offline
//
// Layers; each line imports only lines above it, and layers_test.go holds it:
//
//	.                                          nouns; standard library only
//	parse                                      bytes ↔ nouns, strictly
//	table                                      rows of any list: lines, cells, header words, dates
//	policy seal ledger spell                   crafts: pure; time is an argument
//	match passage lists                        compare what spell takes apart, or read through table
//	record                                     the access log
//	prove courier                              files that stand for themselves
//	outbox inbox screen                        the doors, and who stands at them
//	casework                                   the desk's work
//	sqlstore wire signin api web               the world; never import one another
//	internal/node internal/scenario            wiring
//	cmd/entente internal/bench                 programs
//
// A value in hand proves the step before: seal.Seal takes only a [Released];
// seal.Open returns a [Message] only if it verified. The next door checks again.
package entente
