package entente_test

import (
	"fmt"
	"slices"
	"testing"

	"entente"
	"entente/parse"
)

// About one message in 16 carries an extension without meaning, always the same
// for its id; every reader of this version passes over it.
func TestGrease(t *testing.T) {
	n := 0
	for i := range 4096 {
		id := entente.MessageID(fmt.Sprintf("0196f0a8-7c1e-7b3a-9f10-%012x", i))
		list := entente.GreaseExtension(id)
		if again := entente.GreaseExtension(id); len(again) != len(list) || len(list) > 0 && again[0].Name != list[0].Name {
			t.Fatalf("%s: %v, then %v", id, list, again)
		}
		if len(list) == 0 {
			continue
		}
		n++
		if list[0].Critical || !entente.IsGrease(list[0].Name) || parse.JudgeExtensions(entente.This, "extensions", list) != nil {
			t.Errorf("%s: %+v", id, list)
		}
		if got := entente.This.Unknown(list); len(got) > 0 {
			t.Errorf("people are told of %v", got)
		}
	}
	if n < 4096/32 || n > 4096/8 {
		t.Errorf("%d of 4096 messages carry it", n)
	}
}

// Each edition names one kind that nobody sends, and nothing else changes.
func TestGreasedDescriptor(t *testing.T) {
	p := entente.Party{ID: "albia-ncc", Edition: 1}.Able()
	g := p.Greased()
	if len(g.Accepts) != len(p.Accepts)+1 || !slices.IsSorted(g.Accepts) || g.Accepts[0] == "" {
		t.Errorf("%v became %v", p.Accepts, g.Accepts)
	}
	for _, k := range g.Accepts {
		if !entente.IsGrease(string(k)) && !p.Reads(k) {
			t.Errorf("it accepts %s", k)
		}
	}
	p.Edition = 2
	if slices.Equal(g.Accepts, p.Greased().Accepts) {
		t.Error("the next edition names the same kind")
	}
}
