package parse

import (
	"time"

	"entente"
)

// deadlines reads by when something is owed. What is not named is not owed.
func (t table) deadlines() entente.Deadlines {
	d := entente.Deadlines{Acknowledge: map[entente.Precedence]time.Duration{}, Answer: map[string]time.Duration{}}
	ack := t.sub("acknowledge")
	for _, key := range ack.keys() {
		oneOf(t.checker, ack.p.dot(key), entente.Precedence(key), entente.Precedences)
		d.Acknowledge[entente.Precedence(key)] = ack.duration(key)
	}
	if t.get("dispose") != nil {
		d.Dispose = t.duration("dispose")
	}
	answer := t.sub("answer")
	for _, key := range answer.keys() {
		t.slug(answer.p.dot(key), key)
		d.Answer[key] = answer.duration(key)
	}
	t.done()
	return d
}

func (t table) duration(key string) time.Duration {
	d, err := Duration(t.str(key))
	t.take(t.p.dot(key), err)
	return d
}
