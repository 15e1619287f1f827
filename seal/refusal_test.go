package seal

import (
	"strings"
	"testing"
	"time"

	"entente"
	"entente/parse"
)

func refusal() entente.Refusal {
	return entente.Refusal{
		Channel: entente.Channel{Agreement: "north-star", From: "borea-sls", To: "albia-ncc"}, Message: messageID,
		Envelope: entente.DigestOf([]byte("an envelope")), Reason: entente.ReasonScope, Field: "scope.tip", Expected: 3, Placed: true, Final: true,
		At: time.Date(2011, 3, 4, 9, 31, 0, 0, time.UTC),
	}
}

func TestRefusal(t *testing.T) {
	w := newWorld(t)
	unread := refusal()
	unread.Channel, unread.Message, unread.Field = entente.Channel{}, "", ""
	for _, r := range []entente.Refusal{refusal(), unread} {
		s, err := SignRefusal(r, w.albia.keys.Message, w.albia.party)
		if err != nil {
			t.Fatal(err)
		}
		got, err := OpenRefusal(s.Text, w.albia.party)
		if err != nil {
			t.Fatal(err)
		}
		if string(got.Text) != string(s.Text) {
			t.Error("another text came out")
		}
		got.Text = nil
		if got.Channel != r.Channel || got.Message != r.Message || got.Envelope != r.Envelope || got.Reason != r.Reason ||
			got.From != "albia-ncc" || got.Field != r.Field || got.Expected != r.Expected || !got.At.Equal(r.At) {
			t.Errorf("got %+v, want %+v", got, r)
		}
	}
}

func TestRefusalTampered(t *testing.T) {
	w := newWorld(t)
	r, err := SignRefusal(refusal(), w.albia.keys.Message, w.albia.party)
	if err != nil {
		t.Fatal(err)
	}
	changes := all
	if testing.Short() {
		changes = some
	}
	tamper(t, "refusal", r.Text, changes, func(b []byte) bool { _, err := OpenRefusal(b, w.albia.party); return err == nil })
}

func TestRefusalOfOthers(t *testing.T) {
	w := newWorld(t)
	r, err := SignRefusal(refusal(), w.albia.keys.Message, w.albia.party)
	if err != nil {
		t.Fatal(err)
	}
	_, err = OpenRefusal(r.Text, w.borea.party)
	wants(t, "taken for another party's", err, entente.Unverified, entente.ReasonSignature)

	// A message key under the name of an identity key says nothing.
	text, _ := splitNote(r.Text)
	misnamed, err := signNote(text, newNoteSigner("albia-ncc", w.albia.keys.Message.key))
	if err != nil {
		t.Fatal(err)
	}
	_, err = OpenRefusal(misnamed, w.albia.party)
	wants(t, "under another name", err, entente.Unverified, entente.ReasonSignature)

	other := refusal()
	other.Channel.To = "cadia-fiu"
	if _, err := SignRefusal(other, w.albia.keys.Message, w.albia.party); entente.KindOf(err) != entente.Invalid {
		t.Errorf("on a channel of others: %v", err)
	}
	foreign, err := SignRefusal(other, w.cadia.keys.Message, w.cadia.party)
	if err != nil {
		t.Fatal(err)
	}
	text, _ = splitNote(foreign.Text)
	meddling, err := signNote(text, newNoteSigner("albia-ncc/node", w.albia.keys.Message.key))
	if err != nil {
		t.Fatal(err)
	}
	_, err = OpenRefusal(meddling, w.albia.party)
	wants(t, "in another party's name", err, entente.Unverified, entente.ReasonSignature)
	own := strings.Replace(string(text), "from: cadia-fiu\nedition: "+parse.EditionOf(w.cadia.party).String(), "from: albia-ncc\nedition: "+parse.EditionOf(w.albia.party).String(), 1)
	meddling, err = signNote([]byte(own), newNoteSigner("albia-ncc/node", w.albia.keys.Message.key))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenRefusal(meddling, w.albia.party); entente.KindOf(err) != entente.Invalid {
		t.Errorf("of a channel on which it receives nothing: %v", err)
	}
}

// A refusal is the word of one edition. Another one that has the same key, or had
// it, cannot give it.
func TestRefusalIsOfTheEditionThatItNames(t *testing.T) {
	w := newWorld(t)
	r, err := SignRefusal(refusal(), w.albia.keys.Message, w.albia.party)
	if err != nil {
		t.Fatal(err)
	}
	later := w.albia.party
	later.Edition++
	if got, err := OpenRefusal(r.Text, later, w.albia.party); err != nil || got.Edition != parse.EditionOf(w.albia.party) {
		t.Errorf("among two editions: %+v, %v", got, err)
	}
	_, err = OpenRefusal(r.Text, later)
	wants(t, "by another edition with the same key", err, entente.Unverified, entente.ReasonSignature)
}

func TestSignRefusalRefuses(t *testing.T) {
	w := newWorld(t)
	if _, err := SignRefusal(refusal(), MessageKey{}, w.albia.party); entente.KindOf(err) != entente.Invalid {
		t.Errorf("without a key: %v", err)
	}
	bad := refusal()
	bad.Reason = "Because"
	if _, err := SignRefusal(bad, w.albia.keys.Message, w.albia.party); entente.KindOf(err) != entente.Invalid {
		t.Errorf("with a reason that is none: %v", err)
	}
	if _, err := OpenRefusal(make([]byte, maxRefusalNote+1), w.albia.party); entente.ReasonOf(err) != entente.ReasonTooLarge {
		t.Errorf("too large: %v", err)
	}
	// What stands in Field is shown to a partner; it cannot break the lines.
	odd := refusal()
	odd.Field = "a\nreason: busy"
	r, err := SignRefusal(odd, w.albia.keys.Message, w.albia.party)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := OpenRefusal(r.Text, w.albia.party); err != nil || got.Reason != entente.ReasonScope {
		t.Errorf("a field with a line break: %+v, %v", got, err)
	}
}
