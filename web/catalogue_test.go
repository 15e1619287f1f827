package web

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/text/language"
	"golang.org/x/text/message/catalog"

	"entente"
)

var update = flag.Bool("update", false, "write testdata/keys.txt anew")

const keysFile = "testdata/keys.txt"

// keys are all texts that the desk can say: every literal that is given to T,
// and every word of the tables that are.
func keys(t *testing.T) []string {
	t.Helper()
	set := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			if sel, ok := call.Fun.(*ast.SelectorExpr); !ok || sel.Sel.Name != "T" {
				return true
			}
			if lit, ok := call.Args[0].(*ast.BasicLit); ok {
				s, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Fatal(err)
				}
				set[s] = true
			}
			return true
		})
	}
	for _, w := range tableWords() {
		set[w] = true
	}
	for _, c := range counted {
		set[c.many] = true
	}
	delete(set, "")
	return slices.Sorted(maps.Keys(set))
}

func tableWords() []string {
	var list []string
	add := func(words ...string) { list = append(list, words...) }
	for _, m := range []map[string]string{deeds, fieldNames, scripts, attestationWords, nameUseWords, documentWords, identifierWords, credentialWords, evidenceWords, ruleWords, flagWords, entryWords, travelWords, formatWords} {
		add(slices.Collect(maps.Values(m))...)
	}
	add(slices.Collect(maps.Values(alarmWords))...)
	add(slices.Collect(maps.Values(roleWords))...)
	add(slices.Collect(maps.Values(roleDuties))...)
	add(slices.Collect(maps.Values(kindWords))...)
	add(slices.Collect(maps.Values(draftWords))...)
	add(slices.Collect(maps.Values(levelWords))...)
	add(slices.Collect(maps.Values(levelMeanings))...)
	add(slices.Collect(maps.Values(towardsWords))...)
	add(slices.Collect(maps.Values(papMeanings))...)
	add(slices.Collect(maps.Values(tlpMeanings))...)
	add(slices.Collect(maps.Values(onwardWords))...)
	add(slices.Collect(maps.Values(courtWords))...)
	add(slices.Collect(maps.Values(natureWords))...)
	add(slices.Collect(maps.Values(sexWords))...)
	add(slices.Collect(maps.Values(owedWords))...)
	add(slices.Collect(maps.Values(owedStateWords))...)
	add(slices.Collect(maps.Values(noticeWords))...)
	add(slices.Collect(maps.Values(operationWords))...)
	add(slices.Collect(maps.Values(changeWords))...)
	add(slices.Collect(maps.Values(bandWords))...)
	add(slices.Collect(maps.Values(bandMeanings))...)
	add(slices.Collect(maps.Values(weakWords))...)
	add(slices.Collect(maps.Values(weakMeanings))...)
	add(slices.Collect(maps.Values(targetWords))...)
	add(slices.Collect(maps.Values(caseWords))...)
	add(slices.Collect(maps.Values(taskWords))...)
	add(slices.Collect(maps.Values(verdictWords))...)
	add(slices.Collect(maps.Values(verdictMeanings))...)
	add(slices.Collect(maps.Values(holdingWords))...)
	for _, k := range entente.TaskKinds {
		add(k.Words)
	}
	for _, p := range places {
		add(p.Name)
	}
	for _, s := range statuses {
		add(s.title)
	}
	for _, o := range entente.Outcomes {
		add(o.Words)
	}
	add("not graded")
	for _, g := range []entente.Grade{"A1", "B2", "C3", "D4", "E5", "F6"} {
		add(strings.Split(g.Words(), ", ")...)
	}
	for _, r := range reasons {
		add(r.Words(), reasonAdvice(r))
	}
	add("point", "line", "area", "points", "lines", "areas")
	return list
}

// reasons are all that a partner may give.
var reasons = []entente.Reason{
	entente.ReasonMalformed, entente.ReasonTooLarge, entente.ReasonVersion, entente.ReasonUnknownField, entente.ReasonDuplicateField,
	entente.ReasonWrongRecipient, entente.ReasonUnknownSender, entente.ReasonWrongSender, entente.ReasonUnknownAgreement, entente.ReasonNotParty,
	entente.ReasonOldEpoch, entente.ReasonFutureTerms, entente.ReasonNotInForce, entente.ReasonPurpose, entente.ReasonScope, entente.ReasonLevel,
	entente.ReasonKind, entente.ReasonNotEnforced, entente.ReasonHandling, entente.ReasonExpired, entente.ReasonFuture, entente.ReasonOrder,
	entente.ReasonReplay, entente.ReasonFutureEdition, entente.ReasonEdition, entente.ReasonSealKey, entente.ReasonSignature, entente.ReasonSeal, entente.ReasonContent, entente.ReasonCheckpoint,
	entente.ReasonSplitView, entente.ReasonStatement, entente.ReasonThread, entente.ReasonBusy,
}

// The list for translators is true: no text is missing, none is left over.
func TestKeys(t *testing.T) {
	want := strings.Join(keys(t), "\n") + "\n"
	if *update {
		if err := os.WriteFile(keysFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(keysFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the desk says; write it anew: go test ./web -run TestKeys -update", keysFile)
	}
}

// marked is a made-up language from right to left in which every text of the
// catalogue stands in brackets: what has none did not come from the catalogue.
func marked(t *testing.T) catalog.Catalog {
	t.Helper()
	b := catalog.NewBuilder(catalog.Fallback(language.English))
	for _, k := range keys(t) {
		if err := b.SetString(language.Arabic, k, "⟦"+k+"⟧"); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// Every word on every page comes from the catalogue, or is marked as other
// people's words, as a code, or as English.
func TestNothingIsSaidOutsideTheCatalogue(t *testing.T) {
	b := serve(t, marked(t))
	b.door.code = "K7Q2"
	clients := map[entente.Role]*client{"": {t: t, base: b.server.URL}}
	for _, r := range entente.Roles {
		clients[r] = b.as(t, r)
	}
	for _, empty := range []bool{false, true} {
		b.office.empty = empty
		for _, l := range leaves {
			page := clients[l.role].send("GET", l.path, nil, "Accept-Language", "ar")
			doc := parseHTML(page.body)
			if got := attr(all(doc, tag("html"))[0], "dir"); got != "rtl" {
				t.Fatalf("%s: the page reads %q, want rtl", l.name, got)
			}
			for _, s := range strays(doc) {
				t.Errorf("%s: %q is not from the catalogue", l.name, s)
			}
		}
	}
}

// strays are the words of a page that no language could translate.
func strays(n *html.Node) []string {
	var list []string
	stray := func(s string) {
		s = strings.TrimSpace(strings.ReplaceAll(s, "UTC", ""))
		if strings.ContainsFunc(s, unicode.IsLetter) && !strings.Contains(s, "⟦") {
			list = append(list, s)
		}
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			stray(n.Data)
			return
		}
		if n.Type == html.ElementNode {
			if theirs(n) {
				return
			}
			for _, name := range []string{"aria-label", "placeholder", "alt", "data-wait", "data-failed", "data-cancelled"} {
				stray(attr(n, name))
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return list
}

// theirs reports whether the words of an element are not the desk's own.
func theirs(n *html.Node) bool {
	switch n.Data {
	case "head", "textarea", "code", "bdi", "datalist":
		return true
	}
	return attr(n, "translate") == "no" || attr(n, "lang") != "" && n.Data != "html" || attr(n, "dir") == "auto" && n.Data != "input" || attr(n, "class") == "ref" || attr(n, "class") == "hidden-sign"
}

func TestPlurals(t *testing.T) {
	p := newPageFor("en", morning)
	for n, want := range map[int]string{1: "overdue by 1 hour", 2: "overdue by 2 hours", 47: "overdue by 47 hours"} {
		if got := p.T("overdue by %d hours", n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
