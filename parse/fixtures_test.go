package parse

import (
	"bytes"
	"testing"
	"time"

	"entente"
)

const (
	testID    = "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7"
	anotherID = "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b8"
)

var testTime = time.Date(2011, 3, 4, 9, 0, 0, 125_000, time.UTC)

// today is when a file is read.
var today = time.Date(2011, 3, 4, 9, 30, 0, 0, time.UTC)

func testHeader() entente.Header {
	return entente.Header{
		Version: 1, ID: testID, From: "borea-sls", FromEdition: entente.Digest{1}, To: "albia-ncc", ToEdition: entente.Digest{2},
		Agreement: "north-star", Epoch: 1, Terms: entente.Digest{3}, Seq: 0,
		Class: entente.ClassContent, Precedence: entente.Priority, Created: testTime, Expires: testTime.AddDate(0, 0, 30),
		Content: entente.Digest{4},
	}
}

func testEnvelope(t testing.TB) entente.Envelope {
	t.Helper()
	h, err := EncodeHeader(testHeader())
	if err != nil {
		t.Fatal(err)
	}
	return entente.Envelope{
		Header: h, Enc: bytes.Repeat([]byte{7}, encSize),
		Ciphertext: bytes.Repeat([]byte{8}, padding+tagSize), Signature: bytes.Repeat([]byte{9}, signatureSize),
	}
}

// testStatement is a tip that has every field.
func testStatement() entente.Statement {
	return entente.Statement{
		ID: testID, Kind: entente.KindTip, Purpose: entente.ThreatToLife, Precedence: entente.Flash, Refs: testRefs(),
		Caveats: entente.Caveats{
			TLP: entente.TLPAmberStrict, PAP: entente.PAPAmber, Onward: entente.OnwardOriginator, CourtUse: entente.CourtUseAsk,
			Purposes: []entente.Purpose{"threat-to-life"}, Until: testTime,
		},
		Tip: &entente.Tip{
			Category: "attack-planning", Title: "Кадаев Арсен <a&b>", Text: "первая строка\n\tвторая שלום\u200f!\n", Threat: "people at the northern market",
			Subjects: []entente.Subject{
				{
					ID:    "s1",
					Names: []entente.Name{{Text: "Арсен Кадаев", Script: "Cyrl"}, {Text: "KADAEV<<ARSEN", Use: "mrz"}, {Text: "أرسن قداييف", Script: "Arab", Use: "full"}},
					Births: []entente.Birth{
						{ID: "b1", Date: entente.PartialDate{Year: 1987, Month: 3, Day: 14}, Place: "Ostvik", Grade: "C3", Nature: entente.NatureFact},
						{ID: "b2", Date: entente.PartialDate{Year: 1988}, Grade: "D3", Nature: entente.NatureAssessment},
					},
					Sex: "M", Nationalities: []entente.Country{"XB", "XA"}, Residence: "Ostvik, XA",
					Documents:   []entente.Document{{Type: "passport", Number: "B 123", Country: "XB"}},
					Identifiers: []entente.Identifier{{Kind: "phone", Value: "+999 55 0142"}},
				},
				{ID: "s2", Names: []entente.Name{{Text: "unknown"}}},
			},
			Claims:     []entente.Claim{{ID: "c1", Subject: "s1", Text: "He plans to travel.", Grade: "B2", Nature: entente.NatureAssessment}, {ID: "c2", Text: "A market.", Grade: "F6", Nature: entente.NatureFact}},
			Links:      []entente.Link{{From: "s2", To: "s1", As: "mother of", Grade: "A1"}},
			Places:     []entente.Place{{Name: "Market", Geometry: []byte(`{"type":"Point","coordinates":[12.50,-41]}`)}, {Name: "somewhere"}},
			Questions:  []entente.Question{{ID: "q1", Text: "Will he travel?"}},
			Withheld:   []entente.Withheld{{What: "recordings of three calls", Ask: "by request"}},
			Provenance: entente.Provenance{Attestation: "lawful", Text: "by order of a court", Collected: "2010-12 to 2011-02"},
			TearLine:   &entente.TearLine{Text: "A warning.", TLP: entente.TLPGreen},
		},
		Attachments: []entente.Attachment{{
			Digest: entente.DigestOf([]byte("file")), Size: 4, Name: "письмо 1.pdf", Media: "application/pdf",
			Key: testKey,
		}},
	}
}

// testRefs refers to an earlier message.
func testRefs() []entente.Ref {
	return []entente.Ref{{Rel: entente.Answers, ID: anotherID, Digest: entente.DigestOf([]byte("another"))}}
}

func testDisposition() entente.Statement {
	return entente.Statement{
		ID: testID, Kind: entente.KindDisposition, Purpose: "terrorism-prevention", Precedence: entente.Routine, Refs: testRefs(),
		Disposition: &entente.Disposition{
			Outcome: entente.OutcomeReserved, Reason: "Kept on file.", Credit: "It helped.",
			Answers: []entente.Answer{{Question: "q1", Text: "He will."}, {Question: "q2", Refused: "not ours to say"}},
		},
	}
}

func testAcknowledgement() entente.Statement {
	return entente.Statement{
		ID: testID, Kind: entente.KindAcknowledgement, Purpose: "terrorism-prevention", Precedence: entente.Routine, Refs: testRefs(),
		Acknowledgement: &entente.Acknowledgement{Role: entente.Analyst},
	}
}

func testNote() entente.Statement {
	return entente.Statement{
		ID: testID, Kind: entente.KindNote, Purpose: "terrorism-prevention", Precedence: entente.Routine,
		Note: &entente.Note{Text: "Thank you."},
	}
}

func testNotice(n entente.Notice) entente.Statement {
	return entente.Statement{
		ID: testID, Kind: entente.KindNotice, Purpose: "terrorism-prevention", Precedence: entente.Routine,
		Notice: &n,
	}
}

func testNotices() []entente.Statement {
	d, first := entente.DigestOf([]byte("file")), int64(0)
	return []entente.Statement{
		testNotice(entente.Notice{What: entente.NoticeLevel, Level: entente.WarningsOnly, Towards: entente.TowardsPair, Number: 1, Reason: "relations"}),
		testNotice(entente.Notice{What: entente.NoticeKey, Edition: 2, Descriptor: "entente = \"party/1\"\n\n— borea-sls AAAA\n"}),
		testNotice(entente.Notice{What: entente.NoticeCustody, Digest: &d, Held: testTime}),
		testNotice(entente.Notice{What: entente.NoticeWithdrawn, Place: &first, Digest: &d}),
	}
}

func testStatements() []entente.Statement {
	return append(testNotices(), testStatement(), testDisposition(), testAcknowledgement(), testNote())
}

func testRefusal() entente.Refusal {
	return entente.Refusal{
		From: "albia-ncc", Edition: entente.DigestOf([]byte("edition")),
		Channel: testHeader().Channel(), Message: testID, Envelope: entente.DigestOf([]byte("envelope")),
		Reason: entente.ReasonScope, Field: "scope.tip", Expected: 3, Placed: true, Final: true, At: testTime,
	}
}

func testAccess() entente.Access {
	return entente.Access{At: testTime, Officer: "anna.kern", Role: entente.Analyst, Operation: entente.OpReadMessage, Object: "message " + testID, Purpose: "handling", Denied: true}
}

// testKey is the key of an attachment: the bytes 0 to 31.
const testKey = "AGE-SECRET-KEY-PQ-1QQQSYQCYQ5RQWZQFPG9SCRGWPUGPZYSNZS23V9CCRYDPK8QARC0S5DYVQQ"
