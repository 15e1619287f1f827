package seal

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"testing/cryptotest"

	"entente"
)

// The vectors in testdata/vectors are for whoever implements the protocol in
// another language. Everything in them follows from the seeds of keys.json,
// except what encryption takes from chance: those bytes are kept as they once
// came out, and have to open.
//
//	go test ./seal -run Vectors -update     writes them anew
var update = flag.Bool("update", false, "write testdata/vectors")

const vectorDir = "../testdata/vectors"

// vectors is all files of this package. Each says in its fields what it holds.
type vectors struct {
	Keys        []keyVector
	Descriptors noteVectors
	Agreement   noteVectors
	PAE         []paeVector
	Headers     textVectors
	Statements  textVectors
	Attachment  attachmentVector
	Parts       partsVectors
	Envelope    envelopeVector
	Refusals    noteVectors
	Ends        endVectors
}

func (v *vectors) files() map[string]any {
	return map[string]any{
		"keys.json": &v.Keys, "descriptors.json": &v.Descriptors, "agreement.json": &v.Agreement, "pae.json": &v.PAE,
		"header.json": &v.Headers, "statements.json": &v.Statements, "attachment.json": &v.Attachment,
		"parts.json": &v.Parts, "envelope.json": &v.Envelope, "refusals.json": &v.Refusals, "ends.json": &v.Ends,
	}
}

// TestVectors holds the files to what the program makes of the same seeds.
func TestVectors(t *testing.T) {
	if *update {
		cryptotest.SetGlobalRandom(t, 20110304)
	}
	var old vectors
	for name, v := range old.files() {
		b, err := os.ReadFile(filepath.Join(vectorDir, name))
		if err == nil {
			err = json.Unmarshal(b, v)
		}
		if err != nil && !*update {
			t.Fatalf("%v: run go test ./seal -run Vectors -update", err)
		}
	}
	fresh := makeVectors(t, old)
	for name, v := range fresh.files() {
		file := filepath.Join(vectorDir, name)
		b := write(t, v)
		if *update {
			if err := os.WriteFile(file, b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if have, err := os.ReadFile(file); err != nil || !bytes.Equal(have, b) {
			t.Errorf("%s is not what the program makes (%v): if the protocol has changed, run go test ./seal -run Vectors -update, and say so in docs/protocol.md", name, err)
		}
	}
}

func write(t *testing.T, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// makeVectors makes them all. What chance decides is taken from old if it holds.
func makeVectors(t *testing.T, old vectors) *vectors {
	w := newWorld(t)
	v := &vectors{Keys: keyVectors(t, w), PAE: paeVectors(), Agreement: agreementVectors(t, w), Refusals: refusalVectors(t, w)}
	v.Descriptors = descriptorVectors(t, w)
	v.Ends = makeEndVectors(t, w)
	v.Attachment = makeAttachment(t, old.Attachment)
	v.Statements = statementVectors(t, v)
	v.Headers = headerVectors(t, w)
	v.Parts = makeParts(t, v.Statements.Accepted)
	v.Envelope = makeEnvelope(t, w, v.Statements.Accepted[0].Text, old.Envelope)
	return v
}

// A textVector is a text that is accepted, or refused for a reason in a field.
type textVector struct {
	What   string         `json:"what"`
	Text   string         `json:"text"`
	Reason entente.Reason `json:"reason,omitempty"`
	Field  string         `json:"field,omitempty"`
}

type textVectors struct {
	Accepted []textVector `json:"accepted"`
	Refused  []textVector `json:"refused"`
}

// texts tries each text on a parser that has to accept or refuse it.
func texts(t *testing.T, accepted, refused []textVector, parse func(string) error) textVectors {
	t.Helper()
	for _, a := range accepted {
		if err := parse(a.Text); err != nil {
			t.Errorf("%s: %v", a.What, err)
		}
	}
	for i, r := range refused {
		err := parse(r.Text)
		e, ok := errors.AsType[*entente.Error](err)
		if !ok || e.Reason == "" {
			t.Errorf("%s: not refused with a reason: %v", r.What, err)
			continue
		}
		refused[i].Reason, refused[i].Field = e.Reason, e.Field
	}
	return textVectors{accepted, refused}
}

// A noteVector is a signed note. Previous is the descriptor that it follows,
// Signed who signed an agreement.
type noteVector struct {
	What        string            `json:"what"`
	Note        string            `json:"note"`
	Previous    string            `json:"previous,omitempty"`
	Fingerprint string            `json:"fingerprint,omitempty"`
	Signed      []entente.PartyID `json:"signed,omitempty"`
	Complete    bool              `json:"complete,omitempty"`
}

type noteVectors struct {
	Accepted []noteVector `json:"accepted"`
	Refused  []noteVector `json:"refused"`
}

// notes tries each note.
func notes(t *testing.T, v noteVectors, open func(noteVector) error) noteVectors {
	t.Helper()
	for _, a := range v.Accepted {
		if err := open(a); err != nil {
			t.Errorf("%s: %v", a.What, err)
		}
	}
	for _, r := range v.Refused {
		if err := open(r); err == nil {
			t.Errorf("%s: accepted", r.What)
		}
	}
	return v
}
