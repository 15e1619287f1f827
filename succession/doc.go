// Package succession keeps what is known of the editions of every party and of the
// end notes that go with them: it takes both in on each route by which they travel,
// says which channels stop until a person decides, and carries out what the person
// decided. Package ledger says which signature counts.
//
//	learn.go   descriptors and end notes come in; bundle.go those that go out
//	state.go   how far an end note has come: waits, fetching, current, broken
//	accept.go  a person accepts an edition; void.go what that makes void
//	stop.go    forks: what stops a channel, and what ends the stop
package succession
