package sqlstore

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"entente"
	"entente/internal/testpg"
)

// doing is one call of a Tx: what it answers, and how.
type doing func(entente.Tx) (any, error)

// TestEnginesAnswerAlike runs the same calls, drawn at random from a world so
// small that they meet, on both engines: every answer must be the same.
func TestEnginesAnswerAlike(t *testing.T) {
	lite, err := openSQLite(t.Context(), filepath.Join(t.TempDir(), "entente.db"), service...)
	if err != nil {
		t.Fatal(err)
	}
	defer lite.close()
	pg, err := openPostgres(t.Context(), testpg.URL(t))
	if err != nil {
		t.Fatal(err)
	}
	defer pg.close()
	rapid.Check(t, func(r *rapid.T) {
		for _, e := range []engine{lite, pg} {
			if err := e.Update(t.Context(), clear); err != nil {
				r.Fatal(err)
			}
		}
		role := rapid.IntRange(0, roles-1).Draw(r, "role")
		for range rapid.IntRange(1, 6).Draw(r, "transactions") {
			calls := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) doing { return draw(r, role) }), 1, 12).Draw(r, "calls")
			keep := rapid.Bool().Draw(r, "keep")
			a, b := answers(t, lite, calls, keep), answers(t, pg, calls, keep)
			if d := cmp.Diff(a, b, cmpopts.EquateEmpty()); d != "" {
				r.Fatalf("SQLite (-) and PostgreSQL (+) answer differently:\n%s", d)
			}
		}
	})
}

func clear(x entente.Tx) error {
	for _, table := range allTables() {
		if err := x.(*tx).do("delete from " + table); err != nil {
			return err
		}
	}
	return nil
}

// written is a value in words, with what its pointers point at.
func written(t *testing.T, v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// answers makes the calls in one Update, which is kept or not, and writes down
// what each answered.
func answers(t *testing.T, e engine, calls []doing, keep bool) []string {
	var said []string
	gone := errors.New("not kept")
	err := e.Update(t.Context(), func(x entente.Tx) error {
		said = nil
		for _, call := range calls {
			v, err := call(x)
			if err != nil && entente.KindOf(err) == nil {
				return err
			}
			said = append(said, written(t, v)+fmt.Sprintf(", %v", err))
		}
		if !keep {
			return gone
		}
		return nil
	})
	if err != nil && err != gone {
		t.Errorf("%s: %v", e.name(), err)
	}
	return said
}

func none(err error) (any, error) { return nil, err }

func some[T any](v T, err error) (any, error) { return v, err }

// roles is the number of roles that draw knows.
const roles = 10

// draw makes a call of one role of a Tx, with arguments out of three or four of each.
func draw(r *rapid.T, role int) doing {
	n := func(label string, max int) int { return rapid.IntRange(0, max).Draw(r, label) }
	id := entente.MessageID(fmt.Sprint("message ", n("message", 3)))
	party := rapid.SampledFrom([]entente.PartyID{"borea-sls", "Borea", "cadia_gd", ""}).Draw(r, "party")
	when := time.Time{}
	if s := n("time", 4); s > 0 {
		when = time.Unix(1300000000+int64(s), 0).UTC()
	}
	kind := rapid.SampledFrom([]entente.Kind{entente.KindTip, entente.KindNote}).Draw(r, "kind")
	way := rapid.SampledFrom([]entente.Direction{entente.Incoming, entente.Outgoing}).Draw(r, "direction")
	reason := rapid.SampledFrom([]entente.Reason{entente.ReasonBusy, entente.ReasonScope}).Draw(r, "reason")
	text := rapid.SampledFrom([]string{"", "а", "é ", "'; drop table message; --", "\U0001f642"}).Draw(r, "text")
	target := entente.Target{Kind: entente.TargetKind(text), ID: string(id)}
	if n("no target", 3) == 0 {
		target = entente.Target{}
	}
	owner := rapid.SampledFrom([]entente.Role{entente.Analyst, entente.Supervisor}).Draw(r, "owner")
	small, digest := n("number", 4), entente.Digest{byte(n("digest", 2))}
	calls := [roles][]doing{
		{
			func(x entente.Tx) (any, error) {
				return none(x.PutDraft(entente.Draft{ID: id, Version: small, State: entente.DraftOpen, Author: entente.OfficerID(text), Changed: when}))
			},
			func(x entente.Tx) (any, error) { return some(x.Draft(id)) },
			func(x entente.Tx) (any, error) {
				return some(x.Drafts(entente.DraftQuery{Author: entente.OfficerID(text)}))
			},
		},
		{
			func(x entente.Tx) (any, error) {
				f := entente.Filed{Direction: way, Thread: id, At: when, Digest: digest, Payload: fmt.Appendf(nil, `{"kind":%q}`, kind)}
				f.Message.Header = entente.Header{ID: id, From: party, To: party}
				f.Message.Statement.Kind = kind
				return none(x.PutMessage(f))
			},
			func(x entente.Tx) (any, error) { return some(x.Message(id)) },
			func(x entente.Tx) (any, error) {
				return some(x.Messages(entente.MessageQuery{Direction: way, Kinds: []entente.Kind{kind}, Partner: party, Before: id, Limit: small}))
			},
			func(x entente.Tx) (any, error) { return some(x.Threads([]entente.MessageID{id, "message 0"})) },
			func(x entente.Tx) (any, error) {
				return none(x.PutAssessment(entente.Assessment{Message: id, Version: small, Text: text, Changed: when}))
			},
			func(x entente.Tx) (any, error) { return some(x.Assessment(id)) },
			func(x entente.Tx) (any, error) { return some(x.Unscreened(small)) },
			func(x entente.Tx) (any, error) { return none(x.Screened(id)) },
		},
		{
			func(x entente.Tx) (any, error) {
				return none(x.PutReceipt(id, entente.Receipt{Seq: int64(small), At: when, Text: []byte(text)}))
			},
			func(x entente.Tx) (any, error) { return some(x.Receipt(id)) },
			func(x entente.Tx) (any, error) {
				return none(x.PutRefusal(way, entente.Refusal{Message: id, Envelope: digest, Reason: reason, At: when, Text: []byte(text)}))
			},
			func(x entente.Tx) (any, error) { return some(x.Refusal(digest)) },
			func(x entente.Tx) (any, error) { return some(x.Refusals(way, small)) },
		},
		{
			func(x entente.Tx) (any, error) {
				return none(x.Append(text, int64(small), []entente.Digest{digest, digest}, int64(small), []entente.Digest{digest, digest}))
			},
			func(x entente.Tx) (any, error) { return some(x.Hashes(text, []int64{int64(small), 0})) },
			func(x entente.Tx) (any, error) { return some(x.Records(text, int64(small), 3)) },
			func(x entente.Tx) (any, error) {
				return none(x.PutHead(entente.LedgerHead{Origin: text, Size: int64(small), Cosigned: []byte(text)}))
			},
			func(x entente.Tx) (any, error) { return some(x.Heads()) },
		},
		{
			func(x entente.Tx) (any, error) {
				return none(x.Enqueue(entente.QueueItem{Message: id, Partner: party, Channel: entente.Channel{From: party}, Seq: int64(small), Queued: when}))
			},
			func(x entente.Tx) (any, error) { return some(x.Queue(party, small)) },
			func(x entente.Tx) (any, error) { return none(x.Dequeue(id)) },
			func(x entente.Tx) (any, error) {
				return none(x.SetQueued(entente.QueueItem{Message: id, Partner: party, State: entente.QueuePutOff, Why: reason, Since: when, Again: when}))
			},
			func(x entente.Tx) (any, error) { return some(x.DeadLetters()) },
			func(x entente.Tx) (any, error) { return some(x.QueuedAs(entente.QueuePutOff, party)) },
			func(x entente.Tx) (any, error) {
				return none(x.PutGaps([]entente.Gap{{Origin: text, Seq: int64(small), State: entente.GapPutOff, Why: reason, Since: when}}))
			},
			func(x entente.Tx) (any, error) { return some(x.Gap(text, int64(small))) },
			func(x entente.Tx) (any, error) { return some(x.Gaps(text, int64(small), small)) },
			func(x entente.Tx) (any, error) { return none(x.DropGap(text, int64(small))) },
			func(x entente.Tx) (any, error) { return some(x.Due(party, when, small)) },
			func(x entente.Tx) (any, error) {
				return none(x.PutLine(entente.Line{Partner: party, NextTry: when, Attempts: small, LastError: text}))
			},
			func(x entente.Tx) (any, error) { return some(x.Lines()) },
			func(x entente.Tx) (any, error) {
				return some(x.Lease(party, text, time.Unix(1300000000+int64(small), 0), when))
			},
		},
		{
			func(x entente.Tx) (any, error) {
				return none(x.PutAttachment(entente.AttachmentRecord{Handle: text, Digest: digest, Held: int64(small), Message: id, Complete: when}))
			},
			func(x entente.Tx) (any, error) {
				return none(x.AppendPiece(text, int64(small), []byte("ab")[:small%3]))
			},
			func(x entente.Tx) (any, error) { return some(x.Piece(text, int64(small))) },
			func(x entente.Tx) (any, error) { return none(x.DropAttachment(text)) },
			func(x entente.Tx) (any, error) { return some(x.Attachments("", "")) },
			func(x entente.Tx) (any, error) { return some(x.AttachmentsOf(digest)) },
		},
		{
			func(x entente.Tx) (any, error) {
				return none(x.PutSession(entente.Session{Token: digest, Officer: entente.OfficerID(text), Expires: when}))
			},
			func(x entente.Tx) (any, error) { return some(x.Session(digest)) },
			func(x entente.Tx) (any, error) { return none(x.DropSessions(entente.OfficerID(text), when)) },
			func(x entente.Tx) (any, error) {
				return none(x.PutFleeting(entente.Fleeting{Key: digest, Kind: text, Data: digest[:small], Expires: when}))
			},
			func(x entente.Tx) (any, error) { return some(x.Fleeting(digest)) },
			func(x entente.Tx) (any, error) { return some(x.CountFleeting(text, entente.Digest{})) },
			func(x entente.Tx) (any, error) { return none(x.SweepFleeting(text, when, small)) },
			func(x entente.Tx) (any, error) {
				return none(x.PutAccess(int64(small), []byte("{}"), entente.Access{Object: text}))
			},
			func(x entente.Tx) (any, error) { return some(x.AccessLog(int64(small), small)) },
			func(x entente.Tx) (any, error) { return some(x.AccessTo(text, int64(small), small)) },
			func(x entente.Tx) (any, error) { return none(x.PutSetting(text, digest[:])) },
			func(x entente.Tx) (any, error) { return some(x.Setting(text)) },
		},
		{
			func(x entente.Tx) (any, error) {
				h := entente.Holding{ID: entente.HoldingID(text), Source: entente.SourceID(party), Since: when, Changed: time.Unix(1300000000+int64(small), 0).UTC()}
				return none(x.PutHoldings([]entente.Holding{h, {ID: entente.HoldingID(party), Removed: when}, {ID: h.ID, Source: h.Source, Changed: when}}[small%3:]))
			},
			func(x entente.Tx) (any, error) {
				return some(x.Holdings(entente.HoldingQuery{Source: entente.SourceID(party), Live: small > 2, At: when, After: entente.HoldingID(text), Limit: small}))
			},
			func(x entente.Tx) (any, error) {
				return none(x.PutEdition(entente.Edition{Source: entente.SourceID(party), Number: small, At: when}, []entente.SetAside{{Where: text}, {Where: "b"}}[small%3%2:]))
			},
			func(x entente.Tx) (any, error) { return some(x.Editions(entente.SourceID(party))) },
			func(x entente.Tx) (any, error) { return some(x.Editions("")) },
			func(x entente.Tx) (any, error) { return some(x.Aside(entente.SourceID(party), small)) },
			func(x entente.Tx) (any, error) {
				return none(x.PutFeeding(entente.Feeding{ID: text, At: when, Read: small}, []entente.SetAside{{Where: text}, {Where: "b"}}[small%3%2:]))
			},
			func(x entente.Tx) (any, error) { return some(x.Feedings(small)) },
			func(x entente.Tx) (any, error) { return some(x.FeedAside(text)) },
		},
		{
			func(x entente.Tx) (any, error) {
				e := entente.TravelEvent{ID: entente.EventID(text), Reference: string(id)}
				return some(x.PutEvents(when, []entente.TravelEvent{{ID: entente.EventID(id)}, e, {ID: e.ID}}))
			},
			func(x entente.Tx) (any, error) { return some(x.Event(entente.EventID(text))) },
			func(x entente.Tx) (any, error) { return some(x.DropEvents(when, 0)) },
			func(x entente.Tx) (any, error) {
				return some(x.PutHit(entente.Hit{ID: entente.HitID(id), Target: target, Sighting: entente.Sighting{Event: entente.EventID(text)}, At: when, Task: entente.TaskID(party)}))
			},
			func(x entente.Tx) (any, error) {
				return none(x.SetHit(entente.Hit{ID: entente.HitID(id), Target: target, Sighting: entente.Sighting{Event: entente.EventID(text)}, At: when, Task: entente.TaskID(party)}))
			},
			func(x entente.Tx) (any, error) {
				return some(x.Hits(entente.HitQuery{Target: target, Tasks: small > 2, Event: entente.EventID(text), Task: entente.TaskID(party), Limit: small}))
			},
			func(x entente.Tx) (any, error) { return some(x.Hits(entente.HitQuery{})) },
			func(x entente.Tx) (any, error) {
				return none(x.PutClearing(entente.Clearing{ID: entente.ClearingID(id), Target: target, At: when, Reason: text}))
			},
			func(x entente.Tx) (any, error) { return some(x.Clearings(target)) },
		},
		{
			func(x entente.Tx) (any, error) {
				w := entente.Watch{ID: entente.WatchID(id), Version: small, Opened: when}
				if small > 1 {
					w.Ended = &entente.Ending{Reason: text}
				}
				return none(x.PutWatch(w))
			},
			func(x entente.Tx) (any, error) { return some(x.Watches(small > 1)) },
			func(x entente.Tx) (any, error) {
				return none(x.PutCase(entente.Case{ID: entente.CaseID(id), Version: small, State: entente.CaseOpen, Messages: []entente.MessageID{entente.MessageID(text), id, id}}))
			},
			func(x entente.Tx) (any, error) {
				return some(x.Cases(entente.CaseQuery{State: entente.CaseOpen, Message: entente.MessageID(text)}))
			},
			func(x entente.Tx) (any, error) {
				return some(x.AddEntry(entente.Entry{Case: entente.CaseID(id), Text: text}))
			},
			func(x entente.Tx) (any, error) { return some(x.Entries(entente.CaseID(id))) },
			func(x entente.Tx) (any, error) {
				return none(x.PutFlag(entente.Flag{ID: entente.FlagID(text), Case: entente.CaseID(id), At: when}))
			},
			func(x entente.Tx) (any, error) { return some(x.Flags(entente.CaseID(id))) },
			func(x entente.Tx) (any, error) {
				k := entente.Task{ID: entente.TaskID(id), Version: small, Target: target, Owner: owner, Case: entente.CaseID(text), Due: when}
				if small > 1 {
					k.Seen = &entente.Act{}
				}
				if small > 2 {
					k.Decided = &entente.Verdict{}
				}
				return none(x.PutTask(k))
			},
			func(x entente.Tx) (any, error) {
				return some(x.Tasks(entente.TaskQuery{Open: small > 1, Owner: owner, Target: target, Due: when, Limit: small}))
			},
			func(x entente.Tx) (any, error) {
				return some(x.Tasks(entente.TaskQuery{Case: entente.CaseID(text)}))
			},
			func(x entente.Tx) (any, error) { return none(x.Screened(id)) },
			func(x entente.Tx) (any, error) { return some(x.Unscreened(small)) },
		},
	}[role]
	return rapid.SampledFrom(calls).Draw(r, "call")
}
