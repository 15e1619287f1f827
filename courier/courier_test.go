package courier_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/courier"
	"entente/parse"
	"entente/seal"
)

// borea writes pouches, cadia would like to.
type party struct {
	entente.Party
	keys seal.Keys
}

func newParty(t testing.TB, id entente.PartyID) party {
	t.Helper()
	keys, err := seal.Generate(id)
	if err != nil {
		t.Fatal(err)
	}
	return party{entente.Party{ID: id, Edition: 1, Keys: keys.Public()}, keys}
}

// pouch has one of everything.
func pouch(file []byte) courier.Pouch {
	return courier.Pouch{
		From: "borea-sls", To: "albia-ncc", Made: time.Date(2011, 3, 4, 9, 0, 0, 1000, time.UTC),
		Descriptors: [][]byte{[]byte("a descriptor\n")},
		Deliveries: []entente.Delivery{
			{Envelope: []byte("an envelope"), Checkpoint: []byte("a checkpoint\n")},
			{Envelope: []byte("another"), Checkpoint: []byte("a checkpoint\n"), Before: []entente.Digest{{1}, {2}}},
		},
		Settlements: []entente.Settlement{
			{Envelope: entente.Digest{3}, Receipt: []byte("a receipt\n")},
			{Envelope: entente.Digest{4}, Refusal: []byte("a refusal\n")},
		},
		Files: []courier.File{{Digest: sha256.Sum256(file), Size: int64(len(file)), Open: func() (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader(file)), nil
		}}},
	}
}

func write(t testing.TB, p courier.Pouch, by seal.MessageKey) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := courier.Write(&b, p, by); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// knows looks parties up, as a store does.
func knows(known ...party) func(courier.Claim) ([]entente.Party, error) {
	return func(c courier.Claim) ([]entente.Party, error) {
		for _, p := range known {
			if p.ID == c.From {
				return []entente.Party{p.Party}, nil
			}
		}
		return nil, &entente.Error{Kind: entente.NotFound, Detail: "no such party"}
	}
}

// take opens a pouch and reads its files to the end, as a recipient does.
func take(b []byte, self entente.PartyID, senders func(courier.Claim) ([]entente.Party, error)) (courier.Pouch, error) {
	p, err := courier.Open(bytes.NewReader(b), int64(len(b)), self, senders)
	if err != nil {
		return p, err
	}
	for _, f := range p.Files {
		r, err := f.Open()
		if err != nil {
			return p, err
		}
		sum := sha256.New()
		n, err := io.Copy(sum, r)
		if err := errors.Join(err, r.Close()); err != nil {
			return p, err
		}
		if n != f.Size || entente.Digest(sum.Sum(nil)) != f.Digest {
			return p, errors.New("the file is not the one that its digest names")
		}
	}
	return p, nil
}

func TestRoundTrip(t *testing.T) {
	borea := newParty(t, "borea-sls")
	for _, want := range []courier.Pouch{pouch([]byte("an age file")), {From: "borea-sls", To: "albia-ncc", Made: time.Date(2011, 3, 4, 0, 0, 0, 0, time.UTC)}} {
		b := write(t, want, borea.keys.Message)
		got, err := take(b, "albia-ncc", knows(borea))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(write(t, got, borea.keys.Message), b) {
			t.Error("what was read does not write the same bytes again")
		}
		if got.Signer != parse.EditionOf(borea.Party) {
			t.Error("another edition signed it")
		}
		want.Signer = got.Signer
		got.Files, want.Files = nil, nil // their functions do not compare
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}

// Whoever carries the file can change nothing in it unseen.
func TestEveryByteCounts(t *testing.T) {
	borea := newParty(t, "borea-sls")
	b := write(t, pouch([]byte("an age file")), borea.keys.Message)
	known := knows(borea)
	changed := make([]byte, len(b))
	for i := range b {
		copy(changed, b)
		for bit := range 8 {
			changed[i] = b[i] ^ 1<<bit
			if _, err := take(changed, "albia-ncc", known); err == nil {
				t.Errorf("accepted with bit %d of byte %d changed, in %q", bit, i, b[max(0, i-10):min(len(b), i+10)])
			}
		}
		if _, err := take(b[:i:i], "albia-ncc", known); err == nil {
			t.Errorf("accepted when cut to %d of %d bytes", i, len(b))
		}
		if _, err := take(append(append(bytes.Clone(b[:i]), 'x'), b[i:]...), "albia-ncc", known); err == nil {
			t.Errorf("accepted with a byte more at %d", i)
		}
	}
	for _, more := range []string{"\n", "\x00", "PK"} {
		if _, err := take(append(bytes.Clone(b), more...), "albia-ncc", known); err == nil {
			t.Errorf("accepted with %q after its end", more)
		}
	}
}

// Nor does it help to pack what was changed anew, with checksums that hold.
func TestEveryByteIsSigned(t *testing.T) {
	borea := newParty(t, "borea-sls")
	file := []byte("an age file")
	b := write(t, pouch(file), borea.keys.Message)
	entries, err := parse.ReadArchive(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(archive(t, entries...), b) {
		t.Fatal("packed anew as it is, it is another file")
	}
	for at, e := range entries {
		content := read(t, e)
		for i := range content {
			for bit := range 8 {
				changed := bytes.Clone(content)
				changed[i] ^= 1 << bit
				again := append([]parse.File{}, entries...)
				again[at] = memory(e.Name, changed)
				if _, err := take(archive(t, again...), "albia-ncc", knows(borea)); err == nil {
					t.Errorf("accepted with bit %d of byte %d of %s changed", bit, i, e.Name)
				}
			}
		}
	}
}

func read(t testing.TB, f parse.File) []byte {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// bound writes an archive as courier.Write does, of any text, well signed.
func bound(t testing.TB, manifest string, by seal.MessageKey, more ...parse.File) []byte {
	t.Helper()
	signature := seal.Sign(by, "entente/1 courier", []byte(manifest))
	files := append([]parse.File{memory("manifest.json", []byte(manifest)), memory("manifest.sig", base64Line(signature))}, more...)
	var b bytes.Buffer
	if err := parse.WriteArchive(&b, files); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func base64Line(b []byte) []byte { return []byte(base64.StdEncoding.EncodeToString(b) + "\n") }

func memory(name string, b []byte) parse.File {
	return parse.File{Name: name, Size: int64(len(b)), Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }}
}

// What a sender may sign and Albia must not take.
func TestRefused(t *testing.T) {
	borea, cadia := newParty(t, "borea-sls"), newParty(t, "cadia-fiu")
	const head = `{"version":1,"from":"borea-sls","to":"albia-ncc","made":"2011-03-04T09:00:00Z"`
	file := []byte("an age file")
	listed := func(size string) string {
		return head + `,"files":[{"digest":"` + entente.Digest(sha256.Sum256(file)).String() + `","size":` + size + `}]}`
	}
	name := "files/" + entente.Digest(sha256.Sum256(file)).String()
	if _, err := take(bound(t, listed("11"), borea.keys.Message, memory(name, file)), "albia-ncc", knows(borea)); err != nil {
		t.Fatalf("the good one: %v", err)
	}
	for _, x := range []struct {
		what  string
		b     []byte
		kind  error
		field string
	}{
		{"nothing", nil, entente.Invalid, ""},
		{"not an archive", []byte("a letter"), entente.Invalid, ""},
		{"an archive of nothing", []byte("PK\x05\x06" + strings.Repeat("\x00", 18)), entente.Invalid, ""},
		{"no signature", archive(t, memory("manifest.json", []byte(head+"}"))), entente.Invalid, ""},
		{"another order", archive(t, memory("manifest.sig", []byte("x")), memory("manifest.json", []byte(head+"}"))), entente.Invalid, ""},
		{"a signature that is none", archive(t, memory("manifest.json", []byte(head+"}")), memory("manifest.sig", []byte("x"))), entente.Invalid, "manifest.sig"},
		{"a signature as long as a book", archive(t, memory("manifest.json", []byte(head+"}")), memory("manifest.sig", make([]byte, 257))), entente.Invalid, "manifest.sig"},
		{"signed by Cadia", bound(t, head+"}", cadia.keys.Message), entente.Unverified, "signature"},
		{"signed by Cadia for itself", bound(t, strings.Replace(head, "borea-sls", "cadia-fiu", 1)+"}", cadia.keys.Message), entente.NotFound, ""},
		{"for another party", bound(t, strings.Replace(head, "albia-ncc", "cadia-fiu", 1)+"}", borea.keys.Message), entente.Invalid, "to"},
		{"version 2", bound(t, strings.Replace(head, `"version":1`, `"version":2`, 1)+"}", borea.keys.Message), entente.Invalid, "version"},
		{"an unknown field", bound(t, head+`,"lane":"fast"}`, borea.keys.Message), entente.Invalid, "lane"},
		{"a field twice", bound(t, head+`,"to":"albia-ncc"}`, borea.keys.Message), entente.Invalid, "to"},
		{"another form", bound(t, strings.Replace(head, ",", ", ", 1)+"}", borea.keys.Message), entente.Invalid, ""},
		{"a sender's id that is none", bound(t, strings.Replace(head, "borea-sls", "../borea", 1)+"}", borea.keys.Message), entente.Invalid, "from"},
		{"an answer that is none", bound(t, head+`,"settlements":[{"envelope":"`+entente.Digest{}.String()+`"}]}`, borea.keys.Message), entente.Invalid, "settlements"},
		{"an answer that is both", bound(t, head+`,"settlements":[{"envelope":"`+entente.Digest{}.String()+`","receipt":"QQ==","refusal":"QQ=="}]}`, borea.keys.Message), entente.Invalid, "settlements"},
		{"too many descriptors", bound(t, head+`,"descriptors":["QQ=="`+strings.Repeat(`,"QQ=="`, 16)+`]}`, borea.keys.Message), entente.Invalid, "descriptors"},
		{"a descriptor as long as a book", bound(t, head+`,"descriptors":["`+base64.StdEncoding.EncodeToString(make([]byte, parse.MaxDescriptor+1))+`"]}`, borea.keys.Message), entente.Invalid, "descriptors"},
		{"a file that is not there", bound(t, listed("11"), borea.keys.Message), entente.Invalid, "files"},
		{"a file that is not listed", bound(t, head+"}", borea.keys.Message, memory(name, file)), entente.Invalid, "files"},
		{"a file of another size", bound(t, listed("12"), borea.keys.Message, memory(name, file)), entente.Invalid, "files"},
		{"a file of another name", bound(t, listed("11"), borea.keys.Message, memory("files/x", file)), entente.Invalid, "files"},
	} {
		_, err := take(x.b, "albia-ncc", knows(borea))
		e, ok := errors.AsType[*entente.Error](err)
		if !ok || !errors.Is(err, x.kind) || x.field != "" && e.Field != x.field {
			t.Errorf("%s: %v, want %v at %q", x.what, err, x.kind, x.field)
		}
	}
	// Other bytes under the right name: the archive holds, the digest does not.
	other := bound(t, listed("11"), borea.keys.Message, memory(name, []byte("another one")))
	if _, err := take(other, "albia-ncc", knows(borea)); err == nil {
		t.Error("a file with other bytes was accepted")
	}
}

func archive(t testing.TB, files ...parse.File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := parse.WriteArchive(&b, files); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWriteToABrokenDisk(t *testing.T) {
	borea := newParty(t, "borea-sls")
	p := pouch([]byte("an age file"))
	whole := len(write(t, p, borea.keys.Message))
	for n := 0; n < whole; n += 97 {
		if err := courier.Write(&full{left: n}, p, borea.keys.Message); err == nil {
			t.Fatalf("no error where only %d of %d bytes could be written", n, whole)
		}
	}
}

// An archive has at most 1000 entries, and a pouch that would have more is not written.
func TestWriteBounded(t *testing.T) {
	borea := newParty(t, "borea-sls")
	var p courier.Pouch
	for n := range courier.MaxFiles {
		p.Files = append(p.Files, courier.File{Digest: entente.Digest{byte(n), byte(n >> 8)}, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("")), nil }})
	}
	p.From, p.To, p.Made = "borea-sls", "albia-ncc", time.Date(2011, 3, 4, 9, 0, 0, 0, time.UTC)
	if _, err := take(write(t, p, borea.keys.Message), "albia-ncc", knows(borea)); err != nil && !strings.Contains(err.Error(), "digest") {
		t.Errorf("with %d files: %v", len(p.Files), err)
	}
	p.Files = append(p.Files, courier.File{Digest: entente.Digest{31: 1}, Open: p.Files[0].Open})
	var b bytes.Buffer
	if err := courier.Write(&b, p, borea.keys.Message); !errors.Is(err, entente.Invalid) || b.Len() > 0 {
		t.Errorf("with one more: %v, and %d bytes written", err, b.Len())
	}
}

// full is a disk that takes only so much.
type full struct{ left int }

func (f *full) Write(b []byte) (int, error) {
	if len(b) > f.left {
		return f.left, errors.New("no space left")
	}
	f.left -= len(b)
	return len(b), nil
}

// What opens writes the same bytes again, if it is signed again; nothing panics.
func FuzzCourierOpen(f *testing.F) {
	borea := newParty(f, "borea-sls")
	b := write(f, pouch([]byte("an age file")), borea.keys.Message)
	f.Add(b)
	f.Add(b[:len(b)/2])
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Add(bound(f, `{"version":1,"from":"borea-sls","to":"albia-ncc","made":"2011-03-04T09:00:00Z"}`, borea.keys.Message))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := take(b, "albia-ncc", knows(borea))
		if err != nil {
			return
		}
		if again := write(t, p, borea.keys.Message); !bytes.Equal(again, b) {
			t.Errorf("%q opens, and writes %q", b, again)
		}
	})
}
