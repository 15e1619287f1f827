// Package prove makes one message provable to somebody who has no node and
// trusts neither party: an inspector, a court. It writes everything that the
// proof rests on into one file, evidence.zip, and checks such a file offline.
//
//	evidence.go  what evidence consists of; Write
//	archive.go   evidence.zip: names, order; manifest.go lists the digests; container.go tells other files and repacked ones
//	extent.go    how much of a message evidence opens
//	check.go     Check, step by step
//	parties.go   chains of descriptors, and which edition signed
//	answer.go    the receipt or the refusal
//	history.go   later checkpoints: one history, or two
//	report.go    what is proven and what is not, in plain words; says.go and content.go have the sentences
//
// It also checks what a node keeps, before anybody is shown it:
//
//	kept.go      Guard: no message is read whose words its sender did not sign
//	audit.go     Audit: every message, ledger and entry of the access log
//
// Package casework gathers the evidence; cmd/entente checks it. The checks
// themselves are those of packages seal and ledger.
package prove
