package seal

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	stdjson "encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"

	"entente"
)

// secrets gives every private value of k in the forms in which a leak would show.
func secrets(t *testing.T, k Keys) []string {
	t.Helper()
	var raw [][]byte
	for _, p := range []key[pair]{k.Identity.key, k.Message.key, k.Ledger.key, hide(k.TLS.m().pair)} {
		raw = append(raw, p.m().private.Seed())
	}
	for _, s := range k.SealKeys() {
		b, err := s.m().private.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		raw = append(raw, b)
	}
	var forms []string
	for _, r := range raw {
		decimal := strings.Trim(fmt.Sprint(r[:8]), "[]")
		forms = append(forms, string(r[:8]), hex.EncodeToString(r[:8]), base64.StdEncoding.EncodeToString(r[:9]), decimal, strings.ReplaceAll(decimal, " ", ","),
			strings.Trim(fmt.Sprintf("%#v", r[:4]), "[]byte{}"))
	}
	return forms
}

func TestKeysNeverShow(t *testing.T) {
	k, err := Rotate(seededKeys(t, "albia-ncc", "1"), "seal")
	if err != nil {
		t.Fatal(err)
	}
	type node struct {
		keys    Keys
		message MessageKey
		signer  any
	}
	values := map[string]any{
		"keys": k, "pointer": &k, "identity": k.Identity, "message": &k.Message, "ledger": k.Ledger, "seal": k.Seal, "tls": k.TLS,
		"retired": k.RetiredSeal, "ledger signer": k.Ledger.Signer(), "tls signer": k.TLS.Signer(),
		"within": node{k, k.Message, k.TLS.Signer()}, "within pointer": &node{k, k.Message, k.Ledger.Signer()},
		"map": map[string]any{"k": k.Seal},
	}
	forms := secrets(t, k)
	for name, v := range values {
		for how, text := range printed(t, v) {
			for _, f := range forms {
				if strings.Contains(text, f) {
					t.Errorf("%s printed by %s shows a key: %.80q", name, how, text)
				}
			}
		}
	}
}

// printed prints v in every way there is.
func printed(t *testing.T, v any) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "% x", "%o", "%b", "%U", "%t"} {
		out[verb] = fmt.Sprintf(verb, v)
	}
	var text, js bytes.Buffer
	slog.New(slog.NewTextHandler(&text, nil)).Info("x", "v", v, slog.Group("g", "v", v))
	slog.New(slog.NewJSONHandler(&js, nil)).Info("x", "v", v, slog.Group("g", "v", v))
	out["slog text"], out["slog json"] = text.String(), js.String()
	b, _ := stdjson.Marshal(v)
	out["json"] = string(b)
	b, _ = json.Marshal(v)
	out["json v2"] = string(b)
	b, _ = xml.Marshal(v)
	out["xml"] = string(b)
	out["error"] = fmt.Errorf("failed: %w", &entente.Error{Detail: fmt.Sprint(v)}).Error()
	return out
}

func TestRedactedForms(t *testing.T) {
	k := seededKeys(t, "albia-ncc", "1")
	for _, test := range []struct{ got, want string }{
		{fmt.Sprint(k.Message), "[private key]"},
		{fmt.Sprintf("%#v", k.Seal), "[private key]"},
		{fmt.Sprintf("%x", k.TLS), "[private key]"},
		{fmt.Sprintf("%d", k.Ledger.Signer()), "[private key]"},
		{k.Identity.String(), "[private key]"},
		{k.Identity.GoString(), "[private key]"},
		{fmt.Sprint(Keys{}.Seal), "[no key]"},
		{fmt.Sprintf("%+v", k.WithoutIdentity()), "{Party:albia-ncc Identity:[no key] Message:[private key] Ledger:[private key] Seal:[private key] TLS:[private key] RetiredSeal:[] Signed:{Edition:0 terms:[]}}"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
	b, err := stdjson.Marshal(k.Seal)
	if string(b) != `"[private key]"` || err != nil {
		t.Errorf("as JSON: %s, %v", b, err)
	}
}

func TestGenerate(t *testing.T) {
	k, err := Generate("albia-ncc")
	if err != nil {
		t.Fatal(err)
	}
	if err := checkKeys(k.Public()); err != nil {
		t.Errorf("the public keys are not fit for a descriptor: %v", err)
	}
	again, err := Generate("albia-ncc")
	if err != nil {
		t.Fatal(err)
	}
	a, b := k.Public(), again.Public()
	if a.Identity.Equal(b.Identity) || a.Message.Equal(b.Message) || a.Ledger.Equal(b.Ledger) || bytes.Equal(a.Seal, b.Seal) || bytes.Equal(a.TLSRoot, b.TLSRoot) {
		t.Error("two sets of keys have a key in common")
	}
	if k.RetiredSeal != nil {
		t.Error("new keys have a retired one")
	}
	if _, err := Generate("Albia"); entente.KindOf(err) != entente.Invalid {
		t.Errorf("keys for an id that is none: %v", err)
	}
}

func TestAbsentKeys(t *testing.T) {
	var k Keys
	if p := k.Public(); p.Identity != nil || p.Message != nil || p.Ledger != nil || p.Seal != nil || p.TLSRoot != nil {
		t.Errorf("absent keys have public halves: %+v", p)
	}
	if k.Ledger.Signer() != nil || k.TLS.Signer() != nil || k.TLS.Root() != nil || k.SealKeys() != nil {
		t.Error("absent keys sign")
	}
	if !k.Identity.IsZero() || !k.Seal.IsZero() {
		t.Error("absent keys are not zero")
	}
}

func TestRotate(t *testing.T) {
	first := seededKeys(t, "albia-ncc", "1")
	k := first
	var before [][]byte
	for range maxRetired + 2 {
		before = append([][]byte{k.Seal.Public()}, before...)
		next, err := Rotate(k, "seal", "message")
		if err != nil {
			t.Fatal(err)
		}
		k = next
	}
	if len(k.RetiredSeal) != maxRetired {
		t.Fatalf("%d retired keys, want %d", len(k.RetiredSeal), maxRetired)
	}
	for i, s := range k.RetiredSeal {
		if !bytes.Equal(s.Public(), before[i]) {
			t.Errorf("retired key %d is another than the one that was retired", i)
		}
	}
	a, b := first.Public(), k.Public()
	if !a.Identity.Equal(b.Identity) || !a.Ledger.Equal(b.Ledger) || !bytes.Equal(a.TLSRoot, b.TLSRoot) {
		t.Error("a key changed that was not named")
	}
	if a.Message.Equal(b.Message) || bytes.Equal(a.Seal, b.Seal) {
		t.Error("a key that was named did not change")
	}
	if len(first.RetiredSeal) != 0 {
		t.Error("rotation changed the keys that it started from")
	}
	if _, err := Rotate(k, "house"); entente.KindOf(err) != entente.Invalid {
		t.Errorf("rotating a key that does not exist: %v", err)
	}
}

func TestRootCertificate(t *testing.T) {
	k := seededKeys(t, "albia-ncc", "1")
	root := k.TLS.Root()
	if root.Subject.CommonName != "albia-ncc" || !root.IsCA || !root.MaxPathLenZero {
		t.Errorf("the root is not an authority for nodes alone: %v, CA %v, path length %d", root.Subject, root.IsCA, root.MaxPathLen)
	}
	if err := root.CheckSignatureFrom(root); err != nil {
		t.Error(err)
	}
	if at := day(2011, 1, 1); at.Before(root.NotBefore) || at.After(root.NotAfter) {
		t.Error("the root is not valid in 2011")
	}
}
