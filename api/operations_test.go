package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente"
	"entente/casework"
	"entente/outbox"
	"entente/policy"
)

var ctx = context.Background()

// calls has every operation of the interface once: what it needs, how it is
// called, what the node must then have been asked (after the officer), and what
// must come back.
var calls = map[string]struct {
	op    entente.Operation // empty: whoever is signed in
	call  func(*Client) (any, error)
	asked []any
	want  func(*server) any
}{
	"signIn": {
		call: func(c *Client) (any, error) {
			return c.SignIn(ctx, SignIn{Officer: "anna.kern", Password: "quiet lantern", Label: "laptop"})
		},
		want: func(*server) any { return SignedIn{Token{"ent_new", when}, "known"} },
	},
	"redeemInvitation": {
		call: func(c *Client) (any, error) {
			return c.RedeemInvitation(ctx, Redemption{Officer: "anna.kern", Code: "7KQ2-M9XV", Password: "quiet lantern", Label: "laptop"})
		},
		want: func(*server) any { return SignedIn{Token{"ent_new", when}, "known"} },
	},
	"signOut":           {call: func(c *Client) (any, error) { return nil, c.SignOut(ctx) }},
	"signOutEverywhere": {op: entente.OpManageCredentials, call: func(c *Client) (any, error) { return nil, c.SignOutEverywhere(ctx) }},
	"whoAmI":            {call: func(c *Client) (any, error) { return c.WhoAmI(ctx) }},
	"changePassword": {
		op:    entente.OpManageCredentials,
		call:  func(c *Client) (any, error) { return nil, c.ChangePassword(ctx, PasswordChange{"one", "two"}) },
		asked: []any{"one", "two"},
	},
	"listCredentials": {
		op: entente.OpManageCredentials, call: func(c *Client) (any, error) { return c.Credentials(ctx) },
		want: func(*server) any {
			return each(full[[]entente.Credential](), func(k entente.Credential) Credential {
				return Credential{k.ID, k.Kind, k.Label, k.Added, k.Used, when}
			})
		},
	},
	"addToken": {
		op: entente.OpManageCredentials, call: func(c *Client) (any, error) { return c.AddToken(ctx, "laptop") },
		asked: []any{"laptop"}, want: func(*server) any { return Token{"ent_new", when} },
	},
	"revokeCredential": {
		op: entente.OpManageCredentials, call: func(c *Client) (any, error) { return nil, c.RevokeCredential(ctx, "passkey:a/b c_д") },
		asked: []any{"passkey:a/b c_д"},
	},
	"listOfficers": {
		op: entente.OpReadOfficers, call: func(c *Client) (any, error) { return c.Officers(ctx) },
		want: func(*server) any { return OfficersOf(full[casework.People]()) },
	},
	"setOfficer": {
		op: entente.OpManageOfficers,
		call: func(c *Client) (any, error) {
			return c.SetOfficer(ctx, "anna.kern", OfficerChange{"Anna Kern", entente.Releaser, true})
		},
		asked: []any{entente.Officer{ID: "anna.kern", Name: "Anna Kern", Role: entente.Releaser, Disabled: when}},
		want:  func(*server) any { return OfficerSet{true} },
	},
	"confirmOfficer": {
		op: entente.OpConfirmOfficers, call: func(c *Client) (any, error) { return nil, c.ConfirmOfficer(ctx, "anna.kern", aDigest) },
		asked: []any{"confirm", entente.OfficerID("anna.kern"), aDigest},
	},
	"refuseOfficer": {
		op: entente.OpConfirmOfficers, call: func(c *Client) (any, error) { return nil, c.RefuseOfficer(ctx, "anna.kern", aDigest) },
		asked: []any{"refuse", entente.OfficerID("anna.kern"), aDigest},
	},
	"inviteOfficer": {
		op: entente.OpManageOfficers, call: func(c *Client) (any, error) { return c.Invite(ctx, "anna.kern") },
		asked: []any{entente.OfficerID("anna.kern")}, want: func(*server) any { return Invitation{"7KQ2-M9XV-0RTC-A4HD-6WJP", when} },
	},
	"nodeStatus": {
		op: entente.OpNodeStatus, call: func(c *Client) (any, error) { return c.Status(ctx) },
		want: func(*server) any { return statusOf(full[casework.Status]()) },
	},
	"listInbox": {
		op: entente.OpReadInbox,
		call: func(c *Client) (any, error) {
			return c.Inbox(ctx, InboxQuery{entente.Incoming, []entente.Kind{entente.KindTip, entente.KindNote}, true, aMessage, 50})
		},
		asked: []any{casework.Filter{Direction: entente.Incoming, Kinds: []entente.Kind{entente.KindTip, entente.KindNote}, Open: true, Before: aMessage, Limit: 50}},
		want:  func(s *server) any { return each(full[[]casework.Item](), s.itemOf) },
	},
	"listObligations": {
		op: entente.OpReadObligations, call: func(c *Client) (any, error) { return c.Obligations(ctx) },
		want: func(s *server) any { return each(full[[]entente.Obligation](), s.obligationOf) },
	},
	"readMessage": {
		op: entente.OpReadMessage, call: func(c *Client) (any, error) { return c.Message(ctx, aMessage, "ввод & проверка") },
		asked: []any{aMessage, "ввод & проверка"}, want: func(s *server) any { return messageOf(s, full[casework.View]()) },
	},
	"acknowledgeMessage": {op: entente.OpAcknowledge, call: func(c *Client) (any, error) { return nil, c.Acknowledge(ctx, aMessage) }, asked: []any{aMessage}},
	"assignMessage": {
		op: entente.OpAssign, call: func(c *Client) (any, error) { return nil, c.Assign(ctx, aMessage, "anna.kern") },
		asked: []any{aMessage, entente.OfficerID("anna.kern")},
	},
	"assessMessage": {
		op:    entente.OpAssess,
		call:  func(c *Client) (any, error) { return c.Assess(ctx, aMessage, AssessmentChange{"известен", 4}) },
		asked: []any{aMessage, "известен", 4}, want: func(*server) any { return assessmentOf(full[entente.Assessment]()) },
	},
	"disposeMessage": {
		op: entente.OpDispose, call: func(c *Client) (any, error) { return c.Dispose(ctx, aMessage, full[entente.Disposition]()) },
		asked: []any{aMessage, full[entente.Disposition]()}, want: func(*server) any { return Sent{aMessage, true} },
	},
	"writeNote": {
		op: entente.OpNote, call: func(c *Client) (any, error) { return c.Note(ctx, aMessage, "Пишем.\nЖдём.") },
		asked: []any{aMessage, "Пишем.\nЖдём."}, want: func(*server) any { return Sent{aMessage, true} },
	},
	"fetchAttachment": {
		op: entente.OpFetchAttachment, asked: []any{aMessage, aDigest},
		call: func(c *Client) (any, error) {
			name, r, err := c.FetchAttachment(ctx, aMessage, aDigest)
			return readAll(name, r, err)
		},
		want: func(*server) any { return full[entente.Attachment]().Name + ": plain text" },
	},
	"fetchDraftAttachment": {
		op: entente.OpFetchAttachment, asked: []any{aMessage, aDigest},
		call: func(c *Client) (any, error) {
			name, r, err := c.FetchDraftAttachment(ctx, aMessage, aDigest)
			return readAll(name, r, err)
		},
		want: func(*server) any { return full[entente.Attachment]().Name + ": plain text" },
	},
	"exportEvidence": {
		op: entente.OpExportEvidence, asked: []any{aMessage},
		call: func(c *Client) (any, error) {
			r, err := c.Evidence(ctx, aMessage, "")
			return readAll("evidence", r, err)
		},
		want: func(*server) any { return "evidence: PK evidence" },
	},
	"listDrafts": {
		op: entente.OpReadDrafts,
		call: func(c *Client) (any, error) {
			return c.Drafts(ctx, DraftQuery{[]entente.DraftState{entente.DraftSubmitted, entente.DraftReturned}, "anna.kern"})
		},
		asked: []any{entente.DraftQuery{States: []entente.DraftState{entente.DraftSubmitted, entente.DraftReturned}, Author: "anna.kern"}},
		want:  func(*server) any { return each(full[[]entente.Draft](), draftOf) },
	},
	"writeDraft": {
		op: entente.OpDraft, call: func(c *Client) (any, error) { return c.WriteDraft(ctx, full[NewDraft]()) },
		asked: []any{full[NewDraft]().noun()}, want: func(*server) any { return draftOf(full[entente.Draft]()) },
	},
	"readDraft": {
		op: entente.OpReadDrafts, call: func(c *Client) (any, error) { return c.Draft(ctx, aMessage) }, asked: []any{aMessage},
		want: func(*server) any {
			p, _ := fakeOutbox{&node{}}.Proposal(ctx, entente.Officer{}, aMessage)
			return proposalOf(p)
		},
	},
	"changeDraft": {
		op:    entente.OpDraft,
		call:  func(c *Client) (any, error) { return c.ChangeDraft(ctx, aMessage, full[DraftChange]()) },
		asked: []any{changed()}, want: func(*server) any { return draftOf(full[entente.Draft]()) },
	},
	"submitDraft": {
		op: entente.OpSubmit, call: func(c *Client) (any, error) { return c.Submit(ctx, aMessage, 3) },
		asked: []any{aMessage, 3}, want: func(*server) any { return draftOf(full[entente.Draft]()) },
	},
	"releaseDraft": {
		op: entente.OpRelease, call: func(c *Client) (any, error) { return c.Release(ctx, aMessage, aDigest) },
		asked: []any{aMessage, aDigest}, want: func(*server) any { return Sent{aMessage, true} },
	},
	"returnDraft":   {op: entente.OpReturn, call: func(c *Client) (any, error) { return nil, c.Return(ctx, aMessage, "почему") }, asked: []any{aMessage, "почему"}},
	"withdrawDraft": {op: entente.OpDraft, call: func(c *Client) (any, error) { return nil, c.Withdraw(ctx, aMessage) }, asked: []any{aMessage}},
	"sendMessage": {
		op: entente.OpDraft, call: func(c *Client) (any, error) { return c.Send(ctx, full[NewDraft]()) },
		asked: []any{full[NewDraft]().noun()}, want: func(*server) any { return Sent{aMessage, true} },
	},
	"addAttachment": {
		op: entente.OpAddAttachment,
		call: func(c *Client) (any, error) {
			return c.AddAttachment(ctx, aMessage, "письмо & more.pdf", "application/pdf", strings.NewReader("%PDF"))
		},
		asked: []any{aMessage, "письмо & more.pdf", "application/pdf"}, want: func(*server) any { return attachmentOf(full[entente.Attachment]()) },
	},
	"removeAttachment": {op: entente.OpAddAttachment, call: func(c *Client) (any, error) { return nil, c.RemoveAttachment(ctx, aMessage, aDigest) }, asked: []any{aMessage, aDigest}},
	"readQueue": {
		op: entente.OpReadQueue, call: func(c *Client) (any, error) { return c.Queue(ctx) },
		want: func(*server) any { st, _ := fakeOutbox{&node{}}.State(ctx, entente.Officer{}); return queueStateOf(st) },
	},
	"retryPartner":   {op: entente.OpRetry, call: func(c *Client) (any, error) { return nil, c.Retry(ctx, aParty) }, asked: []any{aParty}},
	"noteDeadLetter": {op: entente.OpRetry, call: func(c *Client) (any, error) { return nil, c.TakeNote(ctx, aMessage) }, asked: []any{aMessage}},
	"packCourier": {
		op: entente.OpCourierExport, asked: []any{aParty},
		call: func(c *Client) (any, error) { name, r, err := c.Pack(ctx, aParty, ""); return readAll(name, r, err) },
		want: func(*server) any { return "here: PK pouch" },
	},
	"unpackCourier": {
		op: entente.OpCourierImport, call: func(c *Client) (any, error) { return c.Unpack(ctx, strings.NewReader("PK pouch")) },
		asked: []any{int64(8)}, want: func(*server) any { return Unpacked{"borea-sls", 3} },
	},
	"listAgreements": {
		op: entente.OpReadAgreement, call: func(c *Client) (any, error) { return c.Agreements(ctx) },
		want: func(*server) any { return each(full[[]casework.Standing](), agreementOf) },
	},
	"readAgreement": {
		op: entente.OpReadAgreement, call: func(c *Client) (any, error) { return c.Agreement(ctx, "north-star") },
		asked: []any{entente.AgreementID("north-star")}, want: func(*server) any { return agreementOf(full[casework.Standing]()) },
	},
	"declareLevel": {
		op: entente.OpChangeLevel,
		call: func(c *Client) (any, error) {
			return c.DeclareLevel(ctx, "north-star", LevelDeclaration{entente.WarningsOnly, "borea-sls", "talks broke off"})
		},
		asked: []any{entente.AgreementID("north-star"), outbox.Declaration{Level: entente.WarningsOnly, Towards: "borea-sls", Reason: "talks broke off"}},
		want:  func(*server) any { return LevelDeclared{each(full[[]entente.QueueItem](), queueItemOf)} },
	},
	"offerAgain": {
		op: entente.OpRetry, call: func(c *Client) (any, error) { return nil, c.OfferAgain(ctx, aMessage) },
		asked: []any{entente.MessageID(aMessage)},
	},
	"sendHeld": {
		op: entente.OpRelease, call: func(c *Client) (any, error) {
			return nil, c.SendHeld(ctx, "borea-sls", HeldDecision{"north-star", []entente.MessageID{aMessage}})
		},
		asked: []any{entente.AgreementID("north-star"), entente.PartyID("borea-sls"), []entente.MessageID{aMessage}},
	},
	"withdrawHeld": {
		op: entente.OpRelease, call: func(c *Client) (any, error) {
			return nil, c.WithdrawHeld(ctx, "borea-sls", HeldDecision{"north-star", []entente.MessageID{aMessage}})
		},
		asked: []any{entente.AgreementID("north-star"), entente.PartyID("borea-sls"), []entente.MessageID{aMessage}},
	},
	"declareOutage": {
		op: entente.OpDeclareOutage,
		call: func(c *Client) (any, error) {
			return nil, c.DeclareOutage(ctx, "north-star", OutageDeclaration{"borea-sls", when, when})
		},
		asked: []any{entente.AgreementID("north-star"), entente.PartyID("borea-sls"), when, when},
	},
	"listPartners": {
		op: entente.OpReadParties, call: func(c *Client) (any, error) { return c.Partners(ctx) },
		want: func(*server) any { return each(full[[]casework.Partner](), partnerOf) },
	},
	"readAccessLog": {
		op: entente.OpReadAccessLog, call: func(c *Client) (any, error) {
			return c.AccessLog(ctx, AccessQuery{"holding canada/é 1 & 2", 1000, 50})
		},
		asked: []any{"holding canada/é 1 & 2", int64(1000), 50}, want: func(*server) any { return each(full[[]entente.AccessEntry](), accessOf) },
	},
	"verifyLedgers": {
		op: entente.OpVerify, call: func(c *Client) (any, error) { return c.Verify(ctx) },
		want: func(*server) any {
			return each(full[[]casework.Check](), func(c casework.Check) LedgerCheck { return LedgerCheck(c) })
		},
	},
	"listRefusals": {
		op: entente.OpReadAccessLog, call: func(c *Client) (any, error) { return c.Refusals(ctx) },
		want: func(*server) any { return each(full[[]entente.Refusal](), refusalOf) },
	},
}

func changed() entente.Draft {
	d := full[NewDraft]().noun()
	d.ID, d.Version = aMessage, full[DraftChange]().Version
	return d
}

func readAll(name string, r io.ReadCloser, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	return name + ": " + string(b), err
}

// Every operation, asked by every role: who may gets through, who may not is
// denied, and the document says so.
func TestRoles(t *testing.T) {
	_, _, as := serve(t)
	covered := map[entente.Operation]bool{}
	for id, c := range calls {
		covered[c.op] = true
		for _, role := range entente.Roles {
			_, err := c.call(as(role))
			may := c.op == "" || policy.May(role, c.op)
			if may && err != nil {
				t.Errorf("%s as %s: %v", id, role, err)
			}
			if !may && kindOf(err) != entente.Denied {
				t.Errorf("%s as %s: got %v, want denied", id, role, err)
			}
		}
	}
	// These need the files of the machine itself: the command line does them there.
	local := []entente.Operation{entente.OpManageParties, entente.OpManageAgreements, entente.OpDecideRestore}
	for _, op := range entente.Operations {
		if covered[op] == slices.Contains(local, op) {
			t.Errorf("%s: covered is %v", op, covered[op])
		}
	}
	for _, d := range documented(t) {
		c, ok := calls[d.OperationID]
		if !ok {
			t.Errorf("%s is in the document and not in the table of calls", d.OperationID)
			continue
		}
		for _, role := range entente.Roles {
			if d.Operation != "" && slices.Contains(d.Roles, role) != policy.May(role, c.op) {
				t.Errorf("the document is wrong about %s as %s", d.OperationID, role)
			}
		}
	}
	if n := len(documented(t)); n != len(calls) {
		t.Errorf("%d operations in the document, %d in the table", n, len(calls))
	}
}

// What an officer says reaches the node whole, and what the node says reaches
// the officer whole and as the document describes it.
func TestRoundTrip(t *testing.T) {
	paths := documented(t)
	schemas := compile(t)
	converts := newServer(Config{Now: func() time.Time { return when }})
	for id, c := range calls {
		t.Run(id, func(t *testing.T) {
			n, srv, as := serve(t)
			var method, path string
			var body bytes.Buffer
			client := as(entente.Analyst)
			for _, role := range entente.Roles {
				if c.op != "" && policy.May(role, c.op) {
					client = as(role)
				}
			}
			client.http = &http.Client{Transport: spy(func(r *http.Request) (*http.Response, error) {
				method, path = r.Method, r.URL.EscapedPath()
				res, err := srv.Client().Transport.RoundTrip(r)
				if err == nil {
					res.Body = struct {
						io.Reader
						io.Closer
					}{io.TeeReader(res.Body, &body), res.Body}
				}
				return res, err
			})}
			got, err := c.call(client)
			if err != nil {
				t.Fatal(err)
			}
			d := paths[id]
			if method != d.Method || !d.matches.MatchString(path) {
				t.Errorf("called %s %s, want %s %s", method, path, d.Method, d.Path)
			}
			if c.asked != nil && !cmp.Equal(n.asked[1:], c.asked) {
				t.Errorf("the node was asked otherwise:\n%s", cmp.Diff(c.asked, n.asked[1:]))
			}
			if c.want == nil {
				return
			}
			want := c.want(converts)
			if !cmp.Equal(got, want) {
				t.Errorf("something else came back:\n%s", cmp.Diff(want, got))
			}
			if _, ok := want.(string); ok {
				return
			}
			schemas.check(t, d, body.Bytes())
			for _, field := range empties(got) {
				if !mayBeEmpty.MatchString(id + field) {
					t.Errorf("%s: %s is lost on the way", id, field)
				}
			}
		})
	}
}

// mayBeEmpty lists the fields that have no counterpart in the noun they are
// made from: only an opened message knows how much of a file is here.
var mayBeEmpty = regexp.MustCompile(`^readDraft\.Recipient\.Checked$|` +
	`^read(Task|Case)\.Messages\.Statement\.Attachments\.(Held|Whole)$|` +
	`^(addAttachment|readMessage\.Others\.Statement\.Attachments|(read|list|write|change|submit)Drafts?\..*Attachments)\.(Held|Whole)$`)

type spy func(*http.Request) (*http.Response, error)

func (s spy) RoundTrip(r *http.Request) (*http.Response, error) { return s(r) }

// Nobody gets anywhere without signing in, and is told so before his request is read.
func TestStrangers(t *testing.T) {
	n, srv, _ := serve(t)
	for id, d := range documented(t) {
		if id == "signIn" || id == "redeemInvitation" {
			continue
		}
		path := regexp.MustCompile(`\{\w+\}`).ReplaceAllString(d.Path, "x")
		for _, header := range []string{"", "Bearer nobody", "Basic YTpi"} {
			r, err := http.NewRequest(d.Method, srv.URL+path, strings.NewReader("not JSON"))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Authorization", header)
			res, err := srv.Client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			var p Problem
			err = json.NewDecoder(res.Body).Decode(&p)
			res.Body.Close()
			if err != nil || res.StatusCode != http.StatusUnauthorized || p.Kind != "denied" || res.Header.Get("WWW-Authenticate") == "" {
				t.Errorf("%s: %d %+v (%v)", id, res.StatusCode, p, err)
			}
		}
	}
	if n.asked != nil {
		t.Errorf("a stranger reached the node: %v", n.asked)
	}
}

// A wrong password is told as such, and so is a node that has had too many.
func TestSignInFails(t *testing.T) {
	n, _, as := serve(t)
	for _, kind := range []error{entente.Denied, entente.Unavailable} {
		n.err = &entente.Error{Kind: kind, Detail: "no"}
		_, err := as("").SignIn(ctx, SignIn{Officer: "anna.kern", Password: "x"})
		if kindOf(err) != kind {
			t.Errorf("got %v, want %v", err, kind)
		}
	}
}
