package parse

import (
	"bytes"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"entente"

	"pgregory.net/rapid"
)

// Whatever is said within the rules arrives as it was said.
func TestStatementProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStatement(t)
		b, err := EncodeStatement(s)
		if err != nil {
			t.Fatalf("%+v: %v", s, err)
		}
		got, err := Statement(b)
		if err != nil {
			t.Fatalf("%s: %v", b, err)
		}
		if !reflect.DeepEqual(got, s) {
			t.Fatalf("got  %+v\nwant %+v", got, s)
		}
		again, err := EncodeStatement(got)
		if err != nil || !bytes.Equal(again, b) {
			t.Fatalf("got  %s (%v)\nwant %s", again, err, b)
		}
	})
}

var digests = rapid.Custom(func(t *rapid.T) (d entente.Digest) {
	copy(d[:], rapid.SliceOfN(rapid.Byte(), len(d), len(d)).Draw(t, "bytes"))
	d[0] |= 1 // never zero
	return d
})

func TestHeaderProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		created := moments.Draw(t, "created")
		if created.Before(firstCreated) {
			created = created.AddDate(200, 0, 0)
		}
		h := entente.Header{
			Version: 1, ID: messageIDs.Draw(t, "id"), From: "a" + entente.PartyID(slugs.Draw(t, "from")), To: "b" + entente.PartyID(slugs.Draw(t, "to")),
			Agreement: entente.AgreementID(slugs.Draw(t, "agreement")), Epoch: rapid.IntRange(1, MaxWhole).Draw(t, "epoch"), Seq: rapid.Int64Range(0, MaxSeq).Draw(t, "seq"),
			Class: entente.Class(slugs.Draw(t, "class")), Precedence: rapid.SampledFrom(entente.Precedences).Draw(t, "precedence"),
			Created: created, Expires: created.Add(time.Duration(rapid.Int64Range(1, 1e12).Draw(t, "for")) * time.Microsecond),
			FromEdition: digests.Draw(t, "from edition"), ToEdition: digests.Draw(t, "to edition"),
			Terms: digests.Draw(t, "terms"), Content: digests.Draw(t, "content"),
		}
		if rapid.Bool().Draw(t, "never expires") || h.Class == entente.ClassDuty {
			h.Expires = time.Time{}
		}
		b, err := EncodeHeader(h)
		if err != nil {
			t.Fatalf("%+v: %v", h, err)
		}
		if got, err := Header(b); err != nil || !reflect.DeepEqual(got, h) {
			t.Fatalf("got %+v, %v; want %+v", got, err, h)
		}
	})
}

func TestPartyProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := testParty()
		p.Name = lines.Draw(t, "name")
		p.Issued = moments.Draw(t, "issued")
		p.Edition = rapid.IntRange(1, 1<<31-1).Draw(t, "edition")
		p.Contacts = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) entente.Contact {
			return entente.Contact{Role: lines.Draw(t, "role"), Phone: maybe(lines).Draw(t, "phone"), Email: maybe(lines).Draw(t, "email"), Hours: maybe(lines).Draw(t, "hours")}
		}), 1, 4).Draw(t, "contacts")
		got, err := Party(FormatParty(p))
		if err != nil || !reflect.DeepEqual(got, p) {
			t.Fatalf("got %+v, %v; want %+v", got.Contacts, err, p.Contacts)
		}
	})
}

func TestArchiveProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z0-9_-]{1,9}(/[a-z0-9_-]{1,9}(\.[a-z0-9]{1,4})?)?`), 1, 6, rapid.ID).Draw(t, "names")
		var files []File
		var want [][]byte
		for _, n := range names {
			content := rapid.SliceOfN(rapid.Byte(), 0, 50).Draw(t, "content")
			files, want = append(files, FileOf(n, content)), append(want, content)
		}
		var b bytes.Buffer
		if err := WriteArchive(&b, files); err != nil {
			t.Fatal(err)
		}
		got, contents, err := unpack(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range got {
			if f.Name != names[i] || !bytes.Equal(contents[i], want[i]) {
				t.Fatalf("got %s of %q, want %s of %q", f.Name, contents[i], names[i], want[i])
			}
		}
	})
}

var (
	// runes of many scripts, with what breaks careless encoders
	runes = rapid.SampledFrom([]rune(`aZ9 ."\'<>&/{}[]:,—éЖёшѓךםعلى汉字ไทย𐌰😀` + "\u00a0\ufffd\u0301"))
	texts = rapid.Custom(func(t *rapid.T) string {
		return "x" + rapid.StringOfN(rapid.OneOf(runes, rapid.SampledFrom([]rune("\n\t"))), 0, 20, -1).Draw(t, "text")
	})
	lines = rapid.Custom(func(t *rapid.T) string {
		return "x" + rapid.StringOfN(runes, 1, 20, -1).Draw(t, "line")
	})
	slugs      = rapid.StringMatching(`[a-z][a-z0-9]{1,10}(-[a-z0-9]{1,10}){0,2}`)
	messageIDs = rapid.Custom(func(t *rapid.T) entente.MessageID {
		return entente.MessageID(rapid.StringMatching(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`).Draw(t, "id"))
	})
	moments = rapid.Custom(func(t *rapid.T) time.Time {
		return time.UnixMicro(rapid.Int64Range(-5e15, 2e17).Draw(t, "microseconds")).UTC()
	})
	refsOf = rapid.Custom(func(t *rapid.T) []entente.Ref {
		return []entente.Ref{{Rel: entente.Answers, ID: messageIDs.Draw(t, "re"), Digest: entente.DigestOf([]byte(texts.Draw(t, "envelope")))}}
	})
	grades = rapid.Custom(func(t *rapid.T) entente.Grade {
		return entente.Grade(rapid.StringMatching(`[A-F][1-6]`).Draw(t, "grade"))
	})
	kinds = rapid.SampledFrom(natures)
	lands = rapid.SampledFrom([]entente.Country{"XA", "XB", "XC"})
	dates = rapid.Custom(func(t *rapid.T) entente.PartialDate {
		d := entente.PartialDate{Year: rapid.IntRange(1800, 2200).Draw(t, "year")}
		d.Month = rapid.IntRange(0, 12).Draw(t, "month")
		if d.Month > 0 {
			d.Day = rapid.IntRange(0, 28).Draw(t, "day")
		}
		return d
	})
)

// maybe draws a value or none.
func maybe[T any](g *rapid.Generator[T]) *rapid.Generator[T] {
	return rapid.OneOf(g, rapid.Just(*new(T)))
}

// list draws up to three values; no value is a nil list.
func list[T any](t *rapid.T, label string, draw func(t *rapid.T, i int) T) []T {
	var out []T
	for i := range rapid.IntRange(0, 3).Draw(t, label) {
		out = append(out, draw(t, i))
	}
	return out
}

func drawStatement(t *rapid.T) entente.Statement {
	s := entente.Statement{
		ID: "0196f0a8-0000-7000-8000-000000000000", Purpose: entente.Purpose(slugs.Draw(t, "purpose")),
		Precedence: rapid.SampledFrom(entente.Precedences).Draw(t, "precedence"), Refs: refsOf.Draw(t, "refs"),
		Caveats: entente.Caveats{
			TLP: maybe(rapid.SampledFrom(entente.TLPs)).Draw(t, "tlp"), PAP: maybe(rapid.SampledFrom(entente.PAPs)).Draw(t, "pap"),
			Onward: maybe(rapid.SampledFrom(entente.Onwards)).Draw(t, "onward"), CourtUse: maybe(rapid.SampledFrom(entente.CourtUses)).Draw(t, "court use"),
			Until: maybe(moments).Draw(t, "until"),
		},
	}
	s.Kind = rapid.SampledFrom([]entente.Kind{entente.KindTip, entente.KindDisposition, entente.KindNote}).Draw(t, "kind")
	switch s.Kind {
	case entente.KindTip:
		s.Tip = drawTip(t)
	case entente.KindDisposition:
		s.Disposition = drawDisposition(t)
	case entente.KindNote:
		s.Note = &entente.Note{Text: texts.Draw(t, "note")}
	}
	s.Attachments = list(t, "attachments", func(t *rapid.T, i int) entente.Attachment {
		return entente.Attachment{
			Digest: entente.Digest{byte(i + 1)}, Size: rapid.Int64Range(1, MaxWhole).Draw(t, "size"), Media: "application/pdf", Key: testKey,
			Name: strings.NewReplacer("/", "", `\`, "").Replace(lines.Draw(t, "name")),
		}
	})
	return s
}

func drawTip(t *rapid.T) *entente.Tip {
	tip := &entente.Tip{
		Category: lines.Draw(t, "category"), Title: lines.Draw(t, "title"), Text: texts.Draw(t, "text"), Threat: maybe(texts).Draw(t, "threat"),
		Provenance: entente.Provenance{Attestation: rapid.SampledFrom(entente.Attestations).Draw(t, "attestation"), Text: maybe(texts).Draw(t, "provenance"), Collected: maybe(lines).Draw(t, "collected")},
	}
	births := 0
	tip.Subjects = list(t, "subjects", func(t *rapid.T, i int) entente.Subject {
		return entente.Subject{
			ID:    "s" + strconv.Itoa(i+1),
			Names: []entente.Name{{Text: lines.Draw(t, "name"), Script: maybe(rapid.Just("Cyrl")).Draw(t, "script"), Use: maybe(rapid.SampledFrom(entente.NameUses)).Draw(t, "use")}},
			Births: list(t, "births", func(t *rapid.T, _ int) entente.Birth {
				births++
				return entente.Birth{ID: "b" + strconv.Itoa(births), Date: dates.Draw(t, "date"), Place: maybe(lines).Draw(t, "place"), Grade: grades.Draw(t, "grade"), Nature: kinds.Draw(t, "nature")}
			}),
			Sex: maybe(rapid.SampledFrom(sexes)).Draw(t, "sex"), Residence: maybe(lines).Draw(t, "residence"),
			Documents: list(t, "documents", func(t *rapid.T, _ int) entente.Document {
				return entente.Document{Type: rapid.SampledFrom(entente.DocumentTypes).Draw(t, "type"), Number: lines.Draw(t, "number"), Country: maybe(lands).Draw(t, "country")}
			}),
			Identifiers: list(t, "identifiers", func(t *rapid.T, _ int) entente.Identifier {
				return entente.Identifier{Kind: rapid.SampledFrom(entente.IdentifierKinds).Draw(t, "kind"), Value: lines.Draw(t, "value")}
			}),
		}
	})
	tip.Claims = list(t, "claims", func(t *rapid.T, i int) entente.Claim {
		c := entente.Claim{ID: "c" + strconv.Itoa(i+1), Text: texts.Draw(t, "claim"), Grade: grades.Draw(t, "grade"), Nature: kinds.Draw(t, "nature")}
		if len(tip.Subjects) > 0 {
			c.Subject = maybe(rapid.Just("s1")).Draw(t, "subject")
		}
		return c
	})
	tip.Questions = list(t, "questions", func(t *rapid.T, i int) entente.Question {
		return entente.Question{ID: "q" + strconv.Itoa(i+1), Text: texts.Draw(t, "question")}
	})
	tip.Withheld = list(t, "withheld", func(t *rapid.T, _ int) entente.Withheld {
		return entente.Withheld{What: texts.Draw(t, "what"), Ask: texts.Draw(t, "ask")}
	})
	tip.Places = list(t, "places", func(t *rapid.T, _ int) entente.Place {
		return entente.Place{Name: lines.Draw(t, "place"), Geometry: maybe(rapid.Just([]byte(`{"type":"Point","coordinates":[1.50,2]}`))).Draw(t, "geometry")}
	})
	return tip
}

func drawDisposition(t *rapid.T) *entente.Disposition {
	return &entente.Disposition{
		Outcome: rapid.SampledFrom(outcomes).Draw(t, "outcome"), Reason: texts.Draw(t, "reason"), Credit: maybe(texts).Draw(t, "credit"),
		Answers: list(t, "answers", func(t *rapid.T, i int) entente.Answer {
			a := entente.Answer{Question: "q" + strconv.Itoa(i+1)}
			if rapid.Bool().Draw(t, "refused") {
				a.Refused = texts.Draw(t, "why")
			} else {
				a.Text = texts.Draw(t, "answer")
			}
			return a
		}),
	}
}
