package seal

import (
	"encoding"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"entente"
	"entente/parse"
)

// docs/protocol.md is what another implementation works from. These tests hold
// its lists to the program's.
func protocolText(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile("../docs/protocol.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestProtocolHasEveryReason(t *testing.T) {
	doc := protocolText(t)
	reasons := reasonsOf(t)
	if len(reasons) < 30 {
		t.Fatalf("only %d reasons found", len(reasons))
	}
	for _, r := range reasons {
		row := fmt.Sprintf("\n| `%s` | %s | %s | ", r, r.Treatment(entente.ClassContent), r.Treatment(entente.ClassDuty))
		if !strings.Contains(doc, row) {
			t.Errorf("no row begins %q", row)
		}
	}
}

// reasonsOf reads the constants of the root: they have no list there.
func reasonsOf(t *testing.T) []entente.Reason {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "../envelope.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []entente.Reason
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.ValueSpec); ok && len(s.Values) == 1 {
			lit, isText := s.Values[0].(*ast.BasicLit)
			if typ, ok := s.Type.(*ast.Ident); ok && isText && typ.Name == "Reason" {
				v, _ := strconv.Unquote(lit.Value)
				out = append(out, entente.Reason(v))
			}
		}
		return true
	})
	return out
}

func TestProtocolHasEveryMember(t *testing.T) {
	doc := protocolText(t)
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(typ reflect.Type) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || seen[typ] || !strings.HasPrefix(typ.PkgPath(), "entente") {
			return
		}
		seen[typ] = true
		if typ.Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
			return
		}
		for f := range typ.Fields() {
			name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			if options == "inline" {
				continue // the body of a kind that nobody here knows
			}
			if !strings.Contains(doc, "`"+name+"`") {
				t.Errorf("%s.%s: the member %q is missing", typ, f.Name, name)
			}
			walk(f.Type)
		}
	}
	for _, v := range []any{entente.Header{}, entente.Statement{}} {
		walk(reflect.TypeOf(v))
	}
	if len(seen) < 20 {
		t.Errorf("only %d types were looked at", len(seen))
	}
}

func TestProtocolHasEveryValue(t *testing.T) {
	doc := protocolText(t)
	var words []string
	words = append(words, entente.NameUses...)
	words = append(words, entente.DocumentTypes...)
	words = append(words, entente.IdentifierKinds...)
	words = append(words, entente.Attestations...)
	words = append(words, plain(entente.TLPs)...)
	words = append(words, plain(entente.PAPs)...)
	words = append(words, plain(entente.Onwards)...)
	words = append(words, plain(entente.CourtUses)...)
	words = append(words, plain(entente.Kinds)...)
	words = append(words, plain(entente.Precedences)...)
	words = append(words, plain(entente.Levels)...)
	words = append(words, plain(entente.Roles)...)
	for _, o := range entente.Outcomes {
		words = append(words, string(o.Outcome))
		if !strings.Contains(doc, o.NIEM+" (") {
			t.Errorf("the NIEM code %s is missing", o.NIEM)
		}
	}
	words = append(words, string(info), alphabet)
	words = append(words, own...)
	for _, w := range words {
		if !strings.Contains(doc, "`"+w+"`") {
			t.Errorf("the value %q is missing", w)
		}
	}
}

func plain[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

func TestProtocolHasEveryLimit(t *testing.T) {
	doc := protocolText(t)
	for what, n := range map[string]int{
		"descriptor text": parse.MaxDescriptor, "agreement text": parse.MaxAgreement, "header": parse.MaxHeader, "statement": parse.MaxStatement,
		"plaintext": parse.MaxPlaintext, "envelope": parse.MaxEnvelope, "text of a refusal": parse.MaxRefusal, "showing": parse.MaxShowing,
	} {
		size := strconv.Itoa(n) + " bytes"
		switch {
		case n%(1<<20) == 0:
			size = strconv.Itoa(n>>20) + " MiB"
		case n%(1<<10) == 0:
			size = strconv.Itoa(n>>10) + " KiB"
		}
		if !strings.Contains(doc, "| "+what+" | "+size+" |") {
			t.Errorf("the limit of %s is not %s", what, size)
		}
	}
}
