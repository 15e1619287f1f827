package api

import (
	"context"
	"time"

	"entente"
	"entente/casework"
	"entente/policy"
	"entente/screen"
)

// The part of the fake desk that looks after people, tasks, watches and files.

func (n fakeDesk) Search(_ context.Context, by entente.Officer, asked entente.Subject, purpose string) (screen.SearchResult, error) {
	return full[screen.SearchResult](), n.check(by, entente.OpSearch, asked, purpose)
}

func (n fakeDesk) Holding(_ context.Context, by entente.Officer, id entente.HoldingID) (casework.HoldingView, error) {
	return full[casework.HoldingView](), n.check(by, entente.OpReadHoldings, id)
}

func (n fakeDesk) Lists(_ context.Context, by entente.Officer) ([]entente.Edition, error) {
	return full[[]entente.Edition](), n.check(by, entente.OpReadHoldings)
}

func (n fakeDesk) Edition(_ context.Context, by entente.Officer, source entente.SourceID, number int) (casework.EditionView, error) {
	return full[casework.EditionView](), n.check(by, entente.OpReadHoldings, source, number)
}

func (n fakeDesk) Feedings(_ context.Context, by entente.Officer) ([]entente.Feeding, error) {
	return full[[]entente.Feeding](), n.check(by, entente.OpReadTravel)
}

func (n fakeDesk) FeedAside(_ context.Context, by entente.Officer, id string) ([]entente.SetAside, error) {
	return full[[]entente.SetAside](), n.check(by, entente.OpReadTravel, id)
}

func (n fakeDesk) Tasks(_ context.Context, by entente.Officer, q entente.TaskQuery) ([]entente.Task, error) {
	return full[[]entente.Task](), n.check(by, entente.OpReadTasks, q)
}

func (n fakeDesk) Task(_ context.Context, by entente.Officer, id entente.TaskID, page int) (casework.TaskView, error) {
	return fullTask(), n.check(by, entente.OpReadTasks, id, page)
}

func fullTask() casework.TaskView {
	v := full[casework.TaskView]()
	e, f := full[entente.TravelEvent](), full[entente.Filed]()
	v.Events = map[entente.EventID]entente.TravelEvent{e.ID: e}
	v.Messages = map[entente.MessageID]entente.Filed{f.Name: f}
	return v
}

func (n fakeDesk) SeeTask(_ context.Context, by entente.Officer, id entente.TaskID) error {
	return n.check(by, entente.OpDecideTask, id)
}

func (n fakeDesk) DecideTask(_ context.Context, by entente.Officer, id entente.TaskID, d casework.Decision) error {
	return n.check(by, entente.OpDecideTask, id, d)
}

func (n fakeDesk) RevokeClearing(_ context.Context, by entente.Officer, id entente.ClearingID, reason string) error {
	return n.check(by, entente.OpRevokeClearing, id, reason)
}

func (n fakeDesk) Watches(_ context.Context, by entente.Officer, active bool) ([]entente.Watch, error) {
	return full[[]entente.Watch](), n.check(by, entente.OpReadWatches, active)
}

func (n fakeDesk) Watch(_ context.Context, by entente.Officer, id entente.WatchID) (casework.WatchView, error) {
	return full[casework.WatchView](), n.check(by, entente.OpReadWatches, id)
}

func (n fakeDesk) OpenWatch(_ context.Context, by entente.Officer, w casework.NewWatch) (entente.WatchID, error) {
	return full[entente.WatchID](), n.check(by, entente.OpWatch, w)
}

func (n fakeDesk) CorrectWatch(_ context.Context, by entente.Officer, id entente.WatchID, s entente.Subject, reason string) error {
	return n.check(by, entente.OpWatch, id, s, reason)
}

func (n fakeDesk) ContinueWatch(_ context.Context, by entente.Officer, id entente.WatchID, review time.Time, reason string) error {
	return n.check(by, entente.OpWatch, id, review, reason)
}

func (n fakeDesk) EndWatch(_ context.Context, by entente.Officer, id entente.WatchID, on time.Time, reason string) error {
	return n.check(by, entente.OpWatch, id, on, reason)
}

func (n fakeDesk) Cases(_ context.Context, by entente.Officer, q entente.CaseQuery) ([]entente.Case, error) {
	return full[[]entente.Case](), n.check(by, entente.OpReadCases, q)
}

func (n fakeDesk) Case(_ context.Context, by entente.Officer, id entente.CaseID) (casework.CaseView, error) {
	return fullCase(), n.check(by, entente.OpReadCases, id)
}

func fullCase() casework.CaseView {
	v := full[casework.CaseView]()
	v.Waiting = &entente.Error{Kind: entente.Conflict, Field: "message", Detail: "the tip has no outcome yet", Hint: "decide on it first"}
	return v
}

func (n fakeDesk) OpenCase(_ context.Context, by entente.Officer, c casework.NewCase) (entente.CaseID, error) {
	return full[entente.CaseID](), n.check(by, entente.OpCase, c)
}

func (n fakeDesk) AssessCase(_ context.Context, by entente.Officer, id entente.CaseID, text string) error {
	return n.check(by, entente.OpCase, id, text)
}

func (n fakeDesk) AddFlag(_ context.Context, by entente.Officer, id entente.CaseID, f entente.Flag) error {
	return n.check(by, entente.OpCase, id, f)
}

func (n fakeDesk) LinkMessage(_ context.Context, by entente.Officer, id entente.CaseID, m entente.MessageID) error {
	return n.check(by, entente.OpCase, id, m)
}

func (n fakeDesk) UnlinkMessage(_ context.Context, by entente.Officer, id entente.CaseID, m entente.MessageID, reason string) error {
	return n.check(by, entente.OpCase, id, m, reason)
}

func (n fakeDesk) AssignCase(_ context.Context, by entente.Officer, id entente.CaseID, role entente.Role, officer entente.OfficerID) error {
	return n.check(by, entente.OpCase, id, role, officer)
}

func (n fakeDesk) CorrectCase(_ context.Context, by entente.Officer, id entente.CaseID, all []entente.Subject, reason string) error {
	return n.check(by, entente.OpCase, id, all, reason)
}

func (n fakeDesk) CloseCase(_ context.Context, by entente.Officer, id entente.CaseID, c casework.Closing) error {
	if c.Despite != "" {
		return n.check(by, entente.OpCloseUndecided, id, c)
	}
	return n.check(by, entente.OpCase, id, c)
}

func (n fakeDesk) ReopenCase(_ context.Context, by entente.Officer, id entente.CaseID, reason string) error {
	return n.check(by, entente.OpCase, id, reason)
}

func (n fakeDesk) May(_ context.Context, by entente.Officer, op entente.Operation, object string) error {
	err := policy.Check(by, op)
	if err != nil {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.refused = append(n.refused, string(op)+" "+object)
	}
	return err
}
