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

	"entente"
	"entente/parse"
	"entente/seal"
)

// A change of keys that breaks off at any point is finished, or dropped whole: the
// keys in use are always those that the descriptor tells, or nothing starts.
func TestRotationBrokenOff(t *testing.T) {
	for _, kind := range []string{"message", "ledger", "seal", "identity", "tls"} {
		for _, at := range []string{"staged", "announced", "identity moved", "all moved"} {
			t.Run(kind+" "+at, func(t *testing.T) {
				h := home(filepath.Join(t.TempDir(), "albia"))
				do := commands(t, h)
				do("init", "--party", "albia-ncc", "--name", "Albia", "--country", "XA", "--key-file", string(h)+".key")
				before, next := breakOff(t, h, kind, at)

				if code, said := try(h, "party"); code == 0 || !strings.Contains(said, "party rotate --resume") {
					t.Fatalf("it starts with keys half changed: %s", said)
				}
				do("party", "rotate", "--resume")
				want := next
				if at == "staged" {
					want = before
				}
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
				if !sameKeys(all.Public(), want.Public()) || !bytes.Equal(l.keys.Public().Seal, want.Public().Seal) {
					t.Error("the keys in use are not those that the descriptor tells")
				}
				if _, err := os.Stat(h.path("keys", "next")); !errors.Is(err, fs.ErrNotExist) {
					t.Error("the staged keys are still there")
				}
			})
		}
	}
}

// breakOff rotates one key up to a point.
func breakOff(t *testing.T, h home, kind, at string) (before, next seal.Keys) {
	t.Helper()
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
	before, err = h.keys(e, l.settings, "identity.age")
	must(err)
	next, err = seal.Rotate(before, kind)
	must(err)
	rec, err := partyRotate{}.nextEdition(e, l, before, next)
	must(err)
	lock, err := e.relock(l.settings)
	must(err)
	must(setAside(h, next, lock))
	if at != "staged" {
		must(l.store.Update(e.ctx, func(tx entente.Tx) error {
			return errors.Join(tx.PutParty(rec), entente.PutOwner(tx, entente.Owner{Party: rec.Party.ID, Number: rec.Party.Edition, Edition: parse.EditionOf(rec.Party)}))
		}))
	}
	move := func(file string) { must(os.Rename(h.path("keys", "next", "keys", file), h.path("keys", file))) }
	if at == "identity moved" || at == "all moved" {
		move("identity.age")
	}
	if at == "all moved" {
		move("node.age")
	}
	return before, next
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
