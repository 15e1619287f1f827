package signin

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"entente"
)

func TestToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		_, _, _, err := d.Token(ctx, anna.ID, "not this password", "laptop", home, "")
		want(t, "with a wrong password", err, entente.Denied)
		token, known, expires, err := d.Token(ctx, anna.ID, good, " laptop ", home, "")
		want(t, "token", err, nil)
		if !strings.HasPrefix(token, "ent_") || len(token) != len("ent_")+52 {
			t.Errorf("token %q", token)
		}
		if d.knows(anna.ID, known) == "" {
			t.Error("the command line is not known afterwards")
		}
		if got := time.Until(expires); got != 30*24*time.Hour {
			t.Errorf("lives for %s, want 30 days", got)
		}
		o, err := d.Bearer(ctx, token)
		if err != nil || o != anna {
			t.Errorf("opens %+v (%v)", o, err)
		}
		held, err := d.Credentials(ctx, anna)
		want(t, "list", err, nil)
		if len(held) != 2 || held[1].Label != "laptop" || held[1].Used.IsZero() || !d.Expires(held[1]).Equal(expires) {
			t.Errorf("list: %+v", held)
		}
		if !d.Expires(held[0]).IsZero() {
			t.Error("a password lapses")
		}

		time.Sleep(30 * 24 * time.Hour)
		_, err = d.Bearer(ctx, token)
		want(t, "lapsed", err, entente.Denied)
		_, _, err = d.NewToken(ctx, anna, "")
		want(t, "another", err, nil)
		if held, _ = d.Credentials(ctx, anna); len(held) != 2 {
			t.Errorf("%d credentials, want the lapsed token gone", len(held))
		}
	})
}

func TestRevoke(t *testing.T) {
	d := newDesk(t)
	token, _, err := d.NewToken(ctx, anna, "")
	want(t, "token", err, nil)
	id := secretID(kindToken, token)
	want(t, "by another officer", d.Revoke(ctx, otto, id), entente.NotFound)
	want(t, "unknown", d.Revoke(ctx, anna, "token:none"), entente.NotFound)
	want(t, "the last way in", d.Revoke(ctx, anna, passwordID(anna.ID)), entente.Denied)
	if _, err := d.Bearer(ctx, token); err != nil {
		t.Errorf("lost without being revoked: %v", err)
	}
	want(t, "revoke", d.Revoke(ctx, anna, id), nil)
	_, err = d.Bearer(ctx, token)
	want(t, "revoked", err, entente.Denied)
	want(t, "again", d.Revoke(ctx, anna, id), entente.NotFound)
}

// What is revoked or signed out while a request with it is under way is not put back.
func TestRevokedIsNotPutBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		session := d.in()
		token, _, err := d.NewToken(ctx, anna, "")
		want(t, "token", err, nil)
		time.Sleep(2 * seenEvery)
		d.store.after = func() { want(t, "revoke", d.Revoke(ctx, anna, secretID(kindToken, token)), nil) }
		_, err = d.Bearer(ctx, token)
		want(t, "revoked under way", err, entente.Denied)
		d.store.after = func() { want(t, "sign out", d.SignOut(ctx, session), nil) }
		_, err = d.Session(ctx, session)
		want(t, "signed out under way", err, entente.Denied)
		if n := len(d.store.state.sessions); n != 0 {
			t.Errorf("%d sessions, want none", n)
		}
		if _, ok := d.store.state.credentials[secretID(kindToken, token)]; ok {
			t.Error("the revoked token is there again")
		}
	})
}

// entente signout hands its own token in.
func TestSignOutToken(t *testing.T) {
	d := newDesk(t)
	mine, _, err := d.NewToken(ctx, anna, "laptop")
	want(t, "token", err, nil)
	other, _, err := d.NewToken(ctx, anna, "desktop")
	want(t, "token", err, nil)
	want(t, "sign out", d.SignOut(ctx, mine), nil)
	_, err = d.Bearer(ctx, mine)
	want(t, "signed out", err, entente.Denied)
	_, err = d.Bearer(ctx, other)
	want(t, "the other token", err, nil)
}

func TestLabels(t *testing.T) {
	d := newDesk(t)
	for label, kind := range map[string]error{
		"":                       nil,
		"мой ноутбук":            nil,
		"two\nlines":             entente.Invalid,
		strings.Repeat("a", 101): entente.Invalid,
	} {
		_, _, err := d.NewToken(ctx, anna, label)
		want(t, label, err, kind)
	}
}

// What a stored grant should be and is not has lapsed.
func TestDamagedGrant(t *testing.T) {
	d := newDesk(t)
	token, _, err := d.NewToken(ctx, anna, "")
	want(t, "token", err, nil)
	id := secretID(kindToken, token)
	c := d.store.state.credentials[id]
	for _, data := range []string{"", "{", `{"expires":"never"}`, `{}`} {
		c.Data = []byte(data)
		d.store.state.credentials[id] = c
		_, err := d.Bearer(ctx, token)
		want(t, data, err, entente.Denied)
	}
}
