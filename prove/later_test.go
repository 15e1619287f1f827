package prove_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente"
	"entente/prove"
)

// Evidence that a later version made neither holds nor fails. What was proven
// before the point that this version does not know is said, and nothing more.
func TestEvidenceOfALaterVersion(t *testing.T) {
	critical := []entente.Extension{{Name: "x-albia.example", Critical: true, Value: []byte("1")}}
	for name, tt := range map[string]struct {
		evidence func(*world) prove.Evidence
		names    string // what the report says is not known
		proven   int    // sentences at least
	}{
		"a kind": {laterKind, "kind", 3},
		"a reserved kind": {func(w *world) prove.Evidence {
			s := note("")
			s.Kind, s.Note, s.Unread = entente.KindRecall, nil, map[entente.Kind]json.RawMessage{entente.KindRecall: json.RawMessage(`{}`)}
			return w.tell(s)
		}, "kind", 3},
		"a relation": {func(w *world) prove.Evidence {
			s := note("x")
			s.Refs = []entente.Ref{{Rel: "confirms", ID: messageID(9), Digest: entente.DigestOf([]byte("x"))}}
			return w.tell(s)
		}, "refs[0].rel", 3},
		"a critical extension inside": {func(w *world) prove.Evidence {
			s := note("x")
			s.Extensions = critical
			return w.tell(s)
		}, "extensions[0]", 3},
		"a critical extension outside": {func(w *world) prove.Evidence {
			w.extensions = critical
			return w.tell(note("x"))
		}, "extensions[0]", 3},
		"a header": {func(w *world) prove.Evidence {
			e := w.tell(note("x"))
			e.Header = bytes.Replace(e.Header, []byte(`"version":1`), []byte(`"version":2`), 1)
			return e
		}, "version", 0},
		"an agreement": {func(w *world) prove.Evidence {
			e := w.tell(note("x"))
			e.Agreement = bytes.Replace(e.Agreement, []byte("agreement/1"), []byte("agreement/2"), 1)
			return e
		}, "agreement/1", 0},
	} {
		var b bytes.Buffer
		if err := prove.WriteUnchecked(&b, tt.evidence(newWorld(t))); err != nil {
			t.Fatal(err)
		}
		r, err := checkZip(b.Bytes())
		if err == nil || r.Holds || r.Fault != "" || r.Unjudged || r.Later == "" || !strings.Contains(r.Later, tt.names) {
			t.Errorf("%s: %+v, %v", name, r, err)
			continue
		}
		if len(r.Proven) < tt.proven || (tt.proven == 0) != (len(r.Proven) == 0) || r.NotProven != nil || r.Statement != nil {
			t.Errorf("%s: proven %d: %s", name, len(r.Proven), r)
		}
		text := r.String()
		if !strings.HasPrefix(text, "THIS VERSION CANNOT JUDGE THIS EVIDENCE. That says nothing against it.") || strings.Contains(text, "DOES NOT HOLD") {
			t.Errorf("%s reads:\n%s", name, text)
		}
	}
}

// A wrong signature is wrong, whatever else this version does not know.
func TestAForgeryIsNotLater(t *testing.T) {
	w := newWorld(t)
	s := note("x")
	s.Extensions = []entente.Extension{{Name: "x-albia.example", Critical: true, Value: []byte("1")}}
	e := w.tell(s)
	e.Signature = bytes.Clone(e.Signature)
	e.Signature[7] ^= 1
	var b bytes.Buffer
	if err := prove.WriteUnchecked(&b, e); err != nil {
		t.Fatal(err)
	}
	if r, err := checkZip(b.Bytes()); err == nil || r.Holds || r.Later != "" || r.Fault == "" {
		t.Errorf("%+v, %v", r, err)
	}
}

// An extension that is not critical undoes nothing and is named.
func TestEvidenceWithAnUnknownExtension(t *testing.T) {
	w := newWorld(t)
	s := note("x")
	s.Extensions = []entente.Extension{{Name: "x-albia.example", Value: []byte("1")}}
	if text := holds(t, w.tell(s)).String(); !strings.Contains(text, "Not understood by this version: the extension x-albia.example.") {
		t.Errorf("it reads:\n%s", text)
	}
}

// The published evidence is judged as it says.
func TestEvidenceVectors(t *testing.T) {
	for name, tt := range map[string]struct {
		make func(*world) prove.Evidence
		want string // how the report begins
	}{
		"holds.zip":      {func(w *world) prove.Evidence { return w.tell(note("We are checking.")) }, "THIS EVIDENCE HOLDS"},
		"later-kind.zip": {laterKind, "THIS VERSION CANNOT JUDGE THIS EVIDENCE"},
		"forged.zip": {func(w *world) prove.Evidence {
			e := w.tell(note("We are checking."))
			e.Signature = bytes.Clone(e.Signature)
			e.Signature[7] ^= 1
			return e
		}, "THIS EVIDENCE DOES NOT HOLD"},
	} {
		file := filepath.Join("../testdata/vectors/evidence", name)
		if *update {
			var b bytes.Buffer
			if err := prove.WriteUnchecked(&b, tt.make(newWorld(t))); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if r, err := checkZip(b); !strings.HasPrefix(r.String(), tt.want) {
			t.Errorf("%s: %v\n%s", name, err, r)
		}
	}
}

// laterKind is evidence of a message of a kind that this version does not have.
func laterKind(w *world) prove.Evidence {
	s := note("")
	s.Kind, s.Note, s.Unread = "sighting", nil, map[entente.Kind]json.RawMessage{"sighting": json.RawMessage(`{"where":"Ostvik"}`)}
	return w.tell(s)
}
