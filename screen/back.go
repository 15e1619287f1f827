package screen

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"entente"
	"entente/match"
)

// Reconsider says in tx, beside Mark, that a target now means somebody whom it did
// not mean before: a new watch or a corrected one, another person in a file, a
// clearing that was taken back. It is held against what came in before, too, as if
// it came after.
func Reconsider(tx entente.Tx, t entente.Target, at time.Time) error {
	return tx.PutLookBack(entente.LookBack{Target: t, At: at})
}

// pass is one way through what is stored: through the travel events of late, the
// oldest first, then through every tip, the newest first. Some targets go together,
// so that what is stored is read once for all of them; a target that changes
// meanwhile leaves the pass and waits for the next.
//
// What comes in meanwhile may be passed by: it was compared when it came, with
// targets that had changed before.
type pass struct {
	ID     string            `json:"id"`
	Since  time.Time         `json:"since"` // of the last event
	After  entente.EventID   `json:"after,omitzero"`
	Tips   bool              `json:"tips,omitzero"` // the events are done
	Before entente.MessageID `json:"before,omitzero"`
}

// passSetting keeps the pass that is under way, so that any process goes on with it.
const passSetting = "screen.pass"

const (
	passTargets = 1000 // that go together
	passEvents  = 500  // in one transaction
	passTips    = 100
)

// KeptEvents is how long a travel event that met nothing is kept, and so how far
// back a target is held against them, unless Config says otherwise.
const KeptEvents = 30 * 24 * time.Hour

// LookBack holds every target that waits for it against what came in before.
func (s *Screen) LookBack(ctx context.Context) error {
	for {
		if more, err := s.lookBack(ctx); err != nil || !more {
			return err
		}
	}
}

// lookBack does one slice of a pass, in one transaction: a process that ends in the
// middle has done it, or not.
func (s *Screen) lookBack(ctx context.Context) (more bool, err error) {
	s.backing.Lock()
	defer s.backing.Unlock()
	err = s.cfg.Store.View(ctx, func(tx entente.Tx) error {
		p, err := underPass(tx)
		if err != nil || p.ID != "" {
			more = true
			return err
		}
		waiting, err := tx.LookBacks("", 1)
		more = len(waiting) > 0
		return err
	})
	if err != nil || !more {
		return false, err
	}
	var n tally
	err = s.current(ctx, func(tx entente.Tx) error {
		n = tally{}
		p, err := underPass(tx)
		if err == nil && p.ID == "" {
			p, err = s.beginPass(tx)
		}
		if err != nil || p.ID == "" {
			return err
		}
		return s.slice(tx, p, &n)
	})
	if err != nil {
		return false, err
	}
	s.cfg.Step("looked back")
	if n.news {
		s.cfg.Changed()
	}
	return true, nil
}

func underPass(tx entente.Tx) (p pass, err error) {
	b, err := found(tx.Setting(passSetting))
	if err != nil || len(b) == 0 {
		return p, err
	}
	return p, json.Unmarshal(b, &p)
}

// beginPass takes those who wait longest along; none: no id.
func (s *Screen) beginPass(tx entente.Tx) (pass, error) {
	waiting, err := tx.LookBacks("", passTargets)
	if err != nil || len(waiting) == 0 {
		return pass{}, err
	}
	p := pass{ID: newID(), Since: s.now().Add(-cmp.Or(s.cfg.Back, KeptEvents))}
	for _, l := range waiting {
		l.Pass = p.ID
		if err := tx.PutLookBack(l); err != nil {
			return pass{}, err
		}
	}
	return p, nil
}

// slice goes one step on and puts on record how far it is.
func (s *Screen) slice(tx entente.Tx, p pass, n *tally) error {
	x, err := s.passIndex(tx, p.ID)
	if err != nil {
		return err
	}
	through := x.Len() == 0 // all have changed again, or ended
	switch {
	case through:
	case p.Tips:
		through, err = s.sliceOfTips(tx, x, &p, n)
	default:
		p.Tips, err = s.sliceOfEvents(tx, x, &p, n)
	}
	if err != nil {
		return err
	}
	if through {
		if err := tx.DropLookBacks(p.ID); err != nil {
			return err
		}
		return tx.PutSetting(passSetting, nil)
	}
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return tx.PutSetting(passSetting, text)
}

func (s *Screen) sliceOfEvents(tx entente.Tx, x *match.Index, p *pass, n *tally) (through bool, err error) {
	events, err := tx.Events(entente.EventQuery{Since: p.Since, After: p.After, Limit: passEvents})
	if err != nil {
		return false, err
	}
	for _, e := range events {
		p.Since, p.After = e.Stored, e.Event.ID
		found, err := s.among(tx, x, match.Ask(s.believed(e.Event.Traveller)))
		if err != nil {
			return false, err
		}
		if err := s.place(tx, sightOf(e.Event).earlier(e.Stored), found, n); err != nil {
			return false, err
		}
	}
	return len(events) < passEvents, nil
}

func (s *Screen) sliceOfTips(tx entente.Tx, x *match.Index, p *pass, n *tally) (through bool, err error) {
	tips, err := tx.Messages(entente.MessageQuery{Direction: entente.Incoming, Kinds: []entente.Kind{entente.KindTip}, Before: p.Before, Limit: passTips})
	through = len(tips) < passTips
	if errors.Is(err, entente.Damaged) {
		tips, through, err = soundTips(tx, p)
	}
	if err != nil {
		return false, err
	}
	for _, filed := range tips {
		p.Before = filed.Name
		for _, met := range sightsOf(filed) {
			found, err := s.among(tx, x, match.Ask(s.believed(met.subject)))
			if err == nil {
				found, err = s.others(tx, filed.Name, found)
			}
			if err == nil {
				err = s.place(tx, met.earlier(filed.At), found, n)
			}
			if err != nil {
				return false, err
			}
		}
	}
	return through, nil
}

// soundTips reads the next tips one by one, where one of them is damaged: a check
// of the store names it, and it holds up none of the others.
func soundTips(tx entente.Tx, p *pass) (tips []entente.Filed, through bool, err error) {
	names, err := tx.MessageNames(p.Before, passTips)
	for _, name := range names {
		p.Before = name
		f, err := tx.Message(name)
		switch {
		case errors.Is(err, entente.Damaged):
		case err != nil:
			return nil, false, err
		case f.Direction == entente.Incoming && f.Message.Statement.Kind == entente.KindTip:
			tips = append(tips, f)
		}
	}
	return tips, len(names) < passTips, err
}

// earlier says of a sight that it was on record before its target was.
func (m sight) earlier(since time.Time) sight {
	m.what += ", on record since " + day(since)
	return m
}

// passIndex is an index of the targets of a pass alone: few, so that a question
// costs little. It stays while neither the pass nor the desk changes. s.backing is
// held, and the desk index shows what tx has.
func (s *Screen) passIndex(tx entente.Tx, pass string) (*match.Index, error) {
	of := pass + " " + s.shows()
	if s.backOf == of {
		return s.back, nil
	}
	targets, err := tx.LookBacks(pass, 0)
	if err != nil {
		return nil, err
	}
	x := match.New()
	for _, l := range targets {
		if err := s.indexTarget(tx, x, l.Target); err != nil {
			return nil, err
		}
	}
	s.back, s.backOf = x, of
	return x, nil
}

func (s *Screen) indexTarget(tx entente.Tx, x *match.Index, t entente.Target) error {
	if t.Kind == entente.TargetHolding {
		h, err := found(tx.Holding(entente.HoldingID(t.ID)))
		if h.ID != "" && h.Removed.IsZero() {
			x.Put(t.String(), s.believed(h.Subject))
		}
		return err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if w, ok := s.watches[entente.WatchID(t.ID)]; ok && t.Kind == entente.TargetWatch {
		x.Put(watchKey(w.ID), s.believed(w.Subject))
	}
	if c, ok := s.cases[entente.CaseID(t.ID)]; ok && t.Kind == entente.TargetCase {
		for i, subject := range c.Subjects {
			x.Put(caseKey(c.ID, i), s.believed(subject))
		}
	}
	return nil
}

// among finds targets of a pass as near and resolve find those of the whole desk
// and the lists.
func (s *Screen) among(tx entente.Tx, x *match.Index, asked *match.Question) ([]Found, error) {
	hits := asking(x, asked, noted)
	if len(hits) == 0 {
		return nil, nil
	}
	var listed []match.Hit
	for _, h := range hits {
		if id, ok := strings.CutPrefix(h.ID, entente.Target{Kind: entente.TargetHolding}.String()); ok {
			listed = append(listed, match.Hit{ID: id, Match: h.Match})
		}
	}
	held, err := s.resolve(tx, listed)
	return append(s.opened(hits), held...), err
}
