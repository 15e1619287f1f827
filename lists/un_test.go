package lists

import (
	"reflect"
	"strings"
	"testing"

	"entente"
)

func TestUNDocuments(t *testing.T) {
	for text, want := range map[string]entente.Document{
		"Passport|A1|XA|":                                                       {Type: "passport", Number: "A1", Country: "XA"},
		"Passport|A 0123|France|":                                               {Type: "passport", Number: "A 0123", Country: "FR"},
		"Passport|Albian passport number SE 0128||":                             {Type: "passport", Number: "SE 0128"},
		"Passport|XA diplomatic passport no. D08||":                             {Type: "passport", Number: "D08"},
		"Passport|R0001, France||":                                              {Type: "passport", Number: "R0001", Country: "FR"},
		"Passport|0001 (XA)||":                                                  {Type: "passport", Number: "0001", Country: "XA"},
		"Passport|0001 (Expired 25 Jan. 2016)||":                                {Type: "passport", Number: "0001"},
		"Passport|France 0001||":                                                {Type: "passport", Number: "0001", Country: "FR"},
		"Número de pasaporte|B2||":                                              {Type: "passport", Number: "B2"},
		"Passport|||Albian passport number 347834, issued under another name":   {Type: "passport", Number: "347834"},
		"National Identification Number|||04643632 issued on 18 Jun. 1999":      {Type: "identity-card", Number: "04643632"},
		"National Identification Number|||Fiscal Code: DAOMMD74T11Z352Z":        {Type: "identity-card", Number: "DAOMMD74T11Z352Z"},
		"Albian national identification card number 545167|||issued in 1974":    {Type: "identity-card", Number: "545167"},
		"National Identification Number|national identity number 44-525-5|XA|":  {Type: "identity-card", Number: "44-525-5", Country: "XA"},
		"National Identification Number|Social Security Number 423-31-3 (XA)||": {Type: "other", Number: "423-31-3", Country: "XA"},
		"Passport|Passport number R0001, France||":                              {Type: "passport", Number: "R0001", Country: "FR"},
		"Driver's Permit|77||":                                                  {Type: "driving-licence", Number: "77"},
	} {
		f := strings.Split(text, "|")
		x := "<CONSOLIDATED_LIST><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>A</FIRST_NAME><INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>" + f[0] + "</TYPE_OF_DOCUMENT><NUMBER>" + f[1] +
			"</NUMBER><ISSUING_COUNTRY>" + f[2] + "</ISSUING_COUNTRY><NOTE>" + f[3] + "</NOTE></INDIVIDUAL_DOCUMENT></INDIVIDUAL></CONSOLIDATED_LIST>"
		recs, _, err := readAll("un", []File{{"x", strings.NewReader(x)}}, Options{Source: "albia"})
		if err != nil || len(recs) != 1 || !reflect.DeepEqual(recs[0].Holding.Subject.Documents, []entente.Document{want}) {
			t.Errorf("%s: got %v, %v, want %v", text, recs, err, want)
		}
	}
}

func TestCanadaAliases(t *testing.T) {
	for text, want := range map[string]string{
		"Arsen Kadayev; Арсен Кадаев":                       "Arsen Kadayev|Арсен Кадаев",
		"Arsen Kadayev, Arsen Kadajev, Russian: Ян Орел":    "Arsen Kadayev|Arsen Kadajev|Ян Орел",
		"Hanna Volna or Anna Volnaja":                       "Hanna Volna|Anna Volnaja",
		"Katya or Katerina Volna":                           "Katya or Katerina Volna",
		"Kadaev, Arsen":                                     "Kadaev, Arsen",
		"Olvek, Arsen Kadayev, Arsen Kadajev, Arsen Kadaev": "Olvek|Arsen Kadayev|Arsen Kadajev|Arsen Kadaev",
		"Arseni, Arseny, Arsenij, Arsen Kadaev":             "Arseni, Arseny, Arsenij, Arsen Kadaev",
		"Arsen Kadayev (Арсен Кадаев)":                      "Arsen Kadayev|Арсен Кадаев",
		"Arsen Kadayev (the ferryman)":                      "Arsen Kadayev (the ferryman)",
		"Belarusian: Арсен Кадаеў, Russian\u00a0: Арсен К.": "Арсен Кадаеў|Арсен К.",
	} {
		e := &entry{kind: entente.HoldingPerson}
		canadaAliases(e, text)
		var got []string
		for _, n := range e.subject.Names {
			got = append(got, n.Text)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func TestUNNames(t *testing.T) {
	for text, want := range map[string]string{
		"Arsen Kadayev":                "Arsen Kadayev",
		"Arsen Kadayev; Arsen Kadajev": "Arsen Kadayev|Arsen Kadajev",
		"Арсен Кадаев (Arsen Kadayev; Arsen Kadajev)":  "Арсен Кадаев|Arsen Kadayev|Arsen Kadajev",
		"Arsen Kadaev (original script: Арсен Кадаев)": "Arsen Kadaev|Арсен Кадаев",
		"Arsen Kadaev (the ferryman; retired)":         "Arsen Kadaev (the ferryman; retired)",
	} {
		e := &entry{kind: entente.HoldingPerson}
		unNames(e, text, "alias")
		var got []string
		for _, n := range e.subject.Names {
			got = append(got, n.Text)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}
