package lists

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"strings"
	"testing"

	"entente"
)

var update = flag.Bool("update", false, "write what is read to testdata/*.want")

// samples are the small invented files of testdata, by format.
var samples = map[string][]string{
	"ofac":    {"sdn.csv", "alt.csv", "add.csv"},
	"un":      {"un.xml"},
	"canada":  {"canada.xml"},
	"ftm":     {"entities.ftm.json"},
	"csv":     {"table.csv"},
	"entente": {"holdings.jsonl"},
}

// sampleOptions are those that a format's sample is read with.
func sampleOptions(format string) Options {
	if format == "entente" {
		return Options{}
	}
	return Options{Source: entente.SourceID("albia-" + format), Split: "|"}
}

func sample(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// filesOf gives the sample of a format, its first file replaced.
func filesOf(t testing.TB, format string, first []byte) []File {
	t.Helper()
	var files []File
	for i, name := range samples[format] {
		b := first
		if i > 0 || first == nil {
			b = sample(t, name)
		}
		files = append(files, File{Name: name, Data: bytes.NewReader(b)})
	}
	return files
}

func readAll(format string, files []File, opt Options) ([]Record, Summary, error) {
	var out []Record
	sum, err := Read(format, files, opt, func(r Record) error {
		out = append(out, r)
		return nil
	})
	return out, sum, err
}

// TestSamples reads the sample of every format and compares with what was
// looked at and found right: holdings as Write writes them, then what was set aside.
func TestSamples(t *testing.T) {
	for format := range samples {
		recs, sum, err := readAll(format, filesOf(t, format, nil), sampleOptions(format))
		if err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		var b strings.Builder
		for _, r := range recs {
			if r.Holding.ID != "" {
				if err := Write(&b, r.Holding); err != nil {
					t.Errorf("%s, %s: what was read is refused: %v", format, r.Where, err)
				}
			}
			for _, a := range r.Aside {
				b.WriteString("aside | " + strings.Join([]string{a.Where, a.Record, a.Field, a.Reason, strings.ReplaceAll(a.Text, "\n", "⏎")}, " | ") + "\n")
			}
		}
		name := "testdata/" + format + ".want"
		if *update {
			if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.String(); got != string(want) {
			t.Errorf("%s: got\n%s\nwant\n%s", format, got, want)
		}
		aside, used := 0, 0
		for _, r := range recs {
			aside += len(r.Aside)
			if r.Holding.ID != "" {
				used++
			}
		}
		if sum.Records != len(recs) || sum.Holdings != used || sum.Aside != aside {
			t.Errorf("%s: the summary %+v does not say what came: %d records, %d used, %d reports", format, sum, len(recs), used, aside)
		}
	}
}

func TestCallbackEndsReading(t *testing.T) {
	stop := errors.New("stop")
	for format := range samples {
		n := 0
		_, err := Read(format, filesOf(t, format, nil), sampleOptions(format), func(Record) error {
			n++
			return stop
		})
		if err != stop || n != 1 {
			t.Errorf("%s: got %v after %d records, want the callback's error after one", format, err, n)
		}
	}
}

func TestGrade(t *testing.T) {
	for _, grade := range []entente.Grade{"", "B2"} {
		opt := sampleOptions("un")
		opt.Grade = grade
		recs, _, err := readAll("un", filesOf(t, "un", nil), opt)
		if err != nil {
			t.Fatal(err)
		}
		want := grade
		if want == "" {
			want = Unevaluated
		}
		if got := recs[0].Holding.Subject.Births[0].Grade; got != want {
			t.Errorf("grade %q: got %q, want %q", grade, got, want)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	file := func(s string) []File { return []File{{"x", strings.NewReader(s)}} }
	for name, c := range map[string]struct {
		format string
		files  []File
		opt    Options
		field  string
	}{
		"no such format":    {"tsv", file(""), Options{Source: "albia"}, "format"},
		"no source":         {"csv", file("name\n"), Options{}, "source"},
		"a wrong source":    {"csv", file("name\n"), Options{Source: "Albia 1"}, "source"},
		"a wrong grade":     {"csv", file("name\n"), Options{Source: "albia", Grade: "G1"}, "grade"},
		"no file":           {"un", nil, Options{Source: "albia"}, "files"},
		"two files":         {"un", append(file(""), file("")...), Options{Source: "albia"}, "files"},
		"empty XML":         {"un", file(""), Options{Source: "albia"}, "file"},
		"text for XML":      {"canada", file("name,born\n"), Options{Source: "albia"}, "file"},
		"another root":      {"un", file("<data-set></data-set>"), Options{Source: "albia"}, "file"},
		"text for JSON":     {"ftm", file("name,born\n"), Options{Source: "albia"}, "file"},
		"a list for JSON":   {"entente", file("[\n]\n"), Options{}, "file"},
		"no name column":    {"csv", file("born;place\n"), Options{Source: "albia"}, "file"},
		"empty table":       {"csv", file(""), Options{Source: "albia"}, "file"},
		"one part of three": {"ofac", []File{{"sdn.csv", strings.NewReader("")}}, Options{Source: "albia"}, "files"},
		"two of one part": {
			"ofac",
			[]File{{"alt.csv", strings.NewReader("")}, {"ALT.CSV", strings.NewReader("")}},
			Options{Source: "albia"},
			"files",
		},
		"another table": {"ofac", []File{
			{"alt.csv", strings.NewReader("")},
			{"add.csv", strings.NewReader("")},
			{"sdn.csv", strings.NewReader(strings.Repeat("name;born\n", 20))},
		}, Options{Source: "albia"}, "file"},
	} {
		_, _, err := readAll(c.format, c.files, c.opt)
		var e *entente.Error
		if !errors.As(err, &e) || e.Kind != entente.Invalid || e.Field != c.field || e.Hint == "" || e.Detail == "" {
			t.Errorf("%s: got %#v, want an error of kind Invalid in field %s with a next step", name, err, c.field)
		}
	}
}

func TestDetect(t *testing.T) {
	for format, names := range samples {
		for _, name := range names {
			got, ok := Detect(name, sample(t, name))
			if got != format || !ok {
				t.Errorf("%s: got %q, %v, want %q", name, got, ok, format)
			}
		}
	}
	for name, text := range map[string]string{"x.xml": "<html></html>", "x.json": "{}", "x.csv": "a,b\n1,2\n", "x": "", "y": "\x00\x01\x02\x03"} {
		if got, ok := Detect(name, []byte(text)); ok {
			t.Errorf("%s: got %q for %q, want none", name, got, text)
		}
	}
}
