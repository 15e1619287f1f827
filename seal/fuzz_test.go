package seal

import (
	"bytes"
	"testing"

	"filippo.io/age"

	"entente"
	"entente/parse"
)

// Nobody guesses a signature, so that fuzzing what is signed stops at the first
// check. Each target therefore signs what it is given, too, and asks that what
// is accepted then has one form only.

func FuzzOpen(f *testing.F) {
	w := newWorld(f)
	s := w.sealed(f)
	genuine := released(f, noteStatement(), "albia-ncc").Payload()
	plaintext, err := parse.EncodePlaintext(s.Secret, genuine)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(s.Envelope, genuine, plaintext)
	f.Add([]byte("entente/1 envelope\n"), []byte("{}"), []byte("{}"))
	f.Fuzz(func(t *testing.T, envelope, payload, plaintext []byte) {
		if h, err := Peek(envelope); err == nil {
			e, err := parse.Envelope(envelope)
			if err != nil {
				t.Fatalf("Peek reads what is no envelope: %v", err)
			}
			if b, err := parse.EncodeHeader(h); err != nil || !bytes.Equal(b, e.Header) {
				t.Fatalf("a header has two forms: %q, %q, %v", e.Header, b, err)
			}
		}
		if o, err := w.open(envelope); err == nil && !bytes.Equal(o.Payload, genuine) {
			t.Fatal("an envelope was forged")
		}
		if len(payload) == 0 || len(payload) > parse.MaxStatement {
			return
		}
		said := forge{header: w.header(), payload: payload, by: w.borea.keys.Message, to: w.albia.keys.Seal.Public()}
		if o, err := w.open(said.envelope(t)); err == nil {
			if b, err := parse.EncodeStatement(o.Message.Statement); err != nil || !bytes.Equal(b, payload) {
				t.Fatalf("a statement has two forms: %q, %q, %v", payload, b, err)
			}
		} else if entente.ReasonOf(err) == "" {
			t.Fatalf("refused without a reason: %v", err)
		}
		said.plaintext = append(plaintext, make([]byte, -len(plaintext)&255)...)
		if _, err := w.open(said.envelope(t)); err != nil && entente.ReasonOf(err) == "" {
			t.Fatalf("refused without a reason: %v", err)
		}
	})
}

func FuzzOpenParty(f *testing.F) {
	w := newWorld(f)
	note := descriptor(f, w.borea.party, w.borea.keys)
	text, _ := splitNote(note)
	f.Add(note, text)
	f.Fuzz(func(t *testing.T, raw, text []byte) {
		if p, err := OpenParty(raw, nil); err == nil {
			if got, _ := splitNote(raw); !bytes.Equal(parse.FormatParty(p), got) {
				t.Fatal("a descriptor has two forms")
			}
		}
		signed, err := signNote(text, newNoteSigner("borea-sls", w.borea.keys.Identity.key), newNoteSigner("borea-sls/node", w.borea.keys.Message.key), newNoteSigner("borea-sls/ledger", w.borea.keys.Ledger.key))
		if err != nil {
			return
		}
		p, err := OpenParty(signed, nil)
		if err != nil {
			return
		}
		again, err := SignParty(p, w.borea.keys)
		if err != nil || !bytes.Equal(again, signed) {
			t.Fatalf("a descriptor has two forms: %q, %q, %v", signed, again, err)
		}
	})
}

func FuzzOpenAgreement(f *testing.F) {
	w := newWorld(f)
	note := w.signed(f, w.albia, w.borea)
	f.Add(note, []byte(northStar))
	f.Add(w.signed(f, w.albia), []byte("id = \"x\"\n\n— albia-ncc AAAAAAAA\n"))
	f.Fuzz(func(t *testing.T, raw, text []byte) {
		if r, err := OpenAgreement(raw, w.directory); err == nil && !bytes.HasPrefix(raw, r.Agreement.Text) {
			t.Fatal("the text is not the one that was signed")
		}
		signed, err := SignAgreement(text, "albia-ncc", w.albia.keys.Identity)
		if err != nil {
			return
		}
		r, err := OpenAgreement(signed, w.directory)
		if err != nil {
			return // it may carry a line of another party that does not hold
		}
		if r.Signed[0] != "albia-ncc" && (len(r.Signed) < 2 || r.Signed[1] != "albia-ncc") {
			t.Fatalf("signed by %v", r.Signed)
		}
	})
}

func FuzzOpenRefusal(f *testing.F) {
	w := newWorld(f)
	r, err := SignRefusal(refusal(), w.albia.keys.Message, w.albia.party)
	if err != nil {
		f.Fatal(err)
	}
	text, _ := splitNote(r.Text)
	f.Add(r.Text, text)
	f.Fuzz(func(t *testing.T, raw, text []byte) {
		if _, err := OpenRefusal(raw, w.albia.party); err == nil && !bytes.Equal(raw, r.Text) {
			t.Fatal("a refusal was forged")
		}
		signed, err := signNote(text, newNoteSigner("albia-ncc/node", w.albia.keys.Message.key))
		if err != nil {
			return
		}
		got, err := OpenRefusal(signed, w.albia.party)
		if err != nil {
			return
		}
		if again, err := SignRefusal(got, w.albia.keys.Message, w.albia.party); err != nil || !bytes.Equal(again.Text, signed) {
			t.Fatalf("a refusal has two forms: %q, %q, %v", signed, again.Text, err)
		}
	})
}

func FuzzUnlock(f *testing.F) {
	k, err := Rotate(seededKeys(f, "albia-ncc", "1"), "seal")
	if err != nil {
		f.Fatal(err)
	}
	text, err := formatKeys(k)
	if err != nil {
		f.Fatal(err)
	}
	// The same in every process that fuzzes: each takes the others' inputs.
	id, err := age.ParseX25519Identity("AGE-SECRET-KEY-18SPYL6C6A4YMMYT93FQ62D5SHNA05KNUWJR9ECU93X83X3258ZXSDZH33X")
	if err != nil {
		f.Fatal(err)
	}
	locked, err := Lock(k, id.Recipient())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(locked, text)
	f.Add([]byte("age-encryption.org/v1\n"), []byte(lockedHead+"\nparty albia-ncc\n"))
	f.Fuzz(func(t *testing.T, raw, text []byte) {
		if got, err := Unlock(raw, id); err == nil && !got.Public().Identity.Equal(k.Identity.Public()) {
			t.Fatal("a key file was forged")
		}
		k, err := parseKeys(text)
		if err != nil {
			return
		}
		if again, err := formatKeys(k); err != nil || !bytes.Equal(again, text) {
			t.Fatalf("a key file has two forms: %v", err)
		}
	})
}
