package scenario_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"entente"
	"entente/api"
	"entente/internal/scenario"
	"entente/internal/testpg"
	"entente/policy"
)

// repeats is Albia with Borea's letter, and officers who do everything twice.
type repeats struct {
	t            *testing.T
	ctx          context.Context
	albia, borea *scenario.Agency
	letter       entente.MessageID
	tokens       map[entente.Role]string
}

func newRepeats(t *testing.T, store func() string) *repeats {
	borea, albia, letter := desksOn(t, store)
	r := &repeats{t: t, ctx: context.Background(), albia: albia, borea: borea, letter: letter, tokens: map[entente.Role]string{}}
	for _, role := range entente.Roles {
		r.tokens[role] = r.signIn(albia, role)
	}
	return r
}

func (r *repeats) signIn(a *scenario.Agency, role entente.Role) string {
	r.t.Helper()
	c, err := api.New(a.Desk, "", nil)
	r.ok(err)
	in, err := c.SignIn(r.ctx, api.SignIn{Officer: a.Officer(role).ID, Password: password})
	r.ok(err)
	return in.Token.Token
}

func (r *repeats) ok(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// withKey sends every request with one key.
type withKey string

func (k withKey) RoundTrip(req *http.Request) (*http.Response, error) {
	if k != "" {
		req.Header.Set(api.KeyHeader, string(k))
	}
	return http.DefaultTransport.RoundTrip(req)
}

// as gives a client of Albia's node; key "": one for each act.
func (r *repeats) as(role entente.Role, key string) *api.Client {
	r.t.Helper()
	c, err := api.New(r.albia.Desk, r.tokens[role], &http.Client{Transport: withKey(key)})
	r.ok(err)
	return c
}

// acts counts the entries of the access log about what changed something.
func (r *repeats) acts() (n int) {
	r.t.Helper()
	r.ok(r.albia.Store.View(r.ctx, func(tx entente.Tx) error {
		head, err := tx.Head(entente.AccessOrigin)
		if err != nil {
			return err
		}
		log, err := tx.AccessLog(0, int(head.Size))
		for _, e := range log {
			if policy.Changes(e.Access.Operation) {
				n++
			}
		}
		return err
	}))
	return n
}

func (r *repeats) update(fn func(entente.Tx) error) {
	r.t.Helper()
	r.ok(r.albia.Store.Update(r.ctx, fn))
}

// Every operation of the interface that changes something, asked four times at
// once with one key: it is done once, each answer is the first answer, and so is
// one that comes later. With another body the key is refused. Where an act may be
// done twice, another key does it again.
func TestRepeatedActs(t *testing.T) {
	for engine, store := range map[string]func() string{"sqlite": func() string { return "" }, "postgres": func() string { return testpg.URL(t) }} {
		t.Run(engine, func(t *testing.T) {
			r := newRepeats(t, store)
			for _, id := range keyedOperations(t) {
				x, ok := repeatable[id]
				if !ok {
					t.Errorf("%s is not tried twice", id)
					continue
				}
				r.try(id, x)
			}
		})
	}
}

func (r *repeats) try(id string, x repeated) {
	r.t.Helper()
	do := x.make(r)
	key := uuid.NewString()
	before := r.acts()
	answers, errs := make([]any, 5), make([]error, 5)
	var all sync.WaitGroup
	for n := range 4 {
		all.Go(func() { answers[n], errs[n] = do(r.as(x.role, key)) })
	}
	all.Wait()
	answers[4], errs[4] = do(r.as(x.role, key))
	for n := range errs {
		if errs[n] != nil || !cmp.Equal(answers[n], answers[0]) {
			r.t.Errorf("%s, request %d: %v\n%s", id, n, errs[n], cmp.Diff(answers[0], answers[n]))
			return
		}
	}
	if n := r.acts() - before; n != 1 {
		r.t.Errorf("%s was done %d times", id, n)
	}
	before = r.acts()
	if _, err := do(r.as(x.role, "")); x.twice && err != nil {
		r.t.Errorf("%s with another key: %v", id, err)
	}
	if n := r.acts() - before; x.twice && n != 1 {
		r.t.Errorf("%s with another key was done %d times", id, n)
	}
	if err := r.as(x.role, key).TakeNote(r.ctx, r.letter); entente.KindOf(err) != entente.Invalid && policy.May(x.role, entente.OpRetry) {
		r.t.Errorf("%s: its key for another act: %v", id, err)
	}
}

// keyedOperations are those of the published document that ask for a key.
func keyedOperations(t *testing.T) (ids []string) {
	t.Helper()
	b, err := os.ReadFile("../../api/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
			Parameters  []struct {
				Name     string
				Required bool
			}
		}
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	for _, methods := range doc.Paths {
		for _, op := range methods {
			for _, p := range op.Parameters {
				if p.Name == api.KeyHeader && p.Required {
					ids = append(ids, op.OperationID)
				}
			}
		}
	}
	if len(ids) < 40 {
		t.Fatalf("only %d operations ask for a key", len(ids))
	}
	return ids
}

// repeated is one operation and how to ask for it: make prepares what it is about.
type repeated struct {
	role  entente.Role
	twice bool // with another key it is done again
	make  func(*repeats) func(*api.Client) (any, error)
}

// none turns a call without an answer into one.
func none(fn func(*api.Client) error) func(*api.Client) (any, error) {
	return func(c *api.Client) (any, error) { return nil, fn(c) }
}

func (r *repeats) note() api.NewDraft {
	return api.NewDraft{To: r.borea.ID, Agreement: "north-star", Statement: api.Content{Kind: entente.KindNote, Purpose: "terrorism-prevention", Re: r.letter, Note: &entente.Note{Text: "We look into it."}}}
}

// draft is a note that an analyst wrote; submitted: and put before a releaser.
func (r *repeats) draft(submitted bool) api.Draft {
	r.t.Helper()
	c := r.as(entente.Analyst, "")
	d, err := c.WriteDraft(r.ctx, r.note())
	r.ok(err)
	if submitted {
		d, err = c.Submit(r.ctx, d.ID, d.Version)
		r.ok(err)
	}
	return d
}

func (r *repeats) openCase() entente.CaseID {
	r.t.Helper()
	c, err := r.as(entente.Analyst, "").OpenCase(r.ctx, api.NewCase{Title: "Harbour", Purpose: "terrorism-prevention", Subjects: []api.Person{mira()}})
	r.ok(err)
	return c.ID
}

func (r *repeats) closedCase() entente.CaseID {
	r.t.Helper()
	id := r.openCase()
	r.ok(r.as(entente.Analyst, "").CloseCase(r.ctx, id, api.CaseClosing{Outcome: entente.Outcomes[0].Outcome, Reason: "Nothing found."}))
	return id
}

func (r *repeats) openWatch() entente.WatchID {
	r.t.Helper()
	w, err := r.as(entente.Analyst, "").OpenWatch(r.ctx, watchFor())
	r.ok(err)
	return w.ID
}

func mira() api.Person { return api.Person{Names: []entente.Name{{Text: "Mira Halvorsen"}}} }

func watchFor() api.NewWatch {
	return api.NewWatch{Subject: mira(), Purpose: "terrorism-prevention", Reason: "Borea asks."}
}

// task is one about a closed file.
func (r *repeats) task() entente.TaskID {
	r.t.Helper()
	id := entente.TaskID(uuid.Must(uuid.NewV7()).String())
	file := r.closedCase()
	r.update(func(tx entente.Tx) error {
		return tx.PutTask(entente.Task{ID: id, Version: 1, Kind: entente.TaskReopen, Case: file, Target: entente.Target{Kind: entente.TargetCase, ID: string(file)}, Owner: entente.Analyst, Opened: scenario.FirstDay, Due: scenario.FirstDay.AddDate(1, 0, 0)})
	})
	return id
}

// fresh is an officer that the operator has asked for.
func (r *repeats) fresh() (entente.OfficerID, entente.Digest) {
	r.t.Helper()
	id := entente.OfficerID("officer-" + strings.ToLower(uuid.NewString()[:8]))
	_, err := r.as(entente.Operator, "").SetOfficer(r.ctx, id, api.OfficerChange{Name: "Nora Lind", Role: entente.Analyst})
	r.ok(err)
	all, err := r.as(entente.Supervisor, "").Officers(r.ctx)
	r.ok(err)
	for _, o := range all {
		if o.ID == id && o.Waiting != nil {
			return id, o.Waiting.Digest
		}
	}
	r.t.Fatal("nothing waits to be confirmed")
	return "", entente.Digest{}
}

func (r *repeats) inADay(days int) time.Time { return scenario.FirstDay.AddDate(0, 0, days) }

// post is a file that Borea packed for Albia.
func (r *repeats) post() []byte {
	r.t.Helper()
	c, err := api.New(r.borea.Desk, r.signIn(r.borea, entente.Operator), nil)
	r.ok(err)
	_, body, err := c.Pack(r.ctx, r.albia.ID, "")
	r.ok(err)
	defer body.Close()
	b, err := io.ReadAll(body)
	r.ok(err)
	return b
}

// dead is a message that was refused for good.
func (r *repeats) dead() entente.MessageID {
	r.t.Helper()
	return r.queued(entente.QueueDead, entente.ReasonExpired)
}

// held is a message to Borea that a level had held and that passes now.
func (r *repeats) held() api.HeldDecision {
	r.t.Helper()
	return api.HeldDecision{Agreement: "north-star", Messages: []entente.MessageID{r.queued(entente.QueueHeld, entente.ReasonLevel)}}
}

// queued is a released message to Borea that never left, in a state of the queue.
func (r *repeats) queued(state entente.QueueState, why entente.Reason) entente.MessageID {
	r.t.Helper()
	r.borea.Stop()
	d := r.draft(true)
	c := r.as(entente.Releaser, "")
	p, err := c.Draft(r.ctx, d.ID)
	r.ok(err)
	_, err = c.Release(r.ctx, d.ID, *p.Digest)
	r.ok(err)
	r.update(func(tx entente.Tx) error {
		q, err := tx.Queued(d.ID)
		if err != nil {
			return err
		}
		q.State, q.Why, q.Since = state, why, scenario.FirstDay
		return tx.SetQueued(q)
	})
	r.ok(r.borea.Start(r.ctx))
	return d.ID
}

func (r *repeats) clearing() entente.ClearingID {
	r.t.Helper()
	id := entente.ClearingID(uuid.Must(uuid.NewV7()).String())
	file := r.openCase()
	r.update(func(tx entente.Tx) error {
		return tx.PutClearing(entente.Clearing{ID: id, Target: entente.Target{Kind: entente.TargetCase, ID: string(file)}, At: scenario.FirstDay, By: "x", Reason: "x"})
	})
	return id
}

func reader(b []byte) io.Reader { return bytes.NewReader(b) }
