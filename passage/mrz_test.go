package passage

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"entente"

	"pgregory.net/rapid"
)

// The numbers, dates and check digits are those of the specimens in ICAO 9303
// parts 4, 5 and 6; the people are invented.
var specimens = map[Format][]string{
	TD3: {
		"P<UTOKADAEV<<ARSEN<IBRAGIM<<<<<<<<<<<<<<<<<<",
		"L898902C36UTO7408122F1204159ZE184226B<<<<<10",
	},
	TD2: {
		"I<UTOKADAEV<<ARSEN<IBRAGIM<<<<<<<<<<",
		"D231458907UTO7408122F1204159<<<<<<<6",
	},
	TD1: {
		"I<UTOD231458907<<<<<<<<<<<<<<<",
		"7408122F1204159UTO<<<<<<<<<<<6",
		"KADAEV<<ARSEN<IBRAGIM<<<<<<<<<",
	},
	MRVA: {
		"V<UTOKADAEV<<ARSEN<IBRAGIM<<<<<<<<<<<<<<<<<<",
		"L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
	},
	MRVB: {
		"V<UTOKADAEV<<ARSEN<IBRAGIM<<<<<<<<<<",
		"L8988901C4XXX4009078F9612109<<<<<<<<",
	},
}

func TestSpecimens(t *testing.T) {
	for format, lines := range specimens {
		m, err := ParseMRZ(lines)
		if err != nil {
			t.Errorf("%s: %v", format, err)
			continue
		}
		if m.Format != format || m.Surname != "KADAEV" || m.Given != "ARSEN IBRAGIM" || m.Sex != "F" || m.Issuer != "UTO" {
			t.Errorf("%s: got %+v", format, m)
		}
		if got := m.Lines(); !slices.Equal(got, lines) {
			t.Errorf("%s: got\n%s\nwant\n%s", format, strings.Join(got, "\n"), strings.Join(lines, "\n"))
		}
	}
}

// A number of eleven characters, as in ICAO 9303-5 section 4.2.2: the check
// digit of D23145890734 is 9.
func TestLongNumber(t *testing.T) {
	m, err := ParseMRZ([]string{
		"I<UTOD23145890<7349<<<<<<<<<<<",
		"3407127M9507122UTO<<<<<<<<<<<2",
		"OSIN<<VERA<<<<<<<<<<<<<<<<<<<<",
	})
	if err != nil || m.Number != "D23145890734" || m.Optional != "" {
		t.Errorf("got %+v, %v", m, err)
	}
}

// zones are drawn from everything that a zone can say.
func genMRZ(t *rapid.T) MRZ {
	m := MRZ{Format: rapid.SampledFrom([]Format{TD1, TD2, TD3, MRVA, MRVB}).Draw(t, "format")}
	s := shapes[m.Format]
	m.Code = rapid.StringMatching(map[Format]string{TD1: `[ACI][A-Z]?`, TD2: `[ACIP][A-Z]?`, TD3: `P[A-Z]?`, MRVA: `V[A-Z]?`, MRVB: `V[A-Z]?`}[m.Format]).Draw(t, "code")
	m.Issuer = rapid.StringMatching(`[A-Z]{1,3}`).Draw(t, "issuer")
	m.Nationality = rapid.StringMatching(`[A-Z]{1,3}`).Draw(t, "nationality")
	m.Surname = rapid.StringMatching(`[A-Z]{1,8}( [A-Z]{1,6})?`).Draw(t, "surname")
	m.Given = rapid.StringMatching(`([A-Z]{1,6}( [A-Z]{1,5})?)?`).Draw(t, "given")
	m.Number = rapid.StringMatching(`[A-Z0-9]{1,9}`).Draw(t, "number")
	width := s.optional
	if (m.Format == TD1 || m.Format == TD2) && rapid.Bool().Draw(t, "long") {
		m.Number = rapid.StringMatching(`[A-Z0-9]{10,13}`).Draw(t, "long number")
		width -= len(m.Number) - 9 + 2
	}
	date := rapid.SampledFrom([]string{"860314", "000229", "8603<<", "86<<<<", "<<<<<<", "991231"})
	m.Birth, m.Expiry = date.Draw(t, "birth"), date.Draw(t, "expiry")
	m.Sex = rapid.SampledFrom([]string{"M", "F", "X", ""}).Draw(t, "sex")
	if width > 0 {
		m.Optional = rapid.StringMatching(`([A-Z0-9<]{0,16}[A-Z0-9])?`).Filter(func(o string) bool { return len(o) <= width }).Draw(t, "optional")
	}
	if m.Format == TD1 {
		m.Optional2 = rapid.StringMatching(`([A-Z0-9<]{0,10}[A-Z0-9])?`).Draw(t, "second optional")
	}
	return m
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := genMRZ(t)
		got, err := ParseMRZ(want.Lines())
		if err != nil {
			t.Fatalf("%+v\n%s\n%v", want, strings.Join(want.Lines(), "\n"), err)
		}
		if got != want {
			t.Fatalf("got  %+v\nwant %+v", got, want)
		}
	})
}

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"

// unprotected blanks what no check digit guards: the document code, issuer,
// names, sex and nationality, and the optional field of visas. The code says
// what is a visa, so one letter can make a passport's zone that of a visa.
func unprotected(m MRZ, visa bool) MRZ {
	m.Format, m.Code, m.Issuer, m.Surname, m.Given, m.Sex, m.Nationality = "", "", "", "", "", "", ""
	if visa {
		m.Optional = ""
	}
	return m
}

// Every change of one character is refused; or it changes a field that the
// standard does not protect; or it puts a character in the place of one that
// weighs the same, as A for K (ICAO 9303-3 section 4.9), which the standard
// cannot see. Nothing else passes.
func TestEveryCharacterChanged(t *testing.T) {
	for format, lines := range specimens {
		whole, err := ParseMRZ(lines)
		if err != nil {
			t.Fatal(err)
		}
		refused, open, alike := 0, 0, 0
		for i := range lines {
			for j := range lines[i] {
				for _, c := range []byte(alphabet + "a ?") {
					if c == lines[i][j] {
						continue
					}
					bent := slices.Clone(lines)
					bent[i] = bent[i][:j] + string(rune(c)) + bent[i][j+1:]
					m, err := ParseMRZ(bent)
					if err != nil {
						if !errors.Is(err, entente.Invalid) || fieldOf(err) == "" {
							t.Fatalf("an error without kind or field: %v", err)
						}
						refused++
						continue
					}
					visa := m.Code[0] == 'V' || whole.Code[0] == 'V'
					if unprotected(m, visa) == unprotected(whole, visa) {
						open++
						continue
					}
					alike++
					if value(c)%10 != value(lines[i][j])%10 {
						t.Errorf("%s line %d column %d, %q for %q passes: %+v", format, i+1, j+1, c, lines[i][j], m)
					}
				}
			}
		}
		t.Logf("%s: %d refused, %d in fields without protection, %d of the same weight", format, refused, open, alike)
		if refused == 0 || alike == 0 {
			t.Errorf("%s: the test changed nothing", format)
		}
	}
}

func TestEveryTruncation(t *testing.T) {
	for format, lines := range specimens {
		for i := range lines {
			for n := range lines[i] {
				cut := slices.Clone(lines)
				cut[i] = cut[i][:n]
				if m, err := ParseMRZ(cut); err == nil {
					t.Errorf("%s with line %d cut to %d characters passes: %+v", format, i+1, n, m)
				}
			}
			if _, err := ParseMRZ(lines[:i]); err == nil {
				t.Errorf("%s passes with %d lines", format, i)
			}
		}
		if _, err := ParseMRZ(append(slices.Clone(lines), lines[0])); err == nil {
			t.Errorf("%s passes with a line more", format)
		}
	}
}

func TestZoneRefusals(t *testing.T) {
	good := MRZ{Format: TD3, Code: "P", Issuer: "XBB", Surname: "KADAEV", Given: "ARSEN", Number: "B00417733", Nationality: "XBB", Birth: "860314", Sex: "M", Expiry: "170715"}
	for field, change := range map[string]func(*MRZ){
		"document code":   func(m *MRZ) { m.Code = "I" },
		"issuer":          func(m *MRZ) { m.Issuer = "X1" },
		"names":           func(m *MRZ) { m.Given = "ARS3N" },
		"document number": func(m *MRZ) { m.Number = "" },
		"nationality":     func(m *MRZ) { m.Nationality = "" },
		"birth date":      func(m *MRZ) { m.Birth = "860230" },
		"expiry date":     func(m *MRZ) { m.Expiry = "17<715" },
		"sex":             func(m *MRZ) { m.Sex = "W" },
	} {
		m := good
		change(&m)
		if _, err := ParseMRZ(m.Lines()); fieldOf(err) != field {
			t.Errorf("%s: got %v", field, err)
		}
	}
	for _, birth := range []string{"861314", "860229", "86<<14", "8603<4", "<<0314", "860014"} {
		m := good
		m.Birth = birth
		if _, err := ParseMRZ(m.Lines()); err == nil {
			t.Errorf("a birth date %s passes", birth)
		}
	}
}

// A name that fills its field may have been cut, and a person should know.
func TestTruncatedName(t *testing.T) {
	m := MRZ{Format: MRVB, Code: "V", Issuer: "XAA", Surname: "KADAEVKADAEVKADAEVKADAEV", Given: "ARSENIBRAGIM", Number: "1", Nationality: "XBB", Birth: "860314", Expiry: "120901"}
	got, err := ParseMRZ(m.Lines())
	if err != nil || !got.Truncated() || got.Given != "ARSEN" {
		t.Errorf("got %+v, truncated %v, %v", got, got.Truncated(), err)
	}
	if _, aside := got.Event(received); len(aside) != 1 || aside[0].Field != "names" {
		t.Errorf("set aside: %v", aside)
	}
	m.Surname, m.Given = "KADAEV", "ARSEN"
	if m.Truncated() {
		t.Error("a short name counts as truncated")
	}
}
