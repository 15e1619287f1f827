package signin

import (
	"bytes"
	"errors"
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
		token, o, err := d.Password(ctx, a.officer, a.password, home, "")
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
	_, _, err := d.Password(ctx, anna.ID, composed, home, "")
	want(t, "the same text from another keyboard", err, nil)
	_, _, err = d.Password(ctx, anna.ID, strings.ToUpper(composed), home, "")
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

// One guess a second for a day, each from another network, gets a few hundred tries
// at any one officer. Who signed in on this device before is not held back by them.
func TestGuessing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		_, device := d.inOn("")
		d.hashes.Store(0)
		start := time.Now()
		for time.Since(start) < 24*time.Hour {
			// From everywhere at once: only the officer's count holds it back.
			addr := fmt.Sprintf("[2001:db8:%x::1]:443", time.Since(start)/time.Second)
			_, _, err := d.Password(ctx, anna.ID, "not this password", addr, "")
			if k := entente.KindOf(err); k != entente.Denied && k != entente.Unavailable {
				t.Fatalf("guess: %v", err)
			}
			time.Sleep(time.Second)
		}
		// 50 free, 9 while the wait doubles to 5 minutes, then 12 an hour.
		if n := d.hashes.Load(); n < 330 || n > 350 {
			t.Errorf("%d guesses in a day, want about 340", n)
		}
		if _, _, err := d.Password(ctx, otto.ID, good, home, ""); err != nil {
			t.Errorf("another officer is held back: %v", err)
		}
		_, _, err := d.Password(ctx, anna.ID, good, home, "")
		want(t, "the officer on a new device, by password", err, entente.Unavailable)
		if e := err.(*entente.Error); !strings.Contains(e.Hint, "wait ") || e.Wait <= 0 || e.Wait > DefaultLimits.Crowd {
			t.Errorf("it does not say how long: %q, %s", e.Hint, e.Wait)
		}
		_, _, err = d.Password(ctx, anna.ID, good, home, device)
		want(t, "the officer on a device that they know", err, nil)
		time.Sleep(DefaultLimits.Crowd)
		d.in()
	})
}

// Mistyping from one address waits, up to the longest wait, and a success clears it.
func TestMistyping(t *testing.T) {
	for name, known := range map[string]bool{"on a new device": false, "on one that is known": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d, device := newDesk(t), ""
				if known {
					_, device = d.inOn("")
				}
				for range 2 {
					for range DefaultLimits.Address {
						_, _, err := d.Password(ctx, anna.ID, "not this password", home, device)
						want(t, "mistyped", err, entente.Denied)
					}
					_, _, err := d.Password(ctx, anna.ID, good, home, device)
					want(t, "one more", err, entente.Unavailable)
					time.Sleep(time.Second)
					d.inOn(device)
				}
				for range 25 {
					_, _, err := d.Password(ctx, anna.ID, "not this password", home, device)
					if e, ok := errors.AsType[*entente.Error](err); ok {
						time.Sleep(e.Wait)
					}
				}
				d.hashes.Store(0)
				for start := time.Now(); time.Since(start) < 24*time.Hour; time.Sleep(time.Minute) {
					d.Password(ctx, anna.ID, "not this password", home, device)
				}
				if n := d.hashes.Load(); n < 90 || n > 110 {
					t.Errorf("%d guesses in a day, want about 96", n)
				}
			})
		})
	}
}

// A device is known for the officer who signed in on it, as long as its token
// lives, and a token that somebody made up is none.
func TestKnownDevice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		_, device := d.inOn("")
		if d.knows(anna.ID, device) == "" || d.knows(anna.ID, "x."+device) == "" {
			t.Error("the officer's device is not known")
		}
		for name, tokens := range map[string]string{"none": "", "made up": "AAAA", "changed": device[:len(device)-4] + "AAAA", "too many": strings.Repeat("x.", 20) + device} {
			if d.knows(anna.ID, tokens) != "" {
				t.Errorf("%s: known", name)
			}
		}
		if d.knows(otto.ID, device) != "" {
			t.Error("another officer's device is known")
		}
		sealed, err := d.ceremonies.seal(device2())
		want(t, "seal", err, nil)
		if d.knows(anna.ID, sealed) != "" {
			t.Error("what was sealed for another purpose is a device")
		}
		time.Sleep(deviceLife)
		if d.knows(anna.ID, device) != "" {
			t.Error("it does not lapse")
		}
	})
}

func device2() device { return device{Officer: anna.ID, ID: "x", Since: time.Now()} }

// Many guesses at once get no more tries than one after another.
func TestGuessingAtOnce(t *testing.T) {
	d := newDesk(t)
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() { d.Password(ctx, anna.ID, "not this password", home, "") })
	}
	all.Wait()
	if n := d.hashes.Load(); n > int64(DefaultLimits.Address) {
		t.Errorf("%d guesses got through, want at most %d", n, DefaultLimits.Address)
	}
}

// Whatever strangers do from an address, officers there get in: with a passkey, on
// a device that they know, and on a new one if nobody tried their own name there.
// These are the numbers that once closed every sign-in of an address.
func TestStrangersStopNobody(t *testing.T) {
	d := newDesk(t)
	key := d.enrol(anna)
	_, device := d.inOn("")
	code, _, err := d.Invite(ctx, otto, idle.ID)
	want(t, "invite", err, nil)
	before := len(d.store.state.fleeting)
	for range 4 * 64 {
		d.begin("")
		d.begin(anna.ID)
	}
	if n := len(d.store.state.fleeting); n != before {
		t.Errorf("strangers' challenges fill the store with %d rows", n-before)
	}
	for range 100 {
		c := d.begin("")
		_, _, err := d.FinishPasskey(ctx, c.ID, newAuthenticator(t).assert(c))
		want(t, "a made-up passkey", err, entente.Denied)
		_, err = d.Invited(ctx, newCode())
		want(t, "a made-up code", err, entente.Denied)
	}
	for i := range 60 {
		d.Password(ctx, entente.OfficerID(fmt.Sprint("officer", i)), good, home, "")
		d.Password(ctx, anna.ID, "not this password", home, "")
	}
	c := d.begin(anna.ID)
	_, _, err = d.FinishPasskey(ctx, c.ID, key.assert(c))
	want(t, "a passkey", err, nil)
	_, _, err = d.Password(ctx, anna.ID, good, home, device)
	want(t, "a known device", err, nil)
	_, _, err = d.Password(ctx, otto.ID, good, home, "")
	want(t, "a new device", err, nil)
	_, _, err = d.Redeem(ctx, code, next)
	want(t, "an invitation", err, nil)
}

// What strangers send does not fill the access log either.
func TestWrongPasskeysOnRecord(t *testing.T) {
	d := newDesk(t)
	before := len(d.store.state.log)
	for range 10 * DefaultLimits.Recorded {
		c := d.begin("")
		d.FinishPasskey(ctx, c.ID, newAuthenticator(t).assert(c))
	}
	if n := len(d.store.state.log) - before; n < DefaultLimits.Recorded || n > DefaultLimits.Recorded+20 {
		t.Errorf("%d of %d wrong answers are on record", n, 10*DefaultLimits.Recorded)
	}
}

// A desk behind one address is not slowed down by officers who do sign in.
func TestManyOfficersFromOneAddress(t *testing.T) {
	d := newDesk(t)
	for range 3 * DefaultLimits.Officer {
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
	for n := range DefaultLimits.Address {
		at := []*desk{d, other}[n%2]
		_, _, err := at.Password(ctx, anna.ID, "not this password", home, "")
		want(t, "mistyped", err, entente.Denied)
	}
	for name, at := range map[string]*desk{"here": d, "there": other} {
		_, _, err := at.Password(ctx, anna.ID, good, home, "")
		want(t, name, err, entente.Unavailable)
	}
	typed := entente.OfficerID("my password in the wrong field")
	d.Password(ctx, typed, "", home, "")
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
	want(t, "with the wrong one", d.ChangePassword(ctx, anna, "not this password", next), entente.Denied)
	want(t, "to a bad one", d.ChangePassword(ctx, anna, good, "short"), entente.Invalid)
	if _, err := d.Session(ctx, token); err != nil {
		t.Errorf("a failed change closed the session: %v", err)
	}
	want(t, "change", d.ChangePassword(ctx, anna, good, next), nil)
	_, err = d.Session(ctx, token)
	want(t, "the session before", err, entente.Denied)
	_, err = d.Bearer(ctx, bearer)
	want(t, "the token before", err, entente.Denied)
	_, _, err = d.Password(ctx, anna.ID, good, home, "")
	want(t, "the old password", err, entente.Denied)
	_, _, err = d.Password(ctx, anna.ID, next, home, "")
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
	_, _, err := d.Password(ctx, anna.ID, "not this password", home, "")
	want(t, "wrong", err, entente.Denied)
	if k := entente.KindOf(err); k != entente.Denied {
		t.Errorf("kind %v, want denied", k)
	}
	_, _, err = d.Password(ctx, anna.ID, good, home, "")
	want(t, "right", err, entente.Unavailable)
	if n := len(d.store.state.sessions); n != 0 {
		t.Errorf("%d sessions without a record", n)
	}
}
