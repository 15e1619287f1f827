package prove_test

import (
	archive "archive/zip"
	"bytes"
	"compress/gzip"
	"slices"
	"strings"
	"testing"

	"entente/parse"
	"entente/prove"
)

// repack is what a desktop does to files: it packs them again, compressed.
func repack(t testing.TB, cs []content, method uint16) []byte {
	t.Helper()
	var b bytes.Buffer
	z := archive.NewWriter(&b)
	for _, c := range cs {
		w, err := z.CreateHeader(&archive.FileHeader{Name: c.name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(c.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A container that was packed again is told as one, and what is in it is judged.
func TestRepackedEvidence(t *testing.T) {
	_, e := second(t)
	cs := unzip(t, zip(t, e))
	inFolder := slices.Clone(cs)
	for i := range inFolder {
		inFolder[i].name = "evidence/" + inFolder[i].name
	}
	inFolder = append(inFolder, content{"__MACOSX/evidence/._receipt.txt", []byte("x")}, content{"evidence/.DS_Store", []byte("x")}, content{"evidence/parties/", nil})
	backwards := slices.Clone(cs)
	slices.Reverse(backwards)
	for name, b := range map[string][]byte{
		"stored": repack(t, cs, archive.Store), "compressed": repack(t, cs, archive.Deflate), "in a folder": repack(t, inFolder, archive.Deflate), "in another order": repack(t, backwards, archive.Deflate),
	} {
		r, err := checkZip(b)
		if err != nil || !r.Holds || !r.Repacked || r.Fault != "" || r.Statement == nil {
			t.Errorf("%s: %+v, %v", name, r, err)
			continue
		}
		if s := r.String(); !strings.Contains(s, "HOLDS") || !strings.Contains(s, "repacked") || strings.Contains(s, "NOT HOLD") {
			t.Errorf("%s: %s", name, s)
		}
	}
	// What is in it is judged as strictly as ever.
	for i, c := range cs {
		forged := slices.Clone(cs)
		data := bytes.Clone(c.data)
		data[len(data)/2] ^= 1
		forged[i] = content{c.name, data}
		if r, err := checkZip(repack(t, forged, archive.Deflate)); err == nil || r.Holds {
			t.Errorf("%s is changed, and accepted", c.name)
		}
		if r, err := checkZip(repack(t, slices.Delete(slices.Clone(cs), i, i+1), archive.Deflate)); err == nil || r.Holds {
			t.Errorf("%s is missing, and that is accepted", c.name)
		}
	}
	for name, forged := range map[string][]content{
		"a file more": append(slices.Clone(cs), content{"readme.txt", []byte("believe me")}), "one twice": append(slices.Clone(cs), cs[2]),
	} {
		if r, err := checkZip(repack(t, forged, archive.Deflate)); err == nil || r.Holds {
			t.Errorf("%s: accepted", name)
		}
	}
}

// What is not evidence, or was damaged on its way, is told as that, and not as a forgery.
func TestOtherFilesAreNotForgeries(t *testing.T) {
	_, e := second(t)
	good := zip(t, e)
	var squeezed bytes.Buffer
	g := gzip.NewWriter(&squeezed)
	g.Write(good)
	g.Close()
	var courier bytes.Buffer
	if err := parse.WriteArchive(&courier, []parse.File{parse.FileOf("manifest.json", []byte(`{"version":1}`)), parse.FileOf("manifest.sig", []byte("x"))}); err != nil {
		t.Fatal(err)
	}
	cs := unzip(t, good)
	for says, b := range map[string][]byte{
		"an empty file":                      nil,
		"a text file":                        []byte("Dear colleague,\nattached is the evidence.\n"),
		"a file compressed with gzip":        squeezed.Bytes(),
		"a courier file":                     courier.Bytes(),
		"one file out of unpacked evidence":  cs[1].data,
		"the descriptor of a party":          e.Sender[0],
		"an agreement":                       e.Agreement,
		"encrypted with age":                 []byte("age-encryption.org/v1\n-> X25519 abc\n"),
		"a web page":                         []byte("<!DOCTYPE html><title>Sign in</title>"),
		"a ZIP archive that entente did not": repack(t, []content{{"photo.jpg", []byte("x")}}, archive.Deflate),
		"cut off or damaged":                 good[:len(good)/2],
	} {
		r, err := checkZip(b)
		if err == nil || r.Holds || !r.Unjudged || !strings.Contains(r.Fault, says) || !strings.Contains(r.Fault, "What to do") {
			t.Errorf("%s: %+v, %v", says, r, err)
		}
		if s := r.String(); strings.Contains(s, "NOT HOLD") || strings.Contains(s, "proves nothing") {
			t.Errorf("%s: %s", says, s)
		}
	}
	if r, err := prove.Check(bytes.NewReader(forge(t, append(slices.Clone(cs), content{"readme.txt", []byte("x")}))), 0); err == nil || r.Holds {
		t.Error("a size of 0 is accepted")
	}
}
