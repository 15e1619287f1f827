package spell

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// told writes a name as its parts' likeliest readings, with roles but Plain.
func told(text string) string {
	var b strings.Builder
	for i, p := range Parse(text).Parts {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(p.Latin)
		if p.Role != Plain {
			b.WriteString("/" + p.Role.String())
		}
	}
	return b.String()
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Arsen Kadaev", "arsen kadaev"},
		{"KADAEV, Arsen", "kadaev arsen"},
		{"KADAEV<<ARSEN<<<<<<", "kadaev arsen"},
		{"Арсен Кадаев", "arsen kadaev"},
		{"Арсен\u200f Ка\u00adда\u200bев", "arsen kadaev"},
		{"Kaдaeв", "kadaev"}, // Latin K, a, e in a Cyrillic word
		{"Каdаеv", "kadaev"}, // and the other way round
		{"ＫＡＤＡＥＶ", "kadaev"},
		{"A. S. Kadaev", "a/initial s/initial kadaev"},
		{"Kadaev A.S.", "kadaev a/initial s/initial"},
		{"Кадаев Ю.", "kadaev yu/initial"},
		{"Kadaev Yu.", "kadaev yu/initial"},
		{"Arsen Ramzanovich Kadaev", "arsen ramzanovich/patronymic kadaev"},
		{"Zarema Ramzanovna Kadaeva", "zarema ramzanovna/patronymic kadaeva"},
		{"Petrovich, Ivo", "petrovich ivo"}, // may be a family name
		{"Tural Alirza oglu Kadali", "tural alirza/patronymic oglu/particle kadali"},
		{"Abd al-Rahman", "abdulrahman"},
		{"Abd ar-Rahman Kadi", "abdulrahman kadi"},
		{"Abdel Aziz", "abdulaziz"},
		{"عبد الله", "abdullah"},
		{"Saif ud-Din Qadri", "saifuddin qadri"},
		{"Saif al Din Qadri", "saifuddin qadri"},
		{"Nasr Allah", "nasrullah"},
		{"TAMRI, Jamil Abdul", "abdultamri jamil"},
		{"TAMRI<<JAMIL<ABDUL<<<", "abdultamri jamil"},
		{"Al-Tamri, Salim Abdul", "abdultamri salim"},
		{"TAMRI, Abdou", "tamri abdou"}, // a name by itself
		{"ULLAH, Haji Nasr", "haji/title nasrullah"},
		{"Allah Nawaz", "allah nawaz"},
		{"Abu Bakr Nasri", "abubakr nasri"},
		{"Musa Abu Marzan", "musa abu/particle marzan"},
		{"Karim bin Salim al-Tamri", "karim bin/particle salim al/particle tamri"},
		{"As-Salami", "as/particle salami"},
		{"O'Brannan", "obrannan"},
		{"Mc Brannan", "mcbrannan"},
		{"Ludwig van der Horst", "ludwig van/particle der/particle horst"},
		{"Tran Van", "tran van"},
		{"Dr. Sheikh Karim Tamri Jr.", "dr/title sheikh/title karim tamri jr/generation"},
		{"Tamri, Col. Karim", "tamri col/title karim"},
		{"Ortega y Galdez", "ortega y/particle galdez"},
		{"al", "al"},
		{"Haji Mullah", "haji/title mullah"},
		{"Kang Min-su", "kang min su"},
		{"강민수", "kang min su"},
		{"강 민수", "kang min su"},
		{"Agent 27", "agent twoseven"},
		{"वन", "pjlpio"}, // spelt out by code points
		{"  ", ""},
		{"€", "igac"},
	} {
		if got := told(c.text); got != c.want {
			t.Errorf("Parse(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestParseIsBounded(t *testing.T) {
	n := Parse(strings.Repeat("я", 3000))
	if len(n.Parts) != 1 || len([]rune(n.Parts[0].Text)) != maxRunes {
		t.Errorf("a word of 3000 letters has %d parts, the first of %d letters", len(n.Parts), len([]rune(n.Parts[0].Text)))
	}
	if n := Parse(strings.Repeat("ab ", 3000)); len(n.Parts) != maxParts {
		t.Errorf("3000 words are %d parts", len(n.Parts))
	}
}

func TestArabicArticle(t *testing.T) {
	p := Parse("الطامري").Parts[0]
	if strings.HasPrefix(p.Latin, "al") || !slices.ContainsFunc(p.Others, func(s string) bool { return strings.HasPrefix(s, "al") }) {
		t.Errorf("read %s %v, want it without its article first, and with it", p.Latin, p.Others)
	}
}

// letters of all scripts that are read, and some that are not.
var letters = rapid.StringOfN(rapid.RuneFrom(nil, unicode.Latin, unicode.Cyrillic, unicode.Arabic, unicode.Hebrew, unicode.Greek, unicode.Armenian, unicode.Georgian, unicode.Hangul, unicode.Han, unicode.Katakana, unicode.Devanagari), 1, 12, -1)

func TestParseProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(letters, 1, 5).Draw(t, "words")
		parts := Parse(strings.Join(words, " ")).Parts
		check(t, words, parts)
	})
}

func check(t interface {
	Helper()
	Errorf(string, ...any)
}, text any, parts []Part,
) {
	t.Helper()
	if len(parts) == 0 || len(parts) > maxParts {
		t.Errorf("Parse(%q) has %d parts", text, len(parts))
	}
	for _, p := range parts {
		for _, latin := range append([]string{p.Latin}, p.Others...) {
			if latin == "" || lettersOnly(latin) != latin {
				t.Errorf("Parse(%q): a reading is %q", text, latin)
			}
		}
		if len(p.Others) > MaxOthers || slices.Contains(p.Others, p.Latin) {
			t.Errorf("Parse(%q): other readings %q", text, p.Others)
		}
		if keys := p.Keys(); len(keys) == 0 || len(keys) > MaxKeys {
			t.Errorf("Parse(%q): %d keys", text, len(keys))
		}
	}
}

// Plain words read the same wherever they stand.
func TestOrderChangesNoPart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := []string{"Arsen", "Кадаев", "Tamri", "Ζαννής", "Grünfeld", "კადარი"}
		one := rapid.Permutation(names).Draw(t, "one")
		var a, b []string
		for _, p := range Parse(strings.Join(names, " ")).Parts {
			a = append(a, p.Latin)
		}
		for _, p := range Parse(strings.Join(one, " ")).Parts {
			b = append(b, p.Latin)
		}
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(a, b) {
			t.Errorf("%v reads %v, %v reads %v", names, a, one, b)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"Arsen Kadaev", "Abd al-Rahman", "Tamri, Salim Abdul", "Minsu Min-su", "Кадаев А.", "عبد الله", "ג'ורג'", "김", "ﷺ", "-", "'", "\u200b", "a\u0301", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n := Parse(text)
		if strings.TrimSpace(clean(text)) == "" {
			return
		}
		check(t, text, n.Parts)
		for i, p := range n.Parts {
			if got := Compare(p, p); got.Score != 1 {
				t.Errorf("%q compared with itself: %+v", p.Text, got)
			}
			if i < 2 {
				continue
			}
			x, y := &n.Parts[i-2], &n.Parts[i-1]
			if got := CompareJoined(&p, x, y); got.Rule != None && (got.Rule != Joined || got.Score <= likeJoined || got.Score > 1) {
				t.Errorf("%q beside %q and %q: %+v", p.Text, x.Text, y.Text, got)
			}
		}
	})
}
