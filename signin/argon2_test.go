package signin

import (
	"encoding/hex"
	"strings"
	"testing"

	"entente"
)

// Values of the reference implementation for "password" and "somesalt", in 2
// passes over 256 KiB: the costs reach the function in the right order.
func TestDerive(t *testing.T) {
	for threads, want := range map[uint8]string{
		1: "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
		2: "6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037",
	} {
		p := Params{Time: 2, Memory: 256, Threads: threads}
		key := newHasher(p).key("password", []byte("somesalt"), p)
		if got := hex.EncodeToString(key); got != want {
			t.Errorf("%d threads: %s, want %s", threads, got, want)
		}
	}
}

func TestPHC(t *testing.T) {
	h := newHasher(Params{Time: 1, Memory: 32, Threads: 1})
	s, err := h.make(ctx, good)
	if err != nil {
		t.Fatal(err)
	}
	got, err := parsePHC(s)
	if err != nil {
		t.Fatal(err)
	}
	if !h.matches(good, got) {
		t.Error("does not match itself")
	}
	// No changed byte and no cut makes another string that opens with the password.
	for i := range s {
		for _, c := range []byte("0$=,A") {
			changed := s[:i] + string(c) + s[i+1:]
			if changed == s {
				continue
			}
			if h2, err := parsePHC(changed); err == nil && h2.params.Memory < 1<<12 && h2.params.Time < 8 {
				if h.matches(good, h2) {
					t.Errorf("%q opens", changed)
				}
			}
		}
		if _, err := parsePHC(s[:i]); err == nil {
			t.Errorf("the first %d bytes parse", i)
		}
	}
}

func TestPHCRefuses(t *testing.T) {
	salt, key := strings.Repeat("A", 22), strings.Repeat("A", 43)
	ok := "$argon2id$v=19$m=32,t=1,p=1$" + salt + "$" + key
	if _, err := parsePHC(ok); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{
		"", "$", ok + "$", ok + "\n", " " + ok,
		strings.Replace(ok, "argon2id", "argon2i", 1),
		strings.Replace(ok, "v=19", "v=16", 1),
		strings.Replace(ok, "m=32", "m=032", 1),
		strings.Replace(ok, "m=32", "m=4294967295", 1), // all memory there is
		strings.Replace(ok, "m=32", "m=4294967328", 1), // 32, after an overflow
		strings.Replace(ok, "t=1", "t=1000000", 1),
		strings.Replace(ok, "p=1", "p=0", 1),
		strings.Replace(ok, "p=1", "p=1,x=2", 1),
		strings.Replace(ok, key, key[:22], 1),
		strings.Replace(ok, key, key[:42]+"B", 1), // bits that no byte holds
	} {
		_, err := parsePHC(s)
		want(t, s, err, entente.Invalid)
	}
}

func FuzzPHC(f *testing.F) {
	f.Add("$argon2id$v=19$m=32,t=1,p=1$" + strings.Repeat("A", 22) + "$" + strings.Repeat("A", 43))
	f.Add("$argon2id$v=19$m=65536,t=3,p=4$$")
	f.Fuzz(func(t *testing.T, s string) {
		h, err := parsePHC(s)
		if err != nil {
			return
		}
		if h.String() != s {
			t.Errorf("%q is written back as %q", s, h)
		}
		if h.params.check() != nil {
			t.Errorf("%q asks for %+v", s, h.params)
		}
	})
}
