package passage

import (
	"fmt"
	"strings"
	"testing"

	"entente"
)

// A header may be written in many ways; the cells mean the same.
func TestHeaders(t *testing.T) {
	for _, header := range []string{
		"surname,given names,date of birth,passport no,flight,from,to,departure date,departure time",
		"LAST_NAME,First-Name,DOB,Passport Number,Flight No.,Origin,Destination,Departs,Departure Time",
		"Фамилия,given,Дата рождения,паспорт,рейс,from,to,departure,departure time",
		"\uFEFF\"Family name\",\"Given\",\"Born\",\"Document\",\"Flight\",\"From\",\"To\",\"Flight date\",\"Departure time\"",
	} {
		for _, comma := range []string{",", ";", "\t", "|"} {
			text := header + "\r\n\r\nKADAEV,ARSEN,1986-03-14,B00417733,XB117,QXB,QXA,2012-07-17,11:40\r\n"
			text = strings.ReplaceAll(text, ",", comma)
			all := reading(t, "csv", text)
			if got := told(all); got != "KADAEV ARSEN *1986-03-14 passport B00417733" {
				t.Errorf("%s: got %q, %v", header, got, asidesOf(all))
				continue
			}
			if e := eventsOf(all)[0]; routeOf(e) != "XB117 QXB-QXA 2012-07-17T11:40" || e.Where != "line 3" {
				t.Errorf("%s: got %q at %s", header, routeOf(e), e.Where)
			}
		}
	}
}

// A quotation that is never closed costs its own line, however long the table.
func TestNeverClosed(t *testing.T) {
	for _, rest := range []int{1, 90, 300} {
		text := "name,born,flight\n\"Kadaev,1986,XB1\n" + strings.Repeat("Osin Vera,1961,XB2\n", rest)
		all := reading(t, "csv", text)
		events, asides := eventsOf(all), asidesOf(all)
		if len(events) != rest || len(asides) != 1 || asides[0].Where != "line 2" {
			t.Errorf("%d rows after it: %d came, set aside %v", rest, len(events), asides)
			continue
		}
		if got, want := events[rest-1].Where, fmt.Sprintf("line %d", rest+2); got != want {
			t.Errorf("the last row stands in %s, not %s", got, want)
		}
	}
}

func TestLongLines(t *testing.T) {
	long := strings.Repeat("x", 3*maxRow)
	all := reading(t, "csv", "name,born,flight\nKadaev,"+long+",XB1\nOsin,1961,XB2\n")
	if got := told(all); got != "Osin *1961" || len(asidesOf(all)) != 1 {
		t.Errorf("csv: got %q, %v", got, asidesOf(all))
	}
	zone := strings.Join(specimens[TD3], "\n")
	all = reading(t, "mrz", zone+"\n"+long+"\n"+zone)
	if len(eventsOf(all)) != 2 || len(asidesOf(all)) == 0 {
		t.Errorf("mrz: %d zones", len(eventsOf(all)))
	}
	line, err := EncodeEvent(arrival())
	if err != nil {
		t.Fatal(err)
	}
	all = reading(t, "json", string(line)+"\n{"+strings.Repeat(" ", 2*maxEvent)+"}\n"+string(line))
	if len(eventsOf(all)) != 2 || len(asidesOf(all)) != 1 {
		t.Errorf("json: %d events", len(eventsOf(all)))
	}
}

// TestTravellersOfTables reads tables and wants what their writers meant by them.
func TestTravellersOfTables(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"a letter that is no country": {"name,date of birth,nationality,flight,from,to,departure date\nIvo Hartmann,1983-01-01,F,XB117,OST,BRV,2012-07-28\n", "Ivo Hartmann *1983-01-01 !nationality"},
		"the letter that is":          {"name,born,nationality,flight\nIvo Hartmann,1983-01-01,D,XB117\n", "Ivo Hartmann *1983-01-01 =DE"},
		"a synonym of a country":      {"name,born,nationality,flight\nJohn Pendrellis,1970,UK,XB117\n", "John Pendrellis *1970 =GB"},
		"the name of a country":       {"name,born,nationality,flight\nJohn Pendrellis,1970,\"Germany; United Kingdom\",XB117\n", "John Pendrellis *1970 =DE =GB"},
		"a day of another form":       {"name,born,flight,date\nOlen Dravikson,14. März 1980,XB117,28.11.2012 16:15\n", "Olen Dravikson *1980-03-14"},
		"a birth to come":             {"name,born,flight\nOlen Dravikson,2068-07-16,XB117\n", "Olen Dravikson !birth date"},
		"an uncertain birth":          {"name,born,flight\nOlen Dravikson,1980 or 1981,XB117\n", "Olen Dravikson *~1980 *~1981"},
		"lines that end in CR":        {"name,born,flight\rOlen Dravikson,1980,XB117\rMira Zelenkova,1982,XB117\r", "Olen Dravikson *1980; Mira Zelenkova *1982"},
		"windows-1250":                {"name;born;flight\nJi\xf8\xed Dvo\xf8\xe1k;1980;XB117\n", "Jiří Dvořák *1980 !file"},
		"a blank last cell":           {"name,born,flight\nOlen Dravikson,1980\n", "Olen Dravikson *1980 !row !when"},
		"two names":                   {"name,born,flight\nOlen Dravikson alias Aleksandr Vetrovski,1980,XB117\n", "Olen Dravikson,Aleksandr Vetrovski *1980"},
		"a passport and no name":      {"name,born,passport,flight\n,1990-01-01,G9998887,XB117\n", " *1990-01-01 #G9998887 !name"},
		"a name that is none":         {"name,born,passport,flight\nunknown,1990-01-01,G9998887,XB117\n", " *1990-01-01 #G9998887 !name"},
		"a French header":             {"nom;prénom;date de naissance;nationalité;n° de passeport;vol;départ\nDravikson;Olen;14 février 1980;XA;B1234567;XB117;28/11/2012\n", "Dravikson Olen *1980-02-14 =XA #B1234567"},
		"nobody":                      {"name,born,flight\n", "!file"},
	} {
		var got []string
		for _, r := range reading(t, "csv", c.text) {
			s := r.Event.Traveller
			var names, rest []string
			for _, n := range s.Names {
				names = append(names, n.Text)
			}
			for _, b := range s.Births {
				about := ""
				if b.Nature == entente.NatureAssessment {
					about = "~"
				}
				rest = append(rest, " *"+about+b.Date.String())
			}
			for _, n := range s.Nationalities {
				rest = append(rest, " ="+string(n))
			}
			for _, d := range s.Documents {
				rest = append(rest, " #"+d.Number)
			}
			for _, a := range r.Aside {
				rest = append(rest, " !"+a.Field)
			}
			got = append(got, strings.Join(names, ",")+strings.Join(rest, ""))
		}
		said := strings.ReplaceAll(strings.Join(got, "; "), ";  !", " !")
		if strings.TrimLeft(said, " ") != strings.TrimLeft(c.want, " ") {
			t.Errorf("%s: got %q, want %q", name, said, c.want)
		}
	}
}
