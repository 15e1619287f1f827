package policy

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/parse"
)

const verdictFile = "../testdata/vectors/verdicts.json"

// verdictVector is one message under an agreement, and what every implementation
// says of it.
type verdictVector struct {
	What      string          `json:"what"`
	Agreement string          `json:"agreement"` // the text
	Header    headerVector    `json:"header"`
	Statement json.RawMessage `json:"statement"` // in the form of the protocol; members that do not decide are left out
	Now       time.Time       `json:"now"`
	Levels    []levelVector   `json:"levels,omitempty"`
	Pass      bool            `json:"pass"`
	Reason    entente.Reason  `json:"reason,omitempty"`
	Clauses   []clauseVector  `json:"clauses"` // that were asked, in this order
}

type headerVector struct {
	From      entente.PartyID     `json:"from"`
	To        entente.PartyID     `json:"to"`
	Agreement entente.AgreementID `json:"agreement"`
	Epoch     int                 `json:"epoch"`
	Created   time.Time           `json:"created"`
}

type levelVector struct {
	Party   entente.PartyID `json:"party"`
	Partner entente.PartyID `json:"partner"`
	Level   entente.Level   `json:"level"`
	Seq     int64           `json:"seq"` // of the notice in the channel: the highest counts
}

type clauseVector struct {
	Clause string         `json:"clause"`
	Line   int            `json:"line"` // of the text; 0: the protocol
	Holds  bool           `json:"holds"`
	Reason entente.Reason `json:"reason,omitempty"`
}

// TestVerdictVectors writes the cases that lawyers read as vectors for others.
func TestVerdictVectors(t *testing.T) {
	var all []verdictVector
	files, err := filepath.Glob("testdata/decide/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		parts := strings.Split(string(b), "---\n")
		terms, a := mustCompile(t, parts[0])
		for i := 1; i < len(parts); i += 3 {
			f, _ := readFacts(t, parts[i+1])
			f.Message = readMessage(t, a, parts[i])
			what, _, _ := strings.Cut(strings.TrimPrefix(parts[i], "# "), "\n")
			name := strings.TrimSuffix(filepath.Base(file), ".txt")
			all = append(all, vectorOf(t, name+": "+what, a, f, terms.Decide(f)))
		}
	}
	passes := len(slices.DeleteFunc(slices.Clone(all), func(v verdictVector) bool { return !v.Pass }))
	if passes < 5 || len(all)-passes < 5 {
		t.Errorf("%d pass of %d", passes, len(all))
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err = e.Encode(map[string]any{
		"about":    "What an agreement says of a message: pass or the first reason, and each clause that was asked. A member of the statement that is missing decides nothing here.",
		"verdicts": all,
	})
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(verdictFile, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(verdictFile); err != nil || !bytes.Equal(have, b.Bytes()) {
		t.Errorf("%s is not what the program makes (%v): run go test ./policy -run Verdict -update", verdictFile, err)
	}
}

func vectorOf(t *testing.T, what string, a entente.Agreement, f Facts, d entente.Decision) verdictVector {
	t.Helper()
	statement, err := parse.Encode(f.Message.Statement)
	if err != nil {
		t.Fatal(err)
	}
	h := f.Message.Header
	v := verdictVector{
		What: what, Agreement: string(a.Text), Header: headerVector{h.From, h.To, h.Agreement, h.Epoch, h.Created},
		Statement: statement, Now: f.Now, Pass: d.Pass, Reason: d.Reason,
	}
	for _, l := range f.Levels {
		v.Levels = append(v.Levels, levelVector{l.Party, l.Partner, l.Level, l.Seq})
	}
	for _, c := range d.Findings {
		v.Clauses = append(v.Clauses, clauseVector{c.Clause, c.Line, c.Holds, c.Reason})
	}
	return v
}
