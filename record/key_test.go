package record_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"entente"
	"entente/record"
	"entente/seal"
	"entente/sqlstore"
)

const aKey = "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7"

func asked(what string) func() entente.Digest {
	return func() entente.Digest { return entente.DigestOf([]byte(what)) }
}

// keyed is a store with an officer who closes accounts: each time one more.
type keyed struct {
	t     *testing.T
	store *sqlstore.Store
	log   record.Log
	ran   int
}

func newKeyed(t *testing.T) *keyed {
	store, err := sqlstore.Open(t.Context(), filepath.Join(t.TempDir(), "entente.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	keys, err := seal.Generate("albia-ncc")
	if err != nil {
		t.Fatal(err)
	}
	return &keyed{t: t, store: store, log: record.Log{Party: "albia-ncc", Key: keys.Ledger.Signer()}}
}

var keyTime = time.Date(2011, 3, 4, 9, 0, 0, 0, time.UTC)

// act counts how often it ran, and gives the number.
func (k *keyed) act(ctx context.Context, op entente.Operation, fails error) (int, error) {
	n := k.ran + 1
	a := record.Act{By: entente.Officer{ID: "anna.kern", Role: entente.Analyst}, Operation: op, Object: "message 1", At: keyTime, Result: &n}
	err := record.Do(ctx, k.store, k.log, a, func(entente.Tx) error { k.ran++; return fails })
	return n, err
}

func (k *keyed) with(by entente.OfficerID, key, what string) context.Context {
	k.t.Helper()
	ctx, done, err := record.ForKey(k.t.Context(), by, key, asked(what))
	if err != nil {
		k.t.Fatal(err)
	}
	done()
	return ctx
}

// The same key and the same request is the same act, with the same answer and one
// entry; another key, another officer or no key is another act; the same key with
// another request is refused; and what failed left nothing behind.
func TestKey(t *testing.T) {
	k := newKeyed(t)
	for _, x := range []struct {
		what        string
		ctx         context.Context
		op          entente.Operation
		fails, want error
		gives, ran  int
	}{
		{"it fails", k.with("anna.kern", aKey, "x"), entente.OpDispose, &entente.Error{Kind: entente.Invalid}, entente.Invalid, 1, 1},
		{"it is mended", k.with("anna.kern", aKey, "y"), entente.OpDispose, nil, nil, 2, 2},
		{"it is repeated", k.with("anna.kern", aKey, "y"), entente.OpDispose, nil, nil, 2, 2},
		{"its key says something else", k.with("anna.kern", aKey, "z"), entente.OpDispose, nil, entente.Invalid, 3, 2},
		{"somebody else has the key", k.with("ben.dahl", aKey, "y"), entente.OpDispose, nil, nil, 3, 3},
		{"another key", k.with("anna.kern", aKey+"2", "y"), entente.OpDispose, nil, nil, 4, 4},
		{"no key", t.Context(), entente.OpDispose, nil, nil, 5, 5},
		{"a look is a look", k.with("anna.kern", aKey, "y"), entente.OpReadInbox, nil, nil, 6, 6},
	} {
		before := len(entries(t, k.store))
		did := k.ran
		gives, err := k.act(x.ctx, x.op, x.fails)
		if !errors.Is(err, x.want) || gives != x.gives || k.ran != x.ran {
			t.Errorf("%s: gave %d, %v after running %d times", x.what, gives, err, k.ran)
		}
		wrote := len(entries(t, k.store)) - before
		if want := k.ran - did; x.want == nil && wrote != want {
			t.Errorf("%s: %d entries, want %d", x.what, wrote, want)
		}
		if record.Repeated(x.ctx) != (x.what == "it is repeated") {
			t.Errorf("%s: repeated is %v", x.what, record.Repeated(x.ctx))
		}
	}
}

// A request that was cut off after its first act goes on with its second.
func TestKeyGoesOn(t *testing.T) {
	k := newKeyed(t)
	request := func(steps int) (given []int) {
		ctx := k.with("anna.kern", aKey, "x")
		for range steps {
			n, err := k.act(ctx, entente.OpDispose, nil)
			if err != nil {
				t.Fatal(err)
			}
			given = append(given, n)
		}
		return given
	}
	request(1)
	if got := request(2); k.ran != 2 || got[0] != 1 || got[1] != 2 {
		t.Errorf("ran %d times and gave %v", k.ran, got)
	}
}

// Nothing that is kept tells the key, the request or the answer.
func TestKeyIsNotKept(t *testing.T) {
	k := newKeyed(t)
	ctx := k.with("anna.kern", aKey, "guess me")
	if _, err := k.act(ctx, entente.OpDispose, nil); err != nil {
		t.Fatal(err)
	}
	id := entente.DigestOf([]byte("entente/deed\x00anna.kern\x00" + aKey))
	var d entente.Deed
	err := k.store.View(t.Context(), func(tx entente.Tx) (err error) { d, err = tx.Deed(id, 0); return err })
	if err != nil || d.Request == asked("guess me")() || string(d.Result) == "1" || len(d.Result) < 28 {
		t.Errorf("kept: %+v, %v", d, err)
	}
	if err := record.Forget(t.Context(), k.store, keyTime.Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := k.act(k.with("anna.kern", aKey, "guess me"), entente.OpDispose, nil); err != nil || k.ran != 2 {
		t.Errorf("after its time the key is recognised: %v", err)
	}
}

// Those who ask at once with one key get one answer.
func TestKeyAtOnce(t *testing.T) {
	k := newKeyed(t)
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			ctx, done, err := record.ForKey(t.Context(), "anna.kern", aKey, asked("x"))
			if err != nil {
				t.Error(err)
				return
			}
			if n%2 == 0 {
				done() // as if the others were in another process: the store keeps them apart
			}
			defer done()
			if n, err := k.act(ctx, entente.OpDispose, nil); n != 1 || err != nil {
				t.Errorf("gave %d, %v", n, err)
			}
		})
	}
	all.Wait()
	if k.ran != 1 || len(entries(t, k.store)) != 1 {
		t.Errorf("ran %d times", k.ran)
	}
}

func TestCheckKey(t *testing.T) {
	for key, good := range map[string]bool{
		aKey: true, "": false, "short": false, "0123456789abcdef": true, "0123456789 abcdef": false,
		"0123456789abcdé": false, "\"123456789abcdef\"": false, string(make([]byte, 20)): false,
	} {
		if err := record.CheckKey(key); (err == nil) != good {
			t.Errorf("%q: %v", key, err)
		}
	}
}
