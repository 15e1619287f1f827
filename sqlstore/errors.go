package sqlstore

import (
	"errors"

	"entente"
)

func notFound(what string) error {
	return &entente.Error{Kind: entente.NotFound, Detail: "there is no such " + what + " here"}
}

func taken(what string) error {
	return &entente.Error{Kind: entente.Conflict, Detail: "this " + what + " is here already"}
}

func changed(what string) error {
	return &entente.Error{Kind: entente.Conflict, Detail: "this " + what + " was changed meanwhile", Hint: "open it again and repeat what you wanted to do"}
}

// full is logged once: see entente.Full.
func full(cause error) error {
	return &entente.Error{Kind: entente.Unavailable, Detail: "the disk of this node's data is full", Hint: "the operator frees space on the disk of the data directory; then it goes on by itself", Cause: errors.Join(entente.Full, cause)}
}

// unwritten is a failure of the disk of another kind.
func unwritten(cause error) error {
	return &entente.Error{Kind: entente.Unavailable, Detail: "the data could not be read from or written to the disk", Hint: "the operator looks whether the disk of the data directory is full or broken, then tries again", Cause: cause}
}

// broken is a database that the engine itself cannot read.
func broken(cause error) error {
	e := entente.DamagedRecord("", "", cause).(*entente.Error)
	e.Field, e.Detail, e.Cause = "store", "the database file is damaged or not a database", cause
	return e
}

func busy(cause error) error {
	return &entente.Error{Kind: entente.Unavailable, Detail: "the database is busy", Hint: "try again in a moment", Cause: cause}
}

func unkeepable(cause error) error {
	return &entente.Error{Kind: entente.Invalid, Detail: "it holds something that cannot be kept", Hint: "take out control characters and write it as UTF-8", Cause: cause}
}

func closed(cause error) error {
	return &entente.Error{Kind: entente.Unavailable, Detail: "the store is closed", Cause: cause}
}
