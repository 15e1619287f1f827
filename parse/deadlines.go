package parse

import (
	"strconv"
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
	if t.get("courier") != nil {
		d.Courier = t.duration("courier")
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
	v, ok := t.get(key).(string)
	if n, number := t.get(key).(int64); number {
		t.bad(t.p.dot(key), "the number has no unit, and is not in quotes", `write "`+strconv.FormatInt(n, 10)+`d" for days, or with m, h, w or y for minutes, hours, weeks or years`)
		return 0
	}
	if !ok {
		t.str(key) // says that it is no text
	}
	d, err := Duration(v)
	t.take(t.p.dot(key), err)
	return d
}
