package casework

import (
	"errors"
	"slices"
	"time"

	"entente"
	"entente/policy"
)

// strand is one thread with its receipts and what is owed in it, read once
// however many of its messages are shown.
type strand struct {
	delivered map[entente.MessageID]time.Time // by receipt; missing: none yet
	answers   map[shared][]entente.Filed
	owed      map[entente.MessageID][]entente.Obligation
	names     map[shared]entente.MessageID
	withdrawn map[entente.Digest]time.Time // what its sender took back
}

// shared is what we and a partner call a message.
type shared struct {
	partner entente.PartyID
	id      entente.MessageID
}

func sharedOf(f entente.Filed) shared { return shared{f.Partner(), f.Message.Header.ID} }

func newStrand(tx entente.Tx, thread []entente.Filed) (strand, error) {
	s := strand{map[entente.MessageID]time.Time{}, map[shared][]entente.Filed{}, map[entente.MessageID][]entente.Obligation{}, map[shared]entente.MessageID{}, map[entente.Digest]time.Time{}}
	exchanged := make([]policy.Exchanged, 0, len(thread))
	for _, f := range thread {
		r, err := tx.Receipt(f.Name)
		if err != nil && !errors.Is(err, entente.NotFound) {
			return s, err
		}
		s.delivered[f.Name] = r.At
		s.names[sharedOf(f)] = f.Name
		if re := f.Message.Statement.Re(); re != "" {
			to := shared{f.Partner(), re}
			s.answers[to] = append(s.answers[to], f)
		}
		if n := f.Message.Statement.Notice; n != nil && n.What == entente.NoticeWithdrawn {
			s.withdrawn[*n.Digest] = f.At
		}
		exchanged = append(exchanged, policy.Exchanged{Message: f.Message, Delivered: r.At})
	}
	err := s.count(tx, thread, exchanged)
	for _, f := range thread {
		if _, back := s.withdrawn[f.Digest]; back {
			delete(s.owed, f.Name)
		}
	}
	return s, err
}

// count finds what is owed, by the deadlines of the epoch under which each tip
// was sent: what was owed stays owed.
func (s strand) count(tx entente.AgreementStore, thread []entente.Filed, exchanged []policy.Exchanged) error {
	type version struct {
		id    entente.AgreementID
		epoch int
	}
	counted := map[version]bool{}
	for _, f := range thread {
		v := version{f.Message.Header.Agreement, f.Message.Header.Epoch}
		if f.Message.Statement.Tip == nil || counted[v] {
			continue
		}
		counted[v] = true
		rec, err := tx.Agreement(v.id, v.epoch)
		if err != nil {
			return err
		}
		for _, o := range policy.Owed(rec.Agreement, exchanged) {
			s.named(&o)
			s.owed[o.Message] = append(s.owed[o.Message], o)
		}
	}
	return nil
}

// named has an obligation say what its messages are called here: of its two
// parties, one is the partner.
func (s strand) named(o *entente.Obligation) {
	for _, p := range []entente.PartyID{o.Debtor, o.Creditor} {
		if name, ok := s.names[shared{p, o.Message}]; ok {
			o.Message = name
			o.MetBy = s.names[shared{p, o.MetBy}]
			return
		}
	}
}

// itemsOf puts each message together with what its thread and the ledgers say.
func itemsOf(tx entente.Tx, page []entente.Filed) ([]Item, error) {
	var threads []entente.MessageID
	for _, f := range page {
		if !slices.Contains(threads, f.Thread) {
			threads = append(threads, f.Thread)
		}
	}
	all, err := tx.Threads(threads)
	if err != nil {
		return nil, err
	}
	s, err := newStrand(tx, all)
	if err != nil {
		return nil, err
	}
	items := make([]Item, 0, len(page))
	for _, f := range page {
		i, err := s.item(tx, f)
		if err != nil {
			return nil, err
		}
		items = append(items, i)
	}
	return items, nil
}

// item is one message of the thread.
func (s strand) item(tx entente.Tx, f entente.Filed) (Item, error) {
	i := Item{Filed: f, Progress: s.progress(f), Obligations: s.owed[f.Name], Answers: s.names[shared{f.Partner(), f.Message.Statement.Re()}]}
	refusal, err := tx.Refusal(f.Digest)
	if err != nil && !errors.Is(err, entente.NotFound) {
		return i, err
	}
	if err == nil && i.Progress.Delivered.IsZero() {
		i.Progress.Refused = &refusal
	}
	if f.Direction == entente.Outgoing && i.Progress.Delivered.IsZero() {
		if i.Progress.Held, err = heldSince(tx, f.Name); err != nil {
			return i, err
		}
	}
	i.Assessment, err = tx.Assessment(f.Name)
	if err != nil && !errors.Is(err, entente.NotFound) {
		return i, err
	}
	return i, nil
}

// heldSince is since when a level holds a message of ours; zero: none does.
func heldSince(tx entente.QueueStore, id entente.MessageID) (time.Time, error) {
	q, err := tx.Queued(id)
	if errors.Is(err, entente.NotFound) || (err == nil && q.State != entente.QueueHeld) {
		return time.Time{}, nil
	}
	return q.Since, err
}

// progress is how far a message has come, by what answers it.
func (s strand) progress(f entente.Filed) entente.Progress {
	p := entente.Progress{Delivered: s.delivered[f.Name], Withdrawn: s.withdrawn[f.Digest]}
	if f.Direction == entente.Outgoing {
		p.Released = f.At
	}
	for _, t := range s.answers[sharedOf(f)] {
		k := t.Message.Statement.Kind
		if k != entente.KindAcknowledgement && k != entente.KindDisposition {
			continue
		}
		at := s.written(p, t)
		if p.Seen.IsZero() {
			p.Seen = at
		}
		if k == entente.KindDisposition {
			outcome := t.Message.Statement.Disposition.Outcome
			p.Disputed = p.Disputed || (p.Outcome != "" && p.Outcome != outcome)
			p.Decided, p.Outcome = at, outcome
		}
	}
	return p
}

// written is when an answer was written, as far as its sender's clock can be
// believed: not before the message arrived, and not after the answer did.
func (s strand) written(p entente.Progress, answer entente.Filed) time.Time {
	at := answer.Message.Header.Created
	if arrived := s.delivered[answer.Name]; !arrived.IsZero() && at.After(arrived) {
		at = arrived
	}
	if at.Before(p.Delivered) {
		at = p.Delivered
	}
	return at
}
