package outbox_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente"
	"entente/outbox"
	"entente/prove"
)

// dying is a store whose process is killed in the middle of one Update: before it
// commits, or just after, when nobody has heard of it yet.
type dying struct {
	entente.Store
	left   int // Updates until then; negative: it lives
	before bool
}

var errKilled = errors.New("the process was killed")

func (s *dying) Update(ctx context.Context, fn func(entente.Tx) error) error {
	if s.left < 0 {
		return s.Store.Update(ctx, fn)
	}
	s.left--
	if s.left >= 0 {
		return s.Store.Update(ctx, fn)
	}
	if s.before {
		return s.Store.Update(ctx, func(tx entente.Tx) error { return errors.Join(fn(tx), errKilled) })
	}
	return errors.Join(s.Store.Update(ctx, fn), errKilled)
}

// play is one random story of held mail.
type play struct {
	*world
	r     *rapid.T
	lives map[*agency]*dying
	mail  []entente.MessageID // what Borea let leave
	bag   [][]byte            // courier files that are under way, or were copied
}

// act does one thing. Where the process is killed in it, or the level forbids it,
// nothing else happens.
func (p *play) act() {
	w := p.world
	switch p.draw("act", "tip", "tip", "threat", "Borea declares", "Albia declares", "Borea delivers", "Borea delivers", "Albia delivers", "the post is duplicated", "a courier leaves", "a courier arrives", "send", "withdraw", "time passes") {
	case "tip":
		p.leave(tipOf("A warning"))
	case "threat":
		p.leave(threat())
	case "Borea declares":
		p.declare(w.borea)
	case "Albia declares":
		p.declare(w.albia)
	case "Borea delivers":
		_, _ = w.borea.out.Deliver(w.ctx, "albia-ncc")
	case "Albia delivers":
		_, _ = w.albia.out.Deliver(w.ctx, "borea-sls")
	case "the post is duplicated":
		if ds, err := w.borea.out.Collect(w.ctx, "albia-ncc", 64); err == nil {
			_, _ = w.albia.in.Accept(w.ctx, "borea-sls", ds)
			_, _ = w.albia.in.Accept(w.ctx, "borea-sls", ds) // and the answers are lost
		}
	case "a courier leaves":
		var b bytes.Buffer
		if _, err := w.borea.out.Pack(w.ctx, operator, "albia-ncc", &b); err == nil {
			p.bag = append(p.bag, b.Bytes())
		}
	case "a courier arrives":
		if len(p.bag) > 0 {
			b := p.bag[rapid.IntRange(0, len(p.bag)-1).Draw(p.r, "file")]
			_, _, _ = w.albia.in.Unpack(w.ctx, operator, bytes.NewReader(b), int64(len(b)))
		}
	case "send":
		_ = w.borea.out.SendHeld(w.ctx, releaser, north, "albia-ncc", p.some())
	case "withdraw":
		_ = w.borea.out.WithdrawHeld(w.ctx, releaser, north, "albia-ncc", p.some())
	case "time passes":
		w.clock.advance(time.Duration(rapid.IntRange(1, 30).Draw(p.r, "hours")) * time.Hour)
	}
}

func (p *play) draw(what string, of ...string) string { return rapid.SampledFrom(of).Draw(p.r, what) }

// some are held messages, or none of them: then all are meant.
func (p *play) some() []entente.MessageID {
	held := look(p.world, p.borea, func(tx entente.Tx) ([]entente.QueueItem, error) { return tx.QueuedAs(entente.QueueHeld, "") })
	if len(held) == 0 || rapid.Bool().Draw(p.r, "all") {
		return nil
	}
	return []entente.MessageID{held[rapid.IntRange(0, len(held)-1).Draw(p.r, "which")].Message}
}

func (p *play) leave(s entente.Statement) {
	d, err := p.borea.out.Write(p.ctx, analyst, entente.Draft{To: "albia-ncc", Agreement: north, Statement: s, Expires: p.clock.now().Add(399 * 24 * time.Hour)})
	if err != nil {
		return
	}
	p.mail = append(p.mail, d.ID)
	if d, err = p.borea.out.Submit(p.ctx, analyst, d.ID, d.Version); err == nil {
		_, _ = p.borea.out.Release(p.ctx, releaser, d.ID, d.Digest())
	}
}

func (p *play) declare(a *agency) {
	l := rapid.SampledFrom(entente.Levels).Draw(p.r, "level")
	_, _ = a.out.DeclareLevel(p.ctx, supervisor, north, outbox.Declaration{Level: l, Reason: "For the story."})
}

// kill has one side's process die within its next few transactions, and start again.
func (p *play) kill() {
	a := map[string]*agency{"Borea": p.borea, "Albia": p.albia}[p.draw("victim", "Borea", "Albia")]
	life := p.lives[a]
	life.left, life.before = rapid.IntRange(0, 3).Draw(p.r, "transactions"), rapid.Bool().Draw(p.r, "before the commit")
	p.act()
	life.left = -1
	p.world.open(a, a.line.to, func(entente.Store) entente.Store { return life })
	a.line.to.line.to = a
}

// nothingHeldLeaves checks that what is held now is not handed out.
func (p *play) nothingHeldLeaves() {
	held := look(p.world, p.borea, func(tx entente.Tx) ([]entente.QueueItem, error) { return tx.QueuedAs(entente.QueueHeld, "") })
	ds, err := p.borea.out.Collect(p.ctx, "albia-ncc", 1000)
	if err != nil {
		p.r.Fatal(err)
	}
	for _, q := range held {
		f := look(p.world, p.borea, func(tx entente.Tx) (entente.Filed, error) { return tx.Message(q.Message) })
		if slices.ContainsFunc(ds, func(d entente.Delivery) bool { return bytes.Equal(d.Envelope, f.Envelope) }) {
			p.r.Errorf("held mail %s is handed out", q.Message)
		}
	}
}

// ends checks that each message that has a place ended in one way, the same on both
// sides: filed, put off, refused, withdrawn or held; and is nowhere twice.
func (p *play) ends() {
	for round := 0; ; round++ {
		n, err := p.borea.out.Deliver(p.ctx, "albia-ncc")
		m, err2 := p.albia.out.Deliver(p.ctx, "borea-sls")
		if err != nil || err2 != nil {
			p.r.Fatal(err, err2)
		}
		if n+m == 0 {
			break
		}
		if round > 50 {
			p.r.Fatal("they do not come to rest")
		}
	}
	known, _ := p.sizes()
	gaps := map[int64]entente.Gap{}
	for _, g := range p.gaps() {
		gaps[g.Seq] = g
	}
	withdrawn := map[int64]bool{}
	for _, f := range p.filed(p.albia, entente.KindNotice) {
		if n := f.Message.Statement.Notice; n.What == entente.NoticeWithdrawn {
			withdrawn[*n.Place] = true
		}
	}
	for _, id := range p.mail {
		f, err := look2(p.world, p.borea, id)
		if err != nil {
			continue // it was not released
		}
		seq := f.Message.Header.Seq
		var had bool
		p.ok(p.borea.store.View(p.ctx, func(tx entente.Tx) error { _, err := tx.Receipt(id); had = err == nil; return nil }))
		state, gap := p.state(id), gaps[seq].State
		switch {
		case had && p.isAt(p.albia, id) && gap == "": // filed; also if it was withdrawn too late
		case state == entente.QueueHeld && (gap != "" || seq >= known || p.isAt(p.albia, id)): // a releaser decides; Albia may have it from before
		case state == entente.QueuePutOff && gap == entente.GapPutOff:
		case state == entente.QueueDead && gap == "" && !p.isAt(p.albia, id):
		case state == "" && withdrawn[seq] && (gap == entente.GapWithdrawn || p.isAt(p.albia, id)):
		default:
			p.r.Errorf("place %d: %q at Borea with a receipt: %v; at Albia %q, filed: %v, withdrawn: %v", seq, state, had, gap, p.isAt(p.albia, id), withdrawn[seq])
		}
	}
	found := look(p.world, p.albia, func(tx entente.Tx) ([]prove.Finding, error) { return prove.Audit(tx, "albia-ncc", false) })
	for _, f := range found {
		if !f.Holds {
			p.r.Errorf("Albia's %s: %s", f.Thing, f.Says)
		}
	}
}

// Whatever is declared, sent, withdrawn, duplicated, delayed and killed, each place
// ends in one way, nothing is lost and nothing doubled.
func TestEveryPlaceEnds(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		lives := map[*agency]*dying{}
		w := newWorld(t, nil)
		for _, a := range []*agency{w.albia, w.borea} {
			life := &dying{Store: a.store, left: -1}
			lives[a] = life
			w.open(a, a.line.to, func(entente.Store) entente.Store { return life })
		}
		p := &play{world: w, r: r, lives: lives}
		for range rapid.IntRange(1, 25).Draw(r, "acts") {
			if rapid.IntRange(0, 5).Draw(r, "killed") == 0 {
				p.kill()
			} else {
				p.act()
			}
			p.nothingHeldLeaves()
		}
		p.ends()
	})
}
