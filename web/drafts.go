package web

import (
	"crypto/sha256"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"

	"entente"
	"entente/outbox"
	"entente/parse"
	"entente/policy"
)

// drafts lists what has not left: what the officer writes, what came back to
// him, what waits.
func (v *visit) drafts() error {
	all := v.r.URL.Query().Get("show") == "all"
	q := entente.DraftQuery{States: []entente.DraftState{entente.DraftReturned, entente.DraftOpen, entente.DraftSubmitted}}
	if all {
		q.States = nil
	}
	list, err := v.Outbox.Drafts(v.ctx(), v.officer, q)
	if err != nil {
		return err
	}
	return v.ok(v.p.T("Drafts"), draftsPage(v.p, list, all))
}

// releases is the queue of the second officer.
func (v *visit) releases() error {
	list, err := v.Outbox.Drafts(v.ctx(), v.officer, entente.DraftQuery{States: []entente.DraftState{entente.DraftSubmitted}})
	if err != nil {
		return err
	}
	return v.ok(v.p.T("Release"), releasesPage(v.p, list))
}

// proposal is a draft as its page shows it.
type proposal struct {
	outbox.Proposal
	Statement entente.Statement // read from the bytes that would leave, once they are fixed
	Return    *form
}

func (v *visit) draft() error { return v.showDraft(http.StatusOK, newForm(nil)) }

func (v *visit) showDraft(status int, back *form) error {
	p, err := v.Outbox.Proposal(v.ctx(), v.officer, v.id())
	if err != nil {
		return err
	}
	shown := proposal{Proposal: p, Statement: p.Draft.Statement, Return: back}
	if len(p.Draft.Payload) > 0 {
		// What the releaser reads is made from the very bytes that leave.
		if shown.Statement, err = parse.Statement(p.Draft.Payload); err != nil {
			return err
		}
	}
	v.show(status, v.p.titleOf(shown.Statement), draftPage(v.p, shown))
	return nil
}

func (v *visit) draftPath() string { return "/drafts/" + string(v.id()) }

// submit, withdraw, release and giveBack are the buttons of a draft's page.

func (v *visit) submit() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(values.Get("version"))
	if err != nil {
		return &entente.Error{Kind: entente.Invalid, Detail: "the form is not whole", Hint: "open the draft again"}
	}
	if _, err := v.Outbox.Submit(v.ctx(), v.officer, v.id(), version); err != nil {
		return err
	}
	return v.done(v.draftPath(), "submitted")
}

func (v *visit) withdraw() error {
	if err := v.Outbox.Withdraw(v.ctx(), v.officer, v.id()); err != nil {
		return err
	}
	return v.done("/drafts", "withdrawn")
}

func (v *visit) release() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	seen, err := entente.ParseDigest(values.Get("seen"))
	if err != nil {
		return err
	}
	id, err := v.Outbox.Release(v.ctx(), v.officer, v.id(), seen)
	if err != nil {
		return err
	}
	return v.done("/messages/"+string(id), "released")
}

func (v *visit) giveBack() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	f.mustWrite("reason")
	if f.good() {
		err = v.Outbox.Return(v.ctx(), v.officer, v.id(), f.get("reason"))
		f.reject("reason", err)
	}
	if !f.good() {
		return v.showDraft(http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return v.done("/release", "returned")
}

// attach streams a file into the draft: it is encrypted as it arrives and never
// lies here in the clear.
func (v *visit) attach() error {
	v.r.Body = v.whole // no form: outbox bounds the file
	parts, err := v.r.MultipartReader()
	if err != nil {
		return &entente.Error{Kind: entente.Invalid, Detail: "no file came with the form", Hint: "choose a file first", Cause: err}
	}
	key, part, err := nextFile(parts)
	if err != nil || part.FileName() == "" {
		return &entente.Error{Kind: entente.Invalid, Detail: "no file came with the form", Hint: "choose a file first", Cause: notEnd(err)}
	}
	media, _, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
	if err != nil {
		media = "application/octet-stream"
	}
	file := &summed{part, sha256.New()}
	said := url.Values{"name": {part.FileName()}, "media": {media}}
	if err := v.begin(key, func() entente.Digest { return v.digestOf(said, file.digest())() }); err != nil {
		return err
	}
	if _, err := v.Outbox.Attach(v.ctx(), v.officer, v.id(), part.FileName(), media, file); err != nil {
		return err
	}
	return v.done(v.draftPath(), "attached")
}

func notEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func (v *visit) detach() error {
	file, err := entente.ParseDigest(v.r.PathValue("file"))
	if err != nil {
		return &entente.Error{Kind: entente.NotFound, Detail: "this draft has no such file", Cause: err}
	}
	if err := v.Outbox.Detach(v.ctx(), v.officer, v.id(), file); err != nil {
		return err
	}
	return v.done(v.draftPath(), "detached")
}

// What the reader may do with the draft that is shown.

func (s proposal) own(p *page) bool { return s.Draft.Author == p.officer.ID }

func (s proposal) open() bool {
	return s.Draft.State == entente.DraftOpen || s.Draft.State == entente.DraftReturned
}

func (s proposal) mayGoOn(p *page, op entente.Operation) bool {
	return s.own(p) && p.may(policy.GoesOn(s.Draft.Statement.Kind, op))
}

func (s proposal) mayChange(p *page) bool { return s.open() && s.mayGoOn(p, entente.OpDraft) }

func (s proposal) mayEdit(p *page) bool {
	return s.mayChange(p) && (s.Draft.Statement.Kind == entente.KindTip || s.answers())
}

// answers reports whether the draft is one that is written on the page of a message.
func (s proposal) answers() bool {
	return s.Draft.Statement.Note != nil || s.Draft.Statement.Disposition != nil
}

func (s proposal) maySubmit(p *page) bool {
	return s.open() && s.mayGoOn(p, entente.OpSubmit) && s.Problem == nil && s.Decision.Pass
}

func (s proposal) mayRelease(p *page) bool {
	return s.Draft.State == entente.DraftSubmitted && p.may(entente.OpRelease) && !(s.FourEyes && s.own(p))
}

func (s proposal) mayReturn(p *page) bool {
	return s.Draft.State == entente.DraftSubmitted && p.may(entente.OpReturn)
}

func (s proposal) mayWithdraw(p *page) bool {
	return s.mayGoOn(p, entente.OpDraft) && (s.open() || s.Draft.State == entente.DraftSubmitted)
}
