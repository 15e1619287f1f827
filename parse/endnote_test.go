package parse

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"entente"
)

func testEndNote() entente.EndNote {
	return entente.EndNote{
		Channel: entente.Channel{Agreement: "north-star", From: "borea-sls", To: "albia-ncc"},
		Edition: entente.DigestOf([]byte("edition 2")), Number: 2, Size: 7, Root: entente.DigestOf([]byte("root")), Received: 4,
		At: time.Date(2011, 3, 4, 9, 0, 0, 0, time.UTC),
	}
}

func testEndNotes() []entente.EndNote {
	empty, stolen := testEndNote(), testEndNote()
	empty.Size, empty.Root, empty.Received = 0, entente.DigestOf(nil), 0
	stolen.HasStolen, stolen.Stolen = true, stolen.At.Add(-time.Hour)
	return []entente.EndNote{testEndNote(), empty, stolen}
}

func TestEndNote(t *testing.T) {
	for _, want := range testEndNotes() {
		got, err := EndNote(FormatEndNote(want))
		if err != nil {
			t.Fatal(err)
		}
		if got.Channel != want.Channel || got.Edition != want.Edition || got.Number != want.Number || got.Size != want.Size || got.Root != want.Root ||
			got.Received != want.Received || !got.At.Equal(want.At) || got.HasStolen != want.HasStolen || !got.Stolen.Equal(want.Stolen) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}

// A time of zero is said; an empty line says none.
func TestEndNoteStolenZero(t *testing.T) {
	e := testEndNote()
	e.HasStolen, e.Stolen = true, time.Unix(0, 0).UTC()
	got, err := EndNote(FormatEndNote(e))
	if err != nil || !got.HasStolen || got.Stolen.Unix() != 0 {
		t.Errorf("got %+v, %v", got, err)
	}
}

// No changed byte and no prefix reads as the same note.
func TestEndNoteEveryByte(t *testing.T) {
	for _, e := range testEndNotes() {
		text := FormatEndNote(e)
		for i := range text {
			if _, err := EndNote(text[:i]); err == nil {
				t.Errorf("its first %d bytes are read", i)
			}
			for v := range 256 {
				changed := bytes.Clone(text)
				if changed[i] = byte(v); changed[i] == text[i] {
					continue
				}
				if got, err := EndNote(changed); err == nil && bytes.Equal(FormatEndNote(got), text) {
					t.Fatalf("byte %d set to %#x reads the same", i, v)
				}
			}
		}
	}
}

func TestEndNoteRefusals(t *testing.T) {
	good := string(FormatEndNote(testEndNotes()[2]))
	empty := string(FormatEndNote(testEndNotes()[1]))
	for _, tt := range []struct{ text, old, new, field string }{
		{good, "entente/1 end", "entente/1 start", "end note"},
		{good, "entente/north-star/borea-sls/albia-ncc", "", "origin"},
		{good, "/borea-sls/albia-ncc", "/borea-sls/borea-sls", "origin"},
		{good, "north-star", "North", "channel"},
		{good, "edition: ", "edition: 00", "edition"},
		{good, "number: 2", "number: 1", "number"},
		{good, "number: 2", "number: 02", "end note"},
		{good, "number: 2", "number: 9007199254740992", "number"},
		{good, "size: 7", "size: -7", "size"},
		{good, "size: 7", "size: 1099511627777", "size"},
		{good, "size: 7", "size: 07", "end note"},
		{good, "size: 7", "size: 0", "root"},
		{empty, "root: 4", "root: 5", "root"},
		{good, "received: 4", "received: 1099511627777", "received"},
		{good, "at: 2011-03-04T09:00:00Z", "at: 2011-03-04T10:00:00+01:00", "at"},
		{good, "at: 2011-03-04T09:00:00Z", "at: 2011-03-04T09:00:00.5Z", "end note"},
		{good, "at: 2011-03-04T09:00:00Z", "at: 2011-03-04T07:59:59Z", "stolen"},
		{good, "stolen: 2011", "stolen: 1799", "stolen"},
		{good, "stolen: ", "until: ", "stolen"},
		{good, "08:00:00Z\n", "08:00:00Z", "stolen"},
		{good, "08:00:00Z\n", "08:00:00Z\nmore: 1\n", "end note"},
		{good, "\n", "\r\n", "end note"},
		{good, "entente/1", strings.Repeat("e", MaxEndNote), "end note"},
	} {
		_, err := EndNote([]byte(strings.Replace(tt.text, tt.old, tt.new, 1)))
		if e, ok := err.(*entente.Error); !ok || e.Kind != entente.Invalid || e.Field != tt.field {
			t.Errorf("%s: got %v, want field %s", tt.new, err, tt.field)
		}
	}
	limit := testEndNote()
	limit.Number, limit.Size, limit.Received = 1<<53-1, 1<<40, 1<<40
	if _, err := EndNote(FormatEndNote(limit)); err != nil {
		t.Errorf("the largest numbers: %v", err)
	}
}

func FuzzEndNote(f *testing.F) {
	for _, e := range testEndNotes() {
		f.Add(FormatEndNote(e))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		same(t, b, EndNote, func(e entente.EndNote) ([]byte, error) { return FormatEndNote(e), nil })
	})
}
