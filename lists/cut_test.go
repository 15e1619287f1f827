package lists

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"

	"entente"
)

// TestEveryTruncation cuts the first file of every sample at every byte. What
// is read of the rest must be what is read of the whole, up to a report; and a
// file that is cut inside a record must say so.
func TestEveryTruncation(t *testing.T) {
	for format, names := range samples {
		whole, _, err := readAll(format, filesOf(t, format, nil), sampleOptions(format))
		if err != nil {
			t.Fatal(err)
		}
		data := sample(t, names[0])
		for n := range len(data) {
			recs, _, err := readAll(format, filesOf(t, format, data[:n]), sampleOptions(format))
			wantTruncated(t, format, n, whole, recs, err)
			if xml := data[0] == '<'; xml && err == nil && !bytes.Contains(data[:n], []byte("</CONSOLIDATED_LIST>")) && !bytes.Contains(data[:n], []byte("</data-set>")) {
				t.Errorf("%s cut at %d of %d: the missing end is not told", format, n, len(data))
			}
		}
	}
}

func wantTruncated(t *testing.T, format string, n int, whole, recs []Record, err error) {
	t.Helper()
	var e *entente.Error
	if err != nil && (!errors.As(err, &e) || e.Kind != entente.Invalid || e.Hint == "") {
		t.Fatalf("%s cut at %d: got %v, want an error with a next step", format, n, err)
	}
	for i, r := range recs {
		if r.Holding.ID == "" || i < len(whole) && reflect.DeepEqual(r.Holding, whole[i].Holding) {
			continue
		}
		if len(r.Aside) == 0 {
			t.Errorf("%s cut at %d: record %d came changed without a word: %+v", format, n, i, r.Holding)
		}
	}
}

// TestEveryByte changes every byte of every sample in turn. Nothing may panic,
// and no record that is used may be one that our own format refuses.
func TestEveryByte(t *testing.T) {
	for format, names := range samples {
		data := sample(t, names[0])
		for i := range data {
			old := data[i]
			data[i] = []byte{old ^ 1, '<', '"', '\n', 0xff, 0}[i%6]
			recs, _, _ := readAll(format, filesOf(t, format, data), sampleOptions(format))
			wantWritable(t, format, recs)
			data[i] = old
		}
	}
}

// wantWritable holds that what was read can be written in our own format.
func wantWritable(t *testing.T, format string, recs []Record) {
	t.Helper()
	for _, r := range recs {
		for _, a := range r.Aside {
			if a.Reason == "" || a.Where == "" || len(a.Text) > maxShown || len(a.Record) > maxWord {
				t.Fatalf("%s: a report says too little or too much: %+v", format, a)
			}
		}
		if r.Holding.ID == "" {
			if len(r.Aside) == 0 {
				t.Fatalf("%s, %s: a record vanished without a word", format, r.Where)
			}
			continue
		}
		var b strings.Builder
		if err := Write(&b, r.Holding); err != nil {
			t.Fatalf("%s, %s: what was read is refused: %v\n%+v", format, r.Where, err, r.Holding)
		}
		again, _, err := readAll("entente", []File{{"x", strings.NewReader(b.String())}}, Options{})
		if err != nil || len(again) != 1 || !reflect.DeepEqual(again[0].Holding, r.Holding) {
			t.Fatalf("%s, %s: what is written reads back as\n%+v, %v\nwant\n%+v", format, r.Where, again, err, r.Holding)
		}
	}
}
