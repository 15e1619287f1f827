package parse

import (
	"bytes"
	"errors"
	"testing"

	"entente"
)

// same is the property of every parser here: what parses encodes to the same
// bytes, and what does not is Invalid and nothing else.
func same[T any](t *testing.T, b []byte, parse func([]byte) (T, error), encode func(T) ([]byte, error)) {
	t.Helper()
	v, err := parse(b)
	if err != nil {
		if !errors.Is(err, entente.Invalid) {
			t.Errorf("an error of another kind: %v", err)
		}
		return
	}
	again, err := encode(v)
	if err != nil {
		t.Fatalf("what parsed does not encode: %v", err)
	}
	if !bytes.Equal(again, b) {
		t.Errorf("got  %q\nfrom %q", again, b)
	}
}

// must gives the bytes of a value that is known to encode.
func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

func FuzzHeader(f *testing.F) {
	f.Add(must(EncodeHeader(testHeader())))
	f.Fuzz(func(t *testing.T, b []byte) { same(t, b, Header, EncodeHeader) })
}

func FuzzStatement(f *testing.F) {
	for _, s := range testStatements() {
		f.Add(must(EncodeStatement(s)))
	}
	f.Fuzz(func(t *testing.T, b []byte) { same(t, b, Statement, EncodeStatement) })
}

func FuzzEnvelope(f *testing.F) {
	f.Add(must(EncodeEnvelope(testEnvelope(f))))
	f.Fuzz(func(t *testing.T, b []byte) { same(t, b, Envelope, EncodeEnvelope) })
}

func FuzzAccess(f *testing.F) {
	f.Add(must(EncodeAccess(testAccess())))
	f.Fuzz(func(t *testing.T, b []byte) { same(t, b, Access, EncodeAccess) })
}

func FuzzRefusal(f *testing.F) {
	f.Add(FormatRefusal(testRefusal()))
	f.Fuzz(func(t *testing.T, b []byte) {
		same(t, b, Refusal, func(r entente.Refusal) ([]byte, error) { return FormatRefusal(r), nil })
	})
}

func FuzzParty(f *testing.F) {
	f.Add(FormatParty(testParty()))
	f.Fuzz(func(t *testing.T, b []byte) {
		same(t, b, Party, func(p entente.Party) ([]byte, error) { return FormatParty(p), CheckParty(p) })
	})
}

func FuzzAgreement(f *testing.F) {
	f.Add(readFile(f, "agreement.toml"))
	f.Fuzz(func(t *testing.T, b []byte) {
		same(t, b, Agreement, func(a entente.Agreement) ([]byte, error) { return a.Text, nil })
		a, err := Agreement(b)
		if err != nil {
			return
		}
		for clause, line := range a.Lines {
			if line < 1 || line > bytes.Count(b, []byte("\n")) {
				t.Errorf("%s stands on line %d", clause, line)
			}
		}
		for _, clause := range []string{"id", "epoch", "parties", "from", "until"} {
			if a.Line(clause) == 0 {
				t.Errorf("%s stands on no line", clause)
			}
		}
	})
}

func FuzzTip(f *testing.F) {
	f.Add(readFile(f, "tip.toml"))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := Tip(b, today)
		if err != nil {
			if !errors.Is(err, entente.Invalid) {
				t.Errorf("an error of another kind: %v", err)
			}
			return
		}
		s := file.Statement
		s.ID = testID
		if s.Re() == testID {
			return
		}
		for i := range s.Refs {
			s.Refs[i].Digest = entente.DigestOf([]byte("the message that it answers")) // the draft gets it where the message is kept
		}
		if e, err := EncodeStatement(s); err == nil {
			same(t, e, Statement, EncodeStatement)
		} else if entente.ReasonOf(err) != entente.ReasonTooLarge {
			t.Errorf("a tip that parsed does not encode: %v", err)
		}
	})
}

func FuzzGeometry(f *testing.F) {
	f.Add([]byte(`{ "type": "Polygon", "coordinates": [[[0,0],[1,0],[1,1],[0,0]]] }`))
	f.Add([]byte(`{"type":"Point","coordinates":[12.50,-41,8.5]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		g, err := Geometry(b)
		if err != nil {
			if !errors.Is(err, entente.Invalid) {
				t.Errorf("an error of another kind: %v", err)
			}
			return
		}
		if again, err := Geometry(g); err != nil || !bytes.Equal(again, g) {
			t.Errorf("%s: its canonical form %s becomes %s, %v", b, g, again, err)
		}
	})
}

func FuzzArchive(f *testing.F) {
	f.Add(pack(f, testFiles()))
	f.Add(pack(f, testFiles()[:1]))
	f.Fuzz(func(t *testing.T, b []byte) {
		files, _, err := unpack(b)
		if err != nil {
			if !errors.Is(err, entente.Invalid) {
				t.Errorf("an error of another kind: %v", err)
			}
			return
		}
		if again := pack(t, files); !bytes.Equal(again, b) {
			t.Errorf("got  %q\nfrom %q", again, b)
		}
	})
}

func FuzzDuration(f *testing.F) {
	f.Add("30d")
	f.Add("100y")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := Duration(s)
		if (err == nil) != (d > 0) || d > maxDuration {
			t.Errorf("%q: got %v, %v", s, d, err)
		}
	})
}
