package parse

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"entente"
)

func TestStatementRoundTrip(t *testing.T) {
	for _, s := range testStatements() {
		b, err := EncodeStatement(s)
		if err != nil {
			t.Fatalf("%s: %v", s.Kind, err)
		}
		got, err := Statement(b)
		if err != nil {
			t.Fatalf("%s: %v", s.Kind, err)
		}
		if !reflect.DeepEqual(got, s) {
			t.Errorf("%s: got %+v, want %+v", s.Kind, got, s)
		}
	}
}

// The bytes are written down: other implementations must write the same.
func TestStatementForm(t *testing.T) {
	b, err := EncodeStatement(testDisposition())
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7","kind":"disposition","purpose":"terrorism-prevention","precedence":"ROUTINE",` +
		`"refs":[{"rel":"answers","id":"0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b8","digest":"ae448ac86c4e8e4dec645729708ef41873ae79c6dff84eff73360989487f08e5"}],"caveats":{},"disposition":{"outcome":"reserved","reason":"Kept on file.","credit":"It helped.",` +
		`"answers":[{"question":"q1","text":"He will."},{"question":"q2","refused":"not ours to say"}]}}`
	if string(b) != want {
		t.Errorf("got  %s\nwant %s", b, want)
	}
	b, err = EncodeStatement(testStatement())
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		`"title":"Кадаев Арсен <a&b>"`, `"text":"первая строка\n\tвторая`, `"date":"1987-03-14"`, `"date":"1988"`, `"until":"2011-03-04T09:00:00.000125Z"`,
		`"geometry":{"type":"Point","coordinates":[12.50,-41]}`,
	} {
		if !bytes.Contains(b, []byte(part)) {
			t.Errorf("the statement has no %s: %s", part, b)
		}
	}
}

func TestStatementEveryByteAndPrefix(t *testing.T) {
	s := testDisposition()
	b, err := EncodeStatement(s)
	if err != nil {
		t.Fatal(err)
	}
	for i := range b {
		if _, err := Statement(b[:i]); err == nil {
			t.Fatalf("the first %d bytes parse", i)
		}
		for _, flip := range []byte{1, 2, 4, 8, 16, 32, 64, 128, 255} {
			changed := bytes.Clone(b)
			changed[i] ^= flip
			if got, err := Statement(changed); err == nil && reflect.DeepEqual(got, s) {
				t.Fatalf("byte %d changed by %#x reads the same", i, flip)
			}
		}
	}
}

// Each rule, broken alone, is found: when it is encoded, and when it arrives.
func TestStatementRules(t *testing.T) {
	long := func(n int) string { return strings.Repeat("x", n) }
	tip := func(change func(*entente.Tip)) func(*entente.Statement) {
		return func(s *entente.Statement) { change(s.Tip) }
	}
	subject := func(change func(*entente.Subject)) func(*entente.Statement) {
		return func(s *entente.Statement) { change(&s.Tip.Subjects[0]) }
	}
	file := func(change func(*entente.Attachment)) func(*entente.Statement) {
		return func(s *entente.Statement) { change(&s.Attachments[0]) }
	}
	ref := func(change func(*entente.Ref)) func(*entente.Statement) {
		return func(s *entente.Statement) { s.Refs = testRefs(); change(&s.Refs[0]) }
	}
	extension := func(list ...entente.Extension) func(*entente.Statement) {
		return func(s *entente.Statement) { s.Extensions = list }
	}
	type rule struct {
		field  string
		change func(*entente.Statement)
	}
	for _, r := range []rule{
		{"id", func(s *entente.Statement) { s.ID = "1" }},
		{"purpose", func(s *entente.Statement) { s.Purpose = "Threat to life" }},
		{"precedence", func(s *entente.Statement) { s.Precedence = "SOON" }},
		{"refs", func(s *entente.Statement) { s.Refs = make([]entente.Ref, 51) }},
		{"refs", func(s *entente.Statement) {
			s.Refs = append(testRefs(), entente.Ref{Rel: entente.Answers, ID: "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b9", Digest: entente.Digest{1}})
		}},
		{"refs[0].rel", ref(func(r *entente.Ref) { r.Rel = "Answers it" })},
		{"refs[0].id", ref(func(r *entente.Ref) { r.ID = "1" })},
		{"refs[0].id", ref(func(r *entente.Ref) { r.ID = testID })},
		{"refs[0].digest", ref(func(r *entente.Ref) { r.Digest = entente.Digest{} })},
		{"refs[0].paths", ref(func(r *entente.Ref) { r.Paths = []string{"/tip/title"} })},
		{"refs[0].paths", ref(func(r *entente.Ref) { r.Rel, r.Paths = entente.Draws, make([]string, 1001) })},
		{"refs[0].paths[0]", ref(func(r *entente.Ref) { r.Rel, r.Paths = entente.Draws, []string{"tip"} })},
		{"refs[0].paths[0]", ref(func(r *entente.Ref) { r.Rel, r.Paths = entente.Draws, []string{"/a~1b"} })},
		{"refs[0].paths[1]", ref(func(r *entente.Ref) { r.Rel, r.Paths = entente.Draws, []string{"/tip", "/tip"} })},
		{"refs[1]", func(s *entente.Statement) { s.Refs = append(testRefs(), testRefs()...) }},
		{"extensions", func(s *entente.Statement) { s.Extensions = make([]entente.Extension, 17) }},
		{"extensions[0].name", extension(entente.Extension{Name: "X"})},
		{"extensions[0].name", extension(entente.Extension{Name: "x-localhost"})},
		{"extensions[0].name", extension(entente.Extension{Name: "x-Albia.example"})},
		{"extensions[1].name", extension(entente.Extension{Name: "seen"}, entente.Extension{Name: "seen"})},
		{"extensions[1].name", extension(entente.Extension{Name: "x-albia.example"}, entente.Extension{Name: "seen"})},
		{"extensions[0].value", extension(entente.Extension{Name: "seen", Value: make([]byte, 4097)})},
		{"caveats.tlp", func(s *entente.Statement) { s.Caveats.TLP = "WHITE" }},
		{"caveats.pap", func(s *entente.Statement) { s.Caveats.PAP = "WHITE" }},
		{"caveats.onward", func(s *entente.Statement) { s.Caveats.Onward = "maybe" }},
		{"caveats.court_use", func(s *entente.Statement) { s.Caveats.CourtUse = "maybe" }},
		{"caveats.purposes[1]", func(s *entente.Statement) { s.Caveats.Purposes = []entente.Purpose{"a-b", "a-b"} }},
		{"caveats.purposes[0]", func(s *entente.Statement) { s.Caveats.Purposes = []entente.Purpose{""} }},
		{"caveats.purposes", func(s *entente.Statement) { s.Caveats.Purposes = make([]entente.Purpose, 51) }},
		{"caveats.until", func(s *entente.Statement) { s.Caveats.Until = s.Caveats.Until.In(time.FixedZone("", 3600)) }},
		{"caveats.until", func(s *entente.Statement) { s.Caveats.Until = s.Caveats.Until.Add(1) }},
		{"caveats.until", func(s *entente.Statement) { s.Caveats.Until = time.Date(1700, 1, 1, 0, 0, 0, 0, time.UTC) }},
		{"tip", func(s *entente.Statement) { s.Tip = nil }},
		{"note", func(s *entente.Statement) { s.Note = &entente.Note{Text: "x"} }},
		{"acknowledgement", func(s *entente.Statement) { s.Acknowledgement = &entente.Acknowledgement{Role: entente.Analyst} }},

		{"tip.category", tip(func(t *entente.Tip) { t.Category = "" })},
		{"tip.title", tip(func(t *entente.Tip) { t.Title = " " })},
		{"tip.title", tip(func(t *entente.Tip) { t.Title = long(201) })},
		{"tip.title", tip(func(t *entente.Tip) { t.Title = "a\nb" })},
		{"tip.title", tip(func(t *entente.Tip) { t.Title = "a\u2028b" })},
		{"tip.title", tip(func(t *entente.Tip) { t.Title = "gpj.\u202eexe" })},
		{"tip.title", tip(func(t *entente.Tip) { t.Title = "a\u2066b" })},
		{"tip.title", tip(func(t *entente.Tip) { t.Title = "a\tb" })},
		{"tip.title", tip(func(t *entente.Tip) { t.Title = "a\u0085b" })},
		{"tip.text", tip(func(t *entente.Tip) { t.Text = "" })},
		{"tip.text", tip(func(t *entente.Tip) { t.Text = long(64<<10 + 1) })},
		{"tip.text", tip(func(t *entente.Tip) { t.Text = "a\r\nb" })},
		{"tip.text", tip(func(t *entente.Tip) { t.Text = "a\x00b" })},
		{"tip.text", tip(func(t *entente.Tip) { t.Text = "a\x1b[2Jb" })},
		{"tip.threat", tip(func(t *entente.Tip) { t.Threat = "" })},
		{"tip.threat", tip(func(t *entente.Tip) { t.Threat = long(4<<10 + 1) })},
		{"tip.claims", tip(func(t *entente.Tip) { t.Claims = make([]entente.Claim, 1001) })},
		{"tip.claims[0].id", tip(func(t *entente.Tip) { t.Claims[0].ID = "s1" })},
		{"tip.claims[0].id", tip(func(t *entente.Tip) { t.Claims[0].ID = "c01" })},
		{"tip.claims[0].id", tip(func(t *entente.Tip) { t.Claims[0].ID = "c123456" })},
		{"tip.claims[1].id", tip(func(t *entente.Tip) { t.Claims[1].ID = "c1" })},
		{"tip.claims[0].subject", tip(func(t *entente.Tip) { t.Claims[0].Subject = "s3" })},
		{"tip.claims[0].text", tip(func(t *entente.Tip) { t.Claims[0].Text = "" })},
		{"tip.claims[0].grade", tip(func(t *entente.Tip) { t.Claims[0].Grade = "G1" })},
		{"tip.claims[0].nature", tip(func(t *entente.Tip) { t.Claims[0].Nature = "" })},
		{"tip.links", tip(func(t *entente.Tip) { t.Links = make([]entente.Link, 1001) })},
		{"tip.links[0].from", tip(func(t *entente.Tip) { t.Links[0].From = "c1" })},
		{"tip.links[0].to", tip(func(t *entente.Tip) { t.Links[0].To = "" })},
		{"tip.links[0].to", tip(func(t *entente.Tip) { t.Links[0].To = "s2" })},
		{"tip.links[0].as", tip(func(t *entente.Tip) { t.Links[0].As = "" })},
		{"tip.links[0].grade", tip(func(t *entente.Tip) { t.Links[0].Grade = "" })},
		{"tip.places", tip(func(t *entente.Tip) { t.Places = make([]entente.Place, 201) })},
		{"tip.places[0].name", tip(func(t *entente.Tip) { t.Places[0].Name = "" })},
		{"tip.places[0].geometry.coordinates[1]", tip(func(t *entente.Tip) { t.Places[0].Geometry = []byte(`{"type":"Point","coordinates":[0,91]}`) })},
		{"tip.questions", tip(func(t *entente.Tip) { t.Questions = make([]entente.Question, 101) })},
		{"tip.questions[0].id", tip(func(t *entente.Tip) { t.Questions[0].ID = "1" })},
		{"tip.questions[0].text", tip(func(t *entente.Tip) { t.Questions[0].Text = "" })},
		{"tip.withheld", tip(func(t *entente.Tip) { t.Withheld = make([]entente.Withheld, 101) })},
		{"tip.withheld[0].what", tip(func(t *entente.Tip) { t.Withheld[0].What = "" })},
		{"tip.withheld[0].ask", tip(func(t *entente.Tip) { t.Withheld[0].Ask = "" })},
		{"tip.provenance.attestation", tip(func(t *entente.Tip) { t.Provenance.Attestation = "" })},
		{"tip.provenance.text", tip(func(t *entente.Tip) { t.Provenance.Text = "\x7f" })},
		{"tip.provenance.collected", tip(func(t *entente.Tip) { t.Provenance.Collected = "a\nb" })},
		{"tip.tear_line.text", tip(func(t *entente.Tip) { t.TearLine.Text = "" })},
		{"tip.tear_line.tlp", tip(func(t *entente.Tip) { t.TearLine.TLP = "" })},

		{"tip.subjects", tip(func(t *entente.Tip) { t.Subjects = make([]entente.Subject, 201) })},
		{"tip.subjects[1].id", tip(func(t *entente.Tip) { t.Subjects[1].ID = "s1" })},
		{"tip.subjects[0].id", subject(func(s *entente.Subject) { s.ID = "s0" })},
		{"tip.subjects[0].names", subject(func(s *entente.Subject) { s.Names, s.Documents, s.Identifiers = nil, nil, nil })},
		{"tip.subjects[0].names", subject(func(s *entente.Subject) { s.Names = make([]entente.Name, 51) })},
		{"tip.subjects[0].names[0].text", subject(func(s *entente.Subject) { s.Names[0].Text = "" })},
		{"tip.subjects[0].names[0].text", subject(func(s *entente.Subject) { s.Names[0].Text = long(501) })},
		{"tip.subjects[0].names[0].text", subject(func(s *entente.Subject) { s.Names[0].Text = "Арсен \u202bКадаев" })},
		{"tip.subjects[0].names[0].script", subject(func(s *entente.Subject) { s.Names[0].Script = "cyrl" })},
		{"tip.subjects[0].names[0].script", subject(func(s *entente.Subject) { s.Names[0].Script = "Cyrillic" })},
		{"tip.subjects[0].names[0].use", subject(func(s *entente.Subject) { s.Names[0].Use = "first" })},
		{"tip.subjects[0].births", subject(func(s *entente.Subject) { s.Births = slices.Repeat(s.Births[:1], 51) })},
		{"tip.subjects[0].births[1].id", subject(func(s *entente.Subject) { s.Births[1].ID = "b1" })},
		{"tip.subjects[1].births[0].id", tip(func(t *entente.Tip) { t.Subjects[1].Births = t.Subjects[0].Births[:1] })},
		{"tip.subjects[0].births[0].place", subject(func(s *entente.Subject) { s.Births[0].Place = long(501) })},
		{"tip.subjects[0].births[0].grade", subject(func(s *entente.Subject) { s.Births[0].Grade = "c3" })},
		{"tip.subjects[0].births[0].nature", subject(func(s *entente.Subject) { s.Births[0].Nature = "guess" })},
		{"tip.subjects[0].sex", subject(func(s *entente.Subject) { s.Sex = "m" })},
		{"tip.subjects[0].nationalities[1]", subject(func(s *entente.Subject) { s.Nationalities[1] = "XB" })},
		{"tip.subjects[0].nationalities[0]", subject(func(s *entente.Subject) { s.Nationalities[0] = "Borea" })},
		{"tip.subjects[0].nationalities", subject(func(s *entente.Subject) { s.Nationalities = make([]entente.Country, 21) })},
		{"tip.subjects[0].residence", subject(func(s *entente.Subject) { s.Residence = "a\nb" })},
		{"tip.subjects[0].documents", subject(func(s *entente.Subject) { s.Documents = make([]entente.Document, 51) })},
		{"tip.subjects[0].documents[0].type", subject(func(s *entente.Subject) { s.Documents[0].Type = "" })},
		{"tip.subjects[0].documents[0].number", subject(func(s *entente.Subject) { s.Documents[0].Number = long(101) })},
		{"tip.subjects[0].documents[0].country", subject(func(s *entente.Subject) { s.Documents[0].Country = "X" })},
		{"tip.subjects[0].identifiers", subject(func(s *entente.Subject) { s.Identifiers = make([]entente.Identifier, 101) })},
		{"tip.subjects[0].identifiers[0].kind", subject(func(s *entente.Subject) { s.Identifiers[0].Kind = "icq" })},
		{"tip.subjects[0].identifiers[0].value", subject(func(s *entente.Subject) { s.Identifiers[0].Value = "" })},

		{"attachments", func(s *entente.Statement) { s.Attachments = make([]entente.Attachment, 65) }},
		{"attachments[1].digest", func(s *entente.Statement) { s.Attachments = append(s.Attachments, s.Attachments[0]) }},
		{"attachments[0].digest", file(func(a *entente.Attachment) { a.Digest = entente.Digest{} })},
		{"attachments[0].size", file(func(a *entente.Attachment) { a.Size = -1 })},
		{"attachments[0].size", file(func(a *entente.Attachment) { a.Size = 0 })},
		{"attachments[0].size", file(func(a *entente.Attachment) { a.Size = MaxWhole + 1 })},
		{"attachments[0].name", file(func(a *entente.Attachment) { a.Name = "" })},
		{"attachments[0].name", file(func(a *entente.Attachment) { a.Name = "../a" })},
		{"attachments[0].name", file(func(a *entente.Attachment) { a.Name = `C:\a` })},
		{"attachments[0].name", file(func(a *entente.Attachment) { a.Name = ".." })},
		{"attachments[0].name", file(func(a *entente.Attachment) { a.Name = long(201) })},
		{"attachments[0].name", file(func(a *entente.Attachment) { a.Name = "a\u202egpj.exe" })},
		{"attachments[0].media", file(func(a *entente.Attachment) { a.Media = "pdf" })},
		{"attachments[0].media", file(func(a *entente.Attachment) { a.Media = "application/pdf; x" })},
		{"attachments[0].media", file(func(a *entente.Attachment) { a.Media = "application/pdf; x=y" })},
		{"attachments[0].media", file(func(a *entente.Attachment) { a.Media = "Application/pdf" })},
		{"attachments[0].media", file(func(a *entente.Attachment) { a.Media = "application/-" })},
		{"attachments[0].media", file(func(a *entente.Attachment) { a.Media = "application/" + strings.Repeat("x", 128) })},
		{"attachments[0].key", file(func(a *entente.Attachment) { a.Key = "" })},
		{"attachments[0].key", file(func(a *entente.Attachment) { a.Key = "AGE-SECRET-KEY-" })},
		{"attachments[0].key", file(func(a *entente.Attachment) { a.Key = "AGE-SECRET-KEY-1q" })},
		{"attachments[0].key", file(func(a *entente.Attachment) { a.Key += entente.AttachmentKey(long(201)) })},
	} {
		s := testStatement()
		r.change(&s)
		broken(t, r.field, s)
	}
}

func TestOtherBodiesRules(t *testing.T) {
	d := entente.DigestOf([]byte("x"))
	disposition := func(change func(*entente.Disposition)) entente.Statement {
		s := testDisposition()
		change(s.Disposition)
		return s
	}
	place, before, beyond := int64(0), int64(-1), int64(1)<<40
	level := func(change func(*entente.Notice)) entente.Statement {
		n := entente.Notice{What: entente.NoticeLevel, Level: entente.Open, Towards: entente.TowardsAll, Number: 1, Reason: "x"}
		change(&n)
		return testNotice(n)
	}
	answer := func(a entente.Answer) entente.Statement {
		return disposition(func(d *entente.Disposition) { d.Answers[1] = a })
	}
	with := func(s entente.Statement, change func(*entente.Statement)) entente.Statement {
		change(&s)
		return s
	}
	for _, r := range []struct {
		field string
		s     entente.Statement
	}{
		{"refs", with(testDisposition(), func(s *entente.Statement) { s.Refs = nil })},
		{"refs", with(testAcknowledgement(), func(s *entente.Statement) { s.Refs = nil })},
		{"acknowledgement", with(testAcknowledgement(), func(s *entente.Statement) { s.Acknowledgement = nil })},
		{"acknowledgement.role", with(testAcknowledgement(), func(s *entente.Statement) { s.Acknowledgement.Role = "anna.kern" })},
		{"attachments", with(testAcknowledgement(), func(s *entente.Statement) { s.Attachments = testStatement().Attachments })},
		{"attachments", with(testNotices()[0], func(s *entente.Statement) { s.Attachments = testStatement().Attachments })},
		{"note.text", with(testNote(), func(s *entente.Statement) { s.Note.Text = "\n" })},
		{"note.text", with(testNote(), func(s *entente.Statement) { s.Note.Text = strings.Repeat("x", 64<<10+1) })},
		{"disposition.outcome", disposition(func(d *entente.Disposition) { d.Outcome = "ASN" })},
		{"disposition.reason", disposition(func(d *entente.Disposition) { d.Reason = "" })},
		{"disposition.credit", disposition(func(d *entente.Disposition) { d.Credit = strings.Repeat("x", 16<<10+1) })},
		{"disposition.answers", disposition(func(d *entente.Disposition) { d.Answers = make([]entente.Answer, 101) })},
		{"disposition.answers[1].question", answer(entente.Answer{Question: "q1", Text: "x"})},
		{"disposition.answers[1].question", answer(entente.Answer{Question: "c1", Text: "x"})},
		{"disposition.answers[1].text", answer(entente.Answer{Question: "q2"})},
		{"disposition.answers[1].refused", answer(entente.Answer{Question: "q2", Text: "x", Refused: "y"})},
		{"disposition.answers[1].refused", answer(entente.Answer{Question: "q2", Refused: " "})},
		{"notice.what", testNotice(entente.Notice{})},
		{"notice.level", level(func(n *entente.Notice) { n.Level = "closed" })},
		{"notice.towards", level(func(n *entente.Notice) { n.Towards = "" })},
		{"notice.towards", level(func(n *entente.Notice) { n.Towards = "cadia-fiu" })},
		{"notice.number", level(func(n *entente.Notice) { n.Number = 0 })},
		{"notice.number", level(func(n *entente.Notice) { n.Number = 1 << 53 })},
		{"notice.reason", level(func(n *entente.Notice) { n.Reason = "" })},
		{"notice.edition", level(func(n *entente.Notice) { n.Edition = 1 })},
		{"notice.descriptor", level(func(n *entente.Notice) { n.Descriptor = "x" })},
		{"notice.place", level(func(n *entente.Notice) { n.Place = &place })},
		{"notice.digest", level(func(n *entente.Notice) { n.Digest = &d })},
		{"notice.held", level(func(n *entente.Notice) { n.Held = testTime })},
		{"notice.edition", testNotice(entente.Notice{What: entente.NoticeKey, Descriptor: "x"})},
		{"notice.descriptor", testNotice(entente.Notice{What: entente.NoticeKey, Edition: 2})},
		{"notice.digest", testNotice(entente.Notice{What: entente.NoticeCustody, Held: testTime})},
		{"notice.digest", testNotice(entente.Notice{What: entente.NoticeCustody, Held: testTime, Digest: &entente.Digest{}})},
		{"notice.held", testNotice(entente.Notice{What: entente.NoticeCustody, Digest: &d})},
		{"notice.level", testNotice(entente.Notice{What: entente.NoticeCustody, Digest: &d, Held: testTime, Level: entente.Open})},
		{"notice.towards", testNotice(entente.Notice{What: entente.NoticeCustody, Digest: &d, Held: testTime, Towards: entente.TowardsAll})},
		{"notice.number", testNotice(entente.Notice{What: entente.NoticeCustody, Digest: &d, Held: testTime, Number: 1})},
		{"notice.reason", testNotice(entente.Notice{What: entente.NoticeCustody, Digest: &d, Held: testTime, Reason: "x"})},
		{"notice.place", testNotice(entente.Notice{What: entente.NoticeWithdrawn, Digest: &d})},
		{"notice.place", testNotice(entente.Notice{What: entente.NoticeWithdrawn, Digest: &d, Place: &before})},
		{"notice.place", testNotice(entente.Notice{What: entente.NoticeWithdrawn, Digest: &d, Place: &beyond})},
		{"notice.digest", testNotice(entente.Notice{What: entente.NoticeWithdrawn, Place: &place})},
		{"notice.held", testNotice(entente.Notice{What: entente.NoticeWithdrawn, Place: &place, Digest: &d, Held: testTime})},
	} {
		broken(t, r.field, r.s)
	}
}

// broken checks that a statement is refused for the field, both ways.
func broken(t *testing.T, field string, s entente.Statement) {
	t.Helper()
	_, err := EncodeStatement(s)
	wantRefusal(t, "encode "+field, err, entente.ReasonStatement, field)
	b, err := Encode(s)
	if err != nil {
		t.Fatalf("%s: %v", field, err)
	}
	_, err = Statement(b)
	wantRefusal(t, "parse "+field, err, entente.ReasonStatement, field)
}

// What cannot be encoded at all is found before: text that is not UTF-8, dates that do not exist.
func TestStatementRefusesToEncode(t *testing.T) {
	for field, change := range map[string]func(*entente.Statement){
		"tip.title":                      func(s *entente.Statement) { s.Tip.Title = "\xff" },
		"tip.text":                       func(s *entente.Statement) { s.Tip.Text = "a\xffb" },
		"tip.places[0].geometry":         func(s *entente.Statement) { s.Tip.Places[0].Geometry = []byte(`{`) },
		"tip.subjects[0].births[0].date": func(s *entente.Statement) { s.Tip.Subjects[0].Births[0].Date.Month = 13 },
		"tip.subjects[0].births[1].date": func(s *entente.Statement) { s.Tip.Subjects[0].Births[1].Date = entente.PartialDate{} },
	} {
		s := testStatement()
		change(&s)
		_, err := EncodeStatement(s)
		wantRefusal(t, field, err, entente.ReasonStatement, field)
	}
	for _, date := range []entente.PartialDate{{Year: 1987, Month: 2, Day: 30}, {Year: 1987, Day: 3}, {Year: 87}, {Year: 1987, Month: -1}, {Year: 12345}} {
		s := testStatement()
		s.Tip.Subjects[0].Births[0].Date = date
		_, err := EncodeStatement(s)
		wantRefusal(t, date.String(), err, entente.ReasonStatement, "tip.subjects[0].births[0].date")
	}
}

func TestStatementRefusals(t *testing.T) {
	b, err := EncodeStatement(testStatement())
	if err != nil {
		t.Fatal(err)
	}
	good := string(b)
	swap := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("the statement has no %s", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	for _, tt := range []struct {
		in     string
		reason entente.Reason
		field  string
	}{
		{swap(`"kind":"tip"`, `"kind":"request"`), entente.ReasonStatement, "tip"},
		{swap(`"kind":"tip"`, `"kind":""`), entente.ReasonStatement, "kind"},
		{swap(`"kind":"tip"`, `"kind":"tip","request":{}`), entente.ReasonMalformed, ""},
		{strings.TrimSuffix(good, "}") + `,"request":{}}`, entente.ReasonUnknownField, "request"},
		{swap(`"title":`, `"title":"x","title":`), entente.ReasonDuplicateField, "tip.title"},
		{swap(`"names":[{`, `"names":[{"spelling":1,`), entente.ReasonUnknownField, "tip.subjects[0].names[0].spelling"},
		{swap(`"date":"1987-03-14"`, `"date":"1987-02-30"`), entente.ReasonMalformed, "tip.subjects[0].births[0].date"},
		{swap(`"date":"1987-03-14"`, `"date":19870314`), entente.ReasonMalformed, "tip.subjects[0].births[0].date"},
		{swap(`"size":4`, `"size":"4"`), entente.ReasonMalformed, "attachments[0].size"},
		{swap(`"coordinates":[12.50,-41]`, `"coordinates":[12.50, -41]`), entente.ReasonMalformed, ""},
		{swap(`"type":"Point","coordinates":[12.50,-41]`, `"coordinates":[12.50,-41],"type":"Point"`), entente.ReasonStatement, "tip.places[0].geometry"},
		{swap(`"type":"Point","coordinates":[12.50,-41]`, `"type":"Point","coordinates":[12.50,-41],"bbox":[0,0,0,0]`), entente.ReasonStatement, "tip.places[0].geometry"},
		{swap(`{"type":"Point","coordinates":[12.50,-41]}`, `null`), entente.ReasonStatement, "tip.places[0].geometry.type"},
		{swap(`"questions":[{"id":"q1","text":"Will he travel?"}]`, `"questions":[]`), entente.ReasonMalformed, ""},
		{swap("\u200f", "\\u200f"), entente.ReasonMalformed, ""},
		{swap("\u200f", "\u2067"), entente.ReasonStatement, "tip.text"},
		{swap("Кадаев", "Кадаев\xff"), entente.ReasonMalformed, "tip.title"},
		{good + strings.Repeat(" ", MaxStatement), entente.ReasonTooLarge, ""},
	} {
		_, err := Statement([]byte(tt.in))
		wantRefusal(t, tt.in[:120], err, tt.reason, tt.field)
	}
}

func TestStatementTooLargeToEncode(t *testing.T) {
	s := testStatement()
	for range 100 {
		c := s.Tip.Claims[0]
		c.ID, c.Text = "c"+string(rune('1'+len(s.Tip.Claims)/10))+string(rune('0'+len(s.Tip.Claims)%10)), strings.Repeat("x", 16<<10)
		if len(s.Tip.Claims) < 89 {
			s.Tip.Claims = append(s.Tip.Claims, c)
		}
	}
	_, err := EncodeStatement(s)
	wantRefusal(t, "large", err, entente.ReasonTooLarge, "statement")
}

// Empty lists are what programs hold where people wrote nothing.
func TestStatementOfEmptyLists(t *testing.T) {
	s := testNote()
	s.Attachments, s.Caveats.Purposes = []entente.Attachment{}, []entente.Purpose{}
	got, err := EncodeStatement(s)
	want, _ := EncodeStatement(testNote())
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
}
