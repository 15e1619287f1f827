package parse

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"entente"
)

func testFiles() []File {
	return []File{
		FileOf("manifest.json", []byte(`{"n":3}`)),
		FileOf("parties/albia-ncc.1.note", []byte("entente = \"party/1\"\n")),
		FileOf("empty_file", nil),
		FileOf("z", []byte("з")),
		FileOf("a", bytes.Repeat([]byte("again and again "), 30)),
	}
}

func pack(t testing.TB, files []File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteArchive(&b, files); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// unpack reads an archive and the content of all its files.
func unpack(b []byte) ([]File, [][]byte, error) {
	files, err := ReadArchive(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, nil, err
	}
	var contents [][]byte
	for _, f := range files {
		c, err := f.Bytes(1 << 20)
		if err != nil {
			return nil, nil, err
		}
		contents = append(contents, c)
	}
	return files, contents, nil
}

func TestArchiveRoundTrip(t *testing.T) {
	files := testFiles()
	b := pack(t, files)
	got, contents, err := unpack(b)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(files) {
		t.Fatalf("got %d files, want %d", len(got), len(files))
	}
	for i, f := range files {
		want, _ := f.Bytes(1 << 20)
		if got[i].Name != f.Name || got[i].Size != f.Size || !bytes.Equal(contents[i], want) {
			t.Errorf("%s: got %s of %d bytes", f.Name, got[i].Name, got[i].Size)
		}
	}
	if !bytes.Equal(pack(t, got), b) {
		t.Error("packed again, the archive differs")
	}
}

// Every program must be able to open it: Go's own reader stands for them.
func TestArchiveIsZIP(t *testing.T) {
	b := pack(t, testFiles())
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range testFiles() {
		want, _ := f.Bytes(1 << 20)
		r, err := z.File[i].Open()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(got, want) || z.File[i].Name != f.Name {
			t.Errorf("%s: got %s, %q, %v", f.Name, z.File[i].Name, got, err)
		}
		if m := z.File[i].Modified; !m.Equal(time.Date(1980, 1, 1, 0, 0, 0, 0, m.Location())) {
			t.Errorf("%s: modified %v", f.Name, m)
		}
	}
}

func TestArchiveEveryByteAndPrefix(t *testing.T) {
	b := pack(t, testFiles())
	for i := range b {
		if _, _, err := unpack(b[:i]); !errors.Is(err, entente.Invalid) {
			t.Fatalf("the first %d of %d bytes: got %v, want a refusal", i, len(b), err)
		}
		for _, flip := range []byte{1, 2, 4, 8, 16, 32, 64, 128, 255} {
			changed := bytes.Clone(b)
			changed[i] ^= flip
			if _, _, err := unpack(changed); !errors.Is(err, entente.Invalid) {
				t.Fatalf("byte %d of %d changed by %#x: got %v, want a refusal", i, len(b), flip, err)
			}
		}
	}
	for _, extra := range []string{"\x00", "PK\x05\x06"} {
		if _, _, err := unpack(append(bytes.Clone(b), extra...)); !errors.Is(err, entente.Invalid) {
			t.Errorf("followed by %q: got %v, want a refusal", extra, err)
		}
		if _, _, err := unpack(append([]byte(extra), b...)); !errors.Is(err, entente.Invalid) {
			t.Errorf("after %q: got %v, want a refusal", extra, err)
		}
	}
}

// A ZIP of another program is refused, though it holds the same files.
func TestArchiveOfAnotherProgram(t *testing.T) {
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		f, err := w.CreateHeader(&zip.FileHeader{Name: "a", Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte("content")); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if _, _, err := unpack(b.Bytes()); !errors.Is(err, entente.Invalid) {
			t.Errorf("method %d: got %v, want a refusal", method, err)
		}
	}
}

func TestArchiveRefusesFiles(t *testing.T) {
	many := make([]File, MaxFiles+1)
	for i := range many {
		many[i] = FileOf("f"+strings.Repeat("x", i/100)+string(rune('a'+i%26))+strings.Repeat("y", i%100), nil)
	}
	longer := FileOf("a", []byte("content"))
	longer.Size = 6
	shorter := FileOf("a", []byte("content"))
	shorter.Size = 8
	turn := byte('0')
	restless := File{Name: "a", Size: 1, Open: func() (io.ReadCloser, error) {
		turn++
		return io.NopCloser(bytes.NewReader([]byte{turn})), nil
	}}
	for name, tt := range map[string]struct {
		files []File
		kind  error
	}{
		"none":        {nil, entente.Invalid},
		"too many":    {many, entente.Invalid},
		"twice":       {[]File{FileOf("a", nil), FileOf("a", nil)}, entente.Invalid},
		"negative":    {[]File{{Name: "a", Size: -1}}, entente.Invalid},
		"longer":      {[]File{longer}, entente.Conflict},
		"shorter":     {[]File{shorter}, entente.Conflict},
		"restless":    {[]File{restless}, entente.Conflict},
		"name empty":  {[]File{FileOf("", nil)}, entente.Invalid},
		"name upper":  {[]File{FileOf("A", nil)}, entente.Invalid},
		"name root":   {[]File{FileOf("/a", nil)}, entente.Invalid},
		"name dir":    {[]File{FileOf("a/", nil)}, entente.Invalid},
		"name up":     {[]File{FileOf("a/../b", nil)}, entente.Invalid},
		"name hidden": {[]File{FileOf("a/.b", nil)}, entente.Invalid},
		"name slash":  {[]File{FileOf("a//b", nil)}, entente.Invalid},
		"name back":   {[]File{FileOf(`a\b`, nil)}, entente.Invalid},
		"name long":   {[]File{FileOf(strings.Repeat("a", 201), nil)}, entente.Invalid},
	} {
		if err := WriteArchive(io.Discard, tt.files); !errors.Is(err, tt.kind) {
			t.Errorf("%s: got %v, want %v", name, err, tt.kind)
		}
	}
}

// What WriteArchive refuses, ReadArchive refuses: the bytes are made by hand.
func TestArchiveRefusesNamesWhenReading(t *testing.T) {
	for _, names := range [][]string{{"A"}, {"../a"}, {"a", "a"}, {"/a"}, {""}} {
		var entries []entry
		for _, n := range names {
			entries = append(entries, entry{name: n})
		}
		place(entries)
		var b []byte
		for _, e := range entries {
			b = append(b, e.local()...)
		}
		if _, err := ReadArchive(bytes.NewReader(append(b, tail(entries)...)), int64(len(b)+len(tail(entries)))); !errors.Is(err, entente.Invalid) {
			t.Errorf("%q: got %v, want a refusal", names, err)
		}
	}
}

func TestArchiveChecksumHoldsBackTheEnd(t *testing.T) {
	b := pack(t, []File{FileOf("a", []byte("content"))})
	b[bytes.Index(b, []byte("content"))] = 'C'
	files, err := ReadArchive(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	r, _ := files[0].Open()
	got := make([]byte, len("content"))
	if _, err := io.ReadFull(r, got); !errors.Is(err, entente.Invalid) || slices.Max(got) != 0 {
		t.Errorf("got %q, %v; want nothing and an error", got, err)
	}
	if n, err := r.Read(got); n != 0 || !errors.Is(err, entente.Invalid) {
		t.Errorf("read again: got %d bytes, %v; want an error", n, err)
	}
}

func TestArchiveTellsBrokenDisks(t *testing.T) {
	full := errors.New("no space left")
	if err := WriteArchive(failing{full}, testFiles()); !errors.Is(err, entente.Unavailable) || !errors.Is(err, full) {
		t.Errorf("writing: got %v", err)
	}
	if _, err := ReadArchive(failing{full}, 1000); !errors.Is(err, entente.Unavailable) || !errors.Is(err, full) {
		t.Errorf("reading: got %v", err)
	}
	gone := File{Name: "a", Size: 1, Open: func() (io.ReadCloser, error) { return io.NopCloser(failing{full}), nil }}
	if err := WriteArchive(io.Discard, []File{gone}); !errors.Is(err, full) {
		t.Errorf("source: got %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error)         { return 0, f.err }
func (f failing) Read([]byte) (int, error)          { return 0, f.err }
func (f failing) ReadAt([]byte, int64) (int, error) { return 0, f.err }

// An archive of many gigabytes is made of its headers alone: the content is
// zeros that nobody stores.
func TestArchiveOver4GiB(t *testing.T) {
	for _, sizes := range [][]uint64{{5 << 30, 7}, {3 << 30, 3 << 30, 1}, {over32 - 1}, {over32}, {1 << 31, 1<<31 - 100, 9}} {
		var entries []entry
		for i, n := range sizes {
			entries = append(entries, entry{name: string(rune('a' + i)), size: n, crc: 1})
		}
		place(entries)
		s := sparse{parts: map[int64][]byte{}}
		for _, e := range entries {
			s.parts[int64(e.offset)] = e.local()
			s.size = int64(e.offset) + int64(len(e.local())) + int64(e.size)
		}
		s.parts[s.size] = tail(entries)
		s.size += int64(len(tail(entries)))
		files, err := ReadArchive(s, s.size)
		if err != nil {
			t.Fatalf("%v: %v", sizes, err)
		}
		z, err := zip.NewReader(s, s.size)
		if err != nil {
			t.Fatalf("%v: %v", sizes, err)
		}
		for i, n := range sizes {
			at, err := z.File[i].DataOffset()
			want := int64(entries[i].offset) + int64(len(entries[i].local()))
			if files[i].Size != int64(n) || z.File[i].UncompressedSize64 != n || err != nil || at != want {
				t.Errorf("%v: file %d: got %d and %d bytes at %d, %v", sizes, i, files[i].Size, z.File[i].UncompressedSize64, at, err)
			}
		}
	}
}

// sparse is a file that holds some parts and zeros between them.
type sparse struct {
	parts map[int64][]byte
	size  int64
}

func (s sparse) ReadAt(b []byte, at int64) (int, error) {
	n := int(min(int64(len(b)), s.size-at))
	clear(b[:n])
	for start, part := range s.parts {
		for i, c := range part {
			if k := start + int64(i) - at; k >= 0 && k < int64(n) {
				b[k] = c
			}
		}
	}
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}
