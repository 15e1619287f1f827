package scenario_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"entente"
	"entente/internal/scenario"
)

// Whatever happened between two agencies, in whatever order – outages of 3 and of 40
// days, restarts, post that a courier brought early, late, twice or never – in the
// end both find that the same is owed, in the same states, with the same times.
func TestDutiesAgree(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			w := newWeather(t, seed)
			for range 40 {
				w.step()
			}
			w.calm()
		})
	}
}

// weather is two agencies to which things happen.
type weather struct {
	*testing.T
	random *rand.Rand
	clock  *scenario.Clock
	pair   [2]*scenario.Agency
	up     [2]bool
	post   [2][][]byte // files for an agency that a courier has not delivered yet
	tips   [2][]entente.MessageID
	said   int
}

func newWeather(t *testing.T, seed uint64) *weather {
	w := &weather{T: t, random: rand.New(rand.NewPCG(seed, 1)), clock: scenario.NewClock(scenario.FirstDay)}
	for i, setup := range []scenario.Setup{scenario.Albia, scenario.Borea} {
		setup.Dir = t.TempDir()
		a, err := scenario.New(t.Context(), w.clock, setup)
		w.ok(err)
		t.Cleanup(func() { a.Close() })
		w.pair[i], w.up[i] = a, true
	}
	w.ok(scenario.Introduce(t.Context(), w.pair[0], w.pair[1]))
	text := bytes.Replace(scenario.NorthStar, []byte("dispose = \"30d\""), []byte("dispose = \"30d\"\ncourier = \"7d\""), 1)
	if bytes.Equal(text, scenario.NorthStar) {
		t.Fatal("the agreement has no clause on couriers")
	}
	_, err := scenario.Agree(t.Context(), text, w.pair[0], w.pair[1])
	w.ok(err)
	for _, a := range w.pair {
		w.ok(a.Start(t.Context()))
	}
	return w
}

func (w *weather) ok(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *weather) step() {
	i := w.random.IntN(2)
	a := w.pair[i]
	switch n := w.random.IntN(12); {
	case n == 0:
		w.turn(i, !w.up[i])
	case n == 1:
		w.wait([]time.Duration{time.Hour, 25 * time.Hour, 72 * time.Hour, 960 * time.Hour}[w.random.IntN(4)])
	case n == 2:
		w.wait(20 * time.Minute)
	case !w.up[i]:
		w.wait(time.Minute)
	case n <= 4:
		w.tip(i)
	case n <= 6:
		w.acknowledge(i)
	case n <= 8:
		w.dispose(i)
	case n == 9:
		var out bytes.Buffer
		_, err := a.Node.Outbox.Pack(w.Context(), a.Officer(entente.Operator), w.pair[1-i].ID, &out)
		w.ok(err)
		w.post[1-i] = append(w.post[1-i], out.Bytes())
	case n == 10:
		w.unpack(i)
	default:
		until := w.now(i)
		w.ok(a.Node.Outbox.DeclareOutage(w.Context(), a.Officer(entente.Supervisor), "north-star", "", until.Add(-time.Duration(w.random.IntN(1000))*time.Hour), until))
	}
}

func (w *weather) now(i int) time.Time { return w.clock.Now().Add(w.pair[i].Skew) }

func (w *weather) wait(d time.Duration) {
	w.clock.Advance(d)
	for i, a := range w.pair {
		if w.up[i] {
			a.Node.Outbox.Wake()
		}
	}
	time.Sleep(time.Duration(w.random.IntN(30)) * time.Millisecond) // for what is under way
}

func (w *weather) turn(i int, on bool) {
	if w.up[i] = on; !on {
		w.pair[i].Stop()
		return
	}
	w.ok(w.pair[i].Start(w.Context()))
}

func (w *weather) tip(i int) {
	a, precedence := w.pair[i], entente.Precedences[w.random.IntN(4)]
	author, out := a.Officer(entente.Analyst), a.Node.Outbox
	w.said++
	d, err := out.Write(w.Context(), author, entente.Draft{To: w.pair[1-i].ID, Agreement: "north-star", Statement: entente.Statement{
		Kind: entente.KindTip, Purpose: "terrorism-prevention", Precedence: precedence,
		Tip: &entente.Tip{Category: "attack-planning", Title: fmt.Sprint("Tip ", w.said), Text: "A van.", Provenance: entente.Provenance{Attestation: "lawful"}},
	}})
	w.ok(err)
	d, err = out.Submit(w.Context(), author, d.ID, d.Version)
	w.ok(err)
	_, err = out.Release(w.Context(), a.Officer(entente.Releaser), d.ID, d.Digest())
	w.ok(err)
	w.tips[1-i] = append(w.tips[1-i], d.ID)
}

// of picks a tip to an agency that may be there; empty: none is.
func (w *weather) of(i int) entente.MessageID {
	if len(w.tips[i]) == 0 {
		return ""
	}
	return w.tips[i][w.random.IntN(len(w.tips[i]))]
}

func (w *weather) acknowledge(i int) {
	a := w.pair[i]
	if id := w.of(i); id != "" {
		w.unless(entente.NotFound, a.Node.Desk.Acknowledge(w.Context(), a.Officer(entente.Analyst), id))
	}
}

func (w *weather) dispose(i int) {
	a := w.pair[i]
	if id := w.of(i); id != "" {
		outcome := entente.Outcomes[w.random.IntN(len(entente.Outcomes))].Outcome
		_, _, err := a.Node.Desk.Dispose(w.Context(), a.Officer(entente.Analyst), id, entente.Disposition{Outcome: outcome, Reason: "Looked into."})
		w.unless(entente.NotFound, err)
	}
}

// unless fails for any error that is not of a kind.
func (w *weather) unless(kind, err error) {
	w.Helper()
	if err != nil && !errors.Is(err, kind) {
		w.Fatal(err)
	}
}

// unpack has a courier deliver a file, not always the oldest, and not always once.
func (w *weather) unpack(i int) {
	if len(w.post[i]) == 0 {
		return
	}
	n := w.random.IntN(len(w.post[i]))
	b := w.post[i][n]
	if w.random.IntN(3) > 0 {
		w.post[i] = append(w.post[i][:n], w.post[i][n+1:]...)
	}
	a := w.pair[i]
	_, _, err := a.Node.Inbox.Unpack(w.Context(), a.Officer(entente.Operator), bytes.NewReader(b), int64(len(b)))
	w.ok(err)
}

// calm lets everything arrive, and compares.
func (w *weather) calm() {
	for i := range w.pair {
		if !w.up[i] {
			w.turn(i, true)
		}
	}
	for range 3 {
		w.wait(20 * time.Minute)
		w.ok(scenario.Until(w.Context(), "every queue is empty", func() (bool, error) {
			for _, a := range w.pair {
				st, err := a.Node.Outbox.State(w.Context(), a.Officer(entente.Operator))
				if err != nil || len(st.Waiting) > 0 {
					return false, err
				}
			}
			return true, nil
		}))
	}
	for i, a := range w.pair {
		st, err := a.Node.Outbox.State(w.Context(), a.Officer(entente.Operator))
		w.ok(err)
		for _, d := range st.Dead {
			m, err := a.Node.Desk.Message(w.Context(), a.Officer(entente.Overseer), d.Message, "")
			w.ok(err)
			if m.Filed.Message.Statement.Class() == entente.ClassDuty {
				w.Errorf("%s: a %s, which is owed, was refused for good: %s", w.pair[i].ID, m.Filed.Message.Statement.Kind, m.Progress.Refused.Reason)
			}
		}
	}
	n, err := scenario.SameDuties(w.Context(), w.clock.Now(), w.pair[0], w.pair[1])
	w.ok(err)
	if _, err := scenario.SameLedgers(w.Context(), w.pair[0], w.pair[1]); err != nil {
		w.Error(err)
	}
	w.Logf("%d obligations after %d tips", n, w.said)
}
