package policy

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/parse"
)

var update = flag.Bool("update", false, "write the verdicts that come out into testdata; read the difference before you keep it")

// Goldens are read as lawyers would: the agreement, a line of dashes, then case
// by case the message, the facts around it, and the verdict, dashes between.
// A case begins with a comment that says what it shows.

func TestDecideGoldens(t *testing.T) {
	eachGolden(t, "decide", func(t *testing.T, parts []string) []string {
		terms, a := mustCompile(t, parts[0])
		if (len(parts)-1)%3 != 0 {
			t.Fatalf("%d parts: want the agreement, then message, facts and verdict for each case", len(parts))
		}
		for i := 1; i < len(parts); i += 3 {
			f, show := readFacts(t, parts[i+1])
			f.Message = readMessage(t, a, parts[i])
			parts[i+2] = verdict(terms.Decide(f), show)
		}
		return parts
	})
}

func TestExplainGoldens(t *testing.T) {
	eachGolden(t, "explain", func(t *testing.T, parts []string) []string {
		terms, _ := mustCompile(t, parts[0])
		return []string{parts[0], strings.Join(terms.Explain(), "\n") + "\n"}
	})
}

func TestCompileGoldens(t *testing.T) {
	eachGolden(t, "compile", func(t *testing.T, parts []string) []string {
		a, err := parse.Agreement([]byte(parts[0]))
		if err != nil {
			t.Fatal(err)
		}
		_, err = Compile(a)
		e, ok := errors.AsType[*entente.Error](err)
		if !ok || !errors.Is(err, entente.Invalid) {
			t.Fatalf("Compile gives %v, want an error of kind Invalid", err)
		}
		return []string{parts[0], e.Field + ": " + e.Detail + "\n" + e.Hint + "\n"}
	})
}

// eachGolden runs every file of a folder through fn, which gives the parts as
// they should be.
func eachGolden(t *testing.T, folder string, fn func(*testing.T, []string) []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", folder, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no goldens in testdata/%s: %v", folder, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Join(fn(t, strings.Split(string(b), "---\n")), "---\n")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if got != string(b) && !*update {
				t.Errorf("%s differs; what comes out:\n%s", file, got)
			}
		})
	}
}

func mustCompile(t testing.TB, text string) (*Terms, entente.Agreement) {
	t.Helper()
	a, err := parse.Agreement([]byte(text))
	if err != nil {
		t.Fatalf("parse: %v", err)
	}
	terms, err := Compile(a)
	if err != nil {
		t.Fatalf("compile: %v", err)
	}
	return terms, a
}

// readMessage reads a comment and a message as JSON: the header's fields that
// policy asks for, and the statement. What it does not say is as the agreement
// or the story of the scenario has it, as package outbox would fill it in.
func readMessage(t *testing.T, a entente.Agreement, text string) entente.Message {
	t.Helper()
	_, text, _ = strings.Cut(text, "\n")
	m := struct {
		From, To  entente.PartyID
		Agreement entente.AgreementID
		Epoch     int
		Created   time.Time
		Statement entente.Statement
	}{From: "borea-sls", To: "albia-ncc", Agreement: a.ID, Epoch: a.Epoch, Created: time.Date(2011, 3, 4, 9, 0, 0, 0, time.UTC)}
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		t.Fatalf("message: %v\n%s", err, text)
	}
	s := m.Statement
	s.Caveats = s.Caveats.Over(a.Handling)
	return entente.Message{Statement: s, Header: entente.Header{
		From: m.From, To: m.To, Agreement: m.Agreement, Epoch: m.Epoch, Created: m.Created, Precedence: s.Precedence,
	}}
}

// readFacts reads lines: "sending" or "receiving", "now TIME", "PARTY LEVEL
// TIME", and "show CLAUSE…", which leaves out of the verdict the findings of
// other clauses that hold.
func readFacts(t *testing.T, text string) (f Facts, show []string) {
	t.Helper()
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		at, err := time.Parse(time.RFC3339, words[len(words)-1])
		switch {
		case words[0] == "show":
			show = words[1:]
			continue
		case len(words) == 1:
			f.Side = Side(words[0])
			continue
		case words[0] == "now":
			f.Now = at
		default:
			by, to, said := strings.Cut(words[0], ">") // to whom: the other of Albia and Borea, if it is not said
			switch {
			case !said && by == "albia-ncc":
				to = "borea-sls"
			case !said:
				to = "albia-ncc"
			}
			f.Levels = append(f.Levels, entente.LevelChange{Agreement: "north-star", Party: entente.PartyID(by), Partner: entente.PartyID(to), Level: entente.Level(words[1]), Seq: int64(len(f.Levels)), At: at})
		}
		if err != nil {
			t.Fatalf("facts: %q: %v", line, err)
		}
	}
	if (f.Side != Sending && f.Side != Receiving) || f.Now.IsZero() {
		t.Fatalf("facts: want a side and a time in %q", text)
	}
	return f, show
}

// verdict writes a decision, a finding a line, its values below.
func verdict(d entente.Decision, show []string) string {
	var b strings.Builder
	b.WriteString("pass\n")
	if !d.Pass {
		b.Reset()
		fmt.Fprintf(&b, "refuse: %s\n", d.Reason)
	}
	for _, f := range d.Findings {
		table, _, _ := strings.Cut(f.Clause, ".")
		if f.Holds && show != nil && !slices.Contains(show, table) {
			continue
		}
		mark := "+"
		if !f.Holds {
			mark = "- " + string(f.Reason) + ":"
		}
		fmt.Fprintf(&b, "%s %s line %d: %s\n", mark, f.Clause, f.Line, f.Says)
		for _, v := range f.Values {
			fmt.Fprintf(&b, "      %s = %s\n", v.Name, v.Value)
		}
	}
	return b.String()
}
