// Package casework is what officers do with what came in: read, acknowledge,
// assess, dispose; and what overseers do with all of it: read and verify. What
// it decides goes out through outbox.
//
//	inbox.go      what came in, by urgency and due time
//	thread.go     how far each message of a thread has come, and what is owed in it
//	owed.go       what is owed in all threads
//	message.go    one message with its thread, its progress and the verdict on it
//	assess.go     acknowledge, assign, assess
//	dispose.go    what came of it, every question answered or refused; notes
//	agreements.go what we agreed, how far it is open, who our partners are
//	oversee.go    access log, ledgers, refusals
//	evidence.go   what anyone can check without a node
//	officers.go   the people of this party
//	second.go     what an operator does to them waits for a second person
//	status.go     how the node does: what an operator may see
package casework
