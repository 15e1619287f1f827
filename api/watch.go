package api

import (
	"context"
	"net/http"
	"time"

	"entente"
	"entente/casework"
)

// WatchView is a watch with what it met.
type WatchView struct {
	Watch   entente.Watch      `json:"watch"`
	Hits    []entente.Hit      `json:"hits" doc:"What asked a person, newest first."`
	Near    []entente.Hit      `json:"near" doc:"What stayed below the line or met a cleared namesake, with the reason."`
	Tasks   []entente.Task     `json:"tasks" doc:"What is not decided."`
	Cleared []entente.Clearing `json:"cleared" doc:"Namesakes who do not hit it again."`
	Unread  []entente.Unread   `json:"unread" doc:"Names that cannot be read here, or only in part, and what they are compared by."`
	Looks   []Look             `json:"looks" doc:"Who looked before, newest first: the last ten, one for each officer, act and purpose. Searches that showed it are not told."`
}

func watchOf(v casework.WatchView) WatchView {
	return WatchView{Watch: v.Watch, Hits: v.Hits, Near: v.Near, Tasks: v.Tasks, Cleared: v.Clear, Unread: unread(v.Watch.Subject), Looks: each(v.Looks, lookOf)}
}

// NewWatch is a watch to be opened.
type NewWatch struct {
	Title   string            `json:"title,omitzero" maxLength:"200" doc:"One line for the list; absent: the first name." example:"Kadaev, for Borea"`
	Subject Person            `json:"subject" doc:"Who is watched for: a name or a document at least."`
	Owner   entente.Role      `json:"owner,omitzero" doc:"Analysts or supervisors; absent: analysts."`
	Purpose string            `json:"purpose" maxLength:"200" doc:"Under which it is kept." example:"terrorism-prevention"`
	Reason  string            `json:"reason" maxLength:"20000" doc:"Why this person is watched for." example:"Borea asks to be told when he travels."`
	Asked   string            `json:"asked,omitzero" maxLength:"2000" doc:"What to do on a hit." example:"tell Borea, under North Star"`
	Case    entente.CaseID    `json:"case,omitzero" doc:"The file that it belongs to."`
	Message entente.MessageID `json:"message,omitzero" doc:"The tip or request that asked for it."`
	Review  time.Time         `json:"review,omitzero" doc:"By then its owner decides whether it goes on; absent: in a year."`
	Limit   time.Time         `json:"limit,omitzero" doc:"The law allows it until then; absent: no limit is set."`
}

func (n NewWatch) noun() casework.NewWatch {
	return casework.NewWatch{
		Title: n.Title, Subject: n.Subject.noun(), Owner: n.Owner, Purpose: n.Purpose, Reason: n.Reason, Asked: n.Asked,
		Case: n.Case, Message: n.Message, Review: n.Review, Limit: n.Limit,
	}
}

// WatchRef names a watch.
type WatchRef struct {
	ID entente.WatchID `json:"id"`
}

// WatchCorrection replaces whom a watch is for.
type WatchCorrection struct {
	Subject Person `json:"subject" doc:"As he is now known."`
	Reason  string `json:"reason" maxLength:"20000" doc:"What was wrong, and how one knows." example:"The passport shows 1987."`
}

// WatchTerm decides that a watch goes on.
type WatchTerm struct {
	Review time.Time `json:"review,omitzero" doc:"The next review; absent: in a year."`
	Reason string    `json:"reason" maxLength:"20000" doc:"Why it goes on." example:"Borea confirms its interest."`
}

// WatchEnd announces the end of a watch.
type WatchEnd struct {
	On     time.Time `json:"on,omitzero" doc:"When it is to end, two weeks from now at the earliest; absent: then."`
	Reason string    `json:"reason" maxLength:"20000" doc:"Why it ends." example:"He is in custody."`
}

// WatchPath names a watch in a path.
type WatchPath struct {
	Watch entente.WatchID `path:"watch" doc:"The watch."`
}

func (s *server) watches() {
	const tag = "Watches"
	answer(s, route{
		id: "listWatches", method: http.MethodGet, path: "/watches", op: entente.OpReadWatches, tag: tag,
		summary: "List watches",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		Active bool `query:"active" doc:"Only those that still hit."`
	},
	) ([]entente.Watch, error) {
		return s.cfg.Desk.Watches(ctx, by, in.Active)
	})
	answer(s, route{
		id: "openWatch", method: http.MethodPost, path: "/watches", op: entente.OpWatch, tag: tag, status: http.StatusCreated,
		summary: "Open a watch", about: "It belongs to a role, survives its file, and ends only by a decision that was announced.",
	}, func(ctx context.Context, by entente.Officer, in *struct{ Body NewWatch }) (WatchRef, error) {
		id, err := s.cfg.Desk.OpenWatch(ctx, by, in.Body.noun())
		return WatchRef{id}, err
	})
	answer(s, route{
		id: "readWatch", method: http.MethodGet, path: "/watches/{watch}", op: entente.OpReadWatches, tag: tag,
		summary: "Open a watch with what it met",
	}, func(ctx context.Context, by entente.Officer, in *WatchPath) (WatchView, error) {
		v, err := s.cfg.Desk.Watch(ctx, by, in.Watch)
		return watchOf(v), err
	})
	s.turns(tag)
}

func (s *server) turns(tag string) {
	act(s, route{
		id: "correctWatch", method: http.MethodPut, path: "/watches/{watch}/subject", op: entente.OpWatch, tag: tag,
		summary: "Replace whom a watch is for, with a reason",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		WatchPath
		Body WatchCorrection
	},
	) error {
		return s.cfg.Desk.CorrectWatch(ctx, by, in.Watch, in.Body.Subject.noun(), in.Body.Reason)
	})
	act(s, route{
		id: "continueWatch", method: http.MethodPost, path: "/watches/{watch}/continue", op: entente.OpWatch, tag: tag,
		summary: "Decide that a watch goes on", about: "An announced end is taken back.",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		WatchPath
		Body WatchTerm
	},
	) error {
		return s.cfg.Desk.ContinueWatch(ctx, by, in.Watch, in.Body.Review, in.Body.Reason)
	})
	act(s, route{
		id: "endWatch", method: http.MethodPost, path: "/watches/{watch}/end", op: entente.OpWatch, tag: tag,
		summary: "Announce the end of a watch", about: "It goes on until its day has come and a second person agreed: a task asks for that.",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		WatchPath
		Body WatchEnd
	},
	) error {
		return s.cfg.Desk.EndWatch(ctx, by, in.Watch, in.Body.On, in.Body.Reason)
	})
}
