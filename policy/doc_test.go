package policy

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"entente"
	"entente/parse"
)

const format = "../docs/agreement-format.md"

func readFormat(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(format)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func blocks(doc, language string) []string {
	var all []string
	for _, m := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(doc, -1) {
		all = append(all, m[1])
	}
	return all
}

// The agreement that the document shows is one, and every rule that it shows compiles.
func TestFormatExamples(t *testing.T) {
	doc := readFormat(t)
	examples := blocks(doc, "toml")
	if len(examples) != 1 {
		t.Fatalf("%d examples in %s, want one whole agreement", len(examples), format)
	}
	terms, _ := mustCompile(t, examples[0])
	if len(terms.Explain()) == 0 {
		t.Error("nothing to explain")
	}
	rules := blocks(doc, "cel")
	if len(rules) == 0 {
		t.Fatalf("no rules in %s", format)
	}
	for rule := range strings.Lines(rules[0]) {
		termsWith(t, strings.TrimSpace(rule))
	}
}

// The document names every word, function, reason and table that the format has.
func TestFormatIsWhole(t *testing.T) {
	doc := readFormat(t)
	var want []string
	words := func(prefix string, view any) {
		for f := range reflect.TypeOf(view).Fields() {
			if f.Type.Kind() != reflect.Struct || f.Type.PkgPath() == "time" {
				want = append(want, prefix+f.Tag.Get("cel"))
			}
		}
	}
	words("message.", messageView{})
	words("message.caveats.", caveatsView{})
	words("subject.", subjectView{})
	words("request.", requestView{})
	words("", nameView{})
	words("", birthView{})
	words("", documentView{})
	for _, f := range functions {
		switch f {
		case "_?_:_":
			want = append(want, "? :")
		case "_[_]":
			want = append(want, "[ ]")
		case "@not_strictly_false":
		default:
			want = append(want, strings.Trim(f, "_@"))
		}
	}
	for _, r := range []entente.Reason{
		entente.ReasonUnknownAgreement, entente.ReasonNotParty, entente.ReasonNotInForce, entente.ReasonOldEpoch, entente.ReasonFutureTerms, entente.ReasonKind,
		entente.ReasonNotEnforced, entente.ReasonPurpose, entente.ReasonLevel, entente.ReasonScope, entente.ReasonHandling,
	} {
		want = append(want, string(r))
	}
	for _, k := range allKinds() {
		want = append(want, string(k))
	}
	for _, l := range entente.Levels {
		want = append(want, string(l))
	}
	for _, w := range want {
		if !strings.Contains(doc, "`"+w+"`") {
			t.Errorf("%s does not name `%s`", format, w)
		}
	}
}

// The errors that the document quotes are those that its example gives when it
// is spoilt.
func TestFormatErrors(t *testing.T) {
	doc := readFormat(t)
	example := blocks(doc, "toml")[0]
	for _, spoil := range [][2]string{
		{"subject.nationalities.exists(c, c in [\"XA\", \"XB\"])", "subject.nationality == \"XB\""},
		{"dispose = \"30d\"", "dispose = \"30 days\""},
		{"until = 2013-12-31", "until = 2010-12-31"},
		{"when = 'message.purpose == \"terrorism-prosecution\"'\n", ""},
	} {
		a, err := parse.Agreement([]byte(strings.Replace(example, spoil[0], spoil[1], 1)))
		if err == nil {
			_, err = Compile(a)
		}
		if err == nil || !strings.Contains(doc, "\n    "+err.Error()+"\n") {
			t.Errorf("%s does not quote the error for %q: %v", format, spoil[1], err)
		}
	}
}
