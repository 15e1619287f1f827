package prove_test

import (
	"bytes"
	"strings"
	"testing"

	"entente"
	"entente/parse"
	"entente/prove"
)

// cautious is a tip with a tear line and a file.
func cautious() entente.Statement {
	s := tip()
	s.Tip.Title, s.Tip.Text = "Only for you", "He was seen at the quarry."
	s.Tip.TearLine = &entente.TearLine{Text: "Look out at the border.", TLP: entente.TLPGreen}
	s.Attachments = []entente.Attachment{{
		Digest: entente.DigestOf([]byte("an age file")), Size: 11, Name: "letter.pdf", Media: "application/pdf", Key: attachmentKey,
	}}
	return s
}

// Each extent opens what it says, and the file has no trace of the rest.
func TestExtents(t *testing.T) {
	w := newWorld(t)
	e := w.tell(cautious())
	for _, x := range []struct {
		extent   prove.Extent
		opens    []string
		withheld []string
		row      string
	}{
		{prove.Whole, []string{"quarry", "Look out", "letter.pdf", attachmentKey}, nil, "withheld    0 parts"},
		{prove.WithoutKeys, []string{"quarry", "Look out", "letter.pdf"}, []string{attachmentKey}, "withheld    1 part\n"},
		{prove.TearLine, []string{"Look out", "AMBER+STRICT"}, []string{"quarry", "letter.pdf", "Only for you", "Кадаев", attachmentKey}, "withheld    13 parts"},
		{prove.Sealed, nil, []string{"quarry", "Look out", "letter.pdf", "AMBER+STRICT", attachmentKey}, "withheld    all parts"},
	} {
		e := w.open(e, w.last, x.extent)
		r := holds(t, e)
		opened := openedIn(t, e)
		for _, word := range x.opens {
			if !strings.Contains(opened, word) {
				t.Errorf("%s: it does not open %q", x.extent, word)
			}
		}
		for _, word := range x.withheld {
			if strings.Contains(opened, word) || strings.Contains(r.String(), word) || bytes.Contains(zip(t, e), []byte(word)) {
				t.Errorf("%s: it opens %q", x.extent, word)
			}
		}
		if !strings.Contains(r.String(), x.row) {
			t.Errorf("%s: no row %q in\n%s", x.extent, x.row, r)
		}
	}
	if _, err := prove.Open(w.last, "much"); entente.KindOf(err) != entente.Invalid {
		t.Errorf("an extent that is none: %v", err)
	}
	w.tell(note("without a tear line"))
	if _, err := prove.Open(w.last, prove.TearLine); entente.KindOf(err) != entente.Invalid {
		t.Errorf("a tear line that is none: %v", err)
	}
}

func openedIn(t *testing.T, e prove.Evidence) string {
	t.Helper()
	if len(e.Parts) == 0 {
		return ""
	}
	s, err := parse.Showing(e.Parts)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, p := range s.Parts {
		b.Write(p.Value)
	}
	return b.String()
}

// What a forger makes of true evidence is refused: the attacks of docs/protocol.md,
// section 11, on a file whose manifest fits.
func TestForgedPartsAreRefused(t *testing.T) {
	w := newWorld(t)
	before := w.tell(note("first"))
	e := w.tell(cautious())
	whole := w.open(e, w.last, prove.Whole)
	torn := w.open(e, w.last, prove.TearLine)
	showing := func(e prove.Evidence) entente.Showing {
		s, err := parse.Showing(e.Parts)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	find := func(s entente.Showing, path string) *entente.Part {
		for i := range s.Parts {
			if s.Parts[i].Path == path {
				return &s.Parts[i]
			}
		}
		t.Fatalf("no part %s", path)
		return nil
	}
	for what, forged := range map[string]func() prove.Evidence{
		"other words under an old header": func() prove.Evidence {
			s := showing(whole)
			find(s, "/tip/text").Value = []byte(`"He was seen at the harbour."`)
			e := whole
			e.Parts = w.encode(s)
			return e
		},
		"another grade of a claim": func() prove.Evidence {
			s := showing(whole)
			p := find(s, "/tip/claims/0")
			p.Value = bytes.Replace(p.Value, []byte("B2"), []byte("F6"), 1)
			e := whole
			e.Parts = w.encode(s)
			return e
		},
		"a claim without its grade": func() prove.Evidence {
			s := showing(whole)
			p := find(s, "/tip/claims/0")
			p.Value = bytes.Replace(p.Value, []byte(`"grade":"B2",`), nil, 1)
			e := whole
			e.Parts = w.encode(s)
			return e
		},
		"weaker caveats": func() prove.Evidence {
			s := showing(torn)
			p := find(s, "/caveats")
			p.Value = bytes.Replace(p.Value, []byte("AMBER+STRICT"), []byte("CLEAR"), 1)
			e := torn
			e.Parts = w.encode(s)
			return e
		},
		"a part called by another path": func() prove.Evidence {
			s := showing(torn)
			find(s, "/tip/tear_line/text").Path = "/tip/text"
			e := torn
			e.Parts = w.encode(s)
			return e
		},
		"more parts than there are": func() prove.Evidence {
			s := showing(torn)
			s.Count++
			e := torn
			e.Parts = w.encode(s)
			return e
		},
		"no part at all": func() prove.Evidence {
			e := torn
			e.Parts = w.encode(entente.Showing{Count: 1, Parts: []entente.Part{}, Hidden: []entente.Digest{{1}}})
			return e
		},
		"the parts of another message": func() prove.Evidence {
			e := torn
			e.Parts = before.Parts
			return e
		},
		"the header of another message over the same parts": func() prove.Evidence {
			e := torn
			e.Header, e.Sealed, e.Signature = before.Header, before.Sealed, before.Signature
			return e
		},
	} {
		fails(t, forged(), what)
	}
}
