package parse

import (
	"regexp"
	"strings"
	"testing"

	"entente"
)

// programWords belong to programs: nobody who writes a file knows them.
var programWords = regexp.MustCompile(`toml:|json:|json |GoType|int64|\bstruct\b|unmarshal|decode|expected|\[\]any|map\[|interface|entente\.|invalid character|\bnil\b`)

func told(t *testing.T, what string, err error) *entente.Error {
	t.Helper()
	e, ok := err.(*entente.Error)
	switch {
	case !ok:
		t.Errorf("%s: got %v, want an error", what, err)
		return nil
	case e.Kind != entente.Invalid || e.Hint == "" || !strings.HasPrefix(e.Detail, "line "):
		t.Errorf("%s: it does not say the line and what to write: %s | %s | %s", what, e.Field, e.Detail, e.Hint)
	case programWords.MatchString(e.Detail + " " + e.Hint):
		t.Errorf("%s: in the words of a program: %s | %s", what, e.Detail, e.Hint)
	}
	return e
}

var values = []string{`1987`, `19.87`, `true`, `"x"`, `2011-03-04`, `2011-03-04T09:00:00Z`, `2011-03-04T09:00:00`, `09:00:00`, `["x"]`, `[1987]`, `[]`, `{ x = 1 }`, `{}`}

// Whatever stands in a field of a tip or an agreement, the answer is in words
// that its author knows.
func TestEveryWrongTypeIsToldInPlainWords(t *testing.T) {
	field := regexp.MustCompile(`(?m)^([a-z_-]+) = ("""(?s:.*?)"""|.*)$`)
	for file, read := range map[string]func([]byte) error{
		"tip.toml":       func(b []byte) error { _, err := Tip(b, today); return err },
		"agreement.toml": func(b []byte) error { _, err := Agreement(b); return err },
	} {
		good := string(readFile(t, file))
		n := 0
		for _, at := range field.FindAllStringSubmatchIndex(good, -1) {
			for _, v := range values {
				text := good[:at[4]] + v + good[at[5]:]
				if err := read([]byte(text)); err != nil {
					told(t, file+": "+good[at[2]:at[3]]+" = "+v, err)
					n++
				}
			}
		}
		if n < 100 {
			t.Errorf("%s: only %d mistakes were tried", file, n)
		}
	}
}

func TestWrongTypesInATip(t *testing.T) {
	good := string(readFile(t, "tip.toml"))
	for _, tt := range []struct{ old, new, field, hint string }{
		{"date = 1987-03-14", "date = 1987", "tip.subjects[0].births[0].date", `write "1987" in quotes`},
		{"date = 1987-03-14", "date = 1987-03-14T10:00:00Z", "tip.subjects[0].births[0].date", "write it as in 1987-03-14"},
		{"date = 1987-03-14", "date = 1987.03", "tip.subjects[0].births[0].date", `"1987-03"`},
		{"date = 1987-03-14", "date = 14.03.1987", "", `write date = "14.03.1987"`},
		{"date = 1987-03-14", "date = 1987-3-14", "", `write date = "1987-3-14"`},
		{`nationalities = ["XB"]`, `nationalities = "XB"`, "tip.subjects[0].nationalities", `write ["XB"]`},
		{`nationalities = ["XB"]`, `nationalities = [XB]`, "", "quotation mark"},
		{`value = "+999 55 0142"`, `value = 999550142`, "tip.subjects[0].identifiers[0].value", `write "999550142" in quotes`},
		{`value = "+999 55 0142"`, `value = 0999550142`, "", `write value = "0999550142"`},
		{`value = "+999 55 0142"`, `value = "+999 55 0142`, "", "write \" before and after"},
		{`value = "+999 55 0142"`, `value = “+999 55 0142”`, "", "write \" before and after"},
		{`value = "+999 55 0142"`, `value +999 55 0142`, "", `write  name = "value"`},
		{`value = "+999 55 0142"`, `value =`, "", "write it behind the equals sign"},
		{`sex = "M"`, `sex = M`, "", `write sex = "M"`},
		{`sex = "M"`, "sex = \"M\"\nsex = \"F\"", "", "keep one of the two"},
		{"[[tip.subjects]]\nid = \"s1\"", "[tip.subjects]\nid = \"s1\"", "", ""},
		{"[[tip.subjects.names]]\ntext", "[tip.subjects.names]\ntext", "tip.subjects[0].names", "write [[tip.subjects.names]]"},
		{"[tip]\n", "[[tip]]\n", "", ""},
		{"[tip]\n", "[tip\n", "", "write [name]"},
		{"court_use", "court-use", "caveats.court-use", "write court_use"},
		{"category =", "categories =", "tip.categories", "check its spelling"},
		{`Просим проверить эти сведения и сообщить нам, если он соберётся в поездку.` + "\n\"\"\"", `Просим.`, "", `write """ behind it`},
	} {
		if !strings.Contains(good, tt.old) {
			t.Fatalf("the example has no %q", tt.old)
		}
		_, err := Tip([]byte(strings.Replace(good, tt.old, tt.new, 1)), today)
		if e := told(t, tt.new, err); e != nil && (tt.field != "" && e.Field != tt.field || !strings.Contains(e.Hint, tt.hint)) {
			t.Errorf("%s: got %s: %s | %s", tt.new, e.Field, e.Detail, e.Hint)
		}
	}
}

// What a partner wrote is not repeated.
func TestNothingOfAPartnersTextIsRepeated(t *testing.T) {
	for _, text := range []string{"entente = secret\n", "entente = 4711\n", "entente = [\"secret\"]\n", "secret\n", "entente = \"secret\n"} {
		_, err := Party([]byte(text))
		e, ok := err.(*entente.Error)
		if !ok || strings.Contains(e.Error()+e.Hint, "secret") || strings.Contains(e.Error()+e.Hint, "4711") || e.Reason == "" {
			t.Errorf("%q: %#v", text, err)
		}
	}
}

func TestSettings(t *testing.T) {
	type out struct {
		Desk  string   `toml:"desk"`
		Day   int      `toml:"messages-a-day"`
		Open  bool     `toml:"open"`
		Proxy []string `toml:"trusted-proxy"`
	}
	var got out
	if err := Settings([]byte("desk = \"localhost:1\"\nmessages-a-day = 5\nopen = true\ntrusted-proxy = [\"::1\"]\n"), 1000, &got); err != nil || got.Desk != "localhost:1" || got.Day != 5 || !got.Open || len(got.Proxy) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	for text, hint := range map[string]string{
		"desk = 7080\n": `write "7080" in quotes`, "desk = localhost:7080\n": `write desk = "localhost:7080"`, "messages-a-day = \"5\"\n": "write 5 without quotes", "messages-a-day = 0.5\n": "digits alone",
		"open = \"yes\"\n": "true or false", "trusted-proxy = \"::1\"\n": `write ["::1"]`, "desks = \"x\"\n": "write desk", "messages_a_day = 5\n": "write messages-a-day", "colour = 1\n": "check its spelling", "desk = \"a\"\ndesk = \"b\"\n": "keep one",
	} {
		if e := told(t, text, Settings([]byte(text), 1000, &got)); e != nil && !strings.Contains(e.Hint, hint) {
			t.Errorf("%q: %s | %s", text, e.Detail, e.Hint)
		}
	}
}
