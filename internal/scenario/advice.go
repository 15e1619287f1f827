package scenario

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"entente"
	"entente/casework"
)

// Advice says what a newcomer can try at the two desks after LeaveWork.
// FollowAdvice tries it.
func Advice(borea, albia *Agency) []string {
	return []string{
		fmt.Sprintf("Release what waits at %s as %s, then watch it arrive at %s as %s.", borea.Desk, borea.Officer(entente.Releaser).ID, albia.Desk, albia.Officer(entente.Analyst).ID),
		fmt.Sprintf("Answer the task that waits for %s: is the traveller the man of the case?", albia.Officer(entente.Analyst).ID),
		fmt.Sprintf("Search people at %s for %s: the surname alone, in any spelling.", albia.Desk, strings.Join(spellings, ", ")),
		"Confirm the new officer at " + albia.Desk + " as a supervisor.",
	}
}

// spellings are those of one man's surname that a newcomer is told to search for.
var spellings = []string{"Кадаев", "Kadaev", "KADAYEV", "كاداييف"}

// FollowAdvice does what Advice says, and reports what came of it.
func FollowAdvice(ctx context.Context, borea, albia *Agency, report func(Step)) error {
	s := &story{ctx: ctx, borea: borea, albia: albia, report: report}
	for _, step := range []func() error{s.searchAsAdvised, s.taskWaits, s.releaseAsAdvised} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (s *story) searchAsAdvised() error {
	var said []string
	for _, name := range spellings {
		got, err := s.albia.Node.Desk.Search(s.ctx, s.albia.Officer(entente.Analyst), entente.Subject{Names: []entente.Name{{Text: name}}}, "demo")
		if err != nil {
			return err
		}
		kinds := map[entente.TargetKind]bool{}
		for _, f := range got.Found {
			kinds[f.Target.Kind] = true
		}
		if !kinds[entente.TargetWatch] || !kinds[entente.TargetCase] || len(got.Unread) > 0 {
			return fmt.Errorf("a search for %s finds %d people, and not the watch and the case", name, len(got.Found))
		}
		said = append(said, fmt.Sprintf("%s %d", name, len(got.Found)))
	}
	s.done("people found, the watch and the case among them: "+strings.Join(said, ", "), "The surname alone is searched for, in four spellings and three scripts.")
	return nil
}

func (s *story) taskWaits() error {
	tasks, err := s.albia.Node.Desk.Tasks(s.ctx, s.albia.Officer(entente.Analyst), entente.TaskQuery{Open: true})
	if err != nil {
		return err
	}
	for _, t := range tasks {
		if t.Owner == entente.Analyst && t.Hits > 0 {
			s.done("it asks: "+t.Title, "A task waits for Albia's analyst.")
			return nil
		}
	}
	return errors.New("no task with a traveller waits for the analyst")
}

func (s *story) releaseAsAdvised() error {
	by := s.borea.Officer(entente.Releaser)
	drafts, err := s.borea.Node.Outbox.Drafts(s.ctx, by, entente.DraftQuery{States: []entente.DraftState{entente.DraftSubmitted}})
	if err != nil {
		return err
	}
	if len(drafts) == 0 {
		return errors.New("nothing waits for release at Borea")
	}
	p, err := s.borea.Node.Outbox.Proposal(s.ctx, by, drafts[0].ID)
	if err != nil {
		return err
	}
	if _, err := s.borea.Node.Outbox.Release(s.ctx, by, drafts[0].ID, p.Digest); err != nil {
		return err
	}
	err = Until(s.ctx, "what was released stands in Albia's inbox", func() (bool, error) {
		items, err := s.albia.Node.Desk.Inbox(s.ctx, s.albia.Officer(entente.Analyst), casework.Filter{Direction: entente.Incoming, Open: true})
		for _, i := range items {
			if string(i.Filed.Message.Header.ID) == string(drafts[0].ID) {
				return true, err
			}
		}
		return false, err
	})
	if err == nil {
		s.done("it stands in Albia's inbox", "What waits at Borea is released.")
	}
	return err
}
