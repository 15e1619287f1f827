package passage

import (
	"slices"
	"strings"
	"testing"
)

// passport gives a zone with the check digits of its values.
func passport(change func(*MRZ)) []string {
	m := MRZ{Format: TD3, Code: "P", Issuer: "XBB", Surname: "KADAEV", Given: "ARSEN", Number: "B00417733", Nationality: "XBB", Birth: "860314", Sex: "M", Expiry: "170715"}
	change(&m)
	return m.Lines()
}

// bent puts text into a line of a zone.
func bent(lines []string, line, at int, text string) []string {
	lines = slices.Clone(lines)
	lines[line] = lines[line][:at] + text + lines[line][at+len(text):]
	return lines
}

// One bad field never costs the traveller, and a field whose check digit does not
// hold is not used.
func TestOddZones(t *testing.T) {
	good := passport(func(*MRZ) {})
	all := "KADAEV ARSEN *1986-03-14 passport B00417733XB"
	for _, c := range []struct {
		name   string
		lines  []string
		want   string
		remark string
	}{
		{"as it should be", good, all, ""},
		{"no surname", passport(func(m *MRZ) { m.Surname, m.Given = "", "THONDUPDORJE" }), "THONDUPDORJE *1986-03-14 passport B00417733XB", ""},
		{"no given name", passport(func(m *MRZ) { m.Given = "" }), "KADAEV *1986-03-14 passport B00417733XB", ""},
		{"no name at all", passport(func(m *MRZ) { m.Surname, m.Given = "", "" }), " *1986-03-14 passport B00417733XB", "names: there are none"},
		{"a filler before the name", bent(good, 0, 5, "<KADAEV<<ARSEN"), "KADAEV ARSEN *1986-03-14 passport B00417733XB", "they begin with a filler"},
		{"digits in a name", bent(good, 0, 13, "ARS3N"), "KADAEV ARS3N *1986-03-14 passport B00417733XB", "a name has no digits"},
		{"number misread", bent(good, 1, 3, "5"), "KADAEV ARSEN *1986-03-14", "document number: its check digit does not hold"},
		{"birth misread", bent(good, 1, 14, "7"), "KADAEV ARSEN passport B00417733XB", "birth date: its check digit does not hold"},
		{"expiry misread", bent(good, 1, 22, "8"), all, "expiry date: its check digit does not hold"},
		{"only the digit over all", bent(good, 1, 43, "9"), all, "whole zone: its check digit does not hold"},
		{"sex of another letter", bent(good, 1, 20, "T"), all, "sex: it is not M, F, X"},
		{"no nationality", bent(good, 1, 10, "<<<"), all, "nationality: it is not a code"},
		{"a nationality that nobody has", bent(good, 1, 10, "ZZQ"), all, "nationality: nobody has assigned"},
		{"no issuer", bent(good, 0, 2, "<<<"), "KADAEV ARSEN *1986-03-14 passport B00417733", "issuer: it is not a code"},
		{"a code that is none", bent(good, 0, 0, "C<"), "KADAEV ARSEN *1986-03-14 other B00417733XB", "document code: no document"},
		{"O for 0 in the birth date", bent(good, 1, 13, "86O314"), all, "birth date (letters): letters stand"},
		{"O for 0 that is not proved", bent(good, 1, 13, "86O315"), "KADAEV ARSEN passport B00417733XB", "birth date: its check digit does not hold"},
		{"I for 1 in the expiry date", bent(good, 1, 21, "I707I5"), all, "expiry date (letters): letters stand"},
		{"day not known", passport(func(m *MRZ) { m.Birth = "8603<<" }), "KADAEV ARSEN *1986-03 passport B00417733XB", ""},
		{"day 00", passport(func(m *MRZ) { m.Birth = "860300" }), "KADAEV ARSEN *1986-03 passport B00417733XB", ""},
		{"month and day 00", passport(func(m *MRZ) { m.Birth = "860000" }), "KADAEV ARSEN *1986 passport B00417733XB", ""},
		{"month not known", passport(func(m *MRZ) { m.Birth = "86<<14" }), "KADAEV ARSEN *1986 passport B00417733XB", "only its year can be read"},
		{"birth not known, filler for its digit", bent(passport(func(m *MRZ) { m.Birth = "<<<<<<" }), 1, 19, "<"), "KADAEV ARSEN passport B00417733XB", ""},
		{"small letters", []string{strings.ToLower(good[0]), strings.ToLower(good[1])}, all, ""},
		{"blanks for some fillers", []string{strings.Replace(good[0], "KADAEV<<", "KADAEV <", 1), good[1]}, all, ""},
		{"blanks between", []string{good[0][:20] + " " + good[0][20:], good[1][:9] + " " + good[1][9:]}, all, ""},
		{"marks", []string{strings.Replace(good[0], "ARSEN", "ARSÉN", 1), good[1]}, all, "their marks were left off"},
		{"guillemets", []string{strings.Replace(good[0], "<<", "«", 1), good[1]}, all, ""},
		{"fillers lost", []string{strings.TrimRight(good[0], "<"), good[1]}, all, "too short"},
		{"a letter more", []string{good[0], good[1] + "X"}, all, "too long"},
		{"the second line is missing", good[:1], "KADAEV ARSEN", "the second line of the zone is missing"},
	} {
		got := reading(t, "mrz", strings.Join(c.lines, "\n")+"\n")
		if told(got) != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, told(got), c.want)
		}
		holdRemark(t, c.name, got, c.remark)
	}
}

// Layouts that states have of their own. Digits and people are invented.
func TestNationalLayouts(t *testing.T) {
	french := func(one, two string) []string {
		one = fill(one, 36)
		return []string{one, two + digit(one+two)}
	}
	second := checked("880692310285") + fill("CORINNE<<ANNE", 14) + checked("651206") + "F"
	licence := fill("D1FRA"+checked14("D1FRA13AA00002")+"181231KADAEV", 29)
	inner := MRZ{Format: TD3, Code: "PN", Issuer: "RUS", Surname: "XXX", Number: "451123456", Nationality: "RUS", Birth: "860314", Sex: "M", Expiry: "<<<<<<", Optional: "0110415770093"}.Lines()
	inner[0] = fill("PNRUSKADAEV<<ARSENIQ<IBRAGIMOVI3", 44)
	for _, c := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"France", french("IDFRAOSINOVA<<<<<<<<<<<<<<<<<<<952042", second), "OSINOVA CORINNE ANNE *1965-12-06 identity-card 880692310285FR"},
		{"Germany until 2010", MRZ{Format: TD2, Code: "ID", Issuer: "D", Surname: "OSIN", Given: "ERIKA", Number: "122000001", Nationality: "D", Birth: "640812", Expiry: "201031"}.Lines(), "OSIN ERIKA *1964-08-12 identity-card 122000001DE"},
		{"Germany since", MRZ{Format: TD1, Code: "ID", Issuer: "D", Surname: "OSIN", Given: "ERIKA", Number: "T22000129", Nationality: "D", Birth: "640812", Expiry: "201031", Optional2: "2108"}.Lines(), "OSIN ERIKA *1964-08-12 identity-card T22000129DE"},
		{"Turkey", MRZ{Format: TD1, Code: "I", Issuer: "TUR", Surname: "OSIN", Given: "VERA", Number: "A12B34567", Nationality: "TUR", Birth: "640812", Sex: "F", Expiry: "201031", Optional: "<10000000146"}.Lines(), "OSIN VERA *1964-08-12 identity-card A12B34567TR"},
		{"Belgium", MRZ{Format: TD1, Code: "ID", Issuer: "BEL", Surname: "OSIN", Given: "VERA", Number: "000590448301", Nationality: "BEL", Birth: "640812", Sex: "F", Expiry: "201031"}.Lines(), "OSIN VERA *1964-08-12 identity-card 000590448301BE"},
		{"Russia, within", inner, "КАДАЕВ АРСЕНИЙ ИБРАГИМОВИЧ *1986-03-14 passport 4510123456RU"},
		{"driving licence", []string{licence + digit(licence)}, "KADAEV driving-licence 13AA00002FR"},
	} {
		got := reading(t, "mrz", strings.Join(c.lines, "\n")+"\n")
		if told(got) != c.want {
			t.Errorf("%s:\n%s\ngot  %s\nwant %s\n%v", c.name, strings.Join(c.lines, "\n"), told(got), c.want, asidesOf(got))
		}
	}
	wrong := french("IDFRAOSINOVA<<<<<<<<<<<<<<<<<<<952042", strings.Replace(second, "651206", "651207", 1))
	if got := reading(t, "mrz", strings.Join(wrong, "\n")); told(got) != "OSINOVA CORINNE ANNE identity-card 880692310285FR" {
		t.Errorf("a French card with a wrong birth date: %s", told(got))
	}
}

func checked14(s string) string { return s[5:] + digit(s) }

// Every character of a zone changed: nobody is lost, and no number or birth date
// comes out that the check digit does not prove.
func TestNoCharacterCostsThePerson(t *testing.T) {
	for format, lines := range specimens {
		whole, err := ParseMRZ(lines)
		if err != nil {
			t.Fatal(err)
		}
		for i := range lines {
			for j := range lines[i] {
				for _, ch := range "A7<O" {
					m, _, err := ReadMRZ(bent(lines, i, j, string(ch)))
					if err != nil {
						t.Fatalf("%s line %d column %d: %v", format, i+1, j+1, err)
					}
					if m.Format != whole.Format {
						continue // a passport that seems to be a visa
					}
					if m.Surname+m.Given == "" || m.Number == "" && m.Birth == "" {
						t.Errorf("%s line %d column %d, %c: lost to %+v", format, i+1, j+1, ch, m)
					}
					if year, part := strings.CutSuffix(m.Birth, "<<<<"); m.Birth != "" && digit(m.Birth) != digit(whole.Birth) && !(part && year == whole.Birth[:2]) {
						t.Errorf("%s line %d column %d, %c: born %s", format, i+1, j+1, ch, m.Birth)
					}
				}
			}
		}
	}
}
