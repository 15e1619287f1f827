package entente_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// Documents that lie are worse than none. These tests hold what can be held:
// links lead somewhere, files and functions that are named exist, and so do
// commands, flags, settings and steps.

// document is one Markdown file.
type document struct {
	path  string
	text  string   // without code
	spans []string // `…`, in order
	code  []string // lines of fenced blocks
	raw   string
}

var (
	fence = regexp.MustCompile("(?ms)^```[a-z]*\n(.*?)^```$")
	span  = regexp.MustCompile("`([^`\n]+)`")
	link  = regexp.MustCompile(`\[[^\]]*\]\(([^)\s]+)\)`)
)

// documents reads every Markdown file of the repository.
func documents(t *testing.T) []document {
	t.Helper()
	var out []document
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && p != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if d.IsDir() || filepath.Ext(p) != ".md" {
			return nil
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		doc := document{path: filepath.ToSlash(p), raw: string(b)}
		for _, m := range fence.FindAllStringSubmatch(doc.raw, -1) {
			doc.code = append(doc.code, strings.Split(strings.ReplaceAll(m[1], "\\\n", " "), "\n")...)
		}
		rest := fence.ReplaceAllString(doc.raw, "")
		for _, m := range span.FindAllStringSubmatch(rest, -1) {
			doc.spans = append(doc.spans, m[1])
		}
		doc.text = span.ReplaceAllString(rest, "")
		out = append(out, doc)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 10 {
		t.Fatalf("found %d documents: run the test in the root of the repository", len(out))
	}
	return out
}

func read(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// anchors gives the ids that headings get where Markdown is shown.
func anchors(md string) map[string]bool {
	ids := map[string]bool{}
	for _, line := range strings.Split(fence.ReplaceAllString(md, ""), "\n") {
		title := strings.TrimLeft(line, "#")
		if title == line || !strings.HasPrefix(title, " ") {
			continue
		}
		id := strings.Map(func(r rune) rune {
			switch {
			case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
				return unicode.ToLower(r)
			case r == ' ':
				return '-'
			}
			return -1
		}, strings.TrimSpace(title))
		for n, first := 1, id; ids[id]; n++ {
			id = first + "-" + strconv.Itoa(n)
		}
		ids[id] = true
	}
	return ids
}

func TestLinks(t *testing.T) {
	for _, d := range documents(t) {
		for _, m := range link.FindAllStringSubmatch(d.text, -1) {
			if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
				continue
			}
			to, anchor, _ := strings.Cut(m[1], "#")
			file := d.path
			if to != "" {
				file = path.Join(path.Dir(d.path), to)
			}
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s: the link %s leads nowhere", d.path, m[1])
				continue
			}
			if anchor != "" && !anchors(read(t, file))[anchor] {
				t.Errorf("%s: the link %s: %s has no such heading", d.path, m[1], file)
			}
		}
	}
}

// TestNamedFiles holds that every Go file that a document names exists, and
// that `dir/file.go` `Func` names a function of it.
func TestNamedFiles(t *testing.T) {
	pair := regexp.MustCompile("`([a-zA-Z0-9_/.-]+\\.go)` `([A-Za-z]+)`")
	for _, d := range documents(t) {
		for _, s := range d.spans {
			if strings.HasSuffix(s, ".go") && !strings.ContainsAny(s, " *") {
				if _, err := os.Stat(s); err != nil {
					t.Errorf("%s names %s, which does not exist", d.path, s)
				}
			}
		}
		for _, m := range pair.FindAllStringSubmatch(d.raw, -1) {
			if _, err := os.Stat(m[1]); err != nil {
				continue // told above
			}
			if !regexp.MustCompile(`(?m)^(func (\([^)]*\) )?|\t)` + m[2] + `\(`).MatchString(read(t, m[1])) {
				t.Errorf("%s: %s has no function %s", d.path, m[1], m[2])
			}
		}
	}
}

// TestFlowSteps holds docs/flow.md and the places where tests kill the node
// against each other, both ways.
func TestFlowSteps(t *testing.T) {
	called := regexp.MustCompile(`\.Step\("([^"]+)"\)`)
	told := map[string]string{} // step → file
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == ".git") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(p, ".go") && !strings.HasSuffix(p, "_test.go") {
			for _, m := range called.FindAllStringSubmatch(read(t, p), -1) {
				told[m[1]] = filepath.ToSlash(p)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	flow := read(t, "docs/flow.md")
	row := regexp.MustCompile("(?m)^\\| `\"([^\"]+)\"` \\| `([^`]+)` \\|")
	listed := map[string]string{}
	for _, m := range row.FindAllStringSubmatch(flow, -1) {
		listed[m[1]] = m[2]
		if strings.Count(flow, "`\""+m[1]+"\"`") < 2 {
			t.Errorf("docs/flow.md lists the step %q and does not say what a crash before and after it means", m[1])
		}
	}
	if !reflect.DeepEqual(listed, told) {
		t.Errorf("the table of steps in docs/flow.md: got %v, want as in the code %v", listed, told)
	}
}

// command is a command of cmd/entente, as its source declares it.
type command struct {
	sub   map[string]*command
	rest  *command        // which sub is meant when none is named
	flags map[string]bool // name → takes a value
	args  bool            // it takes arguments
}

// commands reads the command line out of the source of cmd/entente.
func commands(t *testing.T) *command {
	t.Helper()
	files, err := filepath.Glob("cmd/entente/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("cmd/entente", files, err)
	}
	types := map[string]*ast.StructType{}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.TypeSpec); ok {
				if st, ok := s.Type.(*ast.StructType); ok {
					types[s.Name.Name] = st
				}
			}
			return true
		})
	}
	root := &command{sub: map[string]*command{}, flags: map[string]bool{"--help": false}}
	root.fill(types, "cli")
	return root
}

// fill adds what a struct declares for kong: commands, flags, and those of
// structs that it embeds.
func (c *command) fill(types map[string]*ast.StructType, name string) {
	st := types[name]
	if st == nil {
		return
	}
	for _, f := range st.Fields.List {
		typ, _ := f.Type.(*ast.Ident)
		tag := reflect.StructTag("")
		if f.Tag != nil {
			raw, _ := strconv.Unquote(f.Tag.Value)
			tag = reflect.StructTag(raw)
		}
		if len(f.Names) == 0 && typ != nil {
			c.fill(types, typ.Name)
			continue
		}
		if len(f.Names) == 0 || !f.Names[0].IsExported() {
			continue
		}
		called := tag.Get("name")
		if called == "" {
			called = kebab(f.Names[0].Name)
		}
		_, isCommand := tag.Lookup("cmd")
		_, isArgument := tag.Lookup("arg")
		c.args = c.args || isArgument
		switch {
		case isCommand:
			sub := &command{sub: map[string]*command{}, flags: map[string]bool{}}
			for k, v := range c.flags {
				sub.flags[k] = v
			}
			if typ != nil {
				sub.fill(types, typ.Name)
			}
			c.sub[called] = sub
			if tag.Get("default") != "" {
				c.rest = sub
			}
		case !isArgument:
			takes := typ == nil || typ.Name != "bool"
			c.flags["--"+called] = takes
			if s := tag.Get("short"); s != "" {
				c.flags["-"+s] = takes
			}
		}
	}
}

// kebab is how kong makes a name of a field: DeskURL → desk-url.
func kebab(s string) string {
	var b strings.Builder
	rs := []rune(s)
	for i, r := range rs {
		if unicode.IsUpper(r) && i > 0 && (unicode.IsLower(rs[i-1]) || i+1 < len(rs) && unicode.IsLower(rs[i+1])) {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// check says what is wrong with words that follow "entente", or "".
func (c *command) check(words []string) string {
	at := c
	for i := 0; i < len(words); i++ {
		w, _, given := strings.Cut(strings.TrimRight(words[i], ".,;:"), "=")
		switch {
		case w == "|" || w == "&&" || w == "#" || w == ">" || w == "<":
			return ""
		case strings.HasPrefix(w, "-") && len(w) > 1:
			takes, ok := at.flags[w]
			if !ok && at.rest != nil {
				at = at.rest
				takes, ok = at.flags[w]
			}
			if !ok {
				return "there is no flag " + w
			}
			if takes && !given {
				i++
			}
		case at.sub[w] != nil:
			at = at.sub[w]
		case len(at.sub) > 0 && (at == c || commandWord.MatchString(w)) && (at.rest == nil || !at.rest.args):
			return "there is no command " + w
		}
	}
	return ""
}

var commandWord = regexp.MustCompile(`^(--)?[a-z]+[a-z-]*$`)

// TestCommands holds that every command and flag that a document shows exists.
func TestCommands(t *testing.T) {
	root := commands(t)
	for _, name := range []string{"demo", "init", "node", "verify"} {
		if root.sub[name] == nil {
			t.Fatalf("cmd/entente has no command %s: this test does not read its source right any more", name)
		}
	}
	shown := 0
	for _, d := range documents(t) {
		if strings.HasPrefix(d.path, "testdata/") {
			continue // "entente test key …" is what a test hashes, and no command
		}
		for _, line := range slices.Concat(d.spans, d.code) {
			words := strings.Fields(line)
			i := slices.IndexFunc(words, func(w string) bool { return w == "entente" || strings.HasSuffix(w, "/entente") && w != "-o" })
			if i < 0 || i+1 == len(words) || !commandWord.MatchString(words[i+1]) {
				continue
			}
			shown++
			if says := root.check(words[i+1:]); says != "" {
				t.Errorf("%s shows %q: %s", d.path, line, says)
			}
		}
	}
	if shown < 20 {
		t.Errorf("found %d commands in the documents: this test does not see them any more", shown)
	}
}

// TestReadmeCommands holds the two commands with which a stranger begins.
func TestReadmeCommands(t *testing.T) {
	readme := read(t, "README.md")
	for _, want := range []string{"go run ./cmd/entente demo", "go run ./internal/check"} {
		if !strings.Contains(readme, "\n"+want) {
			t.Errorf("README.md does not show %q on a line of its own", want)
		}
		dir := strings.Fields(want)[2]
		if _, err := os.Stat(filepath.Join(dir, "main.go")); err != nil {
			t.Errorf("%q: %v", want, err)
		}
	}
}

// TestSettings holds that docs/operations.md lists every setting and every
// variable of the environment that cmd/entente reads.
func TestSettings(t *testing.T) {
	text := read(t, "docs/operations.md")
	setting := regexp.MustCompile(`toml:"([a-z-]+)`)
	variable := regexp.MustCompile(`"?(ENTENTE_[A-Z_]+)"`)
	files, err := filepath.Glob("cmd/entente/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("cmd/entente", files, err)
	}
	names := map[string]bool{}
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") || strings.HasSuffix(f, "crash_on.go") {
			continue
		}
		for _, re := range []*regexp.Regexp{setting, variable} {
			for _, m := range re.FindAllStringSubmatch(read(t, f), -1) {
				names[m[1]] = true
			}
		}
	}
	if !names["store"] || !names["desk-url"] {
		t.Fatalf("the settings were not found in cmd/entente: got %v", names)
	}
	for name := range names {
		if !strings.Contains(text, "`"+name+"`") {
			t.Errorf("docs/operations.md does not mention `%s`", name)
		}
	}
}

// TestDecisions holds that decisions are numbered without gaps, have the same
// parts and stand in their index.
func TestDecisions(t *testing.T) {
	files, err := filepath.Glob("docs/decisions/[0-9]*.md")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	index := read(t, "docs/decisions/README.md")
	for i, f := range files {
		text, base := read(t, f), filepath.Base(f)
		number := "000" + strconv.Itoa(i+1)
		number = number[len(number)-4:]
		title, _, _ := strings.Cut(text, "\n")
		if !strings.HasPrefix(base, number+"-") || !strings.HasPrefix(title, "# "+number+". ") {
			t.Errorf("%s: got the title %q, want the number %s in both", f, title, number)
		}
		at := 0
		for _, part := range []string{"## Context\n", "## Choice\n", "## Alternatives\n", "## Consequences\n"} {
			n := strings.Index(text[at:], part)
			if n < 0 {
				t.Fatalf("%s: there is no %q, or not in its place", f, strings.TrimSpace(part))
			}
			at += n
		}
		if !strings.Contains(index, "]("+base+") | "+strings.TrimPrefix(title, "# "+number+". ")+" |") {
			t.Errorf("docs/decisions/README.md does not list %s with its title", base)
		}
	}
}
