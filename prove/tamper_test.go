package prove_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"entente"
	"entente/parse"
	"entente/prove"
)

// Whoever changes one byte of the file, or cuts it short, is found out.
func TestEveryChangeOfTheFileIsRefused(t *testing.T) {
	w, e := second(t)
	e.Later = [][]byte{w.link(w.sender, 2, checkpoint(w.tell(note("third"))))}
	b := zip(t, e)
	if _, err := checkZip(b); err != nil {
		t.Fatal(err)
	}
	for i := range b {
		for _, x := range []byte{0x01, 0x80} {
			b[i] ^= x
			if r, err := checkZip(b); err == nil && !r.Repacked { // a container of other bytes is called one
				t.Errorf("byte %d ^ %#x is accepted", i, x)
			}
			b[i] ^= x
		}
		if _, err := checkZip(b[:i]); err == nil {
			t.Errorf("cut to %d bytes it is accepted", i)
		}
	}
	if r, err := checkZip(append(b, 0)); err == nil && !r.Repacked {
		t.Error("with one byte more it is accepted")
	}
}

// content is a file of evidence.zip in the hands of a forger.
type content struct {
	name string
	data []byte
}

func unzip(t testing.TB, b []byte) []content {
	t.Helper()
	files, err := parse.ReadArchive(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var cs []content
	for _, f := range files {
		data, err := f.Bytes(1 << 22)
		if err != nil {
			t.Fatal(err)
		}
		cs = append(cs, content{f.Name, data})
	}
	return cs
}

// forge makes a whole file again, with a manifest and checksums that fit.
func forge(t testing.TB, cs []content) []byte {
	t.Helper()
	var m strings.Builder
	m.WriteString(`{"version":1,"what":"entente/1 evidence","files":[`)
	for i, c := range cs[1:] {
		if i > 0 {
			m.WriteByte(',')
		}
		fmt.Fprintf(&m, `{"name":%q,"size":%d,"digest":%q}`, c.name, len(c.data), entente.DigestOf(c.data))
	}
	m.WriteString(`]}`)
	files := []parse.File{parse.FileOf(cs[0].name, []byte(m.String()))}
	for _, c := range cs[1:] {
		files = append(files, parse.FileOf(c.name, c.data))
	}
	var b bytes.Buffer
	if err := parse.WriteArchive(&b, files); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A forger who makes manifest and checksums fit is found out by the signatures:
// no byte of any file is outside of one.
func TestEveryForgedByteIsRefused(t *testing.T) {
	w, e := second(t)
	refused := w.refuse(w.seal(note("no")), entente.ReasonScope)
	e.Later = [][]byte{w.link(w.sender, 2, w.sender.head.Checkpoint)}
	tried := map[string]bool{"manifest.json": true}
	for _, e := range []prove.Evidence{e, refused} {
		cs := unzip(t, zip(t, e))
		if _, err := checkZip(forge(t, cs)); err != nil {
			t.Fatal(err)
		}
		for n, c := range cs[1:] {
			if tried[c.name] {
				continue
			}
			tried[c.name] = true
			step := 1
			if len(c.data) > 1000 {
				step = 37 // descriptors and the envelope; package seal tries all of them
			}
			for i := 0; i < len(c.data); i += step {
				forged := slices.Clone(cs)
				data := bytes.Clone(c.data)
				data[i] ^= 1
				forged[n+1] = content{c.name, data}
				if r, err := checkZip(forge(t, forged)); err == nil {
					t.Fatalf("%s: byte %d is accepted:\n%s", c.name, i, r)
				}
			}
		}
	}
}

// Files that are missing, renamed, moved, doubled or added are refused, however
// well the manifest lists them, unless what is left is whole evidence of less.
func TestTheFileHasOneForm(t *testing.T) {
	w, e := second(t)
	e.Later = [][]byte{w.link(w.sender, 2, checkpoint(w.tell(note("third"))))}
	cs := unzip(t, zip(t, e))
	at := func(name string) int {
		i := slices.IndexFunc(cs, func(c content) bool { return c.name == name })
		if i < 0 {
			t.Fatalf("no file %s", name)
		}
		return i
	}
	without := func(name string) []content { return slices.Delete(slices.Clone(cs), at(name), at(name)+1) }
	renamed := func(name, to string) []content {
		c := slices.Clone(cs)
		c[at(name)].name = to
		return c
	}
	moved := func(name string) []content { return append(without(name), cs[at(name)]) }
	with := func(name string, data []byte) []content { return append(slices.Clone(cs), content{name, data}) }
	for name, forged := range map[string][]content{
		"no envelope":                  without("envelope.json"),
		"no agreement":                 without("agreement.txt"),
		"no sender":                    without("parties/borea-sls-1.txt"),
		"no recipient":                 without("parties/albia-ncc-1.txt"),
		"another edition by name":      renamed("parties/borea-sls-1.txt", "parties/borea-sls-2.txt"),
		"another party by name":        renamed("parties/borea-sls-1.txt", "parties/cadia-fiu-1.txt"),
		"a party without a name":       renamed("parties/borea-sls-1.txt", "parties/borea.txt"),
		"a later one by another name":  renamed("later/001.txt", "later/002.txt"),
		"a receipt as a place":         renamed("receipt.txt", "place.txt"),
		"a receipt as a refusal":       renamed("receipt.txt", "refusal.txt"),
		"the envelope last":            moved("envelope.json"),
		"the receipt last":             moved("receipt.txt"),
		"the agreement last":           moved("agreement.txt"),
		"a file more":                  with("readme.txt", []byte("believe me\n")),
		"an empty refusal":             with("refusal.txt", nil),
		"an oversized later file":      with("later/002.txt", make([]byte, 1<<20)),
		"too many later files":         manyLater(cs, cs[at("later/001.txt")].data),
		"a later file in a folder":     with("later/more/002.txt", cs[at("later/001.txt")].data),
		"recipient before the sender":  append(without("parties/borea-sls-1.txt"), cs[at("parties/borea-sls-1.txt")]),
		"a manifest of another name":   renamed("manifest.json", "index.json"),
		"nothing but the manifest":     cs[:1],
		"a descriptor of nobody there": with("parties/cadia-fiu-1.txt", cs[at("parties/borea-sls-1.txt")].data),
	} {
		if r, err := checkZip(forge(t, forged)); err == nil {
			t.Errorf("%s: accepted\n%s", name, r)
		}
	}
	for _, name := range []string{"parts.json", "later/001.txt"} {
		if _, err := checkZip(forge(t, without(name))); err != nil {
			t.Errorf("without %s it is evidence of less, but: %v", name, err)
		}
	}
}

// The descriptors of other parties stand by id in the file, too.
func TestOtherPartiesHaveOneOrder(t *testing.T) {
	w := newWorld(t)
	cadia, delta := newMember(t, "cadia-fiu", "Financial Intelligence Unit", "XC"), newMember(t, "delta-cert", "Incident Response", "XD")
	w.agreement = w.sign(strings.Replace(agreementText, `"borea-sls"]`, `"borea-sls", "cadia-fiu", "delta-cert"]`, 1), w.albia, w.borea, cadia, delta)
	e := w.tell(note("to one of four"))
	e.Others = [][]byte{cadia.notes[0], delta.notes[0]}
	cs := unzip(t, zip(t, e))
	if _, err := checkZip(forge(t, cs)); err != nil {
		t.Fatal(err)
	}
	last := len(cs) - 1
	cs[last], cs[last-1] = cs[last-1], cs[last]
	if _, err := checkZip(forge(t, cs)); entente.KindOf(err) != entente.Invalid {
		t.Error(err)
	}
}

func manyLater(cs []content, link []byte) []content {
	all := slices.Clone(cs)
	for i := range 300 {
		all = append(all, content{fmt.Sprintf("later/%03d.txt", i+2), link})
	}
	return all
}

func TestManifestsOfOtherFormsAreRefused(t *testing.T) {
	_, e := second(t)
	cs := unzip(t, zip(t, e))
	good := string(cs[0].data)
	for name, m := range map[string]string{
		"another version":  strings.Replace(good, `"version":1`, `"version":2`, 1),
		"another purpose":  strings.Replace(good, "entente/1 evidence", "entente/1 courier", 1),
		"an unknown field": strings.Replace(good, `"version":1`, `"version":1,"note":""`, 1),
		"white space":      strings.Replace(good, `"version":1`, `"version": 1`, 1),
		"another digest":   strings.Replace(good, `"digest":"`, `"digest":"00`, 1),
		"another size":     strings.Replace(good, `"size":`, `"size":1`, 1),
		"no JSON":          "manifest",
	} {
		files := []parse.File{parse.FileOf("manifest.json", []byte(m))}
		for _, c := range cs[1:] {
			files = append(files, parse.FileOf(c.name, c.data))
		}
		var b bytes.Buffer
		if err := parse.WriteArchive(&b, files); err != nil {
			t.Fatal(err)
		}
		if _, err := checkZip(b.Bytes()); entente.KindOf(err) != entente.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What Check accepts, Write writes again as the same bytes; and no input makes it
// fall over.
func FuzzCheck(f *testing.F) {
	w, e := second(f)
	f.Add(zip(f, e))
	e.Parts = nil
	f.Add(zip(f, e))
	f.Add(zip(f, w.refuse(w.seal(note("no")), entente.ReasonScope)))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := checkZip(b)
		if r.Holds != (err == nil) || r.String() == "" {
			t.Errorf("holds %v, but %v", r.Holds, err)
		}
	})
}
