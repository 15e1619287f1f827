// Package screen compares what comes in with what is held here: subjects of
// messages and travellers, against watches, cases and lists.
//
//	find.go     whom a subject may be: the indexes, and how they follow the store
//	lists.go    an edition of a list becomes holdings; what changed, what was delisted
//	feed.go     travel events from a file or an interface
//	message.go  a message that was filed
//	place.go    what a match leads to: a hit on record, a task for a person, or a near miss
//	clear.go    namesakes who do not hit again
//
// A match proposes. It makes a task, with an owner role and a clock; package
// casework takes the person's decision from there.
package screen
