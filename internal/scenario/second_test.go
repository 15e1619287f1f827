package scenario_test

import (
	"errors"
	"testing"

	"entente"
)

// An operator who invites a releaser does not become him: the code counts only
// once a supervisor has confirmed it, and the access log names both.
func TestOperatorCannotBecomeAnother(t *testing.T) {
	_, albia, _ := desks(t)
	ctx := t.Context()
	operator, supervisor, victim := albia.Officer(entente.Operator), albia.Officer(entente.Supervisor), albia.Officer(entente.Releaser)
	code, _, err := albia.Node.SignIn.Invite(ctx, operator, victim.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := albia.Node.SignIn.Redeem(ctx, code, "crow over seven kettles"); !errors.Is(err, entente.Denied) {
		t.Fatalf("the operator becomes %s: %v", victim.ID, err)
	}
	all, err := albia.Node.Desk.People(ctx, supervisor)
	if err != nil {
		t.Fatal(err)
	}
	if err := albia.Node.Desk.Confirm(ctx, supervisor, victim.ID, all.About(victim.ID).Digest()); err != nil {
		t.Fatal(err)
	}
	if _, o, err := albia.Node.SignIn.Redeem(ctx, code, "crow over seven kettles"); err != nil || o.ID != victim.ID {
		t.Fatalf("the confirmed invitation signs %s in: %v", o.ID, err)
	}
	log, err := albia.Node.Desk.AccessLog(ctx, albia.Officer(entente.Overseer), "", 0, 20)
	if err != nil {
		t.Fatal(err)
	}
	acts := map[entente.Operation]entente.OfficerID{}
	for _, e := range log {
		acts[e.Access.Operation] = e.Access.Officer
	}
	if acts[entente.OpManageOfficers] != operator.ID || acts[entente.OpConfirmOfficers] != supervisor.ID {
		t.Errorf("on record is %v", acts)
	}
}
