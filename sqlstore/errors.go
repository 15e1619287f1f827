package sqlstore

import "entente"

func notFound(what string) error {
	return &entente.Error{Kind: entente.NotFound, Detail: "there is no such " + what + " here"}
}

func taken(what string) error {
	return &entente.Error{Kind: entente.Conflict, Detail: "this " + what + " is here already"}
}

func changed(what string) error {
	return &entente.Error{Kind: entente.Conflict, Detail: "this " + what + " was changed meanwhile", Hint: "open it again and repeat what you wanted to do"}
}

func full(cause error) error {
	return &entente.Error{Kind: entente.Unavailable, Detail: "the data could not be written to the disk", Hint: "free space on the disk of the data directory, then try again", Cause: cause}
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
