package outbox

import (
	"slices"
	"strconv"

	"entente"
)

// complete checks a disposition against the questions of the tip: every one is
// answered or refused.
func complete(of, s entente.Statement) error {
	tip, d := of.Tip, s.Disposition
	for _, q := range tip.Questions {
		i := slices.IndexFunc(d.Answers, func(a entente.Answer) bool { return a.Question == q.ID })
		if i < 0 || (d.Answers[i].Text == "" && d.Answers[i].Refused == "") {
			return &entente.Error{Kind: entente.Invalid, Field: "answers." + q.ID, Detail: "question " + q.ID + " is not answered", Hint: "answer it, or refuse it with a reason: \"" + shorten(q.Text, 80) + "\""}
		}
		if d.Answers[i].Text != "" && d.Answers[i].Refused != "" {
			return &entente.Error{Kind: entente.Invalid, Field: "answers." + q.ID, Detail: "question " + q.ID + " is both answered and refused", Hint: "do one of the two"}
		}
	}
	for n, a := range d.Answers {
		if !slices.ContainsFunc(tip.Questions, func(q entente.Question) bool { return q.ID == a.Question }) {
			return &entente.Error{Kind: entente.Invalid, Field: "answers[" + strconv.Itoa(n) + "].question", Detail: "the message has no question " + strconv.Quote(a.Question)}
		}
	}
	return nil
}

// shorten cuts s to at most n characters.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
