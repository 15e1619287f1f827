package sqlstore

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"entente"
)

// planner runs queries and writes down how SQLite means to find the rows.
type planner struct {
	*liteConn
	plans []string
}

func (p *planner) query(ctx context.Context, query string, args []any) (*sql.Rows, error) {
	rows, err := p.liteConn.query(ctx, "explain query plan "+query, args)
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			return nil, err
		}
		p.plans = append(p.plans, detail)
	}
	rows.Close()
	return p.liteConn.query(ctx, query, args)
}

// What grows for years is never read through or sorted to find a few rows.
func TestQueriesUseIndexes(t *testing.T) {
	e, _ := lite(t)
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
		"AccessLog":            func(x entente.Tx) (any, error) { return some(x.AccessLog(0, 10)) },
		"AccessLog, page":      func(x entente.Tx) (any, error) { return some(x.AccessLog(7, 10)) },
		"Setting":              func(x entente.Tx) (any, error) { return some(x.Setting("k")) },
	}
	// Read through in order and only as far as the limit: a page of the newest.
	inOrder := map[string]string{"Messages": "message", "AccessLog": "access"}
	// Sorted, but few: the files of one message, the messages of some threads,
	// the refusals of one envelope.
	few := map[string]bool{"Attachments, message": true, "Attachments, draft": true, "AttachmentsOf": true, "Refusal": true}
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
