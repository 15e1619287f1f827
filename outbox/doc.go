// Package outbox is the one door out. An officer drafts; the agreement decides
// whether it may leave; a second officer, or a clause that every party signed,
// releases it; it is sealed, takes its place in the channel's ledger and waits
// in the queue of its recipient, all in one transaction; and it is delivered
// until a receipt or a final refusal comes back.
//
//	draft.go    write, submit, return, withdraw
//	attach.go   files that go with a draft
//	open.go     the same files before they leave, for whoever releases
//	answer.go   what may answer what
//	release.go  policy → Released → seal → ledger → queue
//	deliver.go  queue → partner, again and again
//	queue.go    what goes out next
//	line.go     what is known of the way to a partner, and when to try again
//	settle.go   receipt or refusal → queue
//	compare.go  our ledgers against what the partner receipted, also after a restore
//	anchor.go   what leaves is remembered beside the keys first
//	fork.go     what contradicts what was signed before
//	restore.go  what we lost comes back from a partner
//	again.go    what the partner lost of ours
//	files.go    files of released messages → partner
//	fileline.go when files are handed over
//	courier.go  the same through a file, for partners with no network between
//	level.go    how far we keep an agreement open
//	hold.go     what a level stops waits for a releaser
//	putoff.go   what the partner cannot take yet is offered again
//	state.go    what waits, for the desk
package outbox
