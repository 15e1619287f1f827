package policy

import (
	"time"

	"entente"
)

// Tolerance is how far the clocks of two parties may differ. It is wide enough for
// a clock that somebody set to the wrong zone, so that it delays no warning.
const Tolerance = 2 * time.Hour

// Ahead reports whether a partner's time is further ahead than clocks may differ:
// nothing may be computed from it.
func Ahead(at, now time.Time) bool { return at.After(now.Add(Tolerance)) }

// CheckCreated checks when a message says that it was written. What is ahead is to
// come again; the first year that counts is a matter of the header's form.
func CheckCreated(created, now time.Time) error {
	if !Ahead(created, now) {
		return nil
	}
	return &entente.Error{
		Kind: entente.Denied, Reason: entente.ReasonFuture, Field: "created",
		Detail: "by our clock the message was written in the future", Hint: "check the time service of both nodes",
	}
}

// CheckAnswered checks the time of a receipt or a refusal. No honest answer is
// older than what it answers. A time out of its bounds makes it no answer: it is
// asked again, and nothing of it is kept.
func CheckAnswered(at, offered, now time.Time) error {
	switch {
	case Ahead(at, now):
		return untimely("at", "the partner's answer is dated ahead of our clock")
	case at.Before(offered.Add(-Tolerance)):
		return untimely("at", "the partner's answer is dated before the message that it answers")
	}
	return nil
}

// CheckFollows checks that the receipt of a place is not dated before the receipt
// of an earlier place, as far as clocks are right. newest is of the earlier place.
// One that is itself ahead of our clock proves only that our clock was wrong.
func CheckFollows(at, newest, now time.Time) error {
	if !Ahead(newest, now) && at.Before(newest.Add(-Tolerance)) {
		return untimely("at", "the partner's receipt is dated before its receipt of an earlier message")
	}
	return nil
}

// CheckIssued checks when a partner's descriptor says that it was issued.
func CheckIssued(p entente.Party, now time.Time) error {
	if Ahead(p.Issued, now) {
		return untimely("issued", "the descriptor of "+string(p.ID)+" is dated ahead of our clock")
	}
	return nil
}

// CheckHeld checks since when a partner says that it holds a file. received is
// when it received the message that names the file.
func CheckHeld(held, received, now time.Time) error {
	switch {
	case Ahead(held, now):
		return &entente.Error{Kind: entente.Denied, Reason: entente.ReasonFuture, Field: "notice.held", Detail: "by our clock the partner says that it will hold the file"}
	case held.Before(received.Add(-Tolerance)):
		return &entente.Error{Kind: entente.Invalid, Reason: entente.ReasonStatement, Field: "notice.held", Detail: "the file is said to be held since before the message that names it"}
	}
	return nil
}

func untimely(field, detail string) error {
	return &entente.Error{Kind: entente.Unverified, Field: field, Detail: detail, Hint: "check the time service of both nodes"}
}
