package web

import (
	"cmp"
	"errors"
	"net/http"
	"strconv"
	"time"

	"entente"
	"entente/casework"
	"entente/policy"
	"entente/record"
)

// messageView is a message as its page shows it, with the forms on it.
type messageView struct {
	casework.View
	Why                  string // this look is on record for
	Note, Assess, Assign *form
	Colleagues           []entente.Officer // to whom it may be given; only for who may
}

// message opens a message. Its page is written to the access log, with the
// purpose when the address says one.
func (v *visit) message() error {
	return v.showMessage(http.StatusOK, messageView{})
}

// showMessage draws the page of a message, with the form of m that was typed.
func (v *visit) showMessage(status int, m messageView) error {
	view, err := v.Casework.Message(v.ctx(), v.officer, v.id(), v.r.URL.Query().Get("why"))
	if err != nil {
		return err
	}
	m.View = view
	m.Why = cmp.Or(v.r.URL.Query().Get("why"), record.Purpose(v.ctx(), v.officer, view.Filed.Message.Statement.Purpose))
	if m.Assess == nil {
		m.Assess = newForm(nil)
		m.Assess.set("assessment", view.Assessment.Text)
	}
	if m.Note == nil {
		m.Note = newForm(nil)
	}
	if m.Assign == nil {
		m.Assign = newForm(nil)
	}
	m.Assess.set("version", strconv.Itoa(view.Assessment.Version))
	if m.mayAssign(v.p) {
		all, err := v.Casework.Officers(v.ctx(), v.officer)
		if err != nil {
			return err
		}
		for _, o := range all {
			if o.Disabled.IsZero() && policy.May(o.Role, entente.OpAssess) {
				m.Colleagues = append(m.Colleagues, o)
			}
		}
	}
	v.show(status, v.p.titleOf(m.Filed.Message.Statement), messagePage(v.p, m))
	return nil
}

func (v *visit) messagePath() string { return "/messages/" + string(v.id()) }

func (v *visit) acknowledge() error {
	if err := v.Casework.Acknowledge(v.ctx(), v.officer, v.id()); err != nil {
		return err
	}
	return v.done(v.messagePath(), "acknowledged")
}

func (v *visit) assign() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	to := entente.OfficerID(f.get("to"))
	if to == "" {
		to = v.officer.ID
	}
	err = v.Casework.Assign(v.ctx(), v.officer, v.id(), to)
	if f.reject("to", err) {
		return v.showMessage(http.StatusUnprocessableEntity, messageView{Assign: f})
	}
	if err != nil {
		return err
	}
	return v.done(v.messagePath(), "assigned")
}

// assess keeps an assessment. Where somebody else changed it meanwhile, the page
// shows theirs and keeps what was typed.
func (v *visit) assess() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	version, err := strconv.Atoi(f.get("version"))
	if err != nil {
		return &entente.Error{Kind: entente.Invalid, Detail: "the form is not whole", Hint: "open the message again"}
	}
	_, err = v.Casework.Assess(v.ctx(), v.officer, v.id(), f.get("assessment"), version)
	if errors.Is(err, entente.Conflict) || errors.Is(err, entente.Invalid) {
		f.note("assessment", err)
		return v.showMessage(v.status(err), messageView{Assess: f})
	}
	if err != nil {
		return err
	}
	return v.done(v.messagePath(), "assessed")
}

func (v *visit) note() error {
	values, err := v.form()
	if err != nil {
		return err
	}
	f := newForm(values)
	f.mustWrite("note")
	released := false
	if f.good() {
		_, released, err = v.Casework.Note(v.ctx(), v.officer, v.id(), f.get("note"))
		f.reject("note", err)
	}
	if !f.good() {
		return v.showMessage(http.StatusUnprocessableEntity, messageView{Note: f})
	}
	if err != nil {
		return err
	}
	if !released {
		return v.done(v.messagePath(), "note-waits")
	}
	return v.done(v.messagePath(), "noted")
}

// asked is the tip that a disposition or note of the thread answers.
func (m messageView) asked(re entente.MessageID) *entente.Tip {
	if m.Filed.Message.Header.ID == re {
		return m.Filed.Message.Statement.Tip
	}
	for _, i := range m.Thread {
		if i.Filed.Message.Header.ID == re {
			return i.Filed.Message.Statement.Tip
		}
	}
	return nil
}

func (m messageView) incomingTip() bool {
	return m.Filed.Direction == entente.Incoming && m.Filed.Message.Statement.Tip != nil
}

func (m messageView) mayAcknowledge(p *page) bool {
	return m.incomingTip() && m.Progress.Seen.IsZero() && !m.answering() && p.may(entente.OpAcknowledge)
}

// answering reports whether an answer of ours waits for its receipt. One that was
// refused for good does not: it is to be said again.
func (m messageView) answering() bool {
	a := m.Progress.Answer
	return a != nil && a.State() != entente.AnswerRefused
}

func (m messageView) mayTake(p *page) bool {
	return m.incomingTip() && m.Assessment.Officer == "" && p.may(entente.OpAssess)
}

func (m messageView) mayAssign(p *page) bool { return m.incomingTip() && p.may(entente.OpAssign) }
func (m messageView) mayAssess(p *page) bool { return m.incomingTip() && p.may(entente.OpAssess) }
func (m messageView) mayDecide(p *page) bool { return m.incomingTip() && p.may(entente.OpDispose) }

// partner is the other side's descriptor, as this node keeps it.
func (m messageView) partner() entente.PartyRecord {
	if m.Filed.Direction == entente.Outgoing {
		return m.Recipient
	}
	return m.Sender
}

// step is one station on the way of a message.
type step struct {
	Name string
	At   time.Time // zero: not yet
	Note string
	Bad  bool
}

// steps are the stations: sent, delivered, seen, decided.
func (p *page) steps(m messageView) []step {
	pr := m.Progress
	first := step{Name: p.T("sent"), At: m.Filed.Message.Header.Created}
	if m.Filed.Direction == entente.Outgoing {
		first = step{Name: p.T("released"), At: pr.Released}
	}
	second := step{Name: p.T("delivered"), At: pr.Delivered}
	switch {
	case !pr.Withdrawn.IsZero():
		return []step{first, {Name: p.T("withdrawn"), At: pr.Withdrawn}}
	case !pr.Held.IsZero():
		return []step{first, {Name: p.T("held"), At: pr.Held, Note: p.T("A releaser sends or withdraws it."), Bad: true}}
	case pr.Refused != nil && pr.Refused.Final:
		return []step{first, {Name: p.T("refused"), At: pr.Refused.At, Note: p.T(pr.Refused.Reason.Words()), Bad: true}}
	case pr.Refused != nil:
		return []step{first, {Name: p.T("put off"), At: pr.Refused.At, Note: p.T(pr.Refused.Reason.Words())}}
	}
	list := []step{first, second}
	if m.Filed.Message.Statement.Tip == nil {
		return list
	}
	decided := step{Name: p.T("decided"), At: pr.Decided}
	if pr.Outcome != "" {
		decided.Note = p.outcome(pr.Outcome)
	}
	return append(list, step{Name: p.T("seen by a person"), At: pr.Seen}, decided)
}

// held is what this node has of an attachment.
func (m messageView) held(a entente.Attachment) entente.AttachmentRecord {
	for _, r := range m.Attachments {
		if r.Digest == a.Digest {
			return r
		}
	}
	return entente.AttachmentRecord{}
}

func officerChoices(p *page, list []entente.Officer, but entente.OfficerID) []choice {
	var all []choice
	for _, o := range list {
		if o.ID != but {
			all = append(all, choice{Value: string(o.ID), Label: o.Name + " (" + p.role(o.Role) + ")"})
		}
	}
	return all
}
