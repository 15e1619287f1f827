package parse

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"entente"
)

func TestTipFile(t *testing.T) {
	f, err := Tip(readFile(t, "tip.toml"), today)
	if err != nil {
		t.Fatal(err)
	}
	if f.To != "albia-ncc" || f.Agreement != "north-star" || len(f.Attach) != 1 || !f.Expires.Equal(time.Date(2011, 4, 4, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("got %+v", f)
	}
	s := f.Statement
	if s.ID != "" || s.Kind != entente.KindTip || s.Purpose != "terrorism-prevention" || s.Precedence != entente.Priority || s.Caveats.CourtUse != entente.CourtUseAsk {
		t.Errorf("got %+v", s)
	}
	kadaev := s.Tip.Subjects[0]
	if kadaev.Names[0].Text != "Арсен Кадаев" {
		t.Errorf("the name reads %q", kadaev.Names[0].Text)
	}
	births := []entente.Birth{
		{ID: "b1", Date: entente.PartialDate{Year: 1987, Month: 3, Day: 14}, Place: "пос. Верхний Лог, Борея", Grade: "C3", Nature: "fact"},
		{ID: "b2", Date: entente.PartialDate{Year: 1988, Month: 3, Day: 14}, Grade: "D3", Nature: "fact"},
	}
	if !reflect.DeepEqual(kadaev.Births, births) {
		t.Errorf("births: got %+v", kadaev.Births)
	}
	if mother := s.Tip.Subjects[1].Births[0]; mother.ID != "b3" || mother.Date != (entente.PartialDate{Year: 1959}) {
		t.Errorf("mother's birth: got %+v", mother)
	}
	if got := string(s.Tip.Places[0].Geometry); got != `{"type":"Point","coordinates":[-8.1250,61.4375]}` {
		t.Errorf("geometry: %s", got)
	}
	if s.Tip.Claims[1].ID != "c2" || s.Tip.Questions[0].ID != "q1" || len(s.Tip.Withheld) != 1 {
		t.Errorf("got %+v", s.Tip)
	}
	s.ID = testID
	if _, err := EncodeStatement(s); err != nil {
		t.Error(err)
	}
}

func TestTipFileFromAnyEditor(t *testing.T) {
	text := string(readFile(t, "tip.toml"))
	want, err := Tip([]byte(text), today)
	if err != nil {
		t.Fatal(err)
	}
	windows := "\ufeff" + strings.TrimSuffix(strings.ReplaceAll(text, "\n", "\r\n"), "\r\n")
	got, err := Tip([]byte(windows), today)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %+v", err, got)
	}
}

func TestTipFileRefusals(t *testing.T) {
	good := string(readFile(t, "tip.toml"))
	swap := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("the example has no %q", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	for _, tt := range []struct{ text, field, line string }{
		{swap(`to = "albia-ncc"`, ``), "to", ""},
		{swap(`to = "albia-ncc"`, `to = "Albia"`), "to", "2"},
		{swap(`purpose = "terrorism-prevention"`, `purpose = "threat-to-life"`), "tip.threat", "15"},
		{swap(`precedence = "PRIORITY"`, `precedence = "URGENT"`), "precedence", "5"},
		{swap(`expires = 2011-04-03 `, `expires = 2011-04-03T10:00:00 `), "expires", "6"},
		{swap(`expires = 2011-04-03 `, `expires = "soon" `), "expires", "6"},
		{swap(`attach = ["kadaev-letter.pdf"]`, `attach = [""]`), "attach[0]", "7"},
		{swap(`attach =`, `attached =`), "attached", "7"},
		{swap(`attach =`, `kind = "note" #`), "kind", "7"},
		{swap(`attach =`, `attachments = [] #`), "attachments", "7"},
		{swap(`attach =`, `id = "`+testID+`" #`), "id", "7"},
		{swap("[caveats]", "[caveat]"), "caveat", "9"},
		{swap("court_use", "court-use"), "caveats.court-use", "13"},
		{swap("tlp = \"AMBER+STRICT\"", "until = \"later\""), "caveats.until", "10"},
		{swap("[tip]\n", "[tip]\nseverity = 3\n"), "tip.severity", "16"},
		{swap("date = 1987-03-14", "date = 1987-03-14T10:00:00"), "tip.subjects[0].births[0].date", "41"},
		{swap("date = 1987-03-14", `date = "14.03.1987"`), "tip.subjects[0].births[0].date", "41"},
		{swap(`grade = "D3"`, `grade = "D7"`), "tip.subjects[0].births[1].grade", "48"},
		{swap("grade = \"D3\"\n", ""), "tip.subjects[0].births[1].grade", "46"},
		{swap(`value = "+999 55 0142"`, `value = 999550142`), "tip.subjects[0].identifiers[0].value", "53"},
		{swap(`subject = "s1"`, `subject = "s3"`), "tip.claims[0].subject", "69"},
		{swap(`61.4375] }`, `161.4375] }`), "tip.places[0].geometry.coordinates[1]", "88"},
		{swap(`title = "`, "title = \"\\n"), "tip.title", "17"},
		{strings.Replace(good, "[[tip.subjects]]\n", "[[tip.subjects]]\nid = \"s2\" #", 1), "tip.subjects[1].id", ""},
		{good + "\n[[tip.subjects]]\n", "tip.subjects[2].names", ""},
		{swap(`title = "`, `title = `), "", "17"},
	} {
		_, err := Tip([]byte(tt.text), today)
		e, ok := err.(*entente.Error)
		if !ok {
			t.Errorf("%s: got %v, want an error", tt.field, err)
			continue
		}
		if e.Kind != entente.Invalid || e.Field != tt.field || tt.line != "" && !strings.HasPrefix(e.Detail, "line "+tt.line) || e.Reason != "" {
			t.Errorf("got %q (%s, reason %q); want %q, line %s", e.Field, e.Detail, e.Reason, tt.field, tt.line)
		}
	}
}

// Days, times and places may be written in each way that people know.
func TestTipFileSpellings(t *testing.T) {
	good := string(readFile(t, "tip.toml"))
	day := time.Date(2011, 4, 4, 0, 0, 0, 0, time.UTC)
	for in, want := range map[string]time.Time{
		`2011-04-03`:                  day,
		`"2011-04-03"`:                day,
		`2011-04-03T12:00:00+03:00`:   time.Date(2011, 4, 3, 9, 0, 0, 0, time.UTC),
		`"2011-04-03T12:00:00+03:00"`: time.Date(2011, 4, 3, 9, 0, 0, 0, time.UTC),
	} {
		text := strings.Replace(good, "expires = 2011-04-03", "expires = "+in, 1)
		text = strings.Replace(text, "[caveats]", "[caveats]\nuntil = "+in, 1)
		f, err := Tip([]byte(text), today)
		if err != nil || f.Expires != want || f.Statement.Caveats.Until != want {
			t.Errorf("%s: got %v and %v, %v; want %v", in, f.Expires, f.Statement.Caveats.Until, err, want)
		}
	}
	point := `'{ "type": "Point", "coordinates": [-8.1250, 61.4375] }'`
	for in, want := range map[string]string{
		`{ type = "Point", coordinates = [-8.125, 61] }`:             `{"type":"Point","coordinates":[-8.125,61]}`,
		`"""{"coordinates": [-8.1250,61.4375],\n"type": "Point"}"""`: `{"type":"Point","coordinates":[-8.1250,61.4375]}`,
	} {
		f, err := Tip([]byte(strings.Replace(good, point, in, 1)), today)
		if err != nil || string(f.Statement.Tip.Places[0].Geometry) != want {
			t.Errorf("%s: got %v, %v", in, f.Statement.Tip, err)
		}
	}
	for _, in := range []string{`{ type = "Point", coordinates = [nan, 61] }`, `7`, `""`, `{ type = "Point", coordinates = [0, 1e300] }`} {
		if _, err := Tip([]byte(strings.Replace(good, point, in, 1)), today); entente.KindOf(err) != entente.Invalid || !strings.HasPrefix(err.Error(), "tip.places[0].geometry") {
			t.Errorf("%s: got %v, want a refusal", in, err)
		}
	}
}
