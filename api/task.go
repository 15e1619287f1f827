package api

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"
	"time"

	"entente"
	"entente/casework"
)

// Filed is a message as a file or task shows it.
type Filed struct {
	ID        entente.MessageID `json:"id"`
	Thread    entente.MessageID `json:"thread" doc:"The first message of its thread."`
	Direction entente.Direction `json:"direction"`
	Partner   entente.PartyID   `json:"partner" doc:"The other party."`
	Kind      entente.Kind      `json:"kind"`
	Title     string            `json:"title" doc:"One line for a list." example:"Possible attack on the harbour festival"`
	At        time.Time         `json:"at" doc:"When it was released or, for one that came in, receipted."`
	Statement Statement         `json:"statement" doc:"What is said."`
}

func filedOf(f entente.Filed) Filed {
	s := f.Message.Statement
	return Filed{f.Name, f.Thread, f.Direction, f.Partner(), s.Kind, titleOf(s), f.At, statementOf(s)}
}

// TaskView is a task with the evidence side by side.
type TaskView struct {
	Task     entente.Task          `json:"task"`
	Answers  []entente.VerdictCode `json:"answers" doc:"Those that this task takes."`
	Hits     []entente.Hit         `json:"hits" doc:"Of this page, 100 at most: what waits for a decision before what is decided, newest first."`
	Waiting  int                   `json:"waiting" doc:"Of all its hits, those that wait for a decision." example:"2"`
	Page     int                   `json:"page" doc:"Which page of its hits this is, from 1." example:"1"`
	Pages    int                   `json:"pages" doc:"How many there are." example:"1"`
	Events   []entente.TravelEvent `json:"events" doc:"The travel events among its sightings."`
	Messages []Filed               `json:"messages" doc:"The messages among its sightings."`
	Case     *entente.Case         `json:"case,omitempty" doc:"The file that it belongs to."`
	Watches  []entente.Watch       `json:"watches" doc:"Those that were hit, or that it is about."`
}

func taskOf(v casework.TaskView) TaskView {
	return TaskView{
		Task: v.Task, Answers: v.Task.Kind.Verdicts(), Hits: v.Hits, Waiting: v.Waiting, Page: v.Page, Pages: v.Pages, Case: v.Case, Watches: v.Watches,
		Events:   slices.SortedFunc(maps.Values(v.Events), func(a, b entente.TravelEvent) int { return cmp.Compare(a.ID, b.ID) }),
		Messages: each(slices.SortedFunc(maps.Values(v.Messages), func(a, b entente.Filed) int { return a.At.Compare(b.At) }), filedOf),
	}
}

// TaskQuery selects tasks; zero fields select all.
type TaskQuery struct {
	Open  bool             `query:"open" doc:"Only what nobody has decided."`
	Kind  entente.TaskKind `query:"kind" doc:"Only of this kind."`
	Owner entente.Role     `query:"owner" doc:"Only what this role answers for now."`
	Case  entente.CaseID   `query:"case" doc:"Only what belongs to this file."`
	Limit int              `query:"limit" minimum:"1" maximum:"500" doc:"The most tasks; absent: 100." example:"50"`
}

// TaskPath names a task in a path.
type TaskPath struct {
	Task entente.TaskID `path:"task" doc:"The task."`
}

// TaskDecision is a person's answer to a task.
type TaskDecision struct {
	Answer entente.VerdictCode `json:"answer"`
	Reason string              `json:"reason" maxLength:"20000" doc:"What decided it." example:"The passport is his; the date differs by one digit."`
	Hits   []entente.HitID     `json:"hits,omitzero" maxItems:"10000" doc:"Of which of its hits: those that one was shown. Needed where the task has any: another may have come meanwhile."`
	Review time.Time           `json:"review,omitzero" doc:"Of a watch that goes on: its next review; absent: in a year."`
}

func (s *server) tasks() {
	const tag = "Tasks"
	answer(s, route{
		id: "listTasks", method: http.MethodGet, path: "/tasks", op: entente.OpReadTasks, tag: tag,
		summary: "List what people are asked to decide, the earliest due first",
	}, func(ctx context.Context, by entente.Officer, in *TaskQuery) ([]entente.Task, error) {
		return s.cfg.Desk.Tasks(ctx, by, entente.TaskQuery{Open: in.Open, Kind: in.Kind, Owner: in.Owner, Case: in.Case, Limit: in.Limit})
	})
	answer(s, route{
		id: "readTask", method: http.MethodGet, path: "/tasks/{task}", op: entente.OpReadTasks, tag: tag,
		summary: "Open a task with the evidence side by side", about: "A task of many hits has pages. What is decided moves behind what waits, so that whoever decides page by page finds the next on the first.",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		TaskPath
		Page int `query:"page" minimum:"1" doc:"Of its hits; absent: the first." example:"2"`
	},
	) (TaskView, error) {
		v, err := s.cfg.Desk.Task(ctx, by, in.Task, in.Page)
		if err != nil {
			return TaskView{}, err
		}
		return taskOf(v), nil
	})
	act(s, route{
		id: "seeTask", method: http.MethodPost, path: "/tasks/{task}/seen", op: entente.OpDecideTask, tag: tag,
		summary: "Say that one has the task before him", about: "From now on it waits for a decision, by the time in decide_by, and climbs when that does not come. Twice is once; whoever let that time run out before cannot say so again.",
	}, func(ctx context.Context, by entente.Officer, in *TaskPath) error {
		return s.cfg.Desk.SeeTask(ctx, by, in.Task)
	})
	act(s, route{
		id: "decideTask", method: http.MethodPost, path: "/tasks/{task}/decision", op: entente.OpDecideTask, tag: tag,
		summary: "Answer a task", about: "same opens a closed file; other clears a namesake, who does not hit again; unclear leaves both as they are. A task about a watch takes continue or end.",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		TaskPath
		Body TaskDecision
	},
	) error {
		return s.cfg.Desk.DecideTask(ctx, by, in.Task, casework.Decision(in.Body))
	})
}
