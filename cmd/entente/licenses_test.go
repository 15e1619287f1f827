package main

import (
	"bytes"
	"cmp"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write licenses.txt")

// systems are those for which Entente is built: a module may be linked on one alone.
var systems = []string{"linux", "darwin", "windows"}

// licenceFile tells the files of a module that a copy of it must carry.
var licenceFile = regexp.MustCompile(`(?i)^(licen[sc]e|copying|notice|patents|authors)`)

// Each module in the program stands in licenses.txt with its texts as they are in
// the module, and nothing else does.
func TestLicenses(t *testing.T) {
	want := licencesOf(t)
	if *update {
		if err := os.WriteFile("licenses.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != licenses {
		t.Error("licenses.txt is not what the modules in this program say: run go generate ./cmd/entente and look at the difference")
	}
	var out bytes.Buffer
	if code := run(context.Background(), []string{"licenses"}, strings.NewReader(""), &out, &out, func(string) string { return "" }); code != 0 || out.String() != licenses {
		t.Errorf("entente licenses ends with %d and prints %d bytes of %d", code, out.Len(), len(licenses))
	}
}

// text is one licence, and the modules that have it word for word.
type licenceText struct {
	of   []string
	text string
}

func licencesOf(t *testing.T) string {
	t.Helper()
	root := command(t, "", "go", "env", "GOROOT")
	var texts []licenceText
	add := func(of, file string) {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.TrimSpace(strings.ReplaceAll(string(b), "\r\n", "\n"))
		i := slices.IndexFunc(texts, func(x licenceText) bool { return x.text == text })
		if i < 0 {
			i, texts = len(texts), append(texts, licenceText{text: text})
		}
		texts[i].of = append(texts[i].of, of)
	}
	add("entente", filepath.Join("..", "..", "LICENSE"))
	add("Go", filepath.Join(root, "LICENSE"))
	for _, m := range modules(t) {
		path, dir, _ := strings.Cut(m, " ")
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, f := range files {
			if !f.IsDir() && licenceFile.MatchString(f.Name()) {
				add(path+", "+f.Name(), filepath.Join(dir, f.Name()))
				n++
			}
		}
		if n == 0 {
			t.Errorf("%s has no licence", path)
		}
	}
	var b strings.Builder
	b.WriteString("This program is Entente. It contains Go and the modules named below, each under its licence.\n")
	for _, x := range texts {
		fmt.Fprintf(&b, "\n%s\n%s\n%s\n\n%s\n", strings.Repeat("=", 78), strings.Join(x.of, "\n"), strings.Repeat("=", 78), x.text)
	}
	return b.String()
}

// modules gives "path folder" of each module that is linked on one of the systems.
func modules(t *testing.T) (all []string) {
	t.Helper()
	for _, s := range systems {
		out := command(t, s, "go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Dir}}{{end}}{{end}}", ".")
		all = append(all, strings.Split(out, "\n")...)
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Compare(a, b) })
	all = slices.Compact(all)
	return slices.DeleteFunc(all, func(m string) bool { return m == "" })
}

func command(t *testing.T, system string, name string, args ...string) string {
	t.Helper()
	c := exec.Command(name, args...)
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	if system != "" {
		c.Env = append(c.Env, "GOOS="+system)
	}
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s %s: %v", name, strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out))
}
