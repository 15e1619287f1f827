package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"entente"
	"entente/internal/scenario"
)

// world is two running agencies that know each other and are under one
// agreement, each with a store of its own on disk.
type world struct {
	from, to *scenario.Agency
	settled  chan time.Time // a look at the queue is worth it
}

// stores are the URLs of two stores; empty: SQLite in dir.
type stores struct{ from, to string }

func newWorld(ctx context.Context, dir string, s stores) (*world, error) {
	clock := scenario.NewClock(scenario.FirstDay)
	w := &world{settled: make(chan time.Time, 1)}
	from, to := scenario.Borea, scenario.Albia
	from.Dir, to.Dir = dir, dir
	from.Store, to.Store = s.from, s.to
	from.Step = func(step string) {
		if step != "settled" {
			return
		}
		select {
		case w.settled <- time.Now():
		default:
		}
	}
	var err error
	if w.from, err = scenario.New(ctx, clock, from); err != nil {
		return nil, err
	}
	if w.to, err = scenario.New(ctx, clock, to); err != nil {
		return nil, errors.Join(err, w.from.Store.Close())
	}
	if err := w.start(ctx); err != nil {
		return nil, errors.Join(err, w.close())
	}
	return w, nil
}

func (w *world) start(ctx context.Context) error {
	if err := scenario.Introduce(ctx, w.from, w.to); err != nil {
		return err
	}
	if _, err := scenario.Agree(ctx, scenario.NorthStar, w.from, w.to); err != nil {
		return err
	}
	if err := w.to.Start(ctx); err != nil {
		return err
	}
	return w.from.Start(ctx)
}

func (w *world) close() error { return errors.Join(w.from.Close(), w.to.Close()) }

// send takes one tip from draft to release, as two officers do.
func (w *world) send(ctx context.Context) (entente.MessageID, error) {
	out := w.from.Node.Outbox
	author, releaser := w.from.Officer(entente.Analyst), w.from.Officer(entente.Releaser)
	d, err := out.Write(ctx, author, entente.Draft{To: w.to.ID, Agreement: "north-star", Statement: tip()})
	if err != nil {
		return "", err
	}
	if d, err = out.Submit(ctx, author, d.ID, d.Version); err != nil {
		return "", err
	}
	return out.Release(ctx, releaser, d.ID, d.Digest())
}

// tip is a warning of common length: about 2 KB once encoded.
func tip() entente.Statement {
	return entente.Statement{Kind: entente.KindTip, Purpose: "terrorism-prevention", Precedence: entente.Priority, Tip: &entente.Tip{
		Category: "attack-planning",
		Title:    "Кадаев Арсен: сближение с вооружённым подпольем, возможен выезд к нам",
		Text: "По имеющимся у нас данным, проживающий в вашей стране гражданин Бореи Арсен Кадаев с 2010 года придерживается крайних взглядов, " +
			"порвал с прежним кругом общения и готовится выехать в северные районы нашей страны. Просим проверить эти сведения.",
		Subjects: []entente.Subject{{
			ID: "s1", Names: []entente.Name{{Text: "Арсен Кадаев", Script: "Cyrl"}, {Text: "Arsen Kadaev"}}, Sex: "M",
			Births: []entente.Birth{
				{ID: "b1", Date: entente.PartialDate{Year: 1987, Month: 3, Day: 14}, Grade: "C3", Nature: entente.NatureFact},
				{ID: "b2", Date: entente.PartialDate{Year: 1988, Month: 3, Day: 14}, Grade: "D4", Nature: entente.NatureFact},
			},
			Nationalities: []entente.Country{"XB"}, Residence: "Оствик, XA",
		}},
		Claims: []entente.Claim{
			{ID: "c1", Subject: "s1", Text: "С 2010 года придерживается крайних взглядов.", Grade: "B2", Nature: entente.NatureFact},
			{ID: "c2", Subject: "s1", Text: "Намерен выехать в северные районы Бореи.", Grade: "B3", Nature: entente.NatureAssessment},
		},
		Questions:  []entente.Question{{ID: "q1", Text: "Сообщите нам, если он поедет в наши северные районы."}},
		Withheld:   []entente.Withheld{{What: "Записи трёх телефонных разговоров", Ask: "Существуют; запросите отдельно, с указанием цели."}},
		Provenance: entente.Provenance{Attestation: "lawful", Text: "Получено в установленном законом порядке.", Collected: "2010-12 – 2011-02"},
	}}
}

// receipted waits until a message has its receipt, and gives the time at which
// the sender had checked and kept it.
func (w *world) receipted(ctx context.Context, id entente.MessageID) (time.Time, error) {
	for {
		select {
		case <-ctx.Done():
			return time.Time{}, context.Cause(ctx)
		case at := <-w.settled:
			err := w.from.Store.View(ctx, func(tx entente.Tx) error {
				_, err := tx.Receipt(id)
				return err
			})
			if !errors.Is(err, entente.NotFound) {
				return at, err
			}
		}
	}
}

// emptied waits until nothing waits at the sender, and holds that nothing was
// refused.
func (w *world) emptied(ctx context.Context) error {
	for {
		empty, err := w.empty(ctx)
		if empty || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-w.settled:
		}
	}
}

func (w *world) empty(ctx context.Context) (empty bool, err error) {
	err = w.from.Store.View(ctx, func(tx entente.Tx) error {
		dead, err := tx.DeadLetters()
		if err != nil {
			return err
		}
		if len(dead) > 0 {
			return fmt.Errorf("%d tips were refused, the first as %q", len(dead), dead[0].Why)
		}
		waiting, err := tx.Queue(w.to.ID, 1)
		empty = len(waiting) == 0
		return err
	})
	return empty, err
}
