package parse

import (
	"bytes"
	"strings"
	"testing"

	"entente"
)

func TestRefusalForm(t *testing.T) {
	want := "entente/1 refusal\nfrom: albia-ncc\nedition: " + entente.DigestOf([]byte("edition")).String() + "\n" +
		"channel: entente/north-star/borea-sls/albia-ncc\n" +
		"message: 0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7\n" +
		"envelope: " + entente.DigestOf([]byte("envelope")).String() + "\n" +
		"reason: out-of-scope\nfield: scope.tip\nexpected: 3\nplace: taken\nfinal: yes\nat: 2011-03-04T09:00:00.000125Z\n"
	got := FormatRefusal(testRefusal())
	if string(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
	r, err := Refusal(got)
	if err != nil || r.Channel != testRefusal().Channel || r.Field != "scope.tip" || r.From != "albia-ncc" || !r.Placed || !r.Final || !r.At.Equal(testTime) || r.Expected != 3 {
		t.Errorf("got %+v, %v", r, err)
	}
}

func TestRefusalOfWhatCouldNotBeRead(t *testing.T) {
	r := entente.Refusal{From: "albia-ncc", Envelope: entente.DigestOf(nil), Reason: entente.ReasonMalformed, At: testTime}
	text := FormatRefusal(r)
	if !bytes.Contains(text, []byte("\nchannel: \nmessage: \n")) {
		t.Errorf("got %s", text)
	}
	got, err := Refusal(text)
	if err != nil || got.Channel != r.Channel || got.Message != "" || got.Reason != r.Reason {
		t.Errorf("got %+v, %v", got, err)
	}
}

// A field must not be able to write lines of its own.
func TestRefusalFieldIsTamed(t *testing.T) {
	r := testRefusal()
	r.Field = "x\nreason: busy — Арсен" + strings.Repeat("y", 500)
	got, err := Refusal(FormatRefusal(r))
	if err != nil || got.Reason != entente.ReasonScope || len(got.Field) != 200 || strings.ContainsAny(got.Field, "\n :А") {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestRefusalEveryByteAndPrefix(t *testing.T) {
	b := FormatRefusal(testRefusal())
	for i := range b {
		if _, err := Refusal(b[:i]); err == nil {
			t.Fatalf("the first %d bytes parse", i)
		}
		for v := range 256 {
			changed := bytes.Clone(b)
			if changed[i] = byte(v); changed[i] == b[i] {
				continue
			}
			if r, err := Refusal(changed); err == nil && bytes.Equal(FormatRefusal(r), b) {
				t.Fatalf("byte %d set to %#x reads the same", i, v)
			}
		}
	}
}

// A later version's reason is read; what becomes of the envelope stands beside it.
func TestRefusalForAReasonOfALaterVersion(t *testing.T) {
	for _, want := range []entente.Treatment{entente.TreatFinal, entente.TreatPutOff, entente.TreatAgain} {
		r := testRefusal()
		r.Reason, r.Final, r.Placed = "moon-phase", want == entente.TreatFinal, want != entente.TreatAgain
		got, err := Refusal(FormatRefusal(r))
		if err != nil || got.Treatment() != want || got.Reason.Known() || got.Words() == "" {
			t.Errorf("%s: %+v, %v", want, got, err)
		}
	}
}

func TestRefusalRefusals(t *testing.T) {
	good := string(FormatRefusal(testRefusal()))
	for _, tt := range []struct{ old, new, field string }{
		{"entente/1", "entente/2", "refusal"},
		{"entente/north-star/borea-sls/", "entente/north-star/", "channel"},
		{"entente/north-star", "entente/North", "channel"},
		{"message: 0", "message: x", "message"},
		{"message: 0", "id: 0", "message"},
		{"envelope: ", "envelope: 00", "envelope"},
		{"out-of-scope", "Dislike", "reason"},
		{"out-of-scope", "", "reason"},
		{"from: albia-ncc", "from: Albia", "from"},
		{"edition: ", "edition: 0", "edition"},
		{"place: taken", "place: Taken", "refusal"},
		{"final: yes", "final: maybe", "refusal"},
		{"expected: 3", "expected: 1099511627777", "expected"},
		{"scope.tip", "scope tip", "refusal"},
		{"expected: 3", "expected: -3", "expected"},
		{"expected: 3", "expected: 03", "refusal"},
		{"expected: 3", "expected: +3", "refusal"},
		{"09:00:00.000125Z", "10:00:00.000125+01:00", "at"},
		{"09:00:00.000125Z", "09:00:00.0001250Z", "at"},
		{"09:00:00.000125Z", "09:00:60Z", "at"},
		{"2011-03-04T09:00:00.000125Z", "10000-01-01T00:00:00Z", "at"},
		{"000125Z\n", "000125Z", "at"},
		{"000125Z\n", "000125Z\nmore: 1\n", "refusal"},
		{"\n", "\r\n", "refusal"},
		{"entente/1", strings.Repeat("e", MaxRefusal), "refusal"},
	} {
		_, err := Refusal([]byte(strings.Replace(good, tt.old, tt.new, 1)))
		if e, ok := err.(*entente.Error); !ok || e.Kind != entente.Invalid || e.Field != tt.field {
			t.Errorf("%s: got %v, want field %s", tt.new, err, tt.field)
		}
	}
}
