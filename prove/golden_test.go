package prove_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"entente"
	"entente/ledger"
	"entente/prove"
)

var update = flag.Bool("update", false, "write the reports in testdata again")

// The keys are new in every run, and with them these.
var (
	digests      = regexp.MustCompile(`[0-9a-f]{64}`)
	fingerprints = regexp.MustCompile(`\b([0-9A-HJKMNP-TV-Z]{4} ){7}[0-9A-HJKMNP-TV-Z]{4}\b`)
	roots        = regexp.MustCompile(`(root\s+)[0-9a-f]{8}`)
)

// The reports, word for word: they are read by people who decide by them.
func TestReportsReadAsWritten(t *testing.T) {
	for name, e := range map[string]func(*world) prove.Evidence{
		"opened": func(w *world) prove.Evidence {
			w.tell(note("first"))
			e := w.tell(tip())
			e.Later = [][]byte{w.link(w.sender, 2, checkpoint(w.tell(note("third"))))}
			return e
		},
		"sealed": func(w *world) prove.Evidence {
			e := w.tell(note("first"))
			e.Parts = nil
			return e
		},
		"tear-line": func(w *world) prove.Evidence {
			s := tip()
			s.Tip.TearLine = &entente.TearLine{Text: "A man may travel north and is to be spoken to.", TLP: entente.TLPGreen}
			return w.open(w.tell(s), w.last, prove.TearLine)
		},
		"refused": func(w *world) prove.Evidence {
			e := w.refuse(w.seal(note("first")), entente.ReasonScope)
			place, err := ledger.ProvePlace(w.sender, channel.Origin(), 0, e.Checkpoint)
			if err != nil {
				t.Fatal(err)
			}
			e.Checkpoint, e.Place = nil, place
			return e
		},
		"two-histories": func(w *world) prove.Evidence {
			fork := w.sender.copyOf()
			e := w.tell(note("first"))
			other := w.append(fork, entente.DigestOf([]byte("another")))
			e.Later = [][]byte{w.link(w.sender, 1, other)}
			w.borea = w.borea.rotate(t, "identity")
			e.Sender = w.borea.notes
			return e
		},
	} {
		t.Run(name, func(t *testing.T) { golden(t, name+".txt", holds(t, e(newWorld(t)))) })
	}
	_, e := second(t)
	b := zip(t, e)
	b[len(b)/2] ^= 1
	r, _ := checkZip(b)
	golden(t, "broken.txt", r)
}

func tip() entente.Statement {
	s := note("")
	s.Kind, s.Note, s.Precedence = entente.KindTip, nil, entente.Immediate
	s.Tip = &entente.Tip{
		Category: "attack-planning", Title: "Арсен Кадаев may travel to your north",
		Text: "Мы просим сообщить, если он выедет на ваш север. Tell us if he travels.",
		Subjects: []entente.Subject{{
			ID: "s1", Names: []entente.Name{{Text: "Арсен Кадаев", Script: "Cyrl"}},
			Births: []entente.Birth{{ID: "b1", Date: entente.PartialDate{Year: 1987, Month: 3, Day: 14}, Grade: "C3", Nature: entente.NatureFact}},
		}},
		Claims:     []entente.Claim{{ID: "c1", Subject: "s1", Text: "He joined a group in 2010.", Grade: "B2", Nature: entente.NatureAssessment}},
		Questions:  []entente.Question{{ID: "q1", Text: "Will he travel?"}},
		Provenance: entente.Provenance{Attestation: "lawful"},
	}
	return s
}

func golden(t *testing.T, name string, r prove.Report) {
	t.Helper()
	got := digests.ReplaceAllString(r.String(), "(64 hex digits)")
	got = fingerprints.ReplaceAllString(got, "(fingerprint)")
	got = roots.ReplaceAllString(got, "${1}(8 hex digits)")
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
