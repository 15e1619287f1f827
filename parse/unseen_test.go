package parse

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"entente"
)

// Of the format characters of Unicode, those that may stand somewhere are known
// here one by one: a new one is a decision.
func TestFormatCharacters(t *testing.T) {
	shown := map[rune]bool{
		0x600: true, 0x601: true, 0x602: true, 0x603: true, 0x604: true, 0x605: true, 0x6dd: true, 0x70f: true, 0x890: true, 0x891: true,
		0x8e2: true, 0x110bd: true, 0x110cd: true, // signs that are seen
	}
	for r := rune(0xa0); r <= unicode.MaxRune; r++ {
		hieroglyphs := r >= 0x13430 && r <= 0x1343f // arrange the signs around them, which are seen
		if unicode.Is(unicode.Cf, r) && r != 0x61c && !shown[r] && !hieroglyphs && Readable("a"+string(r)+"a") == nil {
			t.Errorf("U+%04X is read in the middle of a Latin word", r)
		}
	}
}

func TestReadable(t *testing.T) {
	for text, ok := range map[string]bool{
		"":                          true,
		"Арсен, ëé\u00a0x\n\tи":     true,
		"gpj.\u202eexe":             false,
		"a\u2066b\u2069":            false,
		"two\u2028lines":            false,
		"a\rb":                      false,
		"a\u0085b":                  false,
		"a\x1b[2J":                  false,
		"שלום\u200f!":               true,
		"\u200f1/2":                 false,
		"Ka\u200edaev":              false,
		"(\u061c1) علي":             true,
		"می\u200cخواهم":             true,
		"क्\u200dष":                 true,
		"Ka\u200cdaev":              false,
		"Ка\u200dдаев":              false,
		"\u200dA":                   false,
		"می\u200c\u200cخواهم":       false,
		"👩\u200d🚒 ❤\ufe0f\u200d🔥":   true,
		"ស្រី\u200bស្អាត":           true,
		"Ka\u200bdaev":              false,
		"ᠠ\u180eᠠ":                  true,
		"Ka\u00addaev":              false,
		"\ufeffKadaev":              false,
		"\u3164":                    false,
		"a\U000e0041":               false,
		"葛\U000e0100城":              true,
		strings.Repeat("\u0627", 9): true,
	} {
		if err := Readable(text); (err == nil) != ok {
			t.Errorf("%+q: %v", text, err)
		}
	}
}

// What is left of any text can be read, and of a text that can be read all is left.
func TestVisibleProperty(t *testing.T) {
	odd := rapid.SampledFrom([]rune("ab \n\t\u202e\u200f\u200d\u200b\u00ad\ufeff\u3164ש" + "م❤\ufe0f\U000e0041\x07\u0085"))
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(odd).Draw(t, "text")
		got, changed := Visible(s)
		if Readable(got) != nil || changed != (got != s) || changed != (Readable(s) != nil) {
			t.Fatalf("%+q became %+q", s, got)
		}
	})
}

// A text without end or with a thousand marks is read once.
func TestUnseenIsLinear(t *testing.T) {
	if n := testing.AllocsPerRun(3, func() { Visible(strings.Repeat("\u200f", 1<<20)) }); n > 100 {
		t.Errorf("%v allocations", n)
	}
}

func TestReadableAgreesWithTables(t *testing.T) {
	for _, table := range [][][2]rune{never, rightwards, joining} {
		last := rune(-1)
		for _, x := range table {
			if x[0] <= last || x[1] < x[0] || !utf8.ValidRune(x[0]) || !utf8.ValidRune(x[1]) {
				t.Errorf("%x does not rise", x)
			}
			last = x[1]
		}
	}
}

// Each door of a text refuses the same character.
func TestEveryTextIsReadable(t *testing.T) {
	p := testParty()
	p.Contacts[0].Hours = "24\u202e7"
	wantRefusal(t, "a descriptor", CheckParty(p), entente.ReasonMalformed, "contact[0].hours")
	agreement := strings.Replace(string(readFile(t, "agreement.toml")), `tip = "3y"`, `tip = "3y\u202e"`, 1)
	_, err := Agreement([]byte(agreement))
	wantRefusal(t, "an escape in a table that is only kept", err, "", "retention.tip")
}
