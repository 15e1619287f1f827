package table

import (
	"errors"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// TestGuess writes names in the character sets of their languages.
func TestGuess(t *testing.T) {
	for _, c := range []struct {
		page *charmap.Charmap
		text string
	}{
		{charmap.Windows1250, "Jiří Dvořák\nŁukasz Żółkiewski\nGábor Őry\n"},
		{charmap.Windows1250, "Ivan Kovačić\nŽeljko Babić\n"},
		{charmap.Windows1251, "фамилия;имя\nКадаев;Арсен\nОрлова;Вера\n"},
		{charmap.Windows1251, "Шевченко Ольга\n"},
		{charmap.Windows1252, "Søren Bjørn\nFrançois Molière\nJörg Müller\nJosé Núñez\n"},
		{charmap.Windows1252, "José Volna\n"},
		{charmap.Windows1252, "Jürgen Weiß\n"},
		{charmap.Windows1253, "Γεώργιος Παπαδόπουλος\nΜαρία Κατσαρού\n"},
		{charmap.Windows1254, "Işık Öztürk\nŞahin Yılmaz\nDoğan Çağlar\n"},
		{charmap.Windows1255, "משה כהן\nשרה לוי\n"},
		{charmap.Windows1256, "أحمد علي\nمحمد حسن\n"},
		{charmap.KOI8R, "Кадаев Арсен\nОрлова Вера\n"},
		{charmap.CodePage866, "Кадаев Арсен\nОрлова Вера\n"},
		{charmap.ISO8859_2, "Łukasz Śliwiński\nJiří Dvořák Tomáš\n"},
	} {
		b, err := c.page.NewEncoder().Bytes([]byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		got := Guess(b)
		if s, ok := got.Text(b); !ok || s != c.text {
			t.Errorf("%s: read as %s: %q, want %q", c.page, got.Name, s, c.text)
		}
	}
}

func TestLineEnds(t *testing.T) {
	for name, text := range map[string]string{
		"LF": "a\nb\n\nc\n", "CR LF": "a\r\nb\r\n\r\nc\r\n", "CR": "a\rb\r\rc\r", "CR and one LF": "a\rb\r\rc\r\n", "no end": "a\nb\n\nc",
	} {
		l, err := NewLines(strings.NewReader(text), 100)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for {
			line, err := l.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			got = append(got, line.Text)
		}
		if s := strings.TrimRight(strings.Join(got, "|"), "|"); s != "a|b||c" {
			t.Errorf("%s: got %q", name, s)
		}
	}
}

func TestVocabularies(t *testing.T) {
	for header, want := range map[string]Column{
		"LAST_NAME": LastName, "lastName": LastName, "Date of birth (dd/mm/yyyy)": Birth, "D.O.B.": Birth, "Дата рождения": Birth, "Né(e) le": Birth,
		"PRÉNOM(S)": FirstName, "№": Number, "n° de passeport": Passport, "Passport No.": Passport, "e-mail": Email, "shoe size": Unknown, "": Unknown,
	} {
		if got := ListWords.Column(header); got != want {
			t.Errorf("%q: got %d, want %d", header, got, want)
		}
	}
	if ListWords.Column("reference") != Number || TravelWords.Column("reference") != Reference {
		t.Error("a reference is a record's number in a list, and a booking in travel")
	}
	seen := map[string]Column{}
	for c, phrases := range people {
		for phrase := range strings.SplitSeq(phrases, "|") {
			k := headerKey(phrase)
			if old, ok := seen[k]; ok && old != c && phrase != "" {
				t.Errorf("%q stands for two columns, %d and %d", phrase, old, c)
			}
			seen[k] = c
		}
	}
}
