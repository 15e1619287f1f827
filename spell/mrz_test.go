package spell

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"entente"
)

func TestMRZ(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Kadaev, Arsen", "KADAEV<<ARSEN"},
		{"Кадаев Арсен", "KADAEV<ARSEN"},
		{"Щербаков, Юрий", "SHCHERBAKOV<<IURII"},
		{"Подъячев", "PODIEIACHEV"},
		{"Гоголенко, Їжак", "GOGOLENKO<<IZHAK"},
		{"Григорів", "HRYHORIV"}, // the і says Ukrainian
		{"Ђурђевић", "DJURDJEVIC"},
		{"Ångström", "AANGSTROEM"},
		{"Nuñez-Mc Ælfþryð", "NUNEZ<MC<AELFTHRYD"},
		{"D'Artagnan", "DARTAGNAN"},
		{"Straße", "STRASSE"},
		{"ابو بكر محمد بن زكريا الرازي", "ABW<BKR<MXHMD<BN<ZKRYA<ALRAZY"}, // the example of 9303-3
		{"فاطمة", "FAXTTMXAH"},
		{"محمّد", "MXHMMD"},
	} {
		got, err := MRZ(c.text)
		if err != nil || got != c.want {
			t.Errorf("MRZ(%q) = %q, %v; want %q", c.text, got, err, c.want)
		}
	}
}

func TestMRZRefusesWhatNoPassportPrints(t *testing.T) {
	for _, text := range []string{"", " - ", "Kadaev 3", "Kada€v", "ᠮᠣᠩᠭᠣᠯ", strings.Repeat("a", maxBytes+1)} {
		if got, err := MRZ(text); !errors.Is(err, entente.Invalid) {
			t.Errorf("MRZ(%.20q) = %q, %v; want an invalid name", text, got, err)
		}
	}
}

func TestFromMRZ(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"KADAEV<<ARSEN", "kadaev arsen"},
		{"MUELLER", "müller"},
		{"MUXXLLER", "müller"},
		{"NUNXXEZ", "nuñez"},
		{"AASE<OESTBY", "åse østby"},
		{"MXHMD<BN<ZKRYA<ALRAZY", "محمد بن زكريا الرازي"},
		{"FAXTTMXAH", "فاطمة"},
	} {
		if got := FromMRZ(c.text); !slices.Contains(got, c.want) {
			t.Errorf("FromMRZ(%q) = %q; want %q among them", c.text, got, c.want)
		}
	}
	if got := FromMRZ("<<<"); got != nil {
		t.Errorf("FromMRZ of fillers = %q", got)
	}
}

// A name in Arabic letters comes back from a passport as it went in, letter by
// letter, but for a ة within a word and letters that share a code.
func TestArabicMRZRoundTrip(t *testing.T) {
	for letter := range arabicCodes {
		if letter == 'ة' || letter == 'ې' {
			continue
		}
		text := "ح" + string(letter) + "ب"
		line, err := MRZ(text)
		if err != nil {
			t.Fatalf("MRZ(%q): %v", text, err)
		}
		if got := FromMRZ(line); got[0] != text {
			t.Errorf("%s came back from %s as %s", text, line, got[0])
		}
	}
}

func FuzzMRZ(f *testing.F) {
	for _, s := range []string{"Kadaev, Arsen", "Щербаков", "محمد", "ﷺ", "a\u0301", "王", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		line, err := MRZ(text)
		if err != nil {
			return
		}
		if line == "" || strings.Trim(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZ<") != "" {
			t.Errorf("MRZ(%q) = %q", text, line)
		}
		if list := FromMRZ(line); len(list) == 0 || len(list) > 8 {
			t.Errorf("FromMRZ(%q) = %q", line, list)
		}
	})
}
