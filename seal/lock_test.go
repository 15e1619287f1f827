package seal

import (
	"bytes"
	"encoding/base64"
	"errors"
	"reflect"
	"strings"
	"testing"

	"filippo.io/age"

	"entente"
)

// passphrase gives both sides of one that takes no time.
func passphrase(t testing.TB, s string) (*age.ScryptRecipient, *age.ScryptIdentity) {
	t.Helper()
	r, err := age.NewScryptRecipient(s)
	if err != nil {
		t.Fatal(err)
	}
	i, err := age.NewScryptIdentity(s)
	if err != nil {
		t.Fatal(err)
	}
	r.SetWorkFactor(6)
	i.SetMaxWorkFactor(8)
	return r, i
}

func TestLockUnlock(t *testing.T) {
	r, i := passphrase(t, "correct horse")
	file, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	full, err := Rotate(seededKeys(t, "albia-ncc", "1"), "seal")
	if err != nil {
		t.Fatal(err)
	}
	for name, k := range map[string]Keys{
		"full":             full,
		"without identity": full.WithoutIdentity(),
		"identity alone":   {Party: "albia-ncc", Identity: full.Identity},
		"none":             {Party: "albia-ncc"},
	} {
		for how, way := range map[string]struct {
			to   age.Recipient
			with age.Identity
		}{"passphrase": {r, i}, "key file": {file.Recipient(), file}} {
			b, err := Lock(k, way.to)
			if err != nil {
				t.Fatalf("%s by %s: %v", name, how, err)
			}
			got, err := Unlock(b, way.with)
			if err != nil {
				t.Fatalf("%s by %s: %v", name, how, err)
			}
			if got.Party != k.Party || !reflect.DeepEqual(got.Public(), k.Public()) || len(got.RetiredSeal) != len(k.RetiredSeal) {
				t.Errorf("%s by %s: other keys came out", name, how)
			}
			for n := range got.RetiredSeal {
				if !bytes.Equal(got.RetiredSeal[n].Public(), k.RetiredSeal[n].Public()) {
					t.Errorf("%s by %s: another retired key came out", name, how)
				}
			}
		}
	}
}

func TestUnlockWrongPassphrase(t *testing.T) {
	r, _ := passphrase(t, "correct horse")
	_, wrong := passphrase(t, "battery staple")
	b, err := Lock(seededKeys(t, "albia-ncc", "1"), r)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Unlock(b, wrong)
	e, ok := errors.AsType[*entente.Error](err)
	if !ok || e.Kind != entente.Unverified || !strings.Contains(e.Detail, "wrong passphrase") || e.Hint == "" {
		t.Errorf("a wrong passphrase gives %#v", err)
	}
}

func TestUnlockTampered(t *testing.T) {
	r, i := passphrase(t, "correct horse")
	b, err := Lock(Keys{Party: "albia-ncc", Identity: seededKeys(t, "albia-ncc", "1").Identity}, r)
	if err != nil {
		t.Fatal(err)
	}
	tamper(t, "key file", b, some, func(b []byte) bool { _, err := Unlock(b, i); return err == nil })
	if _, err := Unlock(make([]byte, maxLocked+1), i); entente.KindOf(err) != entente.Invalid {
		t.Errorf("an oversized key file gives %v", err)
	}
}

func TestLockRefuses(t *testing.T) {
	k := seededKeys(t, "albia-ncc", "1")
	r, _ := passphrase(t, "a")
	s, _ := passphrase(t, "b")
	for name, f := range map[string]func() ([]byte, error){
		"no recipient":    func() ([]byte, error) { return Lock(k) },
		"two passphrases": func() ([]byte, error) { return Lock(k, r, s) },
		"no party":        func() ([]byte, error) { k := k; k.Party = ""; return Lock(k, r) },
	} {
		if b, err := f(); entente.KindOf(err) != entente.Invalid || b != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The text within is ours alone, and read as strictly as anybody's.
func TestKeyText(t *testing.T) {
	k, err := Rotate(seededKeys(t, "albia-ncc", "1"), "seal")
	if err != nil {
		t.Fatal(err)
	}
	good, err := formatKeys(k)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parseKeys(good); err != nil {
		t.Fatal(err)
	}
	other := seededKeys(t, "albia-ncc", "2")
	lines := strings.SplitAfter(string(good), "\n")
	identity := lines[2]
	for name, bad := range map[string]string{
		"empty":         "",
		"other head":    strings.Replace(string(good), "entente/1", "entente/2", 1),
		"no party":      strings.Replace(string(good), lines[1], "", 1),
		"bad party":     strings.Replace(string(good), "albia-ncc", "Albia", 1),
		"line twice":    strings.Replace(string(good), identity, identity+identity, 1),
		"order":         lines[0] + lines[2] + lines[1] + strings.Join(lines[3:], ""),
		"unknown line":  string(good) + "house AAAA\n",
		"no line end":   strings.TrimSuffix(string(good), "\n"),
		"short key":     strings.Replace(string(good), identity, "identity AAAA\n", 1),
		"not base64":    strings.Replace(string(good), identity, "identity ****\n", 1),
		"blank at end":  string(good) + "\n",
		"return":        strings.Replace(string(good), "\n", "\r\n", 1),
		"other root":    strings.Replace(string(good), base64.StdEncoding.EncodeToString(k.TLS.Root().Raw), base64.StdEncoding.EncodeToString(other.TLS.Root().Raw), 1),
		"root is none":  strings.Replace(string(good), base64.StdEncoding.EncodeToString(k.TLS.Root().Raw), "AAAA", 1),
		"short seal":    strings.Replace(string(good), "\nseal ", "\nseal AAAA", 1),
		"short retired": strings.Replace(string(good), "\nretired-seal ", "\nretired-seal AAAA", 1),
	} {
		if bad == string(good) {
			t.Fatalf("%s: the test changes nothing", name)
		}
		if _, err := parseKeys([]byte(bad)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	r, i := passphrase(t, "x")
	var b bytes.Buffer
	w, _ := age.Encrypt(&b, r)
	w.Write([]byte("hello"))
	w.Close()
	if _, err := Unlock(b.Bytes(), i); entente.KindOf(err) != entente.Invalid {
		t.Errorf("an age file of something else gives %v", err)
	}
}
