package parse

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"entente"
)

// testRoot is the certificate of an authority.
var testRoot = sync.OnceValue(func() []byte { return certificate(true) })

func certificate(ca bool) []byte {
	pub, key, _ := ed25519.GenerateKey(rand.Reader)
	cert := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "albia-ncc"},
		NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<33, 0), IsCA: ca, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, pub, key)
	if err != nil {
		panic(err)
	}
	return der
}

func testParty() entente.Party {
	able := entente.Party{}.Able()
	return entente.Party{
		Speaks: able.Speaks, Accepts: able.Accepts,
		ID: "borea-sls", Edition: 2, Name: "Борейская служба «Север»", Country: "XB",
		Issued:   time.Date(2011, 3, 1, 9, 30, 0, 250_000_000, time.UTC),
		Endpoint: "https://node.borea.example:8443",
		Keys: entente.PartyKeys{
			Identity: bytes.Repeat([]byte{1}, 32), Message: bytes.Repeat([]byte{2}, 32), Ledger: bytes.Repeat([]byte{3}, 32),
			Seal: bytes.Repeat([]byte{4}, sealKeySize), TLSRoot: testRoot(),
		},
		Contacts: []entente.Contact{
			{Role: "duty desk", Phone: "+99 1 2345", Email: "duty@borea.example", Hours: "24/7"},
			{Role: `say "liaison" \ night`},
		},
		Extensions: []string{"later", "x-borea.example"}, Successor: &entente.Digest{7},
	}
}

func TestPartyRoundTrip(t *testing.T) {
	p := testParty()
	dials := testParty()
	dials.Endpoint, dials.Contacts, dials.Extensions, dials.Successor = "", nil, nil, nil
	for _, want := range []entente.Party{p, dials} {
		got, err := Party(FormatParty(want))
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}

func TestPartyEveryByteAndPrefix(t *testing.T) {
	text := FormatParty(testParty())
	want, err := Party(text)
	if err != nil {
		t.Fatal(err)
	}
	for i := range text {
		// A descriptor cut before a contact is one of a party with fewer contacts:
		// the signature tells them apart.
		if got, err := Party(text[:i]); err == nil && reflect.DeepEqual(got, want) {
			t.Fatalf("the first %d bytes read the same", i)
		}
		for _, flip := range []byte{0x01, 0x20, 0x80} {
			changed := bytes.Clone(text)
			changed[i] ^= flip
			if got, err := Party(changed); err == nil && reflect.DeepEqual(got, want) {
				t.Fatalf("byte %d changed by %#x reads the same", i, flip)
			}
		}
	}
}

func TestPartyRefusals(t *testing.T) {
	good := string(FormatParty(testParty()))
	swap := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("the descriptor has no %q", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	for _, tt := range []struct{ text, field string }{
		{swap("party/1", "party/2"), "entente"},
		{swap("borea-sls", "Borea"), "id"},
		{swap("edition = 2", "edition = 0"), "edition"},
		{swap("edition = 2", "edition = 02"), ""},
		{swap("edition = 2", "edition = 9007199254740992"), "edition"},
		{swap("speaks = [1]", "speaks = []"), "speaks"},
		{swap("speaks = [1]", "speaks = [0]"), "speaks[0]"},
		{swap("speaks = [1]", "speaks = [1, 1]"), "speaks[1]"},
		{swap("speaks = [1]", "speaks = [\"1\"]"), "speaks[0]"},
		{swap("speaks = [1]", "speaks = 1"), "speaks"},
		{swap("speaks = [1]", "speaks = [1,]"), ""},
		{swap("\"acknowledgement\", ", "\"Tip\", "), "accepts[0]"},
		{swap("\"acknowledgement\", ", "\"note\", "), "accepts[1]"},
		{swap("[\"later\", ", "[ \"later\", "), ""},
		{swap("\"later\"", "\"x-borea\""), "extensions[0]"},
		{swap("\"x-borea.example\"", "\"x-BOREA.example\""), "extensions[1]"},
		{swap("x-borea.example", "a-borea"), "extensions[1]"},
		{swap("successor = \"07", "successor = \"7"), "successor"},
		{swap("successor = \"", "successor = \"\" # \""), "successor"},
		{swap("edition = 2", "edition = +2"), ""},
		{swap("edition = 2", "edition  = 2"), ""},
		{swap("edition = 2", "Edition = 2"), "Edition"},
		{swap("edition = 2", "edition = 2 # two"), ""},
		{swap("«Север»", `\nx`), "name"},
		{swap("«Север»", `\u202Ex`), "name"},
		{swap("«Север»", `\u0041`), ""},
		{swap(`"XB"`, `"xb"`), "country"},
		{swap("09:30:00.25Z", "10:30:00.25+01:00"), ""},
		{swap("09:30:00.25Z", "09:30:00.250Z"), ""},
		{swap("09:30:00.25Z", "09:30:00.2500001Z"), "issued"},
		{swap("2011-03-01T09:30:00.25Z", "2011-03-01"), "issued"},
		{swap("https://", "http://"), "endpoint"},
		{swap(":8443\"", ":8443/\""), "endpoint"},
		{swap(":8443\"", ":8443?x\""), "endpoint"},
		{swap(":8443\"", ":8443#x\""), "endpoint"},
		{swap(":8443\"", ":\""), "endpoint"},
		{swap(":8443\"", ":0\""), "endpoint"},
		{swap(":8443\"", ":08443\""), "endpoint"},
		{swap(":8443\"", ":70000\""), "endpoint"},
		{swap("node.borea", "user@node.borea"), "endpoint"},
		{swap("node.borea", "Node.borea"), "endpoint"},
		{swap("node.borea", "node..borea"), "endpoint"},
		{swap("node.borea", "нода.borea"), "endpoint"},
		{swap("node.borea.example", "[::1%25eth0]"), "endpoint"},
		{swap("identity = \"AQEB", "identity = \"AQEBAQEB"), "keys.identity"},
		{swap("message = \"AgIC", "message = \"AgI\\nC"), ""},
		{swap("AwM=", "AwN="), "keys.ledger"}, // unused bits of the last character
		{swap("ledger = \"", "more = \"\"\nledger = \""), "keys.more"},
		{swap("role = \"duty desk\"\n", ""), "contact[0].role"},
		{swap("role = \"duty desk\"", "role = \"duty desk\"\nfax = \"1\""), "contact[0].fax"},
		{swap("phone = \"+99 1 2345\"", "phone = \"\""), ""},
		{good + "\n", ""},
		{"\n" + good, ""},
		{swap("speaks = [1]\n", ""), "speaks"},
	} {
		_, err := Party([]byte(tt.text))
		e, ok := err.(*entente.Error)
		if !ok {
			t.Errorf("%s: accepted", tt.field)
			continue
		}
		reason := entente.ReasonMalformed
		if strings.Contains(tt.text, "party/2") {
			reason = entente.ReasonVersion
		}
		if e.Field != tt.field || e.Reason != reason || !strings.HasPrefix(e.Detail, "line ") && tt.field != "speaks" {
			t.Errorf("got %q (%s, %s), want field %q", e.Field, e.Detail, e.Reason, tt.field)
		}
	}
}

func TestCheckParty(t *testing.T) {
	for field, change := range map[string]func(*entente.Party){
		"keys.identity": func(p *entente.Party) { p.Keys.Identity = nil },
		"keys.message":  func(p *entente.Party) { p.Keys.Message = p.Keys.Identity },
		"keys.ledger":   func(p *entente.Party) { p.Keys.Ledger = p.Keys.Message },
		"keys.seal":     func(p *entente.Party) { p.Keys.Seal = p.Keys.Seal[1:] },
		"keys.tls-root": func(p *entente.Party) { p.Keys.TLSRoot = certificate(false) },
		"contact":       func(p *entente.Party) { p.Contacts = make([]entente.Contact, 17) },
		"issued":        func(p *entente.Party) { p.Issued = p.Issued.In(time.FixedZone("", 3600)) },
		"name":          func(p *entente.Party) { p.Name = " " },
	} {
		p := testParty()
		change(&p)
		wantRefusal(t, field, CheckParty(p), entente.ReasonMalformed, field)
	}
	for _, endpoint := range []string{"https://192.0.2.7:8443", "https://[2001:db8::1]:8443", "https://node.albia.example", "https://localhost:1"} {
		p := testParty()
		p.Endpoint = endpoint
		if err := CheckParty(p); err != nil {
			t.Errorf("%s: %v", endpoint, err)
		}
	}
}
