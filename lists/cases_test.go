package lists

import (
	"strings"
	"testing"
	"time"

	"entente"
)

var day = time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)

// read reads a file of one format and wants no error.
func read(t *testing.T, format, text string) []Record {
	t.Helper()
	recs, _, err := readAll(format, []File{{"x", strings.NewReader(text)}}, Options{Source: "albia", Today: day})
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return recs
}

// briefly writes what records say: names, births, nationalities, documents; then
// the fields that were set aside.
func briefly(recs []Record) string {
	var lines []string
	for _, r := range recs {
		s := r.Holding.Subject
		var parts []string
		for _, n := range s.Names {
			parts = append(parts, n.Text)
		}
		for _, b := range s.Births {
			text := "*" + b.Date.String()
			if b.Nature == entente.NatureAssessment {
				text = "*~" + b.Date.String()
			}
			if b.Place != "" {
				text += "@" + b.Place
			}
			parts = append(parts, text)
		}
		for _, n := range s.Nationalities {
			parts = append(parts, "="+string(n))
		}
		for _, d := range s.Documents {
			parts = append(parts, "#"+d.Number)
		}
		for _, i := range s.Identifiers {
			parts = append(parts, "+"+i.Value)
		}
		for _, a := range r.Aside {
			parts = append(parts, "!"+a.Field)
		}
		lines = append(lines, strings.Join(parts, "|"))
	}
	return strings.Join(lines, "\n")
}

// TestWhatIsMeant reads tables and wants what their writers meant by them.
func TestWhatIsMeant(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"lines that end in CR":        {"id,name,born\r1,Olen Dravikson,1980-02-14\r2,Mira Zelenkova,1982-02-15\r", "Olen Dravikson|*1980-02-14\nMira Zelenkova|*1982-02-15"},
		"a sign declared":             {"sep=;\nid;name\n1;Dravikson, Olen\n", "Dravikson, Olen"},
		"a title above the header":    {"Watched by Albia\n\nid;name;born\n1;Olen Dravikson;1980\n", "Olen Dravikson|*1980|!file"},
		"a header on two lines":       {"id,\"name\n(as written)\",born\n1,Olen Dravikson,1980\n", "Olen Dravikson|*1980"},
		"a blank last cell":           {"id,name,born,note\n1,Olen Dravikson,1980\n2,Mira Zelenkova,1982,\n", "Olen Dravikson|*1980|!row\nMira Zelenkova|*1982"},
		"blank cells at the end":      {"id,name,born\n1,Olen Dravikson,1980,,,\n", "Olen Dravikson|*1980"},
		"a cell too many":             {"id,name,born\n1,Olen Dravikson,1980,tall\n", "Olen Dravikson|*1980|!row"},
		"a comma that moved the rest": {"id,name,born\n1,Dravikson, Olen,1980\n2,Mira Zelenkova,1982\n", "!\nMira Zelenkova|*1982"},
		"headers of other languages":  {"Nachname;Vorname;Geburtsdatum;Staatsangehörigkeit;Reisepass\nDravikson;Olen;14. März 1980;XA;B1234567\n", "Dravikson, Olen|*1980-03-14|=XA|#B1234567"},
		"a name and a first name":     {"Name;Vorname;Geburtsdatum\nDravikson;Olen;14.03.1980\n", "Dravikson, Olen|*1980-03-14"},
		"a Russian header":            {"№;Фамилия;Имя;Дата рождения;Гражданство\n1;Дравиксон;Олен;14 марта 1980 г.;XA\n", "Дравиксон, Олен|*1980-03-14|=XA"},
		"a Spanish header":            {"apellidos;nombre;fecha de nacimiento;nacionalidad\nVela;Juan;14 de marzo de 1980;XA\n", "Vela, Juan|*1980-03-14|=XA"},
		"a place beside the date":     {"id,name,born\n1,Olen Dravikson,15/03/1966 à Tunis\n", "Olen Dravikson|*1966-03-15@Tunis"},
		"town and country apart":      {"id,name,born,town of birth,country of birth\n1,Olen Dravikson,1980,Ostvik,Albia\n", "Olen Dravikson|*1980@Ostvik, Albia"},
		"a birth to come":             {"id,name,born\n1,Olen Dravikson,2068-07-16\n", "Olen Dravikson|!birth"},
		"a birth long ago":            {"id,name,born\n1,Olen Dravikson,1819\n", "Olen Dravikson|!birth"},
		"what stands for nothing":     {"id,name,born,nationality,passport,phone\n1,Olen Dravikson,unknown,N/A,-,00000000\n", "Olen Dravikson|!identifier"},
		"a name that is none":         {"id,name,born\n1,name withheld,1980\n2,Mira Zelenkova,1982\n", "!\nMira Zelenkova|*1982"},
		"a part of a name that is":    {"id,last name,first name\n1,Dravikson,FNU\n", "Dravikson"},
		"a country by a synonym":      {"id,name,nationality\n1,John Pendrellis,UK\n2,Mira Zelenkova,EL\n", "John Pendrellis|=GB\nMira Zelenkova|=GR"},
		"a country that is none":      {"id,name,nationality\n1,John Pendrellis,F\n2,Mira Zelenkova,EU\n", "John Pendrellis|!nationality\nMira Zelenkova|!nationality"},
		"several nationalities":       {"id,name,nationality\n1,John Pendrellis,XA; XB\n2,Mira Zelenkova,\"Bosnia and Herzegovina, XA\"\n3,Bo Lindgren,\"Congo, Democratic Republic of the\"\n4,Ivo Hartmann,XA XB\n", "John Pendrellis|=XA|=XB\nMira Zelenkova|=BA|=XA\nBo Lindgren|=CD\nIvo Hartmann|=XA|=XB"},
		"several documents":           {"id,name,passport\n1,John Pendrellis,B1234567; C7654321\n2,Mira Zelenkova,B1234568 (XA)\n", "John Pendrellis|#B1234567|#C7654321\nMira Zelenkova|#B1234568"},
		"several phones":              {"id,name,phone,email\n1,John Pendrellis,\"700 123 456, 700 123 457\",a@example.org b@example.org\n", "John Pendrellis|+700 123 456|+700 123 457|+a@example.org|+b@example.org"},
		"a passport and no name":      {"id,name,born,passport\n1,,1990-01-01,G9998887\n", "*1990-01-01|#G9998887"},
		"one reference, two rows":     {"reference,name,date of birth\n7,Olen Dravikson,1980-02-14\n7,Aleksandr Vetrovski,\n", "Olen Dravikson|Aleksandr Vetrovski|*1980-02-14"},
		"rows far apart":              {"reference,name,date of birth\n7,Olen Dravikson,1980-02-14\n8,Mira Zelenkova,1982\n7,Aleksandr Vetrovski,\n", "Olen Dravikson|Aleksandr Vetrovski|*1980-02-14\nMira Zelenkova|*1982"},
		"rows that contradict":        {"reference,name,sex,born\n7,Olen Dravikson,M,1980\n7,Olen Dravik,F,1985\n", "Olen Dravikson|Olen Dravik|*1980|*1985|!sex|!birth"},
		"a row twice":                 {"reference,name,born\n7,Olen Dravikson,1980\n7,Olen Dravikson,1980\n", "Olen Dravikson|*1980"},
	} {
		if got := briefly(read(t, "csv", c.text)); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

// TestNothingIsNoImport refuses files of which nothing can be used, and says why.
func TestNothingIsNoImport(t *testing.T) {
	for name, c := range map[string]struct{ format, text, says string }{
		"no bytes":             {"csv", "", "names no column"},
		"a header alone":       {"csv", "id,name,born\n", "no record"},
		"a header and blanks":  {"csv", "id,name,born\n,,\n", "no record"},
		"all set aside":        {"csv", "id,name,born\n1,,1980\n2,unknown,1981\n", "none of its 2 records"},
		"one set aside":        {"csv", "id,name,born\n1,,1980\n", "it has no name"},
		"an empty list in XML": {"un", "<CONSOLIDATED_LIST><INDIVIDUALS></INDIVIDUALS></CONSOLIDATED_LIST>", "no record"},
		"lines of no schema":   {"ftm", `{"id":"1"}` + "\n", "it names no schema"},
		"no holding":           {"entente", "\n\n", "no record"},
	} {
		_, sum, err := readAll(c.format, []File{{"x", strings.NewReader(c.text)}}, Options{Source: "albia"})
		if err == nil || sum.Holdings != 0 || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want an error that says %q", name, err, c.says)
		}
	}
}

// TestRepeatedIDs joins entities of FollowTheMoney with one id.
func TestRepeatedIDs(t *testing.T) {
	recs := read(t, "ftm", `{"id":"a1","schema":"Person","properties":{"name":["Olen Dravik"],"birthDate":["1980-02-14","1980"],"nationality":["gb","suhh","yucs","xk","zz","eu"]}}`+"\n"+
		`{"id":"a1","schema":"Person","properties":{"name":["Aleksandr Vetrov"],"birthDate":["1981"]}}`+"\n")
	if got, want := briefly(recs), "Olen Dravik|Aleksandr Vetrov|*1980-02-14|*1980|*1981|=GB|=SU|=YU|=XK|!nationality|!birth"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestDeclaredCharset reads an XML file by the character set that it declares,
// unless the bytes contradict it.
func TestDeclaredCharset(t *testing.T) {
	list := func(declares, name string) string {
		return `<?xml version="1.0"` + declares + `?><CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>` + name + `</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>`
	}
	for name, c := range map[string]struct{ text, want string }{
		"Latin-1":              {list(` encoding="ISO-8859-1"`, "J\xd6RG"), "JÖRG"},
		"Latin-2":              {list(` encoding='iso-8859-2'`, "\xa3ukasz"), "Łukasz"},
		"windows-1251":         {list(` encoding="windows-1251"`, "\xc0\xf0\xf1\xe5\xed"), "Арсен"},
		"UTF-8":                {list(` encoding="UTF-8"`, "JÖRG"), "JÖRG"},
		"nothing":              {list("", "JÖRG"), "JÖRG"},
		"Latin-1 and is UTF-8": {list(` encoding="ISO-8859-1"`, "JÖRG"), "JÖRG|!file"},
		"UTF-8 and is not":     {list(` encoding="utf-8"`, "J\xd6RG"), "JÖRG|!file"},
		"nothing and is not":   {list("", "J\xd6RG"), "JÖRG|!file"},
	} {
		if got := briefly(read(t, "un", c.text)); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
	_, _, err := readAll("un", []File{{"x", strings.NewReader(list(` encoding="EBCDIC-X"`, "A"))}}, Options{Source: "albia"})
	if err == nil || !strings.Contains(err.Error(), "EBCDIC-X") {
		t.Errorf("got %v, want a refusal that names the character set", err)
	}
}

// TestPublishersOfTables reads tables as publishers of sanctions lists write them:
// a title first, and a row for each name, date or document of one person.
func TestPublishersOfTables(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"a row for each name": {
			"Last Updated,11/05/2026\n" +
				"Name 6,Name 1,Name 2,Name Non-Latin Script,DOB,Town of Birth,Country of Birth,Nationality,Passport Number,Alias Type,Group Type,Group ID\n" +
				"DRAVIKSON,OLEN,IVAR,,00/00/1965,Ostvik,Albia,XA,B1234567,Primary name,Individual,7001\n" +
				"VETROVSKI,ALEKSANDR,,,00/00/1965,,,XA,,a.k.a.,Individual,7001\n",
			"DRAVIKSON, OLEN IVAR|VETROVSKI, ALEKSANDR|*1965@Ostvik, Albia|=XA|#B1234567|!file",
		},
		"a row for each fact": {
			"Entity_LogicalId;Entity_SubjectType;NameAlias_LastName;NameAlias_FirstName;NameAlias_WholeName;BirthDate_BirthDate;BirthDate_Place;Identification_Number;Identification_TypeCode;Citizenship_CountryIso2Code\n" +
				"13;P;Dravikson;Olen;Olen Dravikson;;;;;\n" +
				"13;P;;;Aleksandr Vetrovski;;;;;\n" +
				"13;;;;;1965-03-14;Ostvik;;;\n" +
				"13;;;;;;;B1234567;passport;\n" +
				"13;;;;;;;;;XA\n",
			"Olen Dravikson|Dravikson, Olen|Aleksandr Vetrovski|*1965-03-14@Ostvik|=XA|#B1234567",
		},
	} {
		if got := briefly(read(t, "csv", c.text)); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

// TestOwnBirthsToCome holds our own format to the same: a birth to come is left
// out, and the person stays.
func TestOwnBirthsToCome(t *testing.T) {
	recs := read(t, "entente", `{"id":"albia/1","source":"albia","kind":"person","subject":{"id":"s1","names":[{"text":"Olen Dravikson"}],"births":[{"id":"b1","date":"2068-07-16","grade":"F6","nature":"fact"},{"id":"b2","date":"1968","grade":"F6","nature":"fact"}]}}`+"\n")
	if got, want := briefly(recs), "Olen Dravikson|*1968|!births[0]"; got != want || recs[0].Holding.Subject.Births[0].ID != "b1" {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestTooFarToJoin reports a row whose number was handed over before: nothing is
// joined in silence, and nothing dropped.
func TestTooFarToJoin(t *testing.T) {
	var b strings.Builder
	b.WriteString("id,name,note\n7,Olen Dravikson,\n")
	note := strings.Repeat("x", 60_000)
	for i := range 1300 {
		b.WriteString("n" + strings.Repeat("i", i%40) + string(rune('a'+i/40%26)) + string(rune('a'+i/1040)) + ",Mira Zelenkova," + note + "\n")
	}
	b.WriteString("7,Aleksandr Vetrovski,\n")
	recs := read(t, "csv", b.String())
	last := recs[len(recs)-1]
	if last.Holding.ID != "" || len(last.Aside) != 1 || !strings.Contains(last.Aside[0].Reason, "sort the file") {
		t.Errorf("got %+v, want a report that tells to sort the file", last)
	}
}
