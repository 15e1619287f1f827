package signin

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/text/unicode/norm"

	"entente"
)

func TestPassword(t *testing.T) {
	d := newDesk(t)
	token := d.in()
	if got, err := d.Session(ctx, token); err != nil || got != anna {
		t.Errorf("the session belongs to %v (%v), want Anna", got, err)
	}
	if got := d.last(); got.Officer != anna.ID || got.Denied || got.Object != "sign-in by password" {
		t.Errorf("access log says %+v", got)
	}
	want(t, "sign out", d.SignOut(ctx, token), nil)
	_, err := d.Session(ctx, token)
	want(t, "after sign-out", err, entente.Denied)
	want(t, "sign out again", d.SignOut(ctx, token), nil)
}

// Whoever cannot sign in is told the same, after the same work, whatever the
// reason; and the log holds nothing of what he typed.
func TestPasswordTellsNothing(t *testing.T) {
	d := newDesk(t)
	d.disable(otto.ID)
	type attempt struct {
		officer  entente.OfficerID
		password string
	}
	attempts := map[string]attempt{
		"wrong password": {anna.ID, "another long password"},
		"empty password": {anna.ID, ""},
		"unknown":        {"typed.password.here", good},
		"empty":          {"", good},
		"disabled":       {otto.ID, good},
		"no password":    {idle.ID, good},
	}
	for name, a := range attempts {
		d.hashes.Store(0)
		writes := d.store.writes
		token, o, err := d.Password(ctx, a.officer, a.password, home)
		want(t, name, err, entente.Denied)
		if err.Error() != wrongPassword().Error() || err.(*entente.Error).Hint != wrongPassword().Hint {
			t.Errorf("%s: told apart by %q", name, err)
		}
		if token != "" || o.ID != "" {
			t.Errorf("%s: got %q, %+v", name, token, o)
		}
		if n := d.hashes.Load(); n != 1 {
			t.Errorf("%s: %d hashes, want 1", name, n)
		}
		if n := d.store.writes - writes; n != 2 {
			t.Errorf("%s: %d writes, want 2", name, n)
		}
		if got := d.last(); !got.Denied || got.Officer == "" || got.Role == "" || strings.Contains(fmt.Sprint(got), "typed") {
			t.Errorf("%s: access log says %+v", name, got)
		}
	}
}

func TestPasswordIsText(t *testing.T) {
	d := newDesk(t)
	composed := "zürich grüßt müde möwen"
	want(t, "set", d.SetPassword(ctx, anna.ID, norm.NFD.String(composed)), nil)
	_, _, err := d.Password(ctx, anna.ID, composed, home)
	want(t, "the same text from another keyboard", err, nil)
	_, _, err = d.Password(ctx, anna.ID, strings.ToUpper(composed), home)
	want(t, "another text", err, entente.Denied)
}

func TestCheckNewPassword(t *testing.T) {
	for _, tc := range []struct {
		name, password string
		ok             bool
	}{
		{"good", good, true},
		{"twelve", "abcdefghijkl", true},
		{"eleven", "abcdefghijk", false},
		{"eleven that decompose into twelve", norm.NFD.String("äbcdefghijk"), false},
		{"twelve in Cyrillic", "тихийфонарьй", true},
		{"long", strings.Repeat("abcdef ", 146), true},
		{"too long", strings.Repeat("abcdef ", 147), false},
		{"repeats", "abababababababab", false},
		{"own name", "i am Anna.Kern yes", false},
		{"not text", "abcdefghijk\xff\xfe", false},
	} {
		if err := CheckNewPassword(anna.ID, tc.password); (err == nil) != tc.ok {
			t.Errorf("%s: %v", tc.name, err)
		}
	}
}

// One guess a second for a day gets a handful of tries at any one officer.
func TestGuessing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		start := time.Now()
		for time.Since(start) < 24*time.Hour {
			// From everywhere at once: only the officer's count holds it back.
			addr := fmt.Sprintf("[2001:db8:%x::1]:443", time.Since(start)/time.Second)
			_, _, err := d.Password(ctx, anna.ID, "not this password", addr)
			if k := entente.KindOf(err); k != entente.Denied && k != entente.Unavailable {
				t.Fatalf("guess: %v", err)
			}
			time.Sleep(time.Second)
		}
		// 5 free, 10 while the wait doubles to 15 minutes, then 4 an hour.
		if n := d.hashes.Load(); n < 90 || n > 115 {
			t.Errorf("%d guesses in a day, want about 110", n)
		}
		if _, _, err := d.Password(ctx, otto.ID, good, home); err != nil {
			t.Errorf("another officer is held back: %v", err)
		}
		_, _, err := d.Password(ctx, anna.ID, good, home)
		want(t, "the officer herself, by password", err, entente.Unavailable)
		if hint := err.(*entente.Error).Hint; !strings.Contains(hint, "wait ") {
			t.Errorf("the hint does not say how long: %q", hint)
		}
		time.Sleep(DefaultLimits.MaxWait)
		d.in()
		// And her count starts again.
		for range DefaultLimits.Officer - 1 {
			_, _, err := d.Password(ctx, anna.ID, "not this password", home)
			want(t, "mistyped", err, entente.Denied)
		}
		d.in()
	})
}

func TestGuessingAtOnce(t *testing.T) {
	d := newDesk(t)
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() { d.Password(ctx, anna.ID, "not this password", home) })
	}
	all.Wait()
	if n := d.hashes.Load(); n != int64(DefaultLimits.Officer) {
		t.Errorf("%d guesses got through, want %d", n, DefaultLimits.Officer)
	}
}

// One address that tries every name is slowed down whatever the names.
func TestGuessingNames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		for i := range 200 {
			name := entente.OfficerID(fmt.Sprintf("officer%d", i))
			d.Password(ctx, name, good, fmt.Sprintf("[2001:db8::%x]:%d", i, 1000+i))
		}
		if n := d.hashes.Load(); n != int64(DefaultLimits.Address) {
			t.Errorf("%d guesses from one network, want %d", n, DefaultLimits.Address)
		}
		d.in() // from elsewhere
		time.Sleep(time.Second)
		_, _, err := d.Password(ctx, anna.ID, good, "[2001:db8::9]:99")
		want(t, "after the wait", err, nil)
	})
}

// A desk behind one address is not slowed down by officers who do sign in.
func TestManyOfficersFromOneAddress(t *testing.T) {
	d := newDesk(t)
	for range 3 * DefaultLimits.Address {
		d.in()
	}
}

func TestLimiterIsBounded(t *testing.T) {
	d := newDesk(t)
	now := time.Unix(0, 0)
	l := limiter{"officer", 1, time.Hour, []byte("secret"), 100}
	tx := &writer{reader{state: &d.store.state}}
	for i := range 3 * l.most {
		now = now.Add(time.Microsecond)
		want(t, "count", l.count(tx, fmt.Sprint(i), now), nil)
	}
	if n := len(d.store.state.fleeting); n != l.most {
		t.Errorf("%d counts are kept, want %d", n, l.most)
	}
	for _, i := range []int{2 * l.most, 3*l.most - 1} {
		if wait, err := l.wait(tx, fmt.Sprint(i), now); wait <= 0 || err != nil {
			t.Errorf("failure %d of %d was forgotten: %v", i, 3*l.most, err)
		}
	}
	now = now.Add(forgetAfter + time.Second)
	if wait, err := l.wait(tx, fmt.Sprint(3*l.most-1), now); wait != 0 || err != nil {
		t.Errorf("a failure of yesterday counts: wait %s, %v", wait, err)
	}
}

// Another process of the node, on the same store, goes on with what this one has
// counted and asked. Of what was typed as a name the store keeps nothing that can
// be tried against a list of words.
func TestSeveralProcesses(t *testing.T) {
	secret := func(c *Config) { c.Secret = []byte("of the node") }
	d := newDesk(t, secret)
	other := newDesk(t, secret, func(c *Config) { c.Store = d.store })
	for n := range DefaultLimits.Officer {
		at := []*desk{d, other}[n%2]
		_, _, err := at.Password(ctx, anna.ID, "not this password", home)
		want(t, "mistyped", err, entente.Denied)
	}
	for name, at := range map[string]*desk{"here": d, "there": other} {
		_, _, err := at.Password(ctx, anna.ID, good, home)
		want(t, name, err, entente.Unavailable)
	}
	typed := entente.OfficerID("my password in the wrong field")
	d.Password(ctx, typed, "", home)
	for _, f := range d.store.state.fleeting {
		if f.Key == entente.DigestOf([]byte(typed)) || bytes.Contains(f.Data, []byte(typed)) {
			t.Errorf("the store keeps %+v", f)
		}
	}

	a := d.enrol(anna)
	c := d.begin("")
	_, o, err := other.FinishPasskey(ctx, c.ID, a.assert(c))
	want(t, "there, with the challenge of here", err, nil)
	if o != anna {
		t.Errorf("signed in: %+v", o)
	}
	_, _, err = d.FinishPasskey(ctx, c.ID, a.assert(c))
	want(t, "here again", err, entente.Conflict)
}

func TestChangePassword(t *testing.T) {
	d := newDesk(t)
	token := d.in()
	bearer, _, err := d.NewToken(ctx, anna, "laptop")
	want(t, "token", err, nil)
	want(t, "with the wrong one", d.ChangePassword(ctx, anna, "not this password", next, home), entente.Denied)
	want(t, "to a bad one", d.ChangePassword(ctx, anna, good, "short", home), entente.Invalid)
	if _, err := d.Session(ctx, token); err != nil {
		t.Errorf("a failed change closed the session: %v", err)
	}
	want(t, "change", d.ChangePassword(ctx, anna, good, next, home), nil)
	_, err = d.Session(ctx, token)
	want(t, "the session before", err, entente.Denied)
	_, err = d.Bearer(ctx, bearer)
	want(t, "the token before", err, entente.Denied)
	_, _, err = d.Password(ctx, anna.ID, good, home)
	want(t, "the old password", err, entente.Denied)
	_, _, err = d.Password(ctx, anna.ID, next, home)
	want(t, "the new password", err, nil)
}

// A node that raises its costs raises them for each officer at his next sign-in.
func TestRehash(t *testing.T) {
	d := newDesk(t)
	d.cfg.Params.Time = 2
	d.hash.params.Time = 2
	for i, hashes := range []int64{2, 1} {
		d.hashes.Store(0)
		d.in()
		if n := d.hashes.Load(); n != hashes {
			t.Errorf("sign-in %d made %d hashes, want %d", i, n, hashes)
		}
	}
	h, err := parsePHC(string(d.store.state.credentials[passwordID(anna.ID)].Data))
	if err != nil || h.params.Time != 2 {
		t.Errorf("stored with %+v (%v), want 2 passes", h.params, err)
	}
}

// The answer to a refused attempt stays the same when it cannot be recorded;
// nobody gets in without a record.
func TestRecordFails(t *testing.T) {
	d := newDesk(t)
	d.cfg.Record = func(entente.Tx, entente.Access) error {
		return &entente.Error{Kind: entente.Unavailable, Detail: "the disk is full"}
	}
	_, _, err := d.Password(ctx, anna.ID, "not this password", home)
	want(t, "wrong", err, entente.Denied)
	if k := entente.KindOf(err); k != entente.Denied {
		t.Errorf("kind %v, want denied", k)
	}
	_, _, err = d.Password(ctx, anna.ID, good, home)
	want(t, "right", err, entente.Unavailable)
	if n := len(d.store.state.sessions); n != 0 {
		t.Errorf("%d sessions without a record", n)
	}
}
