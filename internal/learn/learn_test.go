package main

import (
	"bytes"
	"slices"
	"testing"

	"entente/spell"
)

// invented spells words of a script of four letters by a rule that depends on
// what stands before: ב is b in front and v elsewhere.
func invented() []pair {
	letters := map[rune]string{'א': "a", 'ב': "v", 'ג': "gi", 'ד': "d"}
	var out []pair
	for _, w := range []string{"אבא", "באד", "גבא", "דאב", "בגד", "אגב", "בבא", "דבא", "גדא", "באב", "אדג", "דגב"} {
		latin := ""
		for i, r := range []rune(w) {
			if r == 'ב' && i == 0 {
				latin += "b"
				continue
			}
			latin += letters[r]
		}
		out = append(out, pair{native: w, latin: latin, weight: 3})
	}
	return usable(spell.Hebrew, out)
}

func inventedTable() []byte {
	c := corpus{script: spell.Hebrew, letter: 'h', most: 3, order: 3, prune: 0.1}
	return pack([]byte("entente/spell/1\n"), 'h', train(c, invented(), sounds{}))
}

// What is learned holds for a word that was not among the pairs.
func TestTrainLearnsTheRule(t *testing.T) {
	table, err := spell.OpenTable(inventedTable())
	if err != nil {
		t.Fatal(err)
	}
	if err := table.Check(); err != nil {
		t.Fatal(err)
	}
	if got := table.Readings(spell.Hebrew, "בדגא", 3); len(got) == 0 || got[0] != "bdgia" {
		t.Errorf("got %q, want bdgia first", got)
	}
	if got := table.Readings(spell.Hebrew, "גבאד", 3); len(got) == 0 || got[0] != "givad" {
		t.Errorf("got %q, want givad first", got)
	}
}

func TestTrainIsDeterministic(t *testing.T) {
	want := inventedTable()
	for range 5 {
		if !bytes.Equal(inventedTable(), want) {
			t.Fatal("the same pairs gave another table")
		}
	}
}

// A pair of two different names is found by how badly it fits.
func TestTrimDropsWhatDoesNotFit(t *testing.T) {
	pairs := append(invented(), usable(spell.Hebrew, []pair{{native: "אבג", latin: "zzwqk", weight: 1}})...)
	c := corpus{script: spell.Hebrew, most: 3, order: 3, trim: 0.1}
	_, kept := align(c, pairs)
	if slices.ContainsFunc(kept, func(l lattice) bool { return l.latin == "zzwqk" }) || len(kept) < len(pairs)-2 {
		t.Errorf("%d of %d pairs kept", len(kept), len(pairs))
	}
}

// Japanese names stand the other way round in Latin.
func TestWordsFindTheirOrder(t *testing.T) {
	a, kept := align(corpus{script: spell.Hebrew, most: 3}, invented())
	got := inOrder(spell.Hebrew, []string{"גבא", "דאב"}, []string{"dav", "giva"}, a.fit)
	if !slices.Equal(got, []string{"giva", "dav"}) {
		t.Errorf("got %q", got)
	}
	if a.worst(kept) >= a.fit(pair{symbols: spell.Symbols(spell.Hebrew, "גבא"), latin: "dav"}) {
		t.Error("a wrong pair fits as well as a right one")
	}
}

func TestLatinOf(t *testing.T) {
	for in, want := range map[string]string{"Łódź": "lodz", "D'Arcy": "darcy", "Ørsted": "orsted", "Weiß": "weiss", "Đặng": "dang"} {
		if got := latinOf(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}
