package match

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"entente"
)

func indexOf(people ...entente.Subject) *Index {
	x := New()
	for i, p := range people {
		x.Put(fmt.Sprintf("%d %s", i, strings.Join(textsOf(p), "/")), p)
	}
	return x
}

func textsOf(s entente.Subject) (texts []string) {
	for _, n := range s.Names {
		texts = append(texts, n.Text)
	}
	return texts
}

func kindOf(l Lookup, name string) string {
	for _, h := range l.Hits {
		if strings.HasSuffix(h.ID, " "+name) {
			return string(h.Match.Band)
		}
	}
	for _, h := range l.Weak {
		if strings.HasSuffix(h.ID, " "+name) {
			return string(h.Weak)
		}
	}
	return "not found"
}

// A search shows everybody all of whose asked words are met, however little the
// name alone tells, and who shares a part of it, marked so.
func TestSearch(t *testing.T) {
	x := indexOf(
		subject("Olvek"), subject("Ibrahim Olvek"), subject("Арсен Кадаев", "1986-03-14"), subject("Зарема Кадаева"), subject("Farid Mahmoud Yusuf Haddad al-Tolviki"),
		subject("Mirada bin Tselkov"), subject("Ali Hassan"), subject("Hassan"), subject("राहुल शर्मा", "1984-05-06"), subject("सीता शर्मा"), subject("สมชาย", "1990-01-02"),
		subject("Karen Lindal", "1990-01-02"), subject("Rahul Brunja"),
	)
	for _, c := range []struct {
		asked entente.Subject
		want  map[string]string
	}{
		{subject("Olvek"), map[string]string{"Olvek": "possible", "Ibrahim Olvek": "same-name-common", "Hassan": "not found"}},
		{subject("Кадаев"), map[string]string{"Арсен Кадаев": "same-name-common", "Зарема Кадаева": "same-name-common"}},
		{subject("KADAYEV"), map[string]string{"Арсен Кадаев": "same-name-common"}},
		{subject("Кадаев", "1961-11-02"), map[string]string{"Арсен Кадаев": "same-name-differs"}},
		{subject("Арсен Кадаев"), map[string]string{"Арсен Кадаев": "strong", "Зарема Кадаева": "part-of-name"}},
		{subject("Hassan"), map[string]string{"Hassan": "same-name-common", "Ali Hassan": "same-name-common"}},
		{subject("Ali Tolvar"), map[string]string{"Ali Hassan": "part-of-name"}},
		{subject("Haddad"), map[string]string{"Farid Mahmoud Yusuf Haddad al-Tolviki": "same-name-common"}},
		{subject("bin Tselkov"), map[string]string{"Mirada bin Tselkov": "same-name-common"}},
		{subject("Mirada Zuhri"), map[string]string{"Mirada bin Tselkov": "part-of-name"}},
		{subject("शर्मा राहुल"), map[string]string{"राहुल शर्मा": "strong", "सीता शर्मा": "part-of-name"}},
		{subject("शर्मा"), map[string]string{"राहुल शर्मा": "same-name-common", "सीता शर्मा": "same-name-common"}},
		{subject("ರಾಹುಲ್", "1984-05-06"), map[string]string{"राहुल शर्मा": "same-birth", "Karen Lindal": "not found"}},
		{subject("ರಾಹುಲ್", "1990-01-02"), map[string]string{"Karen Lindal": "same-birth", "สมชาย": "same-birth"}},
		{subject("Somchai", "1990-01-02"), map[string]string{"สมชาย": "same-birth", "Karen Lindal": "not found"}},
		{subject("Rahul शर्मा"), map[string]string{"Rahul Brunja": "same-name-common", "राहुल शर्मा": "part-of-name"}},
		{subject("Dr. A."), map[string]string{"Арсен Кадаев": "not found"}},
	} {
		got := x.Search(Ask(c.asked))
		for name, want := range c.want {
			if kind := kindOf(got, name); kind != want {
				t.Errorf("%s %v: %s is %s, want %s", c.asked.Names[0].Text, c.asked.Births, name, kind, want)
			}
		}
		for _, h := range got.Weak {
			if h.Match.Score >= entente.BandPossible.Floor() || len(h.Match.Evidence) == 0 {
				t.Errorf("%s: %s is weak, with %.2f and %d reasons", c.asked.Names[0].Text, h.ID, h.Match.Score, len(h.Match.Evidence))
			}
		}
	}
}

// A number finds everybody who has it, also where the rest speaks against it, and
// without a name.
func TestSearchByNumber(t *testing.T) {
	held := subject("Tamar Halvarsk", "1951-11-02")
	held.Documents = []entente.Document{{Type: "passport", Number: "XB771234", Country: "XB"}}
	held.Identifiers = []entente.Identifier{{Kind: "phone", Value: "+999 555 01 42"}}
	nameless := entente.Subject{Documents: []entente.Document{{Type: "passport", Number: "XC998877"}}}
	x := indexOf(held)
	x.Put("nameless", nameless)
	for what, asked := range map[string]entente.Subject{"document": {Documents: held.Documents}, "phone": {Identifiers: held.Identifiers}} {
		if got := x.Search(Ask(asked)); len(got.Hits) != 1 || len(got.Weak) != 0 {
			t.Errorf("a %s alone finds %+v", what, got)
		}
	}
	other := subject("Arsen Kadaev", "1986-03-14")
	other.Documents, other.Sex, other.Nationalities = held.Documents, "M", []entente.Country{"XC"}
	x.Put("0 held", func() entente.Subject {
		s := held
		s.Sex, s.Nationalities = "F", []entente.Country{"XB"}
		return s
	}())
	if got := kindOf(x.Search(Ask(other)), "held"); got != "same-number" {
		t.Errorf("the document of another name finds: %s", got)
	}
	if got := x.Search(Ask(nameless)); len(got.Hits) != 1 || got.Hits[0].ID != "nameless" {
		t.Errorf("somebody without a name is not found by the document: %+v", got)
	}
}

// Of very many who are called so, twenty are given, the best first, and the others
// are counted; reading them is bounded.
func TestSearchIsBounded(t *testing.T) {
	x := New()
	r := rand.New(rand.NewPCG(7, 7))
	for i := range 5_000 {
		s := subject("Olvek Brunja")
		s.Births = []entente.Birth{{Date: entente.PartialDate{Year: 1940 + r.IntN(60), Month: 1 + r.IntN(12), Day: 1 + r.IntN(28)}}}
		x.Put(fmt.Sprint(i), s)
	}
	got := x.Search(Ask(subject("Brunja")))
	if len(got.Hits) != 0 || len(got.Weak) != mostGiven || !slices.Equal(got.More, []More{{entente.WeakName, 5_000 - mostGiven, false}}) {
		t.Errorf("of 5,000: %d matches, %d weak, %v more", len(got.Hits), len(got.Weak), got.More)
	}
	if got = x.Search(Ask(subject("Olvek Brunja"))); len(got.Hits) != mostSure || !slices.Equal(got.More, []More{{"", 5_000 - mostSure, false}}) {
		t.Errorf("of 5,000 matches: %d given, %v more", len(got.Hits), got.More)
	}
	for i := range maxSame {
		x.Put(fmt.Sprint("more ", i), subject("Tamar Brunja"))
	}
	got = x.Search(Ask(subject("Brunja")))
	if len(got.More) != 1 || !got.More[0].Least || got.More[0].Count < maxSame/2 {
		t.Errorf("of more than are read: %v more", got.More)
	}
	// Two words that many have lead to the few who have both.
	x.Put("both", subject("Quorra Brunja"))
	for i := range maxSame {
		x.Put(fmt.Sprint("given ", i), subject("Quorra Wendt"))
	}
	if got = x.Search(Ask(subject("Quorra Brunja"))); len(got.Hits)+len(got.Weak) == 0 || slices.Concat(got.Hits, got.Of(entente.WeakName))[0].ID != "both" {
		t.Errorf("who has both words is not first among those who have one: %+v", got.Weak[:min(3, len(got.Weak))])
	}
}

// A search finds every match that an answer finds, and everybody of a list of few
// whose name it was.
func TestSearchFindsEveryExactName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, held := New(), map[string]entente.Subject{}
		for i := range rapid.IntRange(1, 40).Draw(t, "people") {
			id := fmt.Sprint(i)
			held[id] = anyone().Draw(t, "held")
			x.Put(id, held[id])
		}
		id := rapid.SampledFrom(slices.Sorted(func(yield func(string) bool) {
			for id := range held {
				if !yield(id) {
					return
				}
			}
		})).Draw(t, "id")
		name := rapid.SampledFrom(held[id].Names).Draw(t, "name").Text
		words := strings.Fields(name)
		asked := entente.Subject{Names: []entente.Name{{Text: strings.Join(words[:rapid.IntRange(1, len(words)).Draw(t, "words")], " ")}}}
		got := x.Search(Ask(asked))
		of := func(id string) bool {
			return slices.ContainsFunc(got.Hits, func(h Hit) bool { return h.ID == id }) || slices.ContainsFunc(got.Weak, func(h WeakHit) bool { return h.ID == id && h.Weak == entente.WeakName })
		}
		more := slices.ContainsFunc(got.More, func(m More) bool { return m.Weak == entente.WeakName || m.Weak == "" })
		if !of(id) && !more {
			t.Fatalf("%q does not find %v: %+v", asked.Names[0].Text, held[id].Names, got)
		}
		for _, h := range x.Answer(Ask(asked), mostGiven, Least{Score: entente.BandPossible.Floor()}) {
			if !of(h.ID) {
				t.Fatalf("%q does not find the match %+v", asked.Names[0].Text, h)
			}
		}
	})
}

// What could not be read is held against nobody, and alarms know who was born on
// the same day.
func TestUnreadIsNoEvidence(t *testing.T) {
	held := subject("राहुल शर्मा", "1984-05-06")
	held.Nationalities, held.Births[0].Place = []entente.Country{"XC"}, "Ostvik, XC"
	for _, name := range []string{"Rahul Sharma", "สมชาย", "???"} {
		asked := subject(name, "1984-05-06")
		asked.Nationalities, asked.Births[0].Place = held.Nationalities, "Ostvik, XC"
		m := Compare(asked, held)
		for _, e := range m.Evidence {
			if e.Field == "name" {
				t.Errorf("%s: the name is evidence: %+v", name, e)
			}
		}
		hits := indexOf(held).Answer(Ask(asked), 5, Least{Score: entente.BandPossible.Floor()})
		if len(hits) != 1 || hits[0].Match.Score != m.Score {
			t.Errorf("%s: by date, place and nationality it finds %+v, want %.2f", name, hits, m.Score)
		}
	}
	if m := Compare(subject("Rahul Sharma", "1984-05-06"), subject("Otakar Brezina", "1984-05-06")); m.Evidence[len(m.Evidence)-1].Weight >= 0 {
		t.Errorf("two names that could be read and share nothing: %+v", m.Evidence)
	}
}

// Who is taken out is found by no day any more.
func TestRemovedDay(t *testing.T) {
	x := indexOf(subject("สมชาย", "1990-01-02"), subject("Karen Lindal", "1990-01-02"))
	for _, id := range []string{"0 สมชาย", "1 Karen Lindal"} {
		x.Remove(id)
	}
	for _, asked := range []entente.Subject{subject("Somchai", "1990-01-02"), subject("ರಾಹುಲ್", "1990-01-02")} {
		if got := x.Search(Ask(asked)); len(got.Hits)+len(got.Weak) != 0 {
			t.Errorf("%v finds %+v", asked.Names, got)
		}
	}
}

func TestUnreadNames(t *testing.T) {
	s := entente.Subject{Names: []entente.Name{{Text: "Arsen Kadaev"}, {Text: "Арсен Кадаев"}, {Text: "राहुल शर्मा"}, {Text: "Rahul शर्मा"}, {Text: "????"}, {Text: "12345"}}}
	want := []entente.Unread{
		{Name: "राहुल शर्मा", Words: []string{"राहुल", "शर्मा"}, Script: "Devanagari", Whole: true, Why: "letters of Devanagari cannot be read here: compared by birth date and number only, and with names of the very same letters"},
		{Name: "Rahul शर्मा", Words: []string{"शर्मा"}, Script: "Devanagari", Why: "letters of Devanagari cannot be read here: compared by the rest of the name"},
		{Name: "????", Words: []string{}, Whole: true, Why: "it has no letters: compared by birth date and number only"},
		{Name: "12345", Words: []string{}, Whole: true, Why: "it has no letters: compared by birth date and number only"},
	}
	for what, got := range map[string][]entente.Unread{"names": UnreadNames(s), "question": Ask(s).Unread()} {
		if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", what, got, want)
		}
	}
	if got := Ask(subject("Arsen Kadaev")).Unread(); got == nil || len(got) != 0 {
		t.Errorf("all was read: %#v", got)
	}
}
