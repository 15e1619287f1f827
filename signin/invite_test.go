package signin

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"entente"
)

func TestInvite(t *testing.T) {
	d := newDesk(t)
	_, _, err := d.Invite(ctx, anna, idle.ID)
	want(t, "by an analyst", err, entente.Denied)
	_, _, err = d.Invite(ctx, otto, "nobody.here")
	want(t, "of nobody", err, entente.NotFound)
	code, _, err := d.Invite(ctx, otto, idle.ID)
	want(t, "invite", err, nil)
	if got := d.last(); got.Officer != otto.ID || got.Operation != entente.OpManageOfficers || !strings.Contains(got.Object, string(idle.ID)) {
		t.Errorf("access log says %+v", got)
	}

	if o, err := d.Invited(ctx, code); err != nil || o != idle {
		t.Errorf("invites %+v (%v)", o, err)
	}
	_, _, err = d.Redeem(ctx, code, "short")
	want(t, "with a bad password", err, entente.Invalid)
	token, o, err := d.Redeem(ctx, code, next)
	if err != nil || o != idle {
		t.Fatalf("redeem: %+v, %v", o, err)
	}
	if got, err := d.Session(ctx, token); err != nil || got != idle {
		t.Errorf("signed in as %+v (%v)", got, err)
	}
	_, _, err = d.Redeem(ctx, code, good)
	want(t, "twice", err, entente.Denied)
	_, _, err = d.Password(ctx, idle.ID, next, home, "")
	want(t, "the password", err, nil)
}

func TestInviteLapses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		code, expires, err := d.Invite(ctx, otto, idle.ID)
		want(t, "invite", err, nil)
		time.Sleep(time.Until(expires) - time.Second)
		_, err = d.Invited(ctx, code)
		want(t, "on the seventh day", err, nil)
		time.Sleep(time.Second)
		_, _, err = d.Redeem(ctx, code, good)
		want(t, "after it", err, entente.Denied)
	})
}

// A new invitation voids the one before, and using it closes all that was open.
func TestInviteAgain(t *testing.T) {
	d := newDesk(t)
	session := d.in()
	first, _, err := d.Invite(ctx, otto, anna.ID)
	want(t, "invite", err, nil)
	second, _, err := d.Invite(ctx, otto, anna.ID)
	want(t, "invite", err, nil)
	_, _, err = d.Redeem(ctx, first, next)
	want(t, "the first", err, entente.Denied)
	if _, err := d.Session(ctx, session); err != nil {
		t.Errorf("an unused invitation closed the session: %v", err)
	}
	_, _, err = d.Redeem(ctx, second, next)
	want(t, "the second", err, nil)
	_, err = d.Session(ctx, session)
	want(t, "the session before", err, entente.Denied)
	_, _, err = d.Password(ctx, anna.ID, good, home, "")
	want(t, "the password before", err, entente.Denied)
}

func TestInviteOfDisabled(t *testing.T) {
	d := newDesk(t)
	code, _, err := d.Invite(ctx, otto, idle.ID)
	want(t, "invite", err, nil)
	d.disable(idle.ID)
	_, _, err = d.Redeem(ctx, code, good)
	want(t, "redeem", err, entente.Denied)
	_, _, err = d.Invite(ctx, otto, idle.ID)
	want(t, "invite", err, entente.Conflict)
}

func TestInviteOnce(t *testing.T) {
	d := newDesk(t)
	code, _, err := d.Invite(ctx, otto, idle.ID)
	want(t, "invite", err, nil)
	var all sync.WaitGroup
	var in atomic.Int64
	for range 8 {
		all.Go(func() {
			if _, _, err := d.Redeem(ctx, code, good); err == nil {
				in.Add(1)
			}
		})
	}
	all.Wait()
	if n := in.Load(); n != 1 {
		t.Errorf("%d used it, want 1", n)
	}
}

// A code survives being read over a telephone and typed by hand.
func TestCodeAsTyped(t *testing.T) {
	seen := map[string]bool{}
	for range 200 {
		code := newCode()
		if len(code) != 24 || seen[code] {
			t.Fatalf("code %q", code)
		}
		seen[code] = true
		plain := plainCode(code)
		for _, typed := range []string{
			strings.ToLower(code),
			strings.ReplaceAll(code, "-", " "),
			" " + strings.ReplaceAll(code, "-", "") + "\n",
			strings.ReplaceAll(strings.ReplaceAll(code, "0", "o"), "1", "l"),
			strings.ReplaceAll(code, "1", "I"),
		} {
			if got := plainCode(typed); got != plain {
				t.Errorf("%q is read as %q, want %q", typed, got, plain)
			}
		}
	}
	if got := plainCode(strings.Repeat("x", 1<<20)); len(got) > 100 {
		t.Errorf("%d bytes of a long code are looked at", len(got))
	}
}

// A code that waits for a second person opens nothing, also for an officer who
// was never in, and stays good until then. A refusal of its maker is on record.
func TestInviteWaits(t *testing.T) {
	d := newDesk(t)
	waits := map[entente.OfficerID]bool{}
	d.cfg.Ask = func(_ entente.Tx, _ entente.Officer, of entente.OfficerID, _ time.Time) error {
		waits[of] = true
		return nil
	}
	d.cfg.Waits = func(_ entente.Tx, of entente.OfficerID) (bool, error) { return waits[of], nil }
	code, _, err := d.Invite(ctx, otto, anna.ID)
	want(t, "invite", err, nil)
	_, err = d.Invited(ctx, code)
	want(t, "look at the invitation", err, entente.Denied)
	_, _, err = d.Redeem(ctx, code, next)
	want(t, "use it", err, entente.Denied)
	waits[anna.ID] = false
	_, _, err = d.Redeem(ctx, code, next)
	want(t, "use it once it is confirmed", err, nil)

	_, _, err = d.Invite(ctx, anna, idle.ID)
	want(t, "by an analyst", err, entente.Denied)
	if got := d.last(); !got.Denied || got.Officer != anna.ID || got.Operation != entente.OpManageOfficers {
		t.Errorf("access log says %+v", got)
	}
}

// A command line uses an invitation in the name of him whom it invites, and of
// nobody else; a label or a password that is refused does not use it up.
func TestRedeemToken(t *testing.T) {
	d := newDesk(t)
	code, _, err := d.Invite(ctx, otto, idle.ID)
	want(t, "invite", err, nil)
	_, _, _, err = d.RedeemToken(ctx, anna.ID, code, next, "laptop")
	want(t, "for another", err, entente.Denied)
	_, _, _, err = d.RedeemToken(ctx, idle.ID, code, "short", "laptop")
	want(t, "with a bad password", err, entente.Invalid)
	token, _, expires, err := d.RedeemToken(ctx, idle.ID, code, next, "laptop")
	if err != nil || expires.IsZero() {
		t.Fatalf("redeem: %v, %v", expires, err)
	}
	if o, err := d.Bearer(ctx, token); err != nil || o != idle {
		t.Errorf("signed in as %+v (%v)", o, err)
	}
	_, _, _, err = d.RedeemToken(ctx, idle.ID, code, next, "laptop")
	want(t, "twice", err, entente.Denied)
	_, _, err = d.Password(ctx, idle.ID, next, home, "")
	want(t, "the password", err, nil)
}
