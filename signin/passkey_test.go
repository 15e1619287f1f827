package signin

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"entente"
)

// enrol gives the officer a passkey.
func (d *desk) enrol(o entente.Officer) *authenticator {
	d.t.Helper()
	a := newAuthenticator(d.t)
	c, err := d.BeginRegistration(ctx, o)
	want(d.t, "begin registration", err, nil)
	want(d.t, "finish registration", d.FinishRegistration(ctx, o, c.ID, "key", a.register(c)), nil)
	return a
}

func (d *desk) begin(o entente.OfficerID) Challenge {
	d.t.Helper()
	c, err := d.BeginPasskey(ctx, o, home)
	want(d.t, "begin sign-in", err, nil)
	return c
}

func TestPasskey(t *testing.T) {
	d := newDesk(t)
	a := d.enrol(anna)
	for _, named := range []entente.OfficerID{"", anna.ID} {
		c := d.begin(named)
		if got := read(t, c).PublicKey.UserVerification; got != "required" {
			t.Errorf("user verification is %q", got)
		}
		a.counter++
		token, o, err := d.FinishPasskey(ctx, c.ID, a.assert(c))
		if err != nil || o != anna {
			t.Fatalf("%q: %+v, %v", named, o, err)
		}
		if got, err := d.Session(ctx, token); err != nil || got != anna {
			t.Errorf("session of %+v (%v)", got, err)
		}
		if got := d.last(); got.Object != "sign-in by passkey" || got.Denied {
			t.Errorf("access log says %+v", got)
		}
	}
	held, _ := d.Credentials(ctx, anna)
	if len(held) != 2 || held[1].Label != "key" || held[1].Used.IsZero() {
		t.Errorf("credentials: %+v", held)
	}
	// The authenticator learns no name in the handle, and the same one for the next key.
	b := d.enrol(anna)
	if len(a.handle) != 64 || !bytes.Equal(a.handle, b.handle) || strings.Contains(string(a.handle), "anna") {
		t.Errorf("handles %x and %x", a.handle, b.handle)
	}
	want(t, "revoke the password", d.Revoke(ctx, anna, passwordID(anna.ID)), nil)
	want(t, "revoke a passkey", d.Revoke(ctx, anna, passkeyID(a.id)), nil)
	want(t, "revoke the last", d.Revoke(ctx, anna, passkeyID(b.id)), entente.Denied)
	c := d.begin("")
	_, _, err := d.FinishPasskey(ctx, c.ID, a.assert(c))
	want(t, "with the revoked passkey", err, entente.Denied)
}

// Each thing that may be wrong with an answer, alone.
func TestPasskeyRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*desk, *authenticator){
		"another page":          func(_ *desk, a *authenticator) { a.origin = "http://localhost:8081" },
		"another host":          func(_ *desk, a *authenticator) { a.rp = "evil.example" },
		"nobody touched it":     func(_ *desk, a *authenticator) { a.flags &^= userPresent },
		"nobody was verified":   func(_ *desk, a *authenticator) { a.flags &^= userVerified },
		"another key":           func(_ *desk, a *authenticator) { a.key = newAuthenticator(a.t).key },
		"a passkey unknown":     func(_ *desk, a *authenticator) { a.id = random(16) },
		"another handle":        func(_ *desk, a *authenticator) { a.handle = random(64) },
		"a counter gone back":   func(_ *desk, a *authenticator) { a.counter = 3 },
		"the officer disabled":  func(d *desk, _ *authenticator) { d.disable(anna.ID) },
		"the passkey revoked":   func(d *desk, a *authenticator) { want(d.t, "revoke", d.Revoke(ctx, anna, passkeyID(a.id)), nil) },
		"the handle of another": func(d *desk, a *authenticator) { a.handle = d.enrol(otto).handle },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			a := d.enrol(anna)
			for _, named := range []entente.OfficerID{anna.ID, ""} {
				a.counter += 5
				c := d.begin(named)
				_, _, err := d.FinishPasskey(ctx, c.ID, a.assert(c))
				want(t, "unspoilt", err, nil)
			}
			c := d.begin("")
			a.counter++
			spoil(d, a)
			sessions := len(d.store.state.sessions)
			_, _, err := d.FinishPasskey(ctx, c.ID, a.assert(c))
			want(t, name, err, entente.Denied)
			if k := entente.KindOf(err); k != entente.Denied {
				t.Errorf("told apart by kind %v", k)
			}
			if len(d.store.state.sessions) != sessions {
				t.Error("a session all the same")
			}
			if got := d.last(); !got.Denied {
				t.Errorf("access log says %+v", got)
			}
		})
	}
}

// A changed byte in any part of an answer opens nothing.
func TestPasskeyBytes(t *testing.T) {
	d := newDesk(t)
	a := d.enrol(anna)
	c := d.begin("")
	answer := a.assert(c)
	var parts struct {
		Response map[string]string `json:"response"`
	}
	if err := json.Unmarshal(answer, &parts); err != nil {
		t.Fatal(err)
	}
	for name, value := range parts.Response {
		plain, err := base64.RawURLEncoding.DecodeString(value)
		want(t, name, err, nil)
		for i := range plain {
			plain[i] ^= 1
			bad := bytes.Replace(answer, []byte(value), []byte(url64(plain)), 1)
			plain[i] ^= 1
			if _, _, err := d.FinishPasskey(ctx, c.ID, bad); err == nil {
				t.Errorf("%s with byte %d changed opens", name, i)
			}
		}
	}
	if _, _, err := d.FinishPasskey(ctx, c.ID, answer); err != nil {
		t.Errorf("unchanged: %v", err)
	}
}

func TestChallengeIsAnsweredOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		a := d.enrol(anna)
		c := d.begin("")
		answer := a.assert(c)
		_, _, err := d.FinishPasskey(ctx, c.ID, answer)
		want(t, "first", err, nil)
		_, _, err = d.FinishPasskey(ctx, c.ID, answer)
		want(t, "replay", err, entente.Conflict)
		_, _, err = d.FinishPasskey(ctx, d.begin("").ID, answer)
		want(t, "replay to another challenge", err, entente.Denied)

		c = d.begin("")
		time.Sleep(ceremonyLife)
		_, _, err = d.FinishPasskey(ctx, c.ID, a.assert(c))
		want(t, "too late", err, entente.Conflict)
	})
}

// Neither kind of challenge answers for the other, nor one officer's for another's.
func TestChallengesDoNotMix(t *testing.T) {
	d := newDesk(t)
	a := d.enrol(anna)
	c, err := d.BeginRegistration(ctx, anna)
	want(t, "begin", err, nil)
	_, _, err = d.FinishPasskey(ctx, c.ID, a.assert(c))
	want(t, "a registration as sign-in", err, entente.Conflict)

	c = d.begin("")
	want(t, "a sign-in as registration", d.FinishRegistration(ctx, anna, c.ID, "", newAuthenticator(t).register(c)), entente.Conflict)

	c, err = d.BeginRegistration(ctx, anna)
	want(t, "begin", err, nil)
	want(t, "finished by another", d.FinishRegistration(ctx, otto, c.ID, "", newAuthenticator(t).register(c)), entente.Denied)

	c, err = d.BeginRegistration(ctx, anna)
	want(t, "begin", err, nil)
	_, _, err = d.FinishRedeem(ctx, c.ID, "", newAuthenticator(t).register(c))
	want(t, "finished as an invitation", err, entente.Denied)

	b := d.enrol(otto)
	c = d.begin(anna.ID)
	_, _, err = d.FinishPasskey(ctx, c.ID, b.assert(c))
	want(t, "Otto's passkey for Anna's name", err, entente.Denied)

	c, err = d.BeginRegistration(ctx, otto)
	want(t, "begin", err, nil)
	want(t, "Anna's passkey registered by Otto", d.FinishRegistration(ctx, otto, c.ID, "", a.register(c)), entente.Conflict)
}

func TestRegistrationRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*authenticator){
		"another page":        func(a *authenticator) { a.origin = "https://localhost:8080" },
		"another host":        func(a *authenticator) { a.rp = "evil.example" },
		"nobody was verified": func(a *authenticator) { a.flags &^= userVerified },
		"nobody touched it":   func(a *authenticator) { a.flags &^= userPresent },
		"a long id":           func(a *authenticator) { a.id = random(2000) },
	} {
		d := newDesk(t)
		c, err := d.BeginRegistration(ctx, anna)
		want(t, "begin", err, nil)
		a := newAuthenticator(t)
		spoil(a)
		want(t, name, d.FinishRegistration(ctx, anna, c.ID, "", a.register(c)), entente.Invalid)
	}
	d := newDesk(t)
	for _, answer := range []string{"", "{}", "null", "[]", strings.Repeat("[", 1<<10), strings.Repeat(" ", maxResponse+1)} {
		c, err := d.BeginRegistration(ctx, anna)
		want(t, "begin", err, nil)
		want(t, "garbage", d.FinishRegistration(ctx, anna, c.ID, "", []byte(answer)), entente.Invalid)
	}
}

// Nobody learns by asking who is an officer here, or who has a passkey.
func TestBeginPasskeyTellsNothing(t *testing.T) {
	d := newDesk(t)
	ids := map[string]bool{}
	for _, o := range []entente.OfficerID{"nobody.here", otto.ID, idle.ID} {
		first, second := read(t, d.begin(o)), read(t, d.begin(o))
		if len(first.PublicKey.AllowCredentials) != 1 || first.PublicKey.AllowCredentials[0] != second.PublicKey.AllowCredentials[0] {
			t.Errorf("%s: %+v, then %+v", o, first, second)
		}
		ids[first.PublicKey.AllowCredentials[0].ID] = true
	}
	if len(ids) != 3 {
		t.Errorf("%d different made-up passkeys, want 3", len(ids))
	}
	again, err := New(d.cfg) // the node starts again
	want(t, "new", err, nil)
	c, err := again.BeginPasskey(ctx, "nobody.here", home)
	want(t, "begin", err, nil)
	if !ids[read(t, c).PublicKey.AllowCredentials[0].ID] {
		t.Error("a made-up passkey changed with the start of the node")
	}
	a := newAuthenticator(t)
	_, _, err = again.FinishPasskey(ctx, c.ID, a.assert(c))
	want(t, "an answer for nobody", err, entente.Denied)
}

func TestInviteWithPasskey(t *testing.T) {
	d := newDesk(t)
	code, _, err := d.Invite(ctx, otto, idle.ID)
	want(t, "invite", err, nil)
	one, err := d.BeginRedeem(ctx, code)
	want(t, "begin", err, nil)
	two, err := d.BeginRedeem(ctx, code)
	want(t, "begin again", err, nil)
	a := newAuthenticator(t)
	token, o, err := d.FinishRedeem(ctx, one.ID, "phone", a.register(one))
	if err != nil || o != idle {
		t.Fatalf("redeem: %+v, %v", o, err)
	}
	if got, err := d.Session(ctx, token); err != nil || got != idle {
		t.Errorf("signed in as %+v (%v)", got, err)
	}
	_, _, err = d.FinishRedeem(ctx, two.ID, "", newAuthenticator(t).register(two))
	want(t, "the same code again", err, entente.Denied)
	_, err = d.BeginRedeem(ctx, code)
	want(t, "begin with a used code", err, entente.Denied)
	c := d.begin("")
	_, _, err = d.FinishPasskey(ctx, c.ID, a.assert(c))
	want(t, "sign in with it", err, nil)
}

// An officer whom somebody keeps out by guessing gets in with his passkey.
func TestPasskeyWhileGuessing(t *testing.T) {
	d := newDesk(t)
	a := d.enrol(anna)
	for i := range 2 * DefaultLimits.Officer {
		d.Password(ctx, anna.ID, "not this password", fmt.Sprintf("198.51.100.%d:1", i), "")
	}
	_, _, err := d.Password(ctx, anna.ID, good, home, "")
	want(t, "by password", err, entente.Unavailable)
	c := d.begin(anna.ID)
	_, _, err = d.FinishPasskey(ctx, c.ID, a.assert(c))
	want(t, "by passkey", err, nil)
}

// Challenges wait with the visitor. What was answered is remembered, and bounded.
func TestAnsweredIsBounded(t *testing.T) {
	d := newDesk(t)
	tx := &writer{reader{state: &d.store.state}}
	for i := range maxAnswered {
		tx.PutFleeting(entente.Fleeting{Key: entente.DigestOf(fmt.Append(nil, i)), Kind: kindAnswered, Expires: d.now().Add(ceremonyLife - time.Second)})
	}
	a := d.enrol(anna)
	c := d.begin("")
	_, _, err := d.FinishPasskey(ctx, c.ID, a.assert(c))
	want(t, "sign in", err, nil)
	if n := len(d.store.state.fleeting); n != maxAnswered {
		t.Errorf("%d are remembered, want %d", n, maxAnswered)
	}
	_, _, err = d.FinishPasskey(ctx, c.ID, a.assert(c))
	want(t, "again", err, entente.Conflict)
}

// Nobody makes a challenge, or changes one, or writes one in another way.
func TestChallengesAreSealed(t *testing.T) {
	d := newDesk(t)
	a := d.enrol(anna)
	c := d.begin("")
	for i := range c.ID {
		spoilt := []byte(c.ID)
		spoilt[i] ^= 1
		_, _, err := d.FinishPasskey(ctx, string(spoilt), a.assert(c))
		want(t, fmt.Sprintf("byte %d", i), err, entente.Conflict)
	}
	for _, id := range []string{"", "x", c.ID + "=", c.ID + "AA", " " + c.ID, strings.Repeat("A", maxSealed+1)} {
		_, _, err := d.FinishPasskey(ctx, id, a.assert(c))
		want(t, "another text", err, entente.Conflict)
	}
	stranger, err := New(d.cfg)
	want(t, "new", err, nil)
	if stranger.ceremonies, err = newSealer(random(32), "challenge"); err != nil {
		t.Fatal(err)
	}
	_, _, err = stranger.FinishPasskey(ctx, c.ID, a.assert(c))
	want(t, "at a node with another secret", err, entente.Conflict)
	_, _, err = d.FinishPasskey(ctx, c.ID, a.assert(c))
	want(t, "as it was", err, nil)
}

func TestNoPasskeys(t *testing.T) {
	d := newDesk(t, func(c *Config) { c.RPID = "" })
	_, err := d.BeginPasskey(ctx, "", home)
	want(t, "sign in", err, entente.Unavailable)
	_, err = d.BeginRegistration(ctx, anna)
	want(t, "register", err, entente.Unavailable)
	for _, cfg := range []func(*Config){
		func(c *Config) { c.RPID = "192.0.2.1" },
		func(c *Config) { c.Origins = nil },
		func(c *Config) { c.Params.Memory = 1 << 30 },
		func(c *Config) { c.Store = nil },
		func(c *Config) { c.Record = nil },
		func(c *Config) { c.Check = nil },
	} {
		c := d.cfg
		c.RPID, c.Origins = "localhost", []string{"http://localhost:1"}
		cfg(&c)
		_, err := New(c)
		want(t, "new", err, entente.Invalid)
	}
}
