package passage

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente"
)

var update = flag.Bool("update", false, "write what is read to testdata/*.want; read the difference before you keep it")

// received is when every feed of these tests came in.
var received = time.Date(2012, 7, 17, 16, 0, 0, 0, time.UTC)

// reading reads a feed and keeps all of it.
func reading(t *testing.T, format, text string) []Record {
	t.Helper()
	all, err := tryReading(format, text)
	if err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return all
}

func tryReading(format, text string) (all []Record, err error) {
	err = Read(format, strings.NewReader(text), "north", received, func(r Record) error {
		all = append(all, r)
		return nil
	})
	return all, err
}

// eventsOf leaves out what is no event.
func eventsOf(all []Record) (events []entente.TravelEvent) {
	for _, r := range all {
		if r.Event.ID != "" {
			events = append(events, r.Event)
		}
	}
	return events
}

func asidesOf(all []Record) (asides []entente.SetAside) {
	for _, r := range all {
		asides = append(asides, r.Aside...)
	}
	return asides
}

// written shows records for a person to compare.
func written(t *testing.T, all []Record) string {
	var b strings.Builder
	for _, r := range all {
		if r.Event.ID != "" {
			line, err := EncodeEvent(r.Event)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "%s\n", line)
		}
		for _, a := range r.Aside {
			fmt.Fprintf(&b, "\taside: %s | %s | %s | %s | %q\n", a.Where, a.Record, a.Field, a.Reason, a.Text)
		}
	}
	return b.String()
}

func TestSamples(t *testing.T) {
	files, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, file := range files {
		format := strings.TrimPrefix(filepath.Ext(file), ".")
		if !known(Formats, format) {
			continue
		}
		n++
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if f, ok := Detect(text[:min(len(text), 4096)]); !ok || f != format {
			t.Errorf("%s: Detect gives %q", file, f)
		}
		got := written(t, reading(t, format, string(text)))
		if *update {
			if err := os.WriteFile(file+".want", []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(file + ".want")
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: got\n%s\nwant\n%s\nif it is right, keep it with go test ./passage -update", file, got, want)
		}
	}
	if n < len(Formats) {
		t.Errorf("%d samples for %d formats", n, len(Formats))
	}
}
