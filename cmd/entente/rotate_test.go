package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/seal"
)

// A change of keys that breaks off at any point is finished, or dropped whole, by
// the next start of anything: the keys in use are always those of the edition that
// the store uses, and no number of an edition is signed twice.
func TestRotationBrokenOff(t *testing.T) {
	for _, kind := range []string{"ledger", "identity"} {
		for _, at := range []string{"number kept", "half staged", "staged", "switched", "identity moved", "all moved"} {
			t.Run(kind+" "+at, func(t *testing.T) {
				h := home(filepath.Join(t.TempDir(), "albia"))
				do := commands(t, h)
				do("init", "--party", "albia-ncc", "--name", "Albia", "--country", "XA", "--key-file", string(h)+".key")
				before, next := breakOff(t, h, kind, at)
				want := next
				if at == "number kept" || at == "half staged" || at == "staged" {
					want = before
				}
				do("party")
				if got := allKeys(t, h); !sameKeys(got.Public(), want.Public()) {
					t.Error("the keys in use are not those of the edition in use")
				}
				if _, err := os.Stat(h.path("keys", "next")); !errors.Is(err, fs.ErrNotExist) {
					t.Error("the staged keys are still there")
				}
				do("party", "rotate")
				if code, said := try(h, "party"); code != 0 || !strings.Contains(said, "edition 3") {
					t.Errorf("the number of the edition that was broken off is signed again: %s", said)
				}
			})
		}
	}
}

// allKeys opens the identity key's file as a command does.
func allKeys(t *testing.T, h home) seal.Keys {
	t.Helper()
	e := newEnv(context.Background(), cli{Home: string(h)}, nil, os.Stdout, os.Stderr, os.Getenv)
	l, err := e.open()
	if err != nil {
		t.Fatal(err)
	}
	defer l.close()
	all, err := h.keys(e, l.settings, "identity.age")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(l.keys.Public().Seal, all.Public().Seal) {
		t.Error("the two key files have different keys")
	}
	return all
}

// breakOff rotates one key up to a point.
func breakOff(t *testing.T, h home, kind, at string) (before, next seal.Keys) {
	t.Helper()
	before = allKeys(t, h)
	e := newEnv(context.Background(), cli{Home: string(h)}, nil, os.Stdout, os.Stderr, os.Getenv)
	l, err := e.open()
	if err != nil {
		t.Fatal(err)
	}
	defer l.close()
	must := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	s, err := partyRotate{Keys: []string{kind}}.prepare(e, l)
	must(err)
	move := func(file string) { must(os.Rename(h.path("keys", "next", "keys", file), h.path("keys", file))) }
	switch at {
	case "number kept":
		must(os.RemoveAll(h.path("keys", "next")))
	case "half staged":
		must(os.Remove(h.path("keys", "next", "keys", "identity.age")))
	case "switched", "identity moved", "all moved":
		must(l.node.Outbox.Succeed(e.ctx, s))
	}
	if at == "identity moved" || at == "all moved" {
		move("identity.age")
	}
	if at == "all moved" {
		move("node.age")
	}
	return before, s.Keys
}

// commands runs commands in a home that must succeed.
func commands(t *testing.T, h home) func(args ...string) {
	return func(args ...string) {
		t.Helper()
		if code, said := try(h, args...); code != 0 {
			t.Fatalf("entente %s: %s", strings.Join(args, " "), said)
		}
	}
}

func try(h home, args ...string) (int, string) {
	var said bytes.Buffer
	code := run(context.Background(), append([]string{"--home", string(h)}, args...), strings.NewReader(""), &said, &said, func(string) string { return "" })
	return code, said.String()
}
