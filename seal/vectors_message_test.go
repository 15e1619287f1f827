package seal

import (
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/parse"
)

type paeVector struct {
	Context  string   `json:"context"`
	Parts    []string `json:"parts_hex"`
	Encoding string   `json:"encoding_hex"`
}

func paeVectors() []paeVector {
	var out []paeVector
	for _, test := range []struct {
		context string
		parts   []string
	}{
		{"entente/1 courier", nil},
		{"entente/1 courier", []string{""}},
		{"entente/1 courier", []string{"hello", "wörld", "\x00\xff"}},
		{"entente/1 courier", []string{"5 hello"}},
		{"entente/1 courier", []string{strings.Repeat("a", 100)}},
	} {
		v := paeVector{Context: test.context, Parts: []string{}}
		var parts [][]byte
		for _, p := range test.parts {
			parts = append(parts, []byte(p))
			v.Parts = append(v.Parts, hex.EncodeToString([]byte(p)))
		}
		v.Encoding = hex.EncodeToString(pae(test.context, parts...))
		out = append(out, v)
	}
	return out
}

type attachmentVector struct {
	Content string                `json:"content"`
	Key     entente.AttachmentKey `json:"key"`
	File    string                `json:"file_base64"`
	Size    int64                 `json:"size"`
	Digest  string                `json:"digest_hex"`
}

const recording = "Not a recording, but the text of one: it stands here for any file.\n"

// makeAttachment keeps the old one if it opens.
func makeAttachment(t *testing.T, old attachmentVector) attachmentVector {
	file, err := base64.StdEncoding.DecodeString(old.File)
	if err != nil {
		t.Fatal(err)
	}
	key := old.Key
	if content, err := decrypted(file, key); err != nil || string(content) != recording {
		if !*update {
			t.Errorf("attachment.json does not open: %v", err)
		}
		file, key = encrypted(t, []byte(recording))
	}
	return attachmentVector{recording, key, base64.StdEncoding.EncodeToString(file), int64(len(file)), entente.DigestOf(file).String()}
}

// letter is the tip of line 1 of the story: a letter in Cyrillic with two birth
// dates, a question, material that is withheld, and a file.
func letter(t *testing.T, a attachmentVector) entente.Statement {
	t.Helper()
	digest, err := entente.ParseDigest(a.Digest)
	if err != nil {
		t.Fatal(err)
	}
	return entente.Statement{
		ID: messageID, Kind: entente.KindTip, Purpose: "terrorism-prevention", Precedence: entente.Priority,
		Caveats: entente.Caveats{
			TLP: entente.TLPAmberStrict, PAP: entente.PAPAmber, Onward: entente.OnwardOriginator, CourtUse: entente.CourtUseAsk,
			Purposes: []entente.Purpose{"terrorism-prevention"}, Until: day(2013, 12, 31),
		},
		Tip: &entente.Tip{
			Category: "attack-planning", Title: "Кадаев Арсен: возможна поездка в Борею",
			Text: "Уважаемые коллеги!\n\nПо нашим данным, Кадаев Арсен, проживающий в г. Оствик, с 2010 года изменил образ жизни и готовится к поездке на север Бореи.\n\tПросим сообщить, если он соберётся в дорогу.\n",
			Subjects: []entente.Subject{
				{
					ID:    "s1",
					Names: []entente.Name{{Text: "Арсен Кадаев", Script: "Cyrl", Use: "full"}, {Text: "KADAEV<<ARSEN", Script: "Latn", Use: "mrz"}},
					Births: []entente.Birth{
						{ID: "b1", Date: entente.PartialDate{Year: 1987, Month: 3, Day: 14}, Grade: "C3", Nature: entente.NatureFact},
						{ID: "b2", Date: entente.PartialDate{Year: 1988, Month: 3}, Place: "Борея", Grade: "D3", Nature: entente.NatureAssessment},
					},
					Sex: "M", Nationalities: []entente.Country{"XB"}, Residence: "Ostvik, XA",
					Documents:   []entente.Document{{Type: "passport", Number: "XB 0142857", Country: "XB"}},
					Identifiers: []entente.Identifier{{Kind: "phone", Value: "+999 55 0142"}},
				},
				{ID: "s2", Names: []entente.Name{{Text: "Зарема Кадаева", Script: "Cyrl"}}},
			},
			Claims: []entente.Claim{
				{ID: "c1", Subject: "s1", Text: "Готовится к поездке.", Grade: "B2", Nature: entente.NatureAssessment},
				{ID: "c2", Text: "The group in schedule A has asked for travellers.", Grade: "B3", Nature: entente.NatureFact},
			},
			Links:      []entente.Link{{From: "s2", To: "s1", As: "mother of", Grade: "A1"}},
			Places:     []entente.Place{{Name: "Северная область", Geometry: []byte(`{"type":"Point","coordinates":[47.50,42.9830]}`)}},
			Questions:  []entente.Question{{ID: "q1", Text: "Собирается ли он в поездку?"}},
			Withheld:   []entente.Withheld{{What: "recordings of two telephone calls", Ask: "by request under this agreement"}},
			Provenance: entente.Provenance{Attestation: "lawful", Text: "Получено в соответствии с законом.", Collected: "2010-12 to 2011-02"},
			TearLine:   &entente.TearLine{Text: "A man from Ostvik may travel to the north of Borea.", TLP: entente.TLPGreen},
		},
		Attachments: []entente.Attachment{{Digest: digest, Size: a.Size, Name: "звонок 1.txt", Media: "text/plain", Key: a.Key}},
	}
}

// statementVectors has a statement of every kind, and texts that look like one.
func statementVectors(t *testing.T, v *vectors) textVectors {
	const re = "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b6"
	base := func(kind entente.Kind) entente.Statement {
		return entente.Statement{ID: messageID, Kind: kind, Purpose: "terrorism-prevention", Precedence: entente.Routine, Refs: []entente.Ref{{Rel: entente.Answers, ID: re, Digest: entente.DigestOf([]byte("the message that is answered"))}}}
	}
	ack, disposition, note := base(entente.KindAcknowledgement), base(entente.KindDisposition), base(entente.KindNote)
	ack.Acknowledgement = &entente.Acknowledgement{Role: entente.Analyst}
	disposition.Disposition = &entente.Disposition{
		Outcome: entente.OutcomeNoLink, Reason: "Looked into from March to June; no link found.", Credit: "It led to a watch.",
		Answers: []entente.Answer{{Question: "q1", Text: "Not that we know."}, {Question: "q2", Refused: "Not ours to say."}},
	}
	note.Note = &entente.Note{Text: "Every escape: \" \\ \n \t / < > & ' \u007e é Ж 🚆"}
	level, newKey, custody, withdrawn := base(entente.KindNotice), base(entente.KindNotice), base(entente.KindNotice), base(entente.KindNotice)
	level.Refs, newKey.Refs, withdrawn.Refs = nil, nil, nil
	level.Notice = &entente.Notice{What: entente.NoticeLevel, Level: entente.WarningsOnly, Towards: entente.TowardsAll, Number: 1, Reason: "Relations."}
	newKey.Notice = &entente.Notice{What: entente.NoticeKey, Edition: 2, Descriptor: v.Descriptors.Accepted[7].Note}
	digest := entente.DigestOf([]byte("file"))
	custody.Notice = &entente.Notice{What: entente.NoticeCustody, Digest: &digest, Held: time.Date(2011, 3, 4, 9, 31, 2, 70_000, time.UTC)}
	first := int64(0)
	withdrawn.Notice = &entente.Notice{What: entente.NoticeWithdrawn, Place: &first, Digest: &digest}
	var accepted []textVector
	add := func(what string, s entente.Statement) {
		b, err := parse.EncodeStatement(s)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		accepted = append(accepted, textVector{What: what, Text: string(b)})
	}
	add("a tip with every field but threat", letter(t, v.Attachment))
	add("an acknowledgement", ack)
	add("a disposition", disposition)
	add("a note with every escape that text may need", note)
	add("a notice of a level", level)
	add("a notice of a new descriptor", newKey)
	add("a notice of custody", custody)
	add("a notice that a message is withdrawn", withdrawn)

	a, n := accepted[1].Text, accepted[3].Text
	change := func(what, text, from, to string) textVector {
		changed := strings.Replace(text, from, to, 1)
		if changed == text {
			t.Fatalf("%s: nothing changes", what)
		}
		return textVector{What: what, Text: changed}
	}
	tip := accepted[0].Text
	size, key := strconv.FormatInt(v.Attachment.Size, 10), string(v.Attachment.Key)
	return texts(t, accepted, []textVector{
		{What: "nothing", Text: ""},
		{What: "white space after it", Text: a + "\n"},
		{What: "a byte order mark", Text: "\ufeff" + a},
		change("white space within", a, `,"kind"`, `, "kind"`),
		change("members in another order", a, `"kind":"acknowledgement","purpose":"terrorism-prevention"`, `"purpose":"terrorism-prevention","kind":"acknowledgement"`),
		change("an unknown member", a, `{"id"`, `{"x":1,"id"`),
		change("an unknown member deep inside", a, `{"role"`, `{"x":1,"role"`),
		change("a member in capitals", a, `"role"`, `"Role"`),
		change("a member twice", a, `{"role"`, `{"role":"analyst","role"`),
		change("null for what is absent", a, `"caveats":{}`, `"caveats":{},"attachments":null`),
		change("an empty list for what is absent", a, `"caveats":{}`, `"caveats":{},"attachments":[]`),
		change("an empty text for what is absent", a, `"caveats":{}`, `"caveats":{"tlp":""}`),
		change("an escape that JSON does not demand", n, `/`, `\/`),
		change("a letter written as its number", n, `é`, `\u00e9`),
		change("a tab written as its number", n, `\t`, `\u0009`),
		change("half of a character", n, `🚆`, `\ud83d`),
		change("a control character", n, `\n`, `\b`),
		change("a carriage return", n, `\n`, `\r\n`),
		change("an id in capitals", a, messageID, strings.ToUpper(messageID)),
		change("an id of another version", a, "-7b3a-", "-4b3a-"),
		change("an answer to itself", a, re, messageID),
		change("an acknowledgement of nothing", a, `"refs":[{"rel":"answers","id":"`+re+`","digest":"`+entente.DigestOf([]byte("the message that is answered")).String()+`"}],`, ``),
		change("a reference without its digest", a, `,"digest":"`+entente.DigestOf([]byte("the message that is answered")).String()+`"`, ``),
		change("the body of another kind", a, `"kind":"acknowledgement"`, `"kind":"note"`),
		change("two bodies", a, `,"acknowledgement":{"role":"analyst"}`, `,"acknowledgement":{"role":"analyst"},"note":{"text":"x"}`),
		change("no body", a, `,"acknowledgement":{"role":"analyst"}`, ``),
		change("a value out of its list", a, `"analyst"`, `"minister"`),
		change("a number where a text should be", a, `"analyst"`, `1`),
		change("a time with an offset", tip, `"2013-12-31T00:00:00Z"`, `"2013-12-31T01:00:00+01:00"`),
		change("a time with zeros at its end", tip, `"2013-12-31T00:00:00Z"`, `"2013-12-31T00:00:00.000Z"`),
		change("a time finer than a microsecond", tip, `"2013-12-31T00:00:00Z"`, `"2013-12-31T00:00:00.0000001Z"`),
		change("a birth date that does not exist", tip, `"1987-03-14"`, `"1987-02-30"`),
		change("a claim about nobody", tip, `"id":"c1","subject":"s1"`, `"id":"c1","subject":"s9"`),
		change("a subject without names", tip, `"names":[{"text":"Зарема Кадаева","script":"Cyrl"}]`, `"names":[]`),
		change("two claims with one id", tip, `"id":"c2"`, `"id":"c1"`),
		change("a title of two lines", tip, `"title":"`, `"title":"a\n`),
		change("a mark that turns the line around, in a text of several lines", n, `"text":"`, "\"text\":\"\u202e"),
		change("a mark that turns the line around", tip, `"title":"`, `"title":"\u202e`),
		change("the same mark as itself", tip, `"title":"`, "\"title\":\"\u202e"),
		change("a position off the globe", tip, `[47.50,42.9830]`, `[47.50,92.9830]`),
		change("a number with an exponent", tip, `[47.50,42.9830]`, `[4.75e1,42.9830]`),
		change("a geometry with a foreign member", tip, `"coordinates":[47.50,42.9830]}`, `"coordinates":[47.50,42.9830],"x":1}`),
		change("a grade that is none", tip, `"grade":"B2"`, `"grade":"G2"`),
		change("a size with a fraction", tip, `"size":`, `"size":0.`),
		change("an empty file", tip, `"size":`+size, `"size":0`),
		change("a size above 2^53 - 1", tip, `"size":`+size, `"size":9007199254740992`),
		change("a key of an attachment with two letters swapped", tip, key, key[:40]+key[41:42]+key[40:41]+key[42:]),
		change("a media type with a parameter", tip, `"media":"text/plain"`, `"media":"text/plain; charset=utf-8"`),
		change("a media type in capitals", tip, `"media":"text/plain"`, `"media":"Text/Plain"`),
		change("a file name that is a path", tip, `"звонок 1.txt"`, `"../звонок 1.txt"`),
		change("a threat to life that names no threat", tip, `"purpose":"terrorism-prevention"`, `"purpose":"threat-to-life"`),
	}, func(s string) error {
		_, err := parse.Statement([]byte(s))
		return err
	})
}
