package lists

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

func encoded(t *testing.T, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestCharsets writes the same tables in the charsets that desks use and wants
// the same names back.
func TestCharsets(t *testing.T) {
	cyrillic, western := "id;name\r\n1;Арсен Кадаев\r\n2;Mira Volna\r\n3;Ян Ё. Орел\r\n", "id;name\r\n1;Arsén Kádáev\r\n2;Mira Volná\r\n3;Ján “Orel” Škoda\r\n"
	for name, c := range map[string]struct {
		data    []byte
		text    string
		charset string
	}{
		"UTF-8":                 {[]byte(cyrillic), cyrillic, "UTF-8"},
		"UTF-8 with a mark":     {append([]byte("\xef\xbb\xbf"), western...), western, "UTF-8"},
		"UTF-16LE with a mark":  {encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), cyrillic), cyrillic, "UTF-16LE"},
		"UTF-16BE with a mark":  {encoded(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), western), western, "UTF-16BE"},
		"UTF-16LE without one":  {encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), western), western, "UTF-16LE"},
		"UTF-16BE without one":  {encoded(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), cyrillic), cyrillic, "UTF-16BE"},
		"Windows-1251":          {encoded(t, charmap.Windows1251, cyrillic), cyrillic, "windows-1251"},
		"Windows-1252":          {encoded(t, charmap.Windows1252, western), western, "windows-1252"},
		"Latin-1":               {encoded(t, charmap.ISO8859_1, strings.NewReplacer("“", `'`, "”", `'`, "Š", "S").Replace(western)), strings.NewReplacer("“", `'`, "”", `'`, "Š", "S").Replace(western), "windows-1252"},
		"late letters in ASCII": {append([]byte("id;name\r\n"+strings.Repeat("0;A A\r\n", 20_000)), encoded(t, charmap.Windows1252, "9;Jos\u00e9 Volna\r\n")...), "id;name\r\n0;A A\r\n9;José Volna", "windows-1252"},
	} {
		var got []string
		recs, sum, err := readAll("csv", []File{{"x", bytes.NewReader(c.data)}}, Options{Source: "albia"})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, r := range recs {
			if r.Holding.ID != "" {
				got = append(got, r.Holding.Subject.Names[0].Text)
			}
		}
		var want []string
		for _, line := range strings.Split(strings.TrimSpace(c.text), "\r\n")[1:] {
			_, n, _ := strings.Cut(line, ";")
			want = append(want, n)
		}
		if strings.Join(got, "|") != strings.Join(want, "|") || sum.Charset != c.charset {
			t.Errorf("%s: got %q as %s, want %q as %s", name, got, sum.Charset, want, c.charset)
		}
	}
}

// TestMixedCharsets holds that a line in another charset than the rest is
// reported and not guessed at.
func TestMixedCharsets(t *testing.T) {
	recs, _, err := readAll("csv", []File{{"x", strings.NewReader("id,name\n1,Арсен\n2,\xc0\xf0\xf1\xe5\xed\n3,Volna\n")}}, Options{Source: "albia"})
	if err != nil || len(recs) != 3 || recs[1].Holding.ID != "" || recs[2].Holding.ID == "" {
		t.Errorf("got %+v, %v, want the second set aside", recs, err)
	}
}

func TestScriptOf(t *testing.T) {
	for text, want := range map[string]string{
		"Arsén Kadaev": "Latn", "Арсен Кадаев": "Cyrl", "أرسين": "Arab", "ארסן": "Hebr", "Αρσέν": "Grek", "Արսեն": "Armn", "არსენ": "Geor",
		"아르센": "Hang", "阿尔森": "Hani", "アルセン": "Kana", "森アルセンの": "Jpan", "Хiкметовiч": "Cyrl", "12-4": "", "": "",
	} {
		if got := scriptOf(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
