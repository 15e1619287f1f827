package policy

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"entente"
)

// The whole table, every pair, as a document that a person can check.
func TestEveryRoleAndOperation(t *testing.T) {
	var b strings.Builder
	fmt.Fprintf(&b, "%-22s", "")
	for _, r := range entente.Roles {
		fmt.Fprintf(&b, "%-12s", r)
	}
	b.WriteString("\n")
	for _, op := range entente.Operations {
		fmt.Fprintf(&b, "%-22s", op)
		for _, r := range entente.Roles {
			err := Check(entente.Officer{ID: "anna.kern", Role: r}, op)
			if May(r, op) != (err == nil) || err != nil && !errors.Is(err, entente.Denied) {
				t.Errorf("%s %s: May says %v, Check says %v", r, op, May(r, op), err)
			}
			word := "no"
			if May(r, op) {
				word = "yes"
			}
			fmt.Fprintf(&b, "%-12s", word)
		}
		b.WriteString("\n")
	}
	got := strings.ReplaceAll(b.String(), " \n", "\n")
	for strings.Contains(got, " \n") {
		got = strings.ReplaceAll(got, " \n", "\n")
	}
	if *update {
		if err := os.WriteFile("testdata/roles.txt", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/roles.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the table has changed; it is now:\n%s", got)
	}
}

// The table names every operation once: what is added to the nouns is decided here.
func TestTableIsWhole(t *testing.T) {
	var ops []entente.Operation
	for _, row := range table {
		ops = append(ops, row.operation)
	}
	if !slices.Equal(ops, entente.Operations) {
		t.Errorf("the table decides %q, the operations are %q", ops, entente.Operations)
	}
}

// What the roles are for, said a second time in other words than the table's.
func TestRolesKeepApart(t *testing.T) {
	changes := []entente.Operation{
		entente.OpAcknowledge, entente.OpAssess, entente.OpDispose, entente.OpAssign, entente.OpAddAttachment, entente.OpDraft, entente.OpSubmit,
		entente.OpRelease, entente.OpReturn, entente.OpNote, entente.OpRetry, entente.OpChangeLevel, entente.OpManageOfficers, entente.OpCourierExport, entente.OpCourierImport,
	}
	content := []entente.Operation{
		entente.OpReadInbox, entente.OpReadMessage, entente.OpFetchAttachment, entente.OpReadDrafts, entente.OpReadAccessLog, entente.OpExportEvidence, entente.OpReadObligations,
	}
	for _, op := range changes {
		if May(entente.Overseer, op) {
			t.Errorf("an overseer changes nothing, and may %s", op)
		}
	}
	for _, op := range content {
		if May(entente.Operator, op) {
			t.Errorf("an operator sees no content, and may %s", op)
		}
		if !May(entente.Overseer, op) {
			t.Errorf("an overseer reads everything, and may not %s", op)
		}
	}
	for _, r := range entente.Roles {
		if May(r, entente.OpRelease) != (r == entente.Releaser) {
			t.Errorf("only a releaser releases; %s: %v", r, May(r, entente.OpRelease))
		}
	}
}

func TestCheckSaysWho(t *testing.T) {
	for _, c := range []struct {
		officer      entente.Officer
		op           entente.Operation
		detail, hint string
	}{
		{entente.Officer{Role: entente.Analyst}, entente.OpRelease, "an analyst may not do this (draft.release)", "ask a releaser"},
		{entente.Officer{Role: entente.Overseer}, entente.OpRetry, "an overseer may not do this (queue.retry)", "ask a supervisor or an operator"},
		{entente.Officer{Role: entente.Operator}, entente.OpReadMessage, "an operator may not do this (message.read)", "ask an analyst, a releaser, a supervisor or an overseer"},
		{entente.Officer{Role: entente.Analyst}, "everything", "an analyst may not do this (everything)", "no role may"},
		{entente.Officer{}, entente.OpReadInbox, "an officer without a role may do nothing", "ask an analyst, a releaser, a supervisor or an overseer"},
		{entente.Officer{Role: entente.Analyst, Disabled: time.Unix(1, 0)}, entente.OpReadInbox, "this account is not in use any more", "ask the operator of your node"},
	} {
		e, ok := errors.AsType[*entente.Error](Check(c.officer, c.op))
		if !ok || e.Kind != entente.Denied || e.Detail != c.detail || e.Hint != c.hint {
			t.Errorf("%s %s: got %+v", c.officer.Role, c.op, e)
		}
	}
}

// Those who change nothing may only read, but for confirming officers and their
// own sign-in: so no operation that changes something passes for a look.
func TestReadingChangesNothing(t *testing.T) {
	for _, op := range entente.Operations {
		own := op == entente.OpConfirmOfficers || op == entente.OpManageCredentials
		if May(entente.Overseer, op) && Changes(op) != own {
			t.Errorf("%s: an overseer may, and it changes something: %v", op, Changes(op))
		}
	}
	for _, op := range []entente.Operation{entente.OpDispose, entente.OpRelease, entente.OpImport, entente.OpFeed, entente.OpCourierImport, entente.OpManageOfficers} {
		if !Changes(op) {
			t.Errorf("%s passes for a look", op)
		}
	}
}
