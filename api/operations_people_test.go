package api

import (
	"maps"
	"strings"
	"time"

	"entente"
	"entente/casework"
	"entente/lists"
	"entente/screen"
)

type row = struct {
	op    entente.Operation
	call  func(*Client) (any, error)
	asked []any
	want  func(*server) any
}

// The rows of calls about people, lists, feeds, tasks, watches and files.
func init() {
	maps.Copy(calls, peopleCalls)
	maps.Copy(calls, watchCalls)
	maps.Copy(calls, caseCalls)
}

func idOf[T any]() T { return full[T]() }

func asIs[T any]() func(*server) any { return func(*server) any { return full[T]() } }

// sought is somebody who is asked for, and as whom the desk gets him: what he
// claims is numbered and graded.
var (
	sought = Person{
		Names: []entente.Name{{Text: "Арсен Кадаев", Script: "Cyrl"}}, Births: []BirthClaim{{Date: entente.PartialDate{Year: 1987, Month: 3, Day: 14}}},
		Sex: "M", Nationalities: []entente.Country{"XB"}, Residence: "Ostvik, XA", Documents: []entente.Document{{Type: "passport", Number: "B00417733", Country: "XB"}},
		Identifiers: []entente.Identifier{{Kind: "phone", Value: "+999 1 555 0142"}},
	}
	soughtAs = entente.Subject{
		ID: "s1", Names: sought.Names, Births: []entente.Birth{{ID: "b1", Date: sought.Births[0].Date, Grade: "F6", Nature: entente.NatureFact}},
		Sex: "M", Nationalities: sought.Nationalities, Residence: "Ostvik, XA", Documents: sought.Documents, Identifiers: sought.Identifiers,
	}
)

var peopleCalls = map[string]row{
	"searchPeople": {
		op: entente.OpSearch, call: func(c *Client) (any, error) { return c.Search(ctx, LookUp{sought, "проверка"}) },
		asked: []any{soughtAs, "проверка"}, want: asIs[screen.SearchResult](),
	},
	"readHolding": {
		op: entente.OpReadHoldings, call: func(c *Client) (any, error) { return c.Holding(ctx, "canada/r 1/2, Schedule 1, é") },
		asked: []any{entente.HoldingID("canada/r 1/2, Schedule 1, é")}, want: func(*server) any { return holdingOf(full[casework.HoldingView]()) },
	},
	"listLists": {op: entente.OpReadHoldings, call: func(c *Client) (any, error) { return c.Lists(ctx) }, want: asIs[[]entente.Edition]()},
	"readList": {
		op: entente.OpReadHoldings, call: func(c *Client) (any, error) { return c.List(ctx, "ofac-sdn", 3) },
		asked: []any{entente.SourceID("ofac-sdn"), 3}, want: asIs[ListView](),
	},
	"importList": {
		op: entente.OpImport,
		call: func(c *Client) (any, error) {
			o := ListOptions{Format: "csv", Delist: true, Grade: "B2", Split: "|", Dates: lists.DayFirst}
			return c.ImportList(ctx, "albia-ports", o, []ListFile{{"порт.csv", strings.NewReader("name\nMira\n")}}, nil)
		},
		asked: []any{
			lists.Options{Source: "albia-ports", Grade: "B2", Split: "|", Dates: lists.DayFirst}, "csv", "порт.csv", entente.DigestOf([]byte("name\nMira\n")), true,
		},
	},
	"listFeedings": {op: entente.OpReadTravel, call: func(c *Client) (any, error) { return c.Feedings(ctx) }, want: asIs[[]entente.Feeding]()},
	"readFeedingAside": {
		op: entente.OpReadTravel, call: func(c *Client) (any, error) { return c.FeedAside(ctx, string(aMessage)) },
		asked: []any{string(aMessage)}, want: asIs[[]entente.SetAside](),
	},
	"feedTravel": {
		op: entente.OpFeed,
		call: func(c *Client) (any, error) {
			return c.Feed(ctx, "ostvik-airport", "paxlst", "рейс & 117.edi", when, strings.NewReader("UNB+"))
		},
		asked: []any{screen.Source{Feed: "ostvik-airport", Format: "paxlst", File: "рейс & 117.edi", At: when}}, want: asIs[entente.Feeding](),
	},
	"listTasks": {
		op: entente.OpReadTasks,
		call: func(c *Client) (any, error) {
			return c.Tasks(ctx, TaskQuery{true, entente.TaskReopen, entente.Supervisor, idOf[entente.CaseID](), 50})
		},
		asked: []any{entente.TaskQuery{Open: true, Kind: entente.TaskReopen, Owner: entente.Supervisor, Case: idOf[entente.CaseID](), Limit: 50}},
		want:  asIs[[]entente.Task](),
	},
	"readTask": {
		op: entente.OpReadTasks, call: func(c *Client) (any, error) { return c.Task(ctx, idOf[entente.TaskID](), 2) },
		asked: []any{idOf[entente.TaskID](), 2}, want: func(*server) any { return taskOf(fullTask()) },
	},
	"seeTask": {
		op: entente.OpDecideTask, call: func(c *Client) (any, error) { return nil, c.SeeTask(ctx, idOf[entente.TaskID]()) },
		asked: []any{idOf[entente.TaskID]()},
	},
	"decideTask": {
		op: entente.OpDecideTask,
		call: func(c *Client) (any, error) {
			return nil, c.DecideTask(ctx, idOf[entente.TaskID](), full[TaskDecision]())
		},
		asked: []any{idOf[entente.TaskID](), decided()},
	},
	"revokeClearing": {
		op: entente.OpRevokeClearing,
		call: func(c *Client) (any, error) {
			return nil, c.RevokeClearing(ctx, idOf[entente.ClearingID](), "подделка")
		},
		asked: []any{idOf[entente.ClearingID](), "подделка"},
	},
}

var watchCalls = map[string]row{
	"listWatches": {
		op: entente.OpReadWatches, call: func(c *Client) (any, error) { return c.Watches(ctx, true) },
		asked: []any{true}, want: asIs[[]entente.Watch](),
	},
	"readWatch": {
		op: entente.OpReadWatches, call: func(c *Client) (any, error) { return c.Watch(ctx, idOf[entente.WatchID]()) },
		asked: []any{idOf[entente.WatchID]()}, want: func(*server) any { return watchOf(full[casework.WatchView]()) },
	},
	"openWatch": {
		op: entente.OpWatch, call: func(c *Client) (any, error) { return c.OpenWatch(ctx, full[NewWatch]()) },
		asked: []any{full[NewWatch]().noun()}, want: func(*server) any { return WatchRef{idOf[entente.WatchID]()} },
	},
	"correctWatch": {
		op: entente.OpWatch,
		call: func(c *Client) (any, error) {
			return nil, c.CorrectWatch(ctx, idOf[entente.WatchID](), WatchCorrection{PersonOf(full[entente.Subject]()), "falsch"})
		},
		asked: []any{idOf[entente.WatchID](), full[entente.Subject](), "falsch"},
	},
	"continueWatch": {
		op: entente.OpWatch, call: func(c *Client) (any, error) {
			return nil, c.ContinueWatch(ctx, idOf[entente.WatchID](), WatchTerm{when, "weiter"})
		},
		asked: []any{idOf[entente.WatchID](), when, "weiter"},
	},
	"endWatch": {
		op: entente.OpWatch, call: func(c *Client) (any, error) {
			return nil, c.EndWatch(ctx, idOf[entente.WatchID](), WatchEnd{Reason: "fini"})
		},
		asked: []any{idOf[entente.WatchID](), time.Time{}, "fini"},
	},
}

var aCase = idOf[entente.CaseID]()

var caseCalls = map[string]row{
	"listCases": {
		op: entente.OpReadCases, call: func(c *Client) (any, error) { return c.Cases(ctx, CaseQuery{entente.CaseClosed, aMessage}) },
		asked: []any{entente.CaseQuery{State: entente.CaseClosed, Message: aMessage}}, want: asIs[[]entente.Case](),
	},
	"readCase": {
		op: entente.OpReadCases, call: func(c *Client) (any, error) { return c.Case(ctx, aCase) },
		asked: []any{aCase}, want: func(*server) any { return caseOf(fullCase()) },
	},
	"openCase": {
		op: entente.OpCase, call: func(c *Client) (any, error) { return c.OpenCase(ctx, full[NewCase]()) },
		asked: []any{full[NewCase]().noun()}, want: func(*server) any { return CaseRef{aCase} },
	},
	"assessCase": {
		op: entente.OpCase, call: func(c *Client) (any, error) { return nil, c.AssessCase(ctx, aCase, "известен") },
		asked: []any{aCase, "известен"},
	},
	"flagCase": {
		op: entente.OpCase, call: func(c *Client) (any, error) { return nil, c.FlagCase(ctx, aCase, full[NewFlag]()) },
		asked: []any{aCase, flagged()},
	},
	"linkMessage": {
		op: entente.OpCase, call: func(c *Client) (any, error) { return nil, c.LinkMessage(ctx, aCase, aMessage) },
		asked: []any{aCase, aMessage},
	},
	"unlinkMessage": {
		op: entente.OpCase, call: func(c *Client) (any, error) { return nil, c.UnlinkMessage(ctx, aCase, aMessage, "чужое") },
		asked: []any{aCase, aMessage, "чужое"},
	},
	"assignCase": {
		op: entente.OpCase,
		call: func(c *Client) (any, error) {
			return nil, c.AssignCase(ctx, aCase, CaseOwner{entente.Supervisor, "anna.kern"})
		},
		asked: []any{aCase, entente.Supervisor, entente.OfficerID("anna.kern")},
	},
	"correctCase": {
		op: entente.OpCase, call: func(c *Client) (any, error) {
			return nil, c.CorrectCase(ctx, aCase, CaseCorrection{each(full[[]entente.Subject](), PersonOf), "falsch"})
		},
		asked: []any{aCase, full[[]entente.Subject](), "falsch"},
	},
	"closeCase": {
		op: entente.OpCase,
		call: func(c *Client) (any, error) {
			return nil, c.CloseCase(ctx, aCase, full[CaseClosing]())
		},
		asked: []any{aCase, casework.Closing{Outcome: full[CaseClosing]().Outcome, Reason: full[CaseClosing]().Reason, Reopen: full[CaseClosing]().Reopen}},
	},
	"closeCaseUndecided": {
		op: entente.OpCloseUndecided,
		call: func(c *Client) (any, error) {
			return nil, c.CloseCaseUndecided(ctx, aCase, full[CaseOverride]())
		},
		asked: []any{aCase, casework.Closing(full[CaseOverride]())},
	},
	"reopenCase": {
		op: entente.OpCase, call: func(c *Client) (any, error) { return nil, c.ReopenCase(ctx, aCase, "снова") },
		asked: []any{aCase, "снова"},
	},
}

func decided() casework.Decision { return casework.Decision(full[TaskDecision]()) }

func flagged() entente.Flag {
	f := full[NewFlag]()
	return entente.Flag{Kind: f.Kind, Text: f.Text, Source: f.Source, Grade: f.Grade, Message: f.Message}
}
