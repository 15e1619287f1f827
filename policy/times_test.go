package policy

import (
	"errors"
	"testing"
	"time"

	"entente"
)

// Every bound is tried at its end and a second beyond, and with the least and the
// greatest times that can be written.
func TestTimesFromOutside(t *testing.T) {
	now := time.Date(2011, 3, 4, 9, 0, 0, 0, time.UTC)
	since := now.Add(-40 * 24 * time.Hour)
	ahead, behind := now.Add(Tolerance), since.Add(-Tolerance)
	first, last, zero := time.Date(1800, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC), time.Unix(0, 0).UTC()
	for what, x := range map[string]struct {
		check   func(time.Time) error
		passes  []time.Time
		refused []time.Time
	}{
		"created":                {func(at time.Time) error { return CheckCreated(at, now) }, []time.Time{now, ahead, zero}, []time.Time{ahead.Add(time.Second), last}},
		"answered":               {func(at time.Time) error { return CheckAnswered(at, since, now) }, []time.Time{since, behind, now, ahead}, []time.Time{behind.Add(-time.Second), ahead.Add(time.Second), zero, first, last}},
		"follows":                {func(at time.Time) error { return CheckFollows(at, since, now) }, []time.Time{since, behind, now, last}, []time.Time{behind.Add(-time.Second), zero, first}},
		"follows what was ahead": {func(at time.Time) error { return CheckFollows(at, ahead.Add(time.Second), now) }, []time.Time{now, since, zero}, nil},
		"issued":                 {func(at time.Time) error { return CheckIssued(entente.Party{Issued: at}, now) }, []time.Time{now, ahead, zero}, []time.Time{ahead.Add(time.Second), last}},
		"held":                   {func(at time.Time) error { return CheckHeld(at, since, now) }, []time.Time{since, behind, ahead}, []time.Time{behind.Add(-time.Second), ahead.Add(time.Second), zero, last}},
	} {
		for _, at := range x.passes {
			if err := x.check(at); err != nil {
				t.Errorf("%s: %v: %v", what, at, err)
			}
		}
		for _, at := range x.refused {
			if err := x.check(at); entente.KindOf(err) == nil {
				t.Errorf("%s: %v: %v", what, at, err)
			}
		}
	}
	if err := CheckCreated(last, now); entente.ReasonOf(err) != entente.ReasonFuture || !errors.Is(err, entente.Denied) {
		t.Error(err)
	}
}
