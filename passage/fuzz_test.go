package passage

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"entente"

	"pgregory.net/rapid"
)

// sound holds every format to the same: bad input is Invalid and nothing else;
// what comes out is an event that the API would take, with the id of what it
// says; what is set aside says where and why in valid text.
func sound(t *testing.T, format string, text []byte) {
	t.Helper()
	err := Read(format, bytes.NewReader(text), "north", received, func(r Record) error {
		if r.Event.ID == "" && len(r.Aside) == 0 {
			t.Error("a record of nothing")
		}
		for _, a := range r.Aside {
			if a.Where == "" || a.Reason == "" || !utf8.ValidString(a.Where+a.Record+a.Field+a.Text) || len(a.Text) > 200 || len(a.Record) > 200 {
				t.Errorf("set aside: %+v", a)
			}
		}
		if r.Event.ID != "" {
			fit(t, r.Event)
		}
		return nil
	})
	if err != nil && !errors.Is(err, entente.Invalid) {
		t.Errorf("%v", err)
	}
}

func fit(t *testing.T, e entente.TravelEvent) {
	t.Helper()
	line, err := EncodeEvent(e)
	if err != nil {
		t.Fatalf("an event that does not encode: %v", err)
	}
	again, err := ParseEvent(line)
	if err != nil {
		t.Fatalf("%s\ndoes not parse: %v", line, err)
	}
	if again.ID != ID(again) {
		t.Errorf("%s\nhas another id", line)
	}
	if e.Feed != "north" || e.Where == "" {
		t.Errorf("%s\ndoes not say where it stands", line)
	}
}

func seeds(f *testing.F, format string) {
	files, err := filepath.Glob("testdata/*." + format)
	if err != nil || len(files) == 0 {
		f.Fatalf("no samples of %s: %v", format, err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) { sound(t, format, b) })
}

func FuzzPAXLST(f *testing.F) { seeds(f, "paxlst") }
func FuzzPNRGOV(f *testing.F) { seeds(f, "pnrgov") }
func FuzzMRZ(f *testing.F)    { seeds(f, "mrz") }
func FuzzCSV(f *testing.F)    { seeds(f, "csv") }
func FuzzJSON(f *testing.F)   { seeds(f, "json") }

// What Detect names is read as that, or refused for something else than its
// format; and it never ends without a record or a word.
func FuzzDetect(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.*")
	for _, file := range files {
		if b, err := os.ReadFile(file); err == nil && !strings.HasSuffix(file, ".want") {
			f.Add(b)
			f.Add(b[:min(len(b), 60)])
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) { detected(t, b) })
}

func detected(t *testing.T, b []byte) {
	t.Helper()
	format, ok := Detect(b[:min(len(b), 4096)])
	if ok != known(Formats, format) {
		t.Fatalf("Detect gives %q, %v", format, ok)
	}
	if !ok {
		return
	}
	n := 0
	err := Read(format, bytes.NewReader(b), "north", received, func(Record) error { n++; return nil })
	e, _ := errors.AsType[*entente.Error](err)
	switch {
	case err == nil && n == 0 && !bytes.Contains(b, []byte("CNT")):
		t.Errorf("%s ends without a word", format)
	case err != nil && (e == nil || strings.HasPrefix(e.Detail, "this is not a") || strings.Contains(e.Hint, "it looks like")):
		t.Errorf("detected as %s, and refused: %v", format, err)
	}
}

// What parses as a zone is written as the same lines, but for the check digit of
// an empty optional field, which may be 0 or a filler.
func FuzzZone(f *testing.F) {
	for _, lines := range specimens {
		f.Add(strings.Join(lines, "\n"))
	}
	f.Fuzz(func(t *testing.T, text string) {
		lines := strings.Split(text, "\n")
		m, err := ParseMRZ(lines)
		if err != nil {
			return
		}
		got := m.Lines()
		if m.Format == TD3 && m.Optional == "" {
			lines[1] = lines[1][:42] + "<" + lines[1][43:]
		}
		if !slices.Equal(got, lines) {
			t.Errorf("got\n%s\nfrom\n%s", strings.Join(got, "\n"), strings.Join(lines, "\n"))
		}
	})
}

// What parses as an event encodes to the same bytes.
func FuzzEvent(f *testing.F) {
	for _, e := range []entente.TravelEvent{arrival(), booked()} {
		line, err := EncodeEvent(e)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := ParseEvent(b)
		if err != nil {
			if !errors.Is(err, entente.Invalid) {
				t.Errorf("%v", err)
			}
			return
		}
		again, err := EncodeEvent(e)
		if err != nil || !bytes.Equal(again, b) {
			t.Errorf("got  %s\nfrom %s\n%v", again, b, err)
		}
	})
}

// The samples, with a piece of one put anywhere into another: what the fuzzers
// look for, in every run of the tests.
func TestSplicedSamples(t *testing.T) {
	var all [][]byte
	files, _ := filepath.Glob("testdata/*.*")
	for _, file := range files {
		if b, err := os.ReadFile(file); err == nil && !strings.HasSuffix(file, ".want") {
			all = append(all, b)
		}
	}
	if len(all) < len(Formats) {
		t.Fatalf("only %d samples", len(all))
	}
	rapid.Check(t, func(rt *rapid.T) {
		into, from := rapid.SampledFrom(all).Draw(rt, "into"), rapid.SampledFrom(all).Draw(rt, "from")
		i, n := rapid.IntRange(0, len(into)).Draw(rt, "at"), rapid.IntRange(0, 40).Draw(rt, "over")
		j, k := rapid.IntRange(0, len(from)).Draw(rt, "piece"), rapid.IntRange(0, 80).Draw(rt, "length")
		text := slices.Concat(into[:i], from[j:min(j+k, len(from))], into[min(i+n, len(into)):])
		sound(t, rapid.SampledFrom(Formats).Draw(rt, "format"), text)
		detected(t, text)
	})
}

// The text of a feed never gets into an error, which may leave this node.
func TestErrorsHoldNoContent(t *testing.T) {
	for _, f := range Formats {
		_, err := tryReading(f, "KADAEV ARSEN 14MAR86 B00417733")
		if err == nil || strings.Contains(err.Error(), "KADAEV") || strings.Contains(err.Error(), "B00417733") {
			t.Errorf("%s: got %v", f, err)
		}
	}
	if _, err := ParseMRZ([]string{"KADAEV", "ARSEN"}); err == nil || strings.Contains(err.Error(), "KADAEV") {
		t.Errorf("got %v", err)
	}
}
