package corpus

import (
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"entente"
)

func readOFAC(dir string) ([]Person, error) {
	rows, err := readLatin1(filepath.Join(dir, "sdn.csv"))
	if err != nil {
		return nil, err
	}
	aliases, err := readLatin1(filepath.Join(dir, "alt.csv"))
	if err != nil {
		return nil, err
	}
	alt := map[string][]string{}
	for _, r := range aliases {
		if len(r) > 3 {
			alt[r[0]] = append(alt[r[0]], r[3])
		}
	}
	var people []Person
	for _, r := range rows {
		if len(r) < 12 || r[2] != "individual" {
			continue
		}
		p := Person{ID: "ofac/" + r[0], Subject: entente.Subject{Names: []entente.Name{{Text: r[1], Use: "full"}}}}
		for _, a := range alt[r[0]] {
			p.Subject.Names = append(p.Subject.Names, entente.Name{Text: a, Use: "alias"})
		}
		p.remarks(strings.TrimSuffix(strings.TrimSpace(r[11]), "."))
		people = append(people, p)
	}
	return people, nil
}

var numbered = regexp.MustCompile(`^(Passport|National ID No\.|Identification Number|Tax ID No\.|Cedula No\.|C\.U\.R\.P\.|Driver's License No\.|SSN|D\.N\.I\.|National Foreign ID Number|Personal ID Card) ?#? ?([A-Za-z0-9./-]+)(?: \(([^)]*)\))?`)

func (p *Person) remarks(text string) {
	var places []string
	for clause := range strings.SplitSeq(text, ";") {
		clause = strings.TrimPrefix(strings.TrimSpace(clause), "alt. ")
		word, rest, _ := strings.Cut(clause, " ")
		switch word {
		case "DOB":
			if d, ok := ofacDate(rest); ok {
				p.Subject.Births = append(p.Subject.Births, entente.Birth{Date: d})
			}
		case "POB":
			places = append(places, rest)
		case "nationality", "citizen":
			if c := Country(rest); c != "" {
				p.Subject.Nationalities = append(p.Subject.Nationalities, c)
			}
		case "Gender":
			p.Subject.Sex = entente.Sex(rest[:1])
		case "a.k.a.":
			p.Subject.Names = append(p.Subject.Names, entente.Name{Text: strings.Trim(rest, "'"), Use: "nickname"})
		default:
			if m := numbered.FindStringSubmatch(clause); m != nil {
				kind := "other"
				if m[1] == "Passport" {
					kind = "passport"
				}
				p.Subject.Documents = append(p.Subject.Documents, entente.Document{Type: kind, Number: m[2], Country: Country(m[3])})
			}
		}
	}
	for i, place := range places {
		if i < len(p.Subject.Births) {
			p.Subject.Births[i].Place = place
		} else {
			p.Subject.Births = append(p.Subject.Births, entente.Birth{Place: place})
		}
	}
}

func ofacDate(s string) (entente.PartialDate, bool) {
	s = strings.TrimPrefix(s, "circa ")
	if a, _, ok := strings.Cut(s, " to "); ok {
		s = a
	}
	for _, layout := range []string{"02 Jan 2006", "Jan 2006", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			d := entente.PartialDate{Year: t.Year()}
			if len(layout) > 4 {
				d.Month = int(t.Month())
			}
			if len(layout) > 8 {
				d.Day = t.Day()
			}
			return d, true
		}
	}
	return entente.PartialDate{}, false
}

func readLatin1(file string) ([][]string, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	for _, c := range b {
		if c != 0x1a { // the end-of-file mark of the publisher's system
			text.WriteRune(rune(c))
		}
	}
	r := csv.NewReader(strings.NewReader(text.String()))
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	var rows [][]string
	for {
		row, err := r.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		for i, v := range row {
			if v = strings.TrimSpace(v); v == "-0-" {
				v = ""
			}
			row[i] = v
		}
		rows = append(rows, row)
	}
}

type unPerson struct {
	ID          string   `xml:"DATAID"`
	First       string   `xml:"FIRST_NAME"`
	Second      string   `xml:"SECOND_NAME"`
	Third       string   `xml:"THIRD_NAME"`
	Fourth      string   `xml:"FOURTH_NAME"`
	Native      string   `xml:"NAME_ORIGINAL_SCRIPT"`
	Gender      string   `xml:"GENDER"`
	Nationality []string `xml:"NATIONALITY>VALUE"`
	Aliases     []struct {
		Quality string `xml:"QUALITY"`
		Name    string `xml:"ALIAS_NAME"`
	} `xml:"INDIVIDUAL_ALIAS"`
	Births []struct {
		Type string `xml:"TYPE_OF_DATE"`
		Date string `xml:"DATE"`
		Year string `xml:"YEAR"`
		From string `xml:"FROM_YEAR"`
	} `xml:"INDIVIDUAL_DATE_OF_BIRTH"`
	Places []struct {
		City     string `xml:"CITY"`
		Province string `xml:"STATE_PROVINCE"`
		Country  string `xml:"COUNTRY"`
	} `xml:"INDIVIDUAL_PLACE_OF_BIRTH"`
	Documents []struct {
		Type   string `xml:"TYPE_OF_DOCUMENT"`
		Number string `xml:"NUMBER"`
		Issuer string `xml:"ISSUING_COUNTRY"`
	} `xml:"INDIVIDUAL_DOCUMENT"`
}

func readUN(file string) ([]Person, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list struct {
		People []unPerson `xml:"INDIVIDUALS>INDIVIDUAL"`
	}
	if err := xml.Unmarshal(b, &list); err != nil {
		return nil, err
	}
	var people []Person
	for _, u := range list.People {
		people = append(people, u.person())
	}
	return people, nil
}

func (u unPerson) person() Person {
	full := strings.Join(strings.Fields(strings.Join([]string{u.First, u.Second, u.Third, u.Fourth}, " ")), " ")
	p := Person{ID: "un/" + u.ID, Subject: entente.Subject{Names: []entente.Name{{Text: full, Use: "full"}}}}
	for native := range strings.SplitSeq(u.Native, ";") {
		if native = strings.TrimSpace(native); native != "" {
			p.Native = append(p.Native, native)
		}
	}
	for _, a := range u.Aliases {
		if name := strings.TrimSpace(a.Name); name != "" {
			use := "alias"
			if a.Quality == "Low" {
				use = "nickname"
			}
			p.Subject.Names = append(p.Subject.Names, entente.Name{Text: name, Use: use})
		}
	}
	for _, b := range u.Births {
		for _, s := range []string{b.Date, b.Year, b.From} {
			if d, err := entente.ParsePartialDate(strings.TrimSpace(s)); err == nil {
				p.Subject.Births = append(p.Subject.Births, entente.Birth{Date: d})
			}
		}
	}
	for i, b := range u.Places {
		place := strings.Trim(strings.Join([]string{b.City, b.Province, b.Country}, ", "), ", ")
		if i < len(p.Subject.Births) {
			p.Subject.Births[i].Place = place
		} else if place != "" {
			p.Subject.Births = append(p.Subject.Births, entente.Birth{Place: place})
		}
	}
	for _, d := range u.Documents {
		if number := strings.TrimSpace(d.Number); number != "" {
			kind := "other"
			if d.Type == "Passport" {
				kind = "passport"
			}
			p.Subject.Documents = append(p.Subject.Documents, entente.Document{Type: kind, Number: number, Country: Country(d.Issuer)})
		}
	}
	for _, n := range u.Nationality {
		if c := Country(n); c != "" {
			p.Subject.Nationalities = append(p.Subject.Nationalities, c)
		}
	}
	switch u.Gender {
	case "Male":
		p.Subject.Sex = "M"
	case "Female":
		p.Subject.Sex = "F"
	}
	return p
}

func readCanada(file string) ([]Person, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list struct {
		Records []struct {
			Last     string `xml:"LastName"`
			Given    string `xml:"GivenName"`
			Born     string `xml:"DateOfBirthOrShipBuildDate"`
			Aliases  string
			Schedule string
			Item     string
		} `xml:"record"`
	}
	if err := xml.Unmarshal(b, &list); err != nil {
		return nil, err
	}
	var people []Person
	for i, r := range list.Records {
		if r.Last == "" || r.Given == "" {
			continue
		}
		p := Person{ID: fmt.Sprintf("canada/%d", i), Subject: entente.Subject{Names: []entente.Name{{Text: r.Given + " " + r.Last, Use: "full"}}}}
		for a := range strings.FieldsFuncSeq(r.Aliases, func(c rune) bool { return c == ';' || c == ',' }) {
			if language, native, ok := strings.Cut(a, ":"); ok && strings.TrimSpace(language) != "" {
				p.Native = append(p.Native, strings.TrimSpace(native))
				continue
			}
			if a = strings.TrimSpace(a); a != "" {
				p.Subject.Names = append(p.Subject.Names, entente.Name{Text: a, Use: "alias"})
			}
		}
		if d, err := entente.ParsePartialDate(strings.TrimSpace(r.Born)); err == nil {
			p.Subject.Births = []entente.Birth{{Date: d}}
		}
		people = append(people, p)
	}
	return people, nil
}
