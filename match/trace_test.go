package match

import (
	"slices"
	"strconv"
	"testing"

	"entente"
)

func TestTraceTellsTheStep(t *testing.T) {
	x, people := town(3_000)
	x.Put("kadaev", subject("Arsen Kadaev"))
	for _, c := range []struct {
		asked string
		limit int
		want  Step
	}{
		{"Kadayev Arsen", 5, Answered},
		{"Halvarsk Ostvik", 5, Unshared},
		{people[0].Names[0].Text + " Kadaev", 1, Outranked},
	} {
		got := x.Trace(subject(c.asked), "kadaev", c.limit)
		if got.Step != c.want {
			t.Errorf("%s: %v, want %v", c.asked, got.Step, c.want)
		}
		if got.Step >= Outranked && (got.Compared == 0 || got.Read < got.Compared || got.Lists == 0) {
			t.Errorf("%s: nothing was counted: %+v", c.asked, got)
		}
	}
	if got := x.Trace(subject("Arsen Kadaev"), "nobody", 5); got.Step != Unshared {
		t.Errorf("somebody who is not held: %v", got.Step)
	}
}

// Of many of one name some are read only, and of very many some are not.
func TestTraceOfCommonNames(t *testing.T) {
	x := New()
	steps := map[Step]bool{}
	for i := range maxOneScan + 1 {
		x.Put(strconv.Itoa(i), subject("Arsen Kadaev"))
		if i == 100 || i == maxOneScan {
			for k := range i + 1 {
				if k < 200 {
					steps[x.Trace(subject("Arsen"), strconv.Itoa(k), 1).Step] = true
				}
			}
		}
	}
	for _, want := range []Step{Answered, Outranked, Uncompared, Unread} {
		if !steps[want] {
			t.Errorf("nobody was %s", want)
		}
	}
}

func TestRulesNameNobody(t *testing.T) {
	asked, held := subject("Арсен Кадаев", "1987-03-14"), subject("Kadayev, Arsen Olvek", "1986-03-14")
	asked.Nationalities, held.Nationalities = []entente.Country{"XA"}, []entente.Country{"XB"}
	want := []string{"2 other script, 1 only held", "birth year off by one", "nationality differs"}
	if got := Rules(asked, held); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for name, want := range map[string]string{
		"Halvarsk Ostvik": "no part in common",
		"Kadaev Ostvik":   "1 same (rare), 1 only asked, 1 only held",
		"A. Kadaev":       "1 same, 1 initial",
	} {
		if got := Rules(subject(name), subject("Arsen Kadaev")); !slices.Equal(got, []string{want}) {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}
