package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"entente"
	"entente/casework"
	"entente/outbox"
	"entente/policy"
	"entente/prove"
	"entente/record"
	"entente/screen"
)

// node stands for everything behind the interface. Each method holds its
// operation against the table of roles, as the true ones do, then fails with
// err if that is set, and otherwise answers with nouns in which every field is
// filled. What it was asked is kept.
type node struct {
	mu    sync.Mutex
	err   error
	asked []any
	body  []byte // of the last upload
	why   string // the purpose stated with the last look at a message
	late  error  // of an import, after its first step

	refused []string // what stands in the access log as refused
	log     bytes.Buffer
}

func (n *node) check(by entente.Officer, op entente.Operation, asked ...any) error {
	if err := policy.Check(by, op); err != nil {
		return err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.asked = append([]any{by.ID}, asked...)
	return n.err
}

// Officers. The bearer token is the role.
func (n *node) FromRequest(r *http.Request) (entente.Officer, error) {
	role := entente.Role(bearer(r))
	for _, known := range entente.Roles {
		if role == known {
			return entente.Officer{ID: entente.OfficerID("the." + role), Name: "The " + string(role), Role: role, Added: when}, nil
		}
	}
	return entente.Officer{}, &entente.Error{Kind: entente.Denied, Detail: "you are not signed in", Hint: "sign in and try again"}
}

var when = time.Date(2011, 3, 4, 9, 30, 0, 123456000, time.UTC)

// Accounts.
func (n *node) Token(_ context.Context, officer entente.OfficerID, password, label, addr, device string) (string, string, time.Time, error) {
	n.asked = []any{officer, password, label, addr != "", device}
	return "ent_new", "known", when, n.err
}

func (n *node) RedeemToken(_ context.Context, officer entente.OfficerID, code, password, label string) (string, string, time.Time, error) {
	n.asked = []any{officer, code, password, label}
	return "ent_new", "known", when, n.err
}

func (n *node) NewToken(_ context.Context, by entente.Officer, label string) (string, time.Time, error) {
	return "ent_new", when, n.check(by, entente.OpManageCredentials, label)
}

func (n *node) SignOut(_ context.Context, token string) error {
	n.asked = []any{token}
	return n.err
}

func (n *node) SignOutEverywhere(_ context.Context, by entente.Officer) error {
	return n.check(by, entente.OpManageCredentials)
}

func (n *node) Credentials(_ context.Context, by entente.Officer) ([]entente.Credential, error) {
	return full[[]entente.Credential](), n.check(by, entente.OpManageCredentials)
}

func (n *node) Expires(entente.Credential) time.Time { return when }

func (n *node) Revoke(_ context.Context, by entente.Officer, id string) error {
	return n.check(by, entente.OpManageCredentials, id)
}

func (n *node) ChangePassword(_ context.Context, by entente.Officer, now, next string) error {
	return n.check(by, entente.OpManageCredentials, now, next)
}

func (n *node) Invite(_ context.Context, by entente.Officer, officer entente.OfficerID) (string, time.Time, error) {
	return "7KQ2-M9XV-0RTC-A4HD-6WJP", when, n.check(by, entente.OpManageOfficers, officer)
}

// Outbox.
type fakeOutbox struct{ *node }

func (n fakeOutbox) Write(_ context.Context, by entente.Officer, d entente.Draft) (entente.Draft, error) {
	return full[entente.Draft](), n.check(by, entente.OpDraft, d)
}

func (n fakeOutbox) Submit(_ context.Context, by entente.Officer, id entente.DraftID, version int) (entente.Draft, error) {
	return full[entente.Draft](), n.check(by, entente.OpSubmit, id, version)
}

func (n fakeOutbox) Withdraw(_ context.Context, by entente.Officer, id entente.DraftID) error {
	return n.check(by, entente.OpDraft, id)
}

func (n fakeOutbox) Send(_ context.Context, by entente.Officer, d entente.Draft) (entente.DraftID, bool, error) {
	return aMessage, true, n.check(by, entente.OpDraft, d)
}

func (n fakeOutbox) Attach(_ context.Context, by entente.Officer, id entente.DraftID, name, media string, r io.Reader) (entente.Attachment, error) {
	if err := n.check(by, entente.OpAddAttachment, id, name, media); err != nil {
		return entente.Attachment{}, err
	}
	var err error
	n.body, err = io.ReadAll(r)
	return full[entente.Attachment](), err
}

func (n fakeOutbox) Detach(_ context.Context, by entente.Officer, id entente.DraftID, file entente.Digest) error {
	return n.check(by, entente.OpAddAttachment, id, file)
}

func (n fakeOutbox) Drafts(_ context.Context, by entente.Officer, q entente.DraftQuery) ([]entente.Draft, error) {
	return full[[]entente.Draft](), n.check(by, entente.OpReadDrafts, q)
}

func (n fakeOutbox) Proposal(_ context.Context, by entente.Officer, id entente.DraftID) (outbox.Proposal, error) {
	p := full[outbox.Proposal]()
	p.Problem = &entente.Error{Kind: entente.Invalid, Field: "tip.title", Detail: "a tip has a title", Hint: "write one"}
	return p, n.check(by, entente.OpReadDrafts, id)
}

func (n fakeOutbox) OpenDraftFile(_ context.Context, by entente.Officer, id entente.DraftID, file entente.Digest) (entente.Attachment, io.Reader, error) {
	return full[entente.Attachment](), strings.NewReader("plain text"), n.check(by, entente.OpFetchAttachment, id, file)
}

func (n fakeOutbox) Release(_ context.Context, by entente.Officer, id entente.DraftID, seen entente.Digest) (entente.MessageID, error) {
	return aMessage, n.check(by, entente.OpRelease, id, seen)
}

func (n fakeOutbox) Return(_ context.Context, by entente.Officer, id entente.DraftID, reason string) error {
	return n.check(by, entente.OpReturn, id, reason)
}

func (n fakeOutbox) State(_ context.Context, by entente.Officer) (outbox.State, error) {
	return full[outbox.State](), n.check(by, entente.OpReadQueue)
}

func (n fakeOutbox) Retry(_ context.Context, by entente.Officer, partner entente.PartyID) error {
	return n.check(by, entente.OpRetry, partner)
}

func (n fakeOutbox) TakeNote(_ context.Context, by entente.Officer, id entente.MessageID) error {
	return n.check(by, entente.OpRetry, id)
}

func (n fakeOutbox) DeclareLevel(_ context.Context, by entente.Officer, a entente.AgreementID, d outbox.Declaration) ([]entente.QueueItem, error) {
	return full[[]entente.QueueItem](), n.check(by, entente.OpChangeLevel, a, d)
}

func (n fakeOutbox) OfferAgain(_ context.Context, by entente.Officer, id entente.MessageID) error {
	return n.check(by, entente.OpRetry, id)
}

func (n fakeOutbox) SendHeld(_ context.Context, by entente.Officer, a entente.AgreementID, p entente.PartyID, ids []entente.MessageID) error {
	return n.check(by, entente.OpRelease, a, p, ids)
}

func (n fakeOutbox) WithdrawHeld(_ context.Context, by entente.Officer, a entente.AgreementID, p entente.PartyID, ids []entente.MessageID) error {
	return n.check(by, entente.OpRelease, a, p, ids)
}

func (n fakeOutbox) DeclareOutage(_ context.Context, by entente.Officer, a entente.AgreementID, to entente.PartyID, from, until time.Time) error {
	return n.check(by, entente.OpDeclareOutage, a, to, from, until)
}

// Desk.
type fakeDesk struct{ *node }

func (n fakeDesk) Inbox(_ context.Context, by entente.Officer, f casework.Filter) ([]casework.Item, error) {
	return full[[]casework.Item](), n.check(by, entente.OpReadInbox, f)
}

func (n fakeDesk) Message(ctx context.Context, by entente.Officer, id entente.MessageID, why string) (casework.View, error) {
	n.why = record.Stated(ctx)
	return full[casework.View](), n.check(by, entente.OpReadMessage, id, why)
}

func (n fakeDesk) OpenAttachment(_ context.Context, by entente.Officer, m entente.MessageID, file entente.Digest) (entente.Attachment, io.Reader, error) {
	err := n.check(by, entente.OpFetchAttachment, m, file)
	return full[entente.Attachment](), strings.NewReader("plain text"), err
}

func (n fakeDesk) Obligations(_ context.Context, by entente.Officer) ([]entente.Obligation, error) {
	return full[[]entente.Obligation](), n.check(by, entente.OpReadObligations)
}

func (n fakeDesk) Acknowledge(_ context.Context, by entente.Officer, id entente.MessageID) error {
	return n.check(by, entente.OpAcknowledge, id)
}

func (n fakeDesk) Assign(_ context.Context, by entente.Officer, id entente.MessageID, to entente.OfficerID) error {
	return n.check(by, entente.OpAssign, id, to)
}

func (n fakeDesk) Assess(_ context.Context, by entente.Officer, id entente.MessageID, text string, version int) (entente.Assessment, error) {
	return full[entente.Assessment](), n.check(by, entente.OpAssess, id, text, version)
}

func (n fakeDesk) Dispose(_ context.Context, by entente.Officer, id entente.MessageID, d entente.Disposition) (entente.DraftID, bool, error) {
	return aMessage, true, n.check(by, entente.OpDispose, id, d)
}

func (n fakeDesk) Note(_ context.Context, by entente.Officer, re entente.MessageID, text string) (entente.DraftID, bool, error) {
	return aMessage, true, n.check(by, entente.OpNote, re, text)
}

func (n fakeDesk) Agreements(_ context.Context, by entente.Officer) ([]casework.Standing, error) {
	return full[[]casework.Standing](), n.check(by, entente.OpReadAgreement)
}

func (n fakeDesk) Agreement(_ context.Context, by entente.Officer, id entente.AgreementID) (casework.Standing, error) {
	return full[casework.Standing](), n.check(by, entente.OpReadAgreement, id)
}

func (n fakeDesk) Partners(_ context.Context, by entente.Officer) ([]casework.Partner, error) {
	return full[[]casework.Partner](), n.check(by, entente.OpReadParties)
}

func (n fakeDesk) AccessLog(_ context.Context, by entente.Officer, about string, before int64, limit int) ([]entente.AccessEntry, error) {
	return full[[]entente.AccessEntry](), n.check(by, entente.OpReadAccessLog, about, before, limit)
}

func (n fakeDesk) Verify(_ context.Context, by entente.Officer) ([]casework.Check, error) {
	return full[[]casework.Check](), n.check(by, entente.OpVerify)
}

func (n fakeDesk) Evidence(_ context.Context, by entente.Officer, id entente.MessageID, _ prove.Extent, w io.Writer) error {
	if err := n.check(by, entente.OpExportEvidence, id); err != nil {
		return err
	}
	_, err := io.WriteString(w, "PK evidence")
	return err
}

func (n fakeDesk) Refusals(_ context.Context, by entente.Officer) ([]entente.Refusal, error) {
	return full[[]entente.Refusal](), n.check(by, entente.OpReadAccessLog)
}

func (n fakeDesk) People(_ context.Context, by entente.Officer) (casework.People, error) {
	return full[casework.People](), n.check(by, entente.OpReadOfficers)
}

func (n fakeDesk) SetOfficer(_ context.Context, by entente.Officer, o entente.Officer) (bool, error) {
	return true, n.check(by, entente.OpManageOfficers, o)
}

func (n fakeDesk) Confirm(_ context.Context, by entente.Officer, id entente.OfficerID, seen entente.Digest) error {
	return n.check(by, entente.OpConfirmOfficers, "confirm", id, seen)
}

func (n fakeDesk) Refuse(_ context.Context, by entente.Officer, id entente.OfficerID, seen entente.Digest) error {
	return n.check(by, entente.OpConfirmOfficers, "refuse", id, seen)
}

func (n fakeDesk) Status(_ context.Context, by entente.Officer) (casework.Status, error) {
	return full[casework.Status](), n.check(by, entente.OpNodeStatus)
}

// Screen.
type fakeScreen struct{ *node }

func (n fakeScreen) Import(_ context.Context, by entente.Officer, in screen.Import, progress func(entente.Edition)) (entente.Edition, error) {
	if err := n.check(by, entente.OpImport, in.Options, in.Format, in.File, in.Digest, in.Delist); err != nil {
		return entente.Edition{}, err
	}
	for range 2 { // as the true one does
		n.body = nil
		files, err := in.Open()
		if err != nil {
			return entente.Edition{}, err
		}
		for _, f := range files {
			b, err := io.ReadAll(f.Data)
			if err != nil {
				return entente.Edition{}, err
			}
			n.body = append(append(n.body, f.Name+": "...), b...)
		}
	}
	if progress != nil {
		progress(entente.Edition{Source: in.Source, Read: 1})
	}
	return full[entente.Edition](), n.late
}

func (n fakeScreen) Feed(_ context.Context, by entente.Officer, from screen.Source, r io.Reader, _ func(entente.Feeding)) (entente.Feeding, error) {
	if err := n.check(by, entente.OpFeed, from); err != nil {
		return entente.Feeding{}, err
	}
	var err error
	n.body, err = io.ReadAll(r)
	return full[entente.Feeding](), err
}

// Courier.
type fakeCourier struct{ *node }

func (n fakeCourier) PackPart(_ context.Context, by entente.Officer, partner entente.PartyID, after string, begin func(string) io.Writer) (int, error) {
	if err := n.check(by, entente.OpCourierExport, partner); err != nil {
		return 0, err
	}
	end := "here"
	if after == end {
		end = ""
	}
	_, err := io.WriteString(begin(end), "PK pouch")
	return 1, err
}

func (n fakeCourier) Unpack(_ context.Context, by entente.Officer, r io.ReaderAt, size int64) (entente.PartyID, int, error) {
	if err := n.check(by, entente.OpCourierImport, size); err != nil {
		return "", 0, err
	}
	var err error
	n.body, err = io.ReadAll(io.NewSectionReader(r, 0, size))
	return "borea-sls", 3, err
}

// serve serves a fake node, and gives a client that is signed in with a role.
func serve(t testing.TB, change ...func(*Config)) (*node, *httptest.Server, func(entente.Role) *Client) {
	t.Helper()
	n := &node{}
	cfg := Config{
		Officers: n, Accounts: n, Outbox: fakeOutbox{n}, Desk: fakeDesk{n}, Screen: fakeScreen{n}, Courier: fakeCourier{n},
		Now: func() time.Time { return when }, Log: slog.New(slog.NewTextHandler(&n.log, nil)),
	}
	for _, c := range change {
		c(&cfg)
	}
	h, err := Handler(cfg)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return n, s, func(r entente.Role) *Client {
		c, err := New(s.URL, string(r), s.Client())
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
}

// kindOf gives the kind of the error itself, not that of a cause.
func kindOf(err error) error {
	if e, ok := errors.AsType[*entente.Error](err); ok {
		return e.Kind
	}
	return err
}
