package sqlstore

import (
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"entente"
)

// planner runs queries and writes down how SQLite means to find the rows.
type planner struct {
	*liteConn
	plans []string
}

func (p *planner) query(ctx context.Context, query string, args []any) (*sql.Rows, error) {
	if err := p.plan(ctx, query, args); err != nil {
		return nil, err
	}
	return p.liteConn.query(ctx, query, args)
}

// exec writes nothing.
func (p *planner) exec(ctx context.Context, query string, args []any) (int64, error) {
	return 1, p.plan(ctx, query, args)
}

func (p *planner) plan(ctx context.Context, query string, args []any) error {
	rows, err := p.liteConn.query(ctx, "explain query plan "+query, args)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			return err
		}
		p.plans = append(p.plans, detail)
	}
	return rows.Err()
}

// What grows for years is never read through or sorted to find a few rows.
func TestQueriesUseIndexes(t *testing.T) {
	e, _ := lite(t)
	target := entente.Target{Kind: entente.TargetWatch, ID: "w"}
	queries := map[string]func(entente.Tx) (any, error){
		"Party":             func(x entente.Tx) (any, error) { return some(x.Party("p")) },
		"Agreement":         func(x entente.Tx) (any, error) { return some(x.Agreement("a", 1)) },
		"Agreement, newest": func(x entente.Tx) (any, error) { return some(x.Agreement("a", 0)) },
		"Draft":             func(x entente.Tx) (any, error) { return some(x.Draft("d")) },
		"Message":           func(x entente.Tx) (any, error) { return some(x.Message("m")) },
		"MessageWith":       func(x entente.Tx) (any, error) { return some(x.MessageWith("p", "m")) },
		"Refusal":           func(x entente.Tx) (any, error) { return some(x.Refusal(entente.Digest{1})) },
		"Messages":          func(x entente.Tx) (any, error) { return some(x.Messages(entente.MessageQuery{})) },
		"Messages, page":    func(x entente.Tx) (any, error) { return some(x.Messages(entente.MessageQuery{Before: "m"})) },
		"Messages of a way": func(x entente.Tx) (any, error) { return some(x.Messages(entente.MessageQuery{Direction: "in"})) },
		"Messages of a kind": func(x entente.Tx) (any, error) {
			return some(x.Messages(entente.MessageQuery{Direction: "in", Kinds: []entente.Kind{"tip"}}))
		},
		"Messages of kinds": func(x entente.Tx) (any, error) {
			return some(x.Messages(entente.MessageQuery{Direction: "in", Kinds: []entente.Kind{"tip", "note"}, Before: "m"}))
		},
		"Messages of partner": func(x entente.Tx) (any, error) { return some(x.Messages(entente.MessageQuery{Partner: "p"})) },
		"Messages, agreement": func(x entente.Tx) (any, error) {
			return some(x.Messages(entente.MessageQuery{Agreement: "a", Before: "m"}))
		},
		"Threads":              func(x entente.Tx) (any, error) { return some(x.Threads([]entente.MessageID{"m", "n"})) },
		"Assessment":           func(x entente.Tx) (any, error) { return some(x.Assessment("m")) },
		"Receipt":              func(x entente.Tx) (any, error) { return some(x.Receipt("m")) },
		"Refusals":             func(x entente.Tx) (any, error) { return some(x.Refusals("out", 10)) },
		"Head":                 func(x entente.Tx) (any, error) { return some(x.Head("o")) },
		"Hashes":               func(x entente.Tx) (any, error) { return some(x.Hashes("o", []int64{1, 2})) },
		"Records":              func(x entente.Tx) (any, error) { return some(x.Records("o", 1, 2)) },
		"Append":               func(x entente.Tx) (any, error) { return none(x.Append("o", 9, nil, 9, nil)) },
		"Queue":                func(x entente.Tx) (any, error) { return some(x.Queue("p", 1)) },
		"Attachment":           func(x entente.Tx) (any, error) { return some(x.Attachment("h")) },
		"AttachmentsOf":        func(x entente.Tx) (any, error) { return some(x.AttachmentsOf(entente.Digest{1})) },
		"Attachments, message": func(x entente.Tx) (any, error) { return some(x.Attachments("m", "")) },
		"Attachments, draft":   func(x entente.Tx) (any, error) { return some(x.Attachments("", "d")) },
		"Piece":                func(x entente.Tx) (any, error) { return some(x.Piece("h", 1)) },
		"Session":              func(x entente.Tx) (any, error) { return some(x.Session(entente.Digest{1})) },
		"Fleeting":             func(x entente.Tx) (any, error) { return some(x.Fleeting(entente.Digest{1})) },
		"CountFleeting":        func(x entente.Tx) (any, error) { return some(x.CountFleeting("k", entente.Digest{1})) },
		"SweepFleeting":        func(x entente.Tx) (any, error) { return none(x.SweepFleeting("k", time.Now(), 7)) },
		"Deed":                 func(x entente.Tx) (any, error) { return some(x.Deed(entente.Digest{1}, 2)) },
		"DropDeeds":            func(x entente.Tx) (any, error) { return some(x.DropDeeds(time.Now(), 10)) },
		"AccessLog":            func(x entente.Tx) (any, error) { return some(x.AccessLog(0, 10)) },
		"AccessLog, page":      func(x entente.Tx) (any, error) { return some(x.AccessLog(7, 10)) },
		"AccessTo":             func(x entente.Tx) (any, error) { return some(x.AccessTo("case c", 0, 10)) },
		"AccessTo, page":       func(x entente.Tx) (any, error) { return some(x.AccessTo("case c", 7, 10)) },
		"Holding":              func(x entente.Tx) (any, error) { return some(x.Holding("h")) },
		"Holdings":             func(x entente.Tx) (any, error) { return some(x.Holdings(entente.HoldingQuery{})) },
		"Holdings, page": func(x entente.Tx) (any, error) {
			return some(x.Holdings(entente.HoldingQuery{Live: true, After: "h"}))
		},
		"Holdings of a source": func(x entente.Tx) (any, error) {
			return some(x.Holdings(entente.HoldingQuery{Source: "s", Live: true, After: "h"}))
		},
		"Holdings of an edition": func(x entente.Tx) (any, error) {
			return some(x.Holdings(entente.HoldingQuery{Source: "s", At: time.Now(), After: "h"}))
		},
		"Editions":      func(x entente.Tx) (any, error) { return some(x.Editions("s")) },
		"Editions, all": func(x entente.Tx) (any, error) { return some(x.Editions("")) },
		"Aside":         func(x entente.Tx) (any, error) { return some(x.Aside("s", 1)) },
		"Event":         func(x entente.Tx) (any, error) { return some(x.Event("e")) },
		"Events": func(x entente.Tx) (any, error) {
			return some(x.Events(entente.EventQuery{Since: time.Now(), After: "e"}))
		},
		"DropEvents":      func(x entente.Tx) (any, error) { return some(x.DropEvents(time.Now(), 10)) },
		"PutFeeding":      func(x entente.Tx) (any, error) { return none(x.PutFeeding(entente.Feeding{ID: "f"}, nil)) },
		"Feedings":        func(x entente.Tx) (any, error) { return some(x.Feedings(10)) },
		"FeedAside":       func(x entente.Tx) (any, error) { return some(x.FeedAside("f")) },
		"Watch":           func(x entente.Tx) (any, error) { return some(x.Watch("w")) },
		"Watches":         func(x entente.Tx) (any, error) { return some(x.Watches(false)) },
		"Watches, active": func(x entente.Tx) (any, error) { return some(x.Watches(true)) },
		"PutCase":         func(x entente.Tx) (any, error) { return none(x.PutCase(entente.Case{ID: "c", Version: 1})) },
		"Case":            func(x entente.Tx) (any, error) { return some(x.Case("c")) },
		"Cases":           func(x entente.Tx) (any, error) { return some(x.Cases(entente.CaseQuery{})) },
		"Cases, state":    func(x entente.Tx) (any, error) { return some(x.Cases(entente.CaseQuery{State: entente.CaseOpen})) },
		"Cases, message":  func(x entente.Tx) (any, error) { return some(x.Cases(entente.CaseQuery{Message: "m"})) },
		"AddEntry":        func(x entente.Tx) (any, error) { return some(x.AddEntry(entente.Entry{Case: "c"})) },
		"Entries":         func(x entente.Tx) (any, error) { return some(x.Entries("c")) },
		"Flags":           func(x entente.Tx) (any, error) { return some(x.Flags("c")) },
		"PutHit":          func(x entente.Tx) (any, error) { return some(x.PutHit(entente.Hit{ID: "h"})) },
		"SetHit":          func(x entente.Tx) (any, error) { return none(x.SetHit(entente.Hit{ID: "h"})) },
		"Hit":             func(x entente.Tx) (any, error) { return some(x.Hit("h")) },
		"Hits":            func(x entente.Tx) (any, error) { return some(x.Hits(entente.HitQuery{})) },
		"Hits, tasks":     func(x entente.Tx) (any, error) { return some(x.Hits(entente.HitQuery{Tasks: true})) },
		"Hits, task":      func(x entente.Tx) (any, error) { return some(x.Hits(entente.HitQuery{Task: "t"})) },
		"Hits, event":     func(x entente.Tx) (any, error) { return some(x.Hits(entente.HitQuery{Event: "e"})) },
		"Hits, events": func(x entente.Tx) (any, error) {
			return some(x.Hits(entente.HitQuery{Events: []entente.EventID{"e", "f"}, Tasks: true}))
		},
		"Hits, message":  func(x entente.Tx) (any, error) { return some(x.Hits(entente.HitQuery{Message: "m"})) },
		"Hits, target":   func(x entente.Tx) (any, error) { return some(x.Hits(entente.HitQuery{Target: target})) },
		"Clearing":       func(x entente.Tx) (any, error) { return some(x.Clearing("c")) },
		"Clearings":      func(x entente.Tx) (any, error) { return some(x.Clearings(target)) },
		"Clearings, all": func(x entente.Tx) (any, error) { return some(x.Clearings(entente.Target{})) },
		"Task":           func(x entente.Tx) (any, error) { return some(x.Task("t")) },
		"Tasks":          func(x entente.Tx) (any, error) { return some(x.Tasks(entente.TaskQuery{})) },
		"Tasks, open":    func(x entente.Tx) (any, error) { return some(x.Tasks(entente.TaskQuery{Open: true})) },
		"Tasks, kind": func(x entente.Tx) (any, error) {
			return some(x.Tasks(entente.TaskQuery{Open: true, Kind: entente.TaskHit}))
		},
		"Tasks, owner": func(x entente.Tx) (any, error) {
			return some(x.Tasks(entente.TaskQuery{Open: true, Owner: entente.Analyst}))
		},
		"Tasks, target": func(x entente.Tx) (any, error) { return some(x.Tasks(entente.TaskQuery{Open: true, Target: target})) },
		"Tasks, case":   func(x entente.Tx) (any, error) { return some(x.Tasks(entente.TaskQuery{Open: true, Case: "c"})) },
		"Tasks, due":    func(x entente.Tx) (any, error) { return some(x.Tasks(entente.TaskQuery{Open: true, Due: time.Now()})) },
		"Unscreened":    func(x entente.Tx) (any, error) { return some(x.Unscreened(10)) },
		"LookBacks":     func(x entente.Tx) (any, error) { return some(x.LookBacks("p", 10)) },
		"DropLookBacks": func(x entente.Tx) (any, error) { return none(x.DropLookBacks("p")) },
		"Setting":       func(x entente.Tx) (any, error) { return some(x.Setting("k")) },
	}
	// Read through in order and only as far as the limit: a page of the newest.
	inOrder := map[string]string{
		"Messages": "message", "AccessLog": "access", "Holdings": "holding", "Feedings": "feeding", "Watches": "watch", "Watches, active": "watch", "Cases": "casefile",
		"Hits": "hit", "Hits, tasks": "hit", "Clearings, all": "clearing", "Tasks": "task", "Tasks, open": "task", "Unscreened": "unscreened",
	}
	// Sorted, but few: the files of one message, the messages of some threads,
	// the refusals of one envelope, the cases of one message, the hits of some events.
	few := map[string]bool{"Cases, message": true, "Hits, events": true, "Attachments, message": true, "Attachments, draft": true, "AttachmentsOf": true, "Refusal": true}
	for name, ask := range queries {
		r := <-e.readers
		p := &planner{liteConn: r}
		if _, err := ask(&tx{ctx: t.Context(), run: p}); err != nil && entente.KindOf(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
		e.readers <- r
		if len(p.plans) == 0 {
			t.Errorf("%s asked nothing", name)
		}
		for _, plan := range p.plans {
			scans := strings.HasPrefix(plan, "SCAN ") && !strings.HasPrefix(plan, "SCAN CONSTANT") && !strings.HasPrefix(plan, "SCAN "+inOrder[name]+" ") && plan != "SCAN "+inOrder[name]
			if sorts := strings.Contains(plan, "TEMP B-TREE"); scans || sorts && !few[name] {
				t.Errorf("%s: %s", name, plan)
			}
		}
	}
}
