package policy

import (
	"os"
	"strings"
	"testing"

	"entente"
	"entente/internal/examples"
)

// Every kind has words, somebody who sends it, a verdict at every level, and a
// verdict among the goldens.
func TestEveryKind(t *testing.T) {
	goldens := readGoldens(t)
	examples.Files(t, func(l entente.Layers) entente.Layer { return l.Policy }, func(k entente.Kind) bool { return k == entente.KindTip })
	for _, r := range entente.Rooms {
		if r.Plural == "" || !strings.HasSuffix(r.Plural, "s") || r.Class == "" || len(r.Carries) == 0 {
			t.Errorf("%s: its row lacks words, class or relations: %+v", r.Kind, r)
		}
		if !r.Accepted() {
			continue
		}
		if r.Asks == "" {
			t.Errorf("%s: nobody may send it", r.Kind)
		}
		if !strings.Contains(goldens, `"kind":"`+string(r.Kind)+`"`) {
			t.Errorf("%s: testdata/decide has no verdict on a message of this kind", r.Kind)
		}
	}
	terms, _ := mustCompile(t, strings.SplitN(readGolden(t, "north-star.txt"), "\n---", 2)[0]+"\n")
	for k, list := range examples.Statements(t) {
		for _, s := range list {
			m := entente.Message{Statement: s, Header: entente.Header{
				From: "borea-sls", To: "albia-ncc", Agreement: "north-star", Epoch: 1, Class: s.Class(), Precedence: s.Precedence,
			}}
			found := false
			for _, f := range terms.Decide(Facts{Message: m, Side: Receiving}).Findings {
				if f.Clause == "kind" {
					found = f.Holds
				}
			}
			if !found {
				t.Errorf("%s: no clause says that it is accepted", k)
			}
		}
	}
}

func readGoldens(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	files, err := os.ReadDir("testdata/decide")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		all.WriteString(readGolden(t, f.Name()))
	}
	return all.String()
}

func readGolden(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/decide/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
