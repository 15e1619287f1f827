package policy

import (
	"cmp"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente"
)

// mostly draws the first value in four of five cases, so that some messages pass.
func mostly[T any](t *rapid.T, label string, usual T, others ...T) T {
	if rapid.IntRange(0, 4).Draw(t, label+" as usual") < 4 {
		return usual
	}
	return rapid.SampledFrom(others).Draw(t, label)
}

// drawFacts draws messages that break any of the clauses, or none.
func drawFacts(t *rapid.T, side Side) Facts {
	m := aTip()
	m.Header.From = mostly(t, "from", entente.PartyID("borea-sls"), "albia-ncc", "cadia-fiu")
	m.Header.To = mostly(t, "to", entente.PartyID("albia-ncc"), "borea-sls", "cadia-fiu")
	m.Header.Epoch = mostly(t, "epoch", 1, 0, 2)
	s := &m.Statement
	s.Kind = mostly(t, "kind", entente.KindTip, append(allKinds(), "telegram")...)
	if s.Kind != entente.KindTip {
		s.Tip = nil
	}
	s.Purpose = mostly(t, "purpose", entente.Purpose("terrorism-prevention"), entente.ThreatToLife, "trade")
	s.Precedence = rapid.SampledFrom(entente.Precedences).Draw(t, "precedence")
	s.Refs = entente.Answering(rapid.SampledFrom([]entente.MessageID{"", "0196f0a8-0000-7b3a-9f10-3a52c1d0e4b7"}).Draw(t, "re"))
	s.Caveats.TLP = mostly(t, "tlp", entente.TLPAmber, "", entente.TLPRed, entente.TLPClear)
	s.Caveats.Onward = rapid.SampledFrom(entente.Onwards).Draw(t, "onward")
	if s.Tip != nil {
		s.Tip.Category = mostly(t, "category", "attack-planning", "fundraising")
		s.Tip.Subjects = nil
		for range rapid.IntRange(0, 3).Draw(t, "subjects") {
			s.Tip.Subjects = append(s.Tip.Subjects, entente.Subject{
				Nationalities: rapid.SliceOfN(rapid.SampledFrom([]entente.Country{"XA", "XB", "XC"}), 0, 2).Draw(t, "nationalities"),
			})
		}
	}
	return Facts{Message: m, Side: side, Now: time.Unix(mostly(t, "now", int64(1.3e9), 1.29e9, 1.39e9), 0), Levels: drawLevels(t)}
}

func drawLevels(t *rapid.T) []entente.LevelChange {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) entente.LevelChange {
		return entente.LevelChange{
			Agreement: rapid.SampledFrom([]entente.AgreementID{"north-star", "north-star", "south-star"}).Draw(t, "agreement"),
			Party:     rapid.SampledFrom([]entente.PartyID{"borea-sls", "albia-ncc", "cadia-fiu"}).Draw(t, "party"),
			Partner:   rapid.SampledFrom([]entente.PartyID{"borea-sls", "albia-ncc", "cadia-fiu"}).Draw(t, "partner"),
			Seq:       rapid.Int64Range(0, 3).Draw(t, "seq"),
			Level:     rapid.SampledFrom(entente.Levels).Draw(t, "level"),
			Message:   entente.MessageID(rapid.StringMatching("[0-9a-f]{4}").Draw(t, "message")),
			At:        time.Unix(rapid.Int64Range(1.29e9, 1.29e9+3).Draw(t, "at"), 0),
		}
	}), 0, 5).Draw(t, "levels")
}

func TestDecideIsWholeAndSameAtBothEnds(t *testing.T) {
	terms, err := Compile(northStar())
	if err != nil {
		t.Fatal(err)
	}
	passed := 0
	rapid.Check(t, func(t *rapid.T) {
		f := drawFacts(t, Sending)
		d := terms.Decide(f)
		first := slices.IndexFunc(d.Findings, func(f entente.Finding) bool { return !f.Holds })
		if d.Pass != (first < 0) || d.Pass != (d.Err() == nil) || d.Pass != (d.Reason == "") {
			t.Fatalf("pass %v, reason %q, error %v, first failing finding %d", d.Pass, d.Reason, d.Err(), first)
		}
		if !d.Pass && (d.Reason != d.Findings[first].Reason || !errors.Is(d.Err(), entente.Denied)) {
			t.Fatalf("reason %q, error %v, but the first finding that fails is %+v", d.Reason, d.Err(), d.Findings[first])
		}
		for _, finding := range d.Findings {
			if finding.Says == "" || finding.Clause == "" || finding.Holds != (finding.Reason == "") || finding.Reason.Words() == "" && !finding.Holds {
				t.Fatalf("finding without words or reason: %+v", finding)
			}
		}
		f.Side = Receiving
		theirs := terms.Decide(f)
		if d.Pass != theirs.Pass || d.Reason != theirs.Reason || len(d.Findings) != len(theirs.Findings) {
			t.Fatalf("the sender finds %q, the recipient %q", d.Reason, theirs.Reason)
		}
		for i := range d.Findings {
			ours := strings.ReplaceAll(d.Findings[i].Says, "our ", "their ")
			if ours != theirs.Findings[i].Says || !reflect.DeepEqual(d.Findings[i].Values, theirs.Findings[i].Values) {
				t.Fatalf("sender: %+v\nrecipient: %+v", d.Findings[i], theirs.Findings[i])
			}
		}
		if d.Pass {
			passed++
		}
	})
	if passed == 0 {
		t.Error("no message that was drawn passed: the property says nothing of those that do")
	}
}

// What a level lets pass, every more open level lets pass, too.
func TestLevelsOnlyClose(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawFacts(t, Sending).Message
		for i := 1; i < len(entente.Levels); i++ {
			open, closed := entente.Levels[i-1], entente.Levels[i]
			if Passes(closed, m.Statement) && !Passes(open, m.Statement) {
				t.Fatalf("%s lets a %s of %s pass and %s does not", closed, m.Statement.Kind, m.Statement.Precedence, open)
			}
		}
	})
}

// Of each of two parties the last word to the other counts, the most closed of the
// two, in whatever order the store gives the changes. A third party, and what one
// of them said to a third, change nothing.
func TestLevelOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		changes := drawLevels(t)
		want := 0
		for _, pair := range [][2]entente.PartyID{{"albia-ncc", "borea-sls"}, {"borea-sls", "albia-ncc"}} {
			last := slices.DeleteFunc(slices.Clone(changes), func(c entente.LevelChange) bool {
				return c.Party != pair[0] || c.Partner != pair[1] || c.Agreement != "north-star"
			})
			slices.SortStableFunc(last, func(x, y entente.LevelChange) int {
				return cmp.Or(cmp.Compare(x.Seq, y.Seq), strings.Compare(string(x.Message), string(y.Message)))
			})
			if n := len(last); n > 1 && last[n-1].Message == last[n-2].Message {
				t.Skip("two notices with one id: no such thing is filed")
			} else if n > 0 {
				want = max(want, slices.Index(entente.Levels, last[n-1].Level))
			}
		}
		for range 3 {
			if got := LevelOf("north-star", "borea-sls", "albia-ncc", changes); got != entente.Levels[want] {
				t.Fatalf("%v gives %s, want %s", changes, got, entente.Levels[want])
			}
			changes = rapid.Permutation(changes).Draw(t, "order")
		}
	})
}

func TestMismatchesOfWhatIsNoTip(t *testing.T) {
	terms, err := Compile(northStar())
	if err != nil {
		t.Fatal(err)
	}
	m := aTip()
	want := `borea-sls's category "attack-planning" has no equivalent in albia-ncc's definitions: read it under borea-sls's own definition, which the agreement does not give: ask them`
	if got := terms.Mismatches(m); len(got) != 1 || got[0] != want {
		t.Errorf("got %q, want %q", got, want)
	}
	m.Statement.Kind, m.Statement.Tip = entente.KindNote, nil
	if got := terms.Mismatches(m); got != nil {
		t.Errorf("a note has no category, and yet %q", got)
	}
}
