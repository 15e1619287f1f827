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
	receipts  map[entente.MessageID]entente.Receipt // missing: none yet
	refusals  map[entente.MessageID]entente.Refusal // the newest, of what has no receipt
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
	s := strand{
		map[entente.MessageID]entente.Receipt{},
		map[entente.MessageID]entente.Refusal{},
		map[shared][]entente.Filed{},
		map[entente.MessageID][]entente.Obligation{},
		map[shared]entente.MessageID{},
		map[entente.Digest]time.Time{},
	}
	exchanged := make([]policy.Exchanged, 0, len(thread))
	for _, f := range thread {
		if n := f.Message.Statement.Notice; n != nil && n.What == entente.NoticeWithdrawn {
			s.withdrawn[*n.Digest] = f.At
		}
	}
	for _, f := range thread {
		e := policy.Exchanged{Message: f.Message}
		_, e.Void = s.withdrawn[f.Digest]
		r, err := tx.Receipt(f.Name)
		switch {
		case err == nil:
			e.Receipt, s.receipts[f.Name] = &r, r
		case !errors.Is(err, entente.NotFound):
			return s, err
		default:
			if e.Refused, err = s.refused(tx, f); err != nil {
				return s, err
			}
		}
		if _, err := tx.Void(f.Name); err == nil {
			e.Void = true
		} else if !errors.Is(err, entente.NotFound) {
			return s, err
		}
		s.names[sharedOf(f)] = f.Name
		if re := f.Message.Statement.Re(); re != "" {
			to := shared{f.Partner(), re}
			s.answers[to] = append(s.answers[to], f)
		}
		exchanged = append(exchanged, e)
	}
	return s, s.count(tx, thread, exchanged)
}

// refused reads what the recipient said instead of a receipt, and reports
// whether that is for good.
func (s strand) refused(tx entente.OutcomeStore, f entente.Filed) (bool, error) {
	r, err := tx.Refusal(f.Digest)
	if errors.Is(err, entente.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	s.refusals[f.Name] = r
	return r.Final, nil
}

// count finds what is owed, by the deadlines of the epoch under which each tip
// was sent: what was owed stays owed.
func (s strand) count(tx entente.Tx, thread []entente.Filed, exchanged []policy.Exchanged) error {
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
		outages, err := s.outages(tx, v.id)
		if err != nil {
			return err
		}
		for _, o := range policy.Owed(rec.Agreement, exchanged, outages) {
			s.named(&o)
			s.owed[o.Message] = append(s.owed[o.Message], o)
		}
	}
	return nil
}

// outages gives the notices under an agreement that have a receipt: only those
// do both sides know of.
func (s strand) outages(tx entente.Tx, id entente.AgreementID) ([]entente.Outage, error) {
	all, err := tx.Outages(id)
	if err != nil {
		return nil, err
	}
	var known []entente.Outage
	for _, o := range all {
		_, err := tx.Receipt(o.Notice)
		if errors.Is(err, entente.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		known = append(known, o)
	}
	return known, nil
}

// named has an obligation say what its messages are called here: of its two
// parties, one is the partner.
func (s strand) named(o *entente.Obligation) {
	for _, p := range []entente.PartyID{o.Debtor, o.Creditor} {
		name, ok := s.names[shared{p, o.Message}]
		if !ok {
			continue
		}
		o.Message, o.Answered = name, s.names[shared{p, o.Answered}]
		if o.Met != nil {
			o.Met.By = s.names[shared{p, o.Met.By}]
		}
		return
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
	if re := f.Message.Statement.Re(); re != "" && i.Answers == "" {
		if lost, err := tx.Lost(f.Partner(), re); err == nil {
			i.Lost = &lost
		} else if !errors.Is(err, entente.NotFound) {
			return i, err
		}
	}
	var err error
	if _, receipted := s.receipts[f.Name]; f.Direction == entente.Outgoing && !receipted {
		if i.Progress.Held, err = heldSince(tx, f.Name); err != nil {
			return i, err
		}
	}
	if i.Older, err = older(tx, f.Message.Header); err != nil {
		return i, err
	}
	i.Assessment, err = tx.Assessment(f.Name)
	if err != nil && !errors.Is(err, entente.NotFound) {
		return i, err
	}
	return i, nil
}

// older reports whether a message is of an older version than its parties agreed
// on. One of the newest version that this program speaks never is.
func older(tx entente.PartyStore, h entente.Header) (bool, error) {
	if h.Version >= slices.Max(entente.Versions) {
		return false, nil
	}
	var named [2]entente.Party
	for n, of := range []struct {
		party   entente.PartyID
		edition entente.Digest
	}{{h.From, h.FromEdition}, {h.To, h.ToEdition}} {
		editions, err := tx.PartyEditions(of.party)
		if err != nil {
			return false, err
		}
		for _, e := range editions {
			if e.Edition == of.edition {
				named[n] = e.Party
			}
		}
	}
	return h.Older(named[0], named[1]), nil
}

// heldSince is since when a level holds a message of ours; zero: none does.
func heldSince(tx entente.QueueStore, id entente.MessageID) (time.Time, error) {
	q, err := tx.Queued(id)
	if errors.Is(err, entente.NotFound) || (err == nil && q.State != entente.QueueHeld) {
		return time.Time{}, nil
	}
	return q.Since, err
}

// progress is how far a message has come, by the receipts for it and for what
// answers it. Answers that their addressee did not receipt are no progress: the
// newest of them is named, for its sender.
func (s strand) progress(f entente.Filed) entente.Progress {
	p := entente.Progress{Delivered: s.receipts[f.Name].At, Withdrawn: s.withdrawn[f.Digest]}
	if r, ok := s.refusals[f.Name]; ok {
		p.Refused = &r
	}
	if f.Direction == entente.Outgoing {
		p.Released = f.At
	}
	var decided *entente.Filed
	for _, t := range s.answers[sharedOf(f)] {
		k := t.Message.Statement.Kind
		if k != entente.KindAcknowledgement && k != entente.KindDisposition || t.Direction == f.Direction {
			continue
		}
		r, ok := s.receipts[t.Name]
		if !ok {
			p.Answer = s.underway(t)
			continue
		}
		if p.Seen.IsZero() || r.At.Before(p.Seen) {
			p.Seen = r.At
		}
		if d := t.Message.Statement.Disposition; d != nil {
			p.Disputed = p.Disputed || (p.Outcome != "" && p.Outcome != d.Outcome)
			if decided == nil || t.Message.Header.Seq > decided.Message.Header.Seq {
				decided, p.Decided, p.Outcome = &t, r.At, d.Outcome
			}
		}
	}
	return p
}

func (s strand) underway(answer entente.Filed) *entente.Underway {
	u := &entente.Underway{Message: answer.Name, Kind: answer.Message.Statement.Kind}
	if d := answer.Message.Statement.Disposition; d != nil {
		u.Outcome = d.Outcome
	}
	if r, ok := s.refusals[answer.Name]; ok {
		u.Refused = &r
	}
	return u
}
