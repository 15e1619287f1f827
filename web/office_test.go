package web

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"entente"
	"entente/casework"
	"entente/parse"
	"entente/policy"
	"entente/prove"
	"entente/record"
)

// office stands in for outbox and casework: the same doors over the world of
// world_test.go, with the same checks of roles.
type office struct {
	alarms     []casework.Alarm
	alarmsFail error
	mu         sync.Mutex
	items      []casework.Item
	drafts     []entente.Draft
	people     []entente.Officer
	waiting    []casework.Waiting
	standing   []casework.Standing
	dead       []entente.QueueItem
	log        []entente.AccessEntry
	calls      []string // what was asked, in order
	fail       error    // what every call answers, when set
	broken     bool     // attachments break off half way
	empty      bool
	denied     int    // how often somebody was refused, and it was put on record
	why        string // the purpose stated at the last look at a message

	tasks     []entente.Task
	cases     []entente.Case
	decided   casework.Decision // the last
	opened    casework.NewWatch // the last
	answered  bool              // every tip of the files has its outcome
	undecided bool              // matches wait in the open file
	aPage     int               // hits of a task on its first page of two; 0: one page has all
	read      string            // the files that came last
	gate      chan struct{}     // an import waits here; nil: it does not
}

func newOffice() *office {
	o := &office{drafts: draftsOfAlbia(), people: slices.Clone(officersOfAlbia), standing: standings(), log: accessEntries(), waiting: waitingAtAlbia(), tasks: tasksOf(), cases: casesOf()}
	for _, f := range messages() {
		o.items = append(o.items, casework.Item{Filed: f})
	}
	o.settle()
	o.dead = []entente.QueueItem{
		{Message: mid(8), Partner: delia, Precedence: entente.Routine, Queued: ago(5 * daylong), State: entente.QueueDead, Why: entente.ReasonOldEpoch, Since: ago(4 * daylong)},
		{Message: mid(31), Partner: cadia, Precedence: entente.Priority, Queued: ago(9 * daylong), State: entente.QueueDead, Why: entente.ReasonSplitView, Since: ago(8 * daylong), Seen: "clara.voss"},
	}
	return o
}

// settle works out how far each message has come.
func (o *office) settle() {
	for n := range o.items {
		i := &o.items[n]
		h := i.Filed.Message.Header
		i.Progress.Released = time.Time{}
		if i.Filed.Direction == entente.Outgoing {
			i.Progress.Released = i.Filed.At
		}
		i.Progress.Delivered = i.Filed.At.Add(3 * time.Second)
		switch h.ID {
		case mid(7):
			i.Progress.Delivered = time.Time{}
		case mid(8):
			i.Progress.Delivered = time.Time{}
			i.Progress.Refused = &entente.Refusal{Channel: h.Channel(), Message: h.ID, Envelope: i.Filed.Digest, Reason: entente.ReasonOldEpoch, Field: "epoch", At: ago(4 * daylong)}
		case mid(2):
			i.Progress.Seen = ago(4*daylong - 2*hour)
			i.Assessment = entente.Assessment{Message: h.ID, Officer: "anna.kern", Text: "Passport number does not match any that we issued.\nAsk the border police on Monday.", Changed: ago(20 * hour), Version: 2}
		case mid(3):
			i.Progress.Seen, i.Progress.Decided, i.Progress.Outcome, i.Progress.Disputed = ago(2*daylong-hour), ago(30*hour), entente.OutcomeOpened, true
		case mid(10):
			i.Progress.Seen, i.Progress.Decided, i.Progress.Outcome = ago(5*daylong), ago(4*daylong), entente.OutcomeNoLink
		}
		if i.Filed.Message.Statement.Tip != nil {
			o.oblige(i)
		}
	}
}

func (o *office) oblige(i *casework.Item) {
	h := i.Filed.Message.Header
	if i.Progress.Delivered.IsZero() {
		return
	}
	since := i.Progress.Delivered
	owe := func(k entente.ObligationKind, clause string, in time.Duration, met time.Time) {
		var by *entente.Met
		if !met.IsZero() {
			by = &entente.Met{By: h.ID, At: met, Received: met, Written: met}
		}
		i.Obligations = append(i.Obligations, entente.Obligation{
			Kind: k, Message: h.ID, Title: i.Filed.Message.Statement.Tip.Title, Agreement: h.Agreement, Debtor: h.To, Creditor: h.From,
			Clause: clause, Since: since, Due: since.Add(in), Met: by,
		})
	}
	i.Obligations = nil
	owe(entente.OwesAcknowledgement, "deadline.acknowledge."+string(h.Precedence), northStar().Deadline.Acknowledge[h.Precedence], i.Progress.Seen)
	owe(entente.OwesDisposition, "deadline.dispose", 30*daylong, i.Progress.Decided)
}

// ask checks the role, as the doors do.
func (o *office) ask(by entente.Officer, op entente.Operation, object string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.calls = append(o.calls, string(op)+" "+object)
	if o.fail != nil {
		return o.fail
	}
	err := policy.Check(by, op)
	if err != nil {
		o.denied++
	}
	return err
}

func (o *office) item(id entente.MessageID) (*casework.Item, error) {
	for n := range o.items {
		if o.items[n].Filed.Name == id {
			return &o.items[n], nil
		}
	}
	return nil, &entente.Error{Kind: entente.NotFound, Detail: "there is no such message here"}
}

func (o *office) draft(id entente.DraftID) (*entente.Draft, error) {
	for n := range o.drafts {
		if o.drafts[n].ID == id {
			return &o.drafts[n], nil
		}
	}
	return nil, &entente.Error{Kind: entente.NotFound, Detail: "there is no such draft here"}
}

func (o *office) Inbox(_ context.Context, by entente.Officer, f casework.Filter) ([]casework.Item, error) {
	if err := o.ask(by, entente.OpReadInbox, "inbox"); err != nil || o.empty {
		return nil, err
	}
	var list []casework.Item
	for _, i := range o.items {
		owes := slices.ContainsFunc(i.Obligations, func(x entente.Obligation) bool { return x.Pending() }) || (i.Filed.Direction == entente.Outgoing && i.Progress.Delivered.IsZero() && i.Progress.Refused == nil)
		if i.Filed.Message.Statement.Tip == nil || (f.Direction != "" && f.Direction != i.Filed.Direction) || (f.Open && !owes) {
			continue
		}
		list = append(list, i)
	}
	slices.SortStableFunc(list, func(a, b casework.Item) int {
		late := func(i casework.Item) int {
			if d := i.Due(); !d.IsZero() && morning.After(d) {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(late(a), late(b)), cmp.Compare(b.Filed.Message.Header.Precedence.Rank(), a.Filed.Message.Header.Precedence.Rank()))
	})
	return list, nil
}

func (o *office) Message(ctx context.Context, by entente.Officer, id entente.MessageID, why string) (casework.View, error) {
	o.why = record.Stated(ctx)
	if err := o.ask(by, entente.OpReadMessage, string(id)+" "+why); err != nil {
		return casework.View{}, err
	}
	i, err := o.item(id)
	if err != nil {
		return casework.View{}, err
	}
	v := casework.View{Item: *i, Sender: party(i.Filed.Message.Header.From), Recipient: party(i.Filed.Message.Header.To), Refusal: i.Progress.Refused}
	for _, t := range o.items {
		if t.Filed.Thread == i.Filed.Thread && t.Filed.Name != id {
			v.Thread = append(v.Thread, t)
		}
	}
	v.Decision = verdictOn(true)
	if policy.May(by.Role, entente.OpReadCases) {
		v.Hits = where(hits(), func(h entente.Hit) bool { return h.Sighting.Message == id })
		v.Cases = where(o.cases, func(c entente.Case) bool { return slices.Contains(c.Messages, id) })
	}
	if id == mid(2) {
		v.Mismatches = []string{"borea-sls means by terrorism: “Borea Federal Law 35 art. 3: acts on Borean territory or against Borean interests abroad”; we mean: “Albia Penal Code art. 205”."}
		v.Attachments = []entente.AttachmentRecord{
			{Digest: letterFiles[0].Digest, Size: letterFiles[0].Size, Held: letterFiles[0].Size, Complete: ago(4*daylong - time.Minute)},
			{Digest: letterFiles[1].Digest, Size: letterFiles[1].Size, Held: 212_000_000},
		}
	}
	if !i.Progress.Delivered.IsZero() {
		v.Receipt = &entente.Receipt{At: i.Progress.Delivered}
	}
	return v, nil
}

func verdictOn(pass bool) entente.Decision {
	d := entente.Decision{Pass: pass, Findings: []entente.Finding{
		{Clause: "parties", Line: 4, Holds: true, Says: "albia-ncc and borea-sls are parties to North Star."},
		{Clause: "purposes", Line: 8, Holds: true, Says: "North Star lets messages pass for terrorism-prevention.", Values: []entente.Value{{Name: "message.purpose", Value: `"terrorism-prevention"`}}},
		{Clause: "scope.tip", Line: 20, Holds: pass, Says: "One of its subjects is a national of XA or XB, or its category is attack-planning.", Values: []entente.Value{{Name: "subject.nationalities", Value: `["XB"]`}, {Name: "message.category", Value: `"attack-planning"`}}},
		{Clause: "level", Holds: true, Says: "The agreement is open."},
	}}
	if !pass {
		d.Reason = entente.ReasonScope
		d.Findings[2].Reason = entente.ReasonScope
	}
	return d
}

func (o *office) OpenAttachment(_ context.Context, by entente.Officer, m entente.MessageID, file entente.Digest) (entente.Attachment, io.Reader, error) {
	if err := o.ask(by, entente.OpFetchAttachment, string(m)); err != nil {
		return entente.Attachment{}, nil, err
	}
	for _, a := range letterFiles {
		if a.Digest == file && m == mid(2) {
			var r io.Reader = strings.NewReader("<script>alert(1)</script>")
			if o.broken {
				r = io.MultiReader(strings.NewReader("half of it"), &brokenReader{})
			}
			return a, r, nil
		}
	}
	return entente.Attachment{}, nil, &entente.Error{Kind: entente.NotFound, Detail: "this message has no such file"}
}

type brokenReader struct{}

func (*brokenReader) Read([]byte) (int, error) { return 0, errors.New("the file does not open") }

func (o *office) Evidence(_ context.Context, by entente.Officer, id entente.MessageID, _ prove.Extent, w io.Writer) error {
	if err := o.ask(by, entente.OpExportEvidence, string(id)); err != nil {
		return err
	}
	_, err := io.WriteString(w, "PK evidence")
	return err
}

func (o *office) Acknowledge(_ context.Context, by entente.Officer, id entente.MessageID) error {
	if err := o.ask(by, entente.OpAcknowledge, string(id)); err != nil {
		return err
	}
	i, err := o.item(id)
	if err != nil {
		return err
	}
	i.Progress.Seen = morning
	o.oblige(i)
	return nil
}

func (o *office) Assign(_ context.Context, by entente.Officer, id entente.MessageID, to entente.OfficerID) error {
	op := entente.OpAssign
	if to == by.ID {
		op = entente.OpAssess
	}
	if err := o.ask(by, op, string(id)+" "+string(to)); err != nil {
		return err
	}
	if !slices.ContainsFunc(o.people, func(p entente.Officer) bool { return p.ID == to && p.Disabled.IsZero() }) {
		return &entente.Error{Kind: entente.Invalid, Field: "to", Detail: "there is no officer of that name at work here"}
	}
	i, err := o.item(id)
	if err != nil {
		return err
	}
	i.Assessment.Officer = to
	i.Assessment.Version++
	return nil
}

func (o *office) Assess(_ context.Context, by entente.Officer, id entente.MessageID, text string, version int) (entente.Assessment, error) {
	if err := o.ask(by, entente.OpAssess, string(id)); err != nil {
		return entente.Assessment{}, err
	}
	i, err := o.item(id)
	if err != nil {
		return entente.Assessment{}, err
	}
	if i.Assessment.Version != version {
		return entente.Assessment{}, &entente.Error{Kind: entente.Conflict, Field: "version", Detail: "the assessment was changed since you opened it", Hint: "add what you have to what stands there now"}
	}
	i.Assessment.Text, i.Assessment.Changed, i.Assessment.Version = text, morning, version+1
	return i.Assessment, nil
}

func (o *office) Dispose(_ context.Context, by entente.Officer, id entente.MessageID, d entente.Disposition) (entente.DraftID, bool, error) {
	if err := o.ask(by, entente.OpDispose, string(id)); err != nil {
		return "", false, err
	}
	i, err := o.item(id)
	if err != nil {
		return "", false, err
	}
	s := entente.Statement{ID: mid(60), Kind: entente.KindDisposition, Purpose: "terrorism-prevention", Precedence: entente.Routine, Refs: inAnswerTo(id), Disposition: &d}
	if err := parse.CheckStatement(s); err != nil {
		return "", false, err
	}
	i.Progress.Decided, i.Progress.Outcome = morning, d.Outcome
	o.oblige(i)
	return mid(60), false, nil
}

func (o *office) Note(_ context.Context, by entente.Officer, re entente.MessageID, text string) (entente.DraftID, bool, error) {
	if err := o.ask(by, entente.OpNote, string(re)); err != nil {
		return "", false, err
	}
	f := filed(len(o.items)+100, albia, borea, "north-star", morning, entente.Statement{Kind: entente.KindNote, Purpose: "terrorism-prevention", Precedence: entente.Routine, Refs: inAnswerTo(re), Note: &entente.Note{Text: text}})
	o.items = append(o.items, casework.Item{Filed: f})
	return f.Name, true, nil
}

func (o *office) Obligations(_ context.Context, by entente.Officer) ([]entente.Obligation, error) {
	if err := o.ask(by, entente.OpReadObligations, ""); err != nil || o.empty {
		return nil, err
	}
	var list []entente.Obligation
	for _, i := range o.items {
		for _, x := range i.Obligations {
			if x.Pending() {
				list = append(list, x)
			}
		}
	}
	slices.SortFunc(list, entente.Obligation.Compare)
	return list, nil
}

func (o *office) Agreements(_ context.Context, by entente.Officer) ([]casework.Standing, error) {
	if err := o.ask(by, entente.OpReadAgreement, ""); err != nil || o.empty {
		return nil, err
	}
	return o.standing, nil
}

func (o *office) Agreement(_ context.Context, by entente.Officer, id entente.AgreementID) (casework.Standing, error) {
	if err := o.ask(by, entente.OpReadAgreement, string(id)); err != nil {
		return casework.Standing{}, err
	}
	for _, s := range o.standing {
		if s.Record.Agreement.ID == id {
			return s, nil
		}
	}
	return casework.Standing{}, &entente.Error{Kind: entente.NotFound, Detail: "there is no agreement of that name here"}
}

func (o *office) Partners(_ context.Context, by entente.Officer) ([]casework.Partner, error) {
	if err := o.ask(by, entente.OpReadParties, ""); err != nil {
		return nil, err
	}
	if o.empty {
		return parties()[:1], nil
	}
	return parties(), nil
}

func (o *office) AccessLog(_ context.Context, by entente.Officer, about string, before int64, limit int) ([]entente.AccessEntry, error) {
	if err := o.ask(by, entente.OpReadAccessLog, about); err != nil || o.empty {
		return nil, err
	}
	var list []entente.AccessEntry
	for _, e := range o.log {
		if about != "" && e.Access.Thing() != about {
			continue
		}
		if (before == 0 || e.Seq < before) && len(list) < limit {
			list = append(list, e)
		}
	}
	return list, nil
}

func (o *office) Verify(_ context.Context, by entente.Officer) ([]casework.Check, error) {
	if err := o.ask(by, entente.OpVerify, ""); err != nil {
		return nil, err
	}
	checks := []casework.Check{
		{Origin: "entente/access", Size: 240, Holds: true, Says: "240 records give exactly the checkpoint that albia-ncc signed."},
		{Origin: "entente/north-star/borea-sls/albia-ncc", Size: 3, Holds: true, Says: "3 records give exactly the checkpoint that borea-sls signed."},
	}
	if !o.empty {
		checks = append(checks, casework.Check{Origin: "entente/three-seas/" + string(delia) + "/albia-ncc", Size: 2, Says: "Our copy holds, but delia-centre-for-maritime-safety-of-east has shown a checkpoint that contradicts it. Both are kept as evidence."})
	}
	return checks, nil
}

func (o *office) Refusals(_ context.Context, by entente.Officer) ([]entente.Refusal, error) {
	if err := o.ask(by, entente.OpVerify, "refusals"); err != nil || o.empty {
		return nil, err
	}
	ch := entente.Channel{Agreement: "north-star", From: borea, To: albia}
	return []entente.Refusal{
		{Channel: ch, Message: mid(21), Envelope: entente.DigestOf([]byte("x")), Reason: entente.ReasonScope, Field: "scope.tip", Final: true, At: ago(3 * daylong)},
		{Channel: ch, Envelope: entente.DigestOf([]byte("y")), Reason: entente.ReasonFuture, At: ago(9 * daylong)},
	}, nil
}

func (o *office) Officers(_ context.Context, by entente.Officer) ([]entente.Officer, error) {
	if err := o.ask(by, entente.OpReadOfficers, ""); err != nil {
		return nil, err
	}
	return slices.Clone(o.people), nil
}

func (o *office) People(_ context.Context, by entente.Officer) (casework.People, error) {
	if err := o.ask(by, entente.OpReadOfficers, ""); err != nil {
		return casework.People{}, err
	}
	return casework.People{Officers: slices.Clone(o.people), Waiting: slices.Clone(o.waiting)}, nil
}

// AddOfficer is SetOfficer for an id that nobody has.
func (o *office) AddOfficer(ctx context.Context, by entente.Officer, x entente.Officer) (bool, error) {
	if slices.ContainsFunc(o.people, func(p entente.Officer) bool { return p.ID == x.ID }) {
		return false, &entente.Error{Kind: entente.Invalid, Field: "id", Detail: "there is an officer with this id already", Hint: "choose another id"}
	}
	return o.SetOfficer(ctx, by, x)
}

// SetOfficer has nothing wait but other roles for one who waits already.
func (o *office) SetOfficer(_ context.Context, by entente.Officer, x entente.Officer) (bool, error) {
	if err := o.ask(by, entente.OpManageOfficers, string(x.ID)); err != nil {
		return false, err
	}
	if err := casework.CheckOfficer(x); err != nil {
		return false, err
	}
	for n := range o.people {
		if o.people[n].ID != x.ID {
			continue
		}
		if slices.ContainsFunc(o.waiting, func(w casework.Waiting) bool { return w.ID == x.ID }) {
			return true, nil
		}
		o.people[n] = x
		return false, nil
	}
	x.Added = morning
	o.people = append(o.people, x)
	return false, nil
}

func (o *office) Confirm(_ context.Context, by entente.Officer, id entente.OfficerID, seen entente.Digest) error {
	return o.second(by, id, seen, "confirm")
}

func (o *office) Refuse(_ context.Context, by entente.Officer, id entente.OfficerID, seen entente.Digest) error {
	return o.second(by, id, seen, "refuse")
}

func (o *office) second(by entente.Officer, id entente.OfficerID, seen entente.Digest, what string) error {
	if err := o.ask(by, entente.OpConfirmOfficers, what+" "+string(id)); err != nil {
		return err
	}
	for n, w := range o.waiting {
		if w.ID == id && w.Digest() == seen {
			o.waiting = slices.Delete(o.waiting, n, n+1)
			return nil
		}
	}
	return &entente.Error{Kind: entente.Conflict, Detail: "the operator has asked for something else meanwhile", Hint: "look at it again"}
}

func (o *office) May(_ context.Context, by entente.Officer, op entente.Operation, object string) error {
	if policy.May(by.Role, op) {
		return nil
	}
	return o.ask(by, op, object)
}

func (o *office) Status(_ context.Context, by entente.Officer) (casework.Status, error) {
	if err := o.ask(by, entente.OpNodeStatus, ""); err != nil {
		return casework.Status{}, err
	}
	s := casework.Status{Party: albia, Version: "v0.1.0-test", Started: ago(12 * daylong), Now: morning}
	if o.empty {
		return s, nil
	}
	for _, p := range parties()[1:] {
		s.Lines = append(s.Lines, p.Line)
	}
	s.Waiting, s.Dead = 2, 1
	s.Ledgers = []entente.LedgerHead{{Origin: "entente/access", Size: 240}, {Origin: "entente/north-star/albia-ncc/borea-sls", Size: 12_345}, {Origin: "entente/three-seas/" + string(delia) + "/albia-ncc", Size: 2}}
	s.Warnings = []string{"cadia-fiu has not been reached in 57 attempts; the last contact was 72h0m0s ago. Reason: the connection was refused."}
	return s, nil
}

func (o *office) asked() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return strings.Join(o.calls, "\n")
}
