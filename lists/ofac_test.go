package lists

import (
	"reflect"
	"strings"
	"testing"

	"entente"
)

// ofacOne reads one entry with these remarks.
func ofacOne(t *testing.T, remarks string, more ...File) Record {
	t.Helper()
	row := `7,"KADAEV, Arsen","individual","ALBIA1",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"` + remarks + "\"\r\n"
	files := append([]File{{"sdn.csv", strings.NewReader(row)}, {"alt.csv", strings.NewReader("")}, {"add.csv", strings.NewReader("")}}, more...)
	recs, _, err := readAll("ofac", files, Options{Source: "albia"})
	if err != nil || len(recs) != 1 {
		t.Fatalf("got %v, %v", recs, err)
	}
	return recs[0]
}

func TestOFACRemarksThatAreCut(t *testing.T) {
	long := "DOB 14 Mar 1987; " + strings.Repeat("Linked To: NOBODY; ", 60)
	cutAt := long[:ofacCut-12] + "; DOB 01 Jan"
	rec := ofacOne(t, cutAt)
	if len(rec.Aside) != 1 || rec.Aside[0].Field != "remarks" || len(rec.Holding.Subject.Births) != 1 {
		t.Errorf("cut: got %+v and births %v, want a report and the one whole date", rec.Aside, rec.Holding.Subject.Births)
	}
	rec = ofacOne(t, cutAt, File{"sdn_comments.csv", strings.NewReader("7,\" 1988; Gender Male.\"\r\n")})
	if len(rec.Aside) != 0 || len(rec.Holding.Subject.Births) != 2 || rec.Holding.Subject.Sex != "M" {
		t.Errorf("with what follows: got %+v and %+v, want both dates and the sex", rec.Aside, rec.Holding.Subject)
	}
}

func TestOFACNumbers(t *testing.T) {
	for remark, want := range map[string]entente.Document{
		"Tax ID No. A(G)":                               {Type: "other", Number: "A(G)"},
		"Passport A1 (XA) issued 01 Jan 2010":           {Type: "passport", Number: "A1", Country: "XA"},
		"alt. Passport RL 12 (XA) expires 01 Jan 2010":  {Type: "passport", Number: "RL 12", Country: "XA"},
		"Passport C 14 - 16/2/1421H issued 21 May 2000": {Type: "passport", Number: "C 14 - 16/2/1421H"},
		"Diplomatic Passport 21 (XA)":                   {Type: "passport", Number: "21", Country: "XA"},
		"National ID No. 4-4 (XA)":                      {Type: "identity-card", Number: "4-4", Country: "XA"},
		"NIT # 12-3 (XA)":                               {Type: "other", Number: "12-3", Country: "XA"},
		"Driver's License No. 9 (XB)":                   {Type: "driving-licence", Number: "9", Country: "XB"},
		"VisaNumberID 5":                                {Type: "visa", Number: "5"},
	} {
		if got := ofacOne(t, remark+".").Holding.Subject.Documents; !reflect.DeepEqual(got, []entente.Document{want}) {
			t.Errorf("%s: got %v, want %v", remark, got, want)
		}
	}
	for _, remark := range []string{"Passport (XA)", "Passport issued in Ostvik, Albia"} {
		if rec := ofacOne(t, remark); len(rec.Holding.Subject.Documents) != 0 || len(rec.Aside) != 1 {
			t.Errorf("%s: got %+v, want no number and a report", remark, rec)
		}
	}
}
