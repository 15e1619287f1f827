package lists

import (
	"bytes"
	"slices"
	"testing"
	"unicode/utf8"
)

// fuzz reads what the fuzzer makes as one format. Nothing may panic, and what is
// used must be what our own format can say and give back.
func fuzz(f *testing.F, format string) {
	f.Add(sample(f, samples[format][0]))
	for _, name := range samples {
		f.Add(sample(f, name[0])[:200])
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		recs, _, _ := readAll(format, filesOf(t, format, data), sampleOptions(format))
		wantWritable(t, format, recs)
	})
}

func FuzzUN(f *testing.F)     { fuzz(f, "un") }
func FuzzCanada(f *testing.F) { fuzz(f, "canada") }
func FuzzCSV(f *testing.F)    { fuzz(f, "csv") }

// FuzzFTM gives the file twice, so that lines are joined.
func FuzzFTM(f *testing.F) {
	f.Add(sample(f, "entities.ftm.json"))
	f.Add([]byte(joined))
	f.Fuzz(func(t *testing.T, data []byte) {
		files := []File{{"x", bytes.NewReader(data)}, {"x", bytes.NewReader(data)}}
		recs, _, _ := readAll("ftm", files, Options{Source: "albia-ftm"})
		wantWritable(t, "ftm", recs)
	})
}

// FuzzOFAC varies all three files.
func FuzzOFAC(f *testing.F) {
	f.Add(sample(f, "sdn.csv"), sample(f, "alt.csv"), sample(f, "add.csv"))
	f.Fuzz(func(t *testing.T, sdn, alt, add []byte) {
		files := []File{{"sdn.csv", bytes.NewReader(sdn)}, {"alt.csv", bytes.NewReader(alt)}, {"add.csv", bytes.NewReader(add)}}
		recs, _, _ := readAll("ofac", files, Options{Source: "albia-ofac"})
		wantWritable(t, "ofac", recs)
	})
}

// FuzzOwn holds that what is read of our own format is written as the same bytes.
func FuzzOwn(f *testing.F) {
	for line := range bytes.Lines(sample(f, "holdings.jsonl")) {
		f.Add(bytes.TrimSpace(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		if !utf8.Valid(line) || bytes.ContainsAny(line, "\r\n") || bytes.HasPrefix(line, []byte("\xef\xbb\xbf")) {
			return // not one line of UTF-8 without a mark
		}
		recs, _, _ := readAll("entente", []File{{"x", bytes.NewReader(line)}}, Options{})
		if len(recs) != 1 || recs[0].Holding.ID == "" {
			return
		}
		var b bytes.Buffer
		if err := Write(&b, recs[0].Holding); err != nil {
			t.Fatalf("what was read is refused: %v", err)
		}
		if got := bytes.TrimSuffix(b.Bytes(), []byte("\n")); !bytes.Equal(got, line) {
			t.Fatalf("got  %s\nwant %s", got, line)
		}
	})
}

func FuzzDetect(f *testing.F) {
	for _, names := range samples {
		f.Add(names[0], sample(f, names[0]))
	}
	f.Fuzz(func(t *testing.T, name string, head []byte) {
		format, ok := Detect(name, head)
		if ok != (format != "") || ok && !slices.Contains(Formats, format) {
			t.Errorf("got %q, %v", format, ok)
		}
		if !utf8.Valid(head) || len(head) > 1000 || bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
			return // another character set, or more than is looked at
		}
		// A mark and white space before the text say nothing of the format.
		for _, before := range []string{"\xef\xbb\xbf", "\n", " \r\n"} {
			if again, _ := Detect(name, append([]byte(before), head...)); again != format {
				t.Errorf("%q is %q, and with %q before it %q", head, format, before, again)
			}
		}
	})
}
