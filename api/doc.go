// Package api serves a node as JSON over HTTP under /api/v1, for the command
// line and for other programs of the same party, and is their Go client.
//
// A request is read strictly against the schema that api/openapi.json publishes;
// package signin says by Officers who asks; outbox and casework decide and act;
// what comes back is written by the types in this package. Nothing is decided
// here. The document is made from the code, and a test holds the file to it:
//
//	go generate ./api
//
//	api.go roles.go     what a handler works with
//	route.go            one operation: who asks, what is read, what is answered
//	problem.go          errors ↔ RFC 9457, one table both ways
//	format.go schema.go describe.go   JSON, and what the document says of it
//	stream.go           files up and down, never whole in memory
//	long.go spool.go    operations that take their time, and lists on their way in
//	account.go message.go inbox.go draft.go queue.go agreement.go oversight.go courier.go
//	person.go search.go lists.go travel.go task.go watch.go case.go
//	                    the operations, each with its types
//	client*.go          the same operations, called
package api

//go:generate go test -run TestOpenAPI -update
