package scenario_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"entente"
	"entente/casework"
	"entente/internal/scenario"
	"entente/internal/testpg"
	"entente/outbox"
	"entente/parse"
	"entente/prove"
	"entente/sqlstore"
)

// The stories in testdata/*.txtar, each on both engines.

func TestStoriesOnSQLite(t *testing.T) { tell(t, false) }

func TestStoriesOnPostgreSQL(t *testing.T) { tell(t, true) }

func tell(t *testing.T, postgres bool) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			s := &stage{t: env.T().(testing.TB), ctx: context.Background(), postgres: postgres, dir: env.WorkDir, ids: map[string]entente.MessageID{}, agencies: map[string]*scenario.Agency{}}
			env.Values["stage"] = s
			env.Defer(s.close)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"agencies":  command((*stage).open),
			"tip":       command((*stage).tip),
			"ack":       command((*stage).ack),
			"dispose":   command((*stage).dispose),
			"note":      command((*stage).note),
			"level":     command((*stage).level),
			"until":     command((*stage).until),
			"quiet":     command((*stage).quiet),
			"down":      command((*stage).down),
			"up":        command((*stage).up),
			"advance":   command((*stage).advance),
			"owed":      command((*stage).owed),
			"duties":    command((*stage).duties),
			"states":    command((*stage).states),
			"outage":    command((*stage).outage),
			"ledgers":   command((*stage).ledgers),
			"backup":    command((*stage).backup),
			"rewind":    command((*stage).rewind),
			"pack":      command((*stage).pack),
			"unpack":    command((*stage).unpack),
			"evidence":  command((*stage).evidence),
			"dead":      command((*stage).dead),
			"blocked":   command((*stage).blocked),
			"unblocked": command((*stage).unblocked),
			"count":     command((*stage).count),
			"agree":     command((*stage).agree),
			"rotate":    command((*stage).rotate),
			"unanchor":  command((*stage).unanchor),
			"waits":     command((*stage).waits),
			"found":     command((*stage).found),
			"decide":    command((*stage).decide),
			"renew":     command((*stage).renew),
		},
	})
}

// command makes a script command: its result is what stdout compares, its
// error what stderr does; "!" before it wants the error.
func command(fn func(*stage, *testscript.TestScript, []string) (string, error)) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		s := ts.Value("stage").(*stage)
		out, err := fn(s, ts, args)
		if err != nil {
			out = err.Error()
			if e, ok := errors.AsType[*entente.Error](err); ok && e.Reason != "" {
				out += " [" + string(e.Reason) + "]"
			}
		}
		ts.Logf("%s", out)
		fmt.Fprintln(ts.Stdout(), out)
		if err != nil && !neg {
			ts.Fatalf("%v", err)
		}
		if err == nil && neg {
			ts.Fatalf("it should have failed")
		}
	}
}

// stage is where one story plays.
type stage struct {
	t        testing.TB
	ctx      context.Context
	postgres bool
	dir      string
	clock    *scenario.Clock
	agencies map[string]*scenario.Agency
	order    []*scenario.Agency
	ids      map[string]entente.MessageID
}

func (s *stage) close() {
	for _, a := range s.order {
		if err := a.Close(); err != nil {
			s.t.Error(err)
		}
	}
}

// agencies NAME[:dials-out][:skew=1h]… makes and starts agencies that know each
// other and are under agreement.toml of the story, or North Star.
func (s *stage) open(ts *testscript.TestScript, args []string) (string, error) {
	s.clock = scenario.NewClock(scenario.FirstDay)
	for _, arg := range args {
		parts := strings.Split(arg, ":")
		setup := map[string]scenario.Setup{"albia": scenario.Albia, "borea": scenario.Borea, "cadia": cadia}[parts[0]]
		setup.Dir = s.dir
		if testing.Verbose() {
			setup.Log = slog.New(slog.NewTextHandler(os.Stderr, nil))
		}
		for _, option := range parts[1:] {
			if option == "dials-out" {
				setup.DialsOut = true
			}
			if d, ok := strings.CutPrefix(option, "skew="); ok {
				skew, err := time.ParseDuration(d)
				if err != nil {
					return "", err
				}
				setup.Skew = skew
			}
		}
		if s.postgres {
			setup.Store = testpg.URL(s.t)
		}
		a, err := scenario.New(s.ctx, s.clock, setup)
		if err != nil {
			return "", err
		}
		s.agencies[parts[0]] = a
		s.order = append(s.order, a)
	}
	if err := scenario.Introduce(s.ctx, s.order...); err != nil {
		return "", err
	}
	text := scenario.NorthStar
	if b, err := os.ReadFile(ts.MkAbs("agreement.toml")); err == nil {
		text = b
	}
	if _, err := scenario.Agree(s.ctx, text, s.order...); err != nil {
		return "", err
	}
	for _, a := range s.order {
		if err := a.Start(s.ctx); err != nil {
			return "", err
		}
	}
	return "", nil
}

var cadia = scenario.Setup{ID: "cadia-fiu", Name: "Cadian Financial Intelligence Unit", Country: "XC", Officers: []entente.Officer{
	{ID: "carl.meer", Name: "Carl Meer", Role: entente.Analyst},
	{ID: "dora.veld", Name: "Dora Veld", Role: entente.Releaser},
	{ID: "emil.roos", Name: "Emil Roos", Role: entente.Supervisor},
	{ID: "fay.lund", Name: "Fay Lund", Role: entente.Overseer},
	{ID: "gus.horn", Name: "Gus Horn", Role: entente.Operator},
}}

func (s *stage) agency(name string) *scenario.Agency {
	a, ok := s.agencies[name]
	if !ok {
		s.t.Fatalf("no agency %q in this story", name)
	}
	return a
}

// tip FROM FILE NAME writes, submits and releases the tip in FILE.
func (s *stage) tip(ts *testscript.TestScript, args []string) (string, error) {
	a := s.agency(args[0])
	f, err := parse.Tip([]byte(ts.ReadFile(args[1])), s.clock.Now())
	if err != nil {
		return "", err
	}
	author, releaser := a.Officer(entente.Analyst), a.Officer(entente.Releaser)
	d, err := a.Node.Outbox.Write(s.ctx, author, entente.Draft{To: f.To, Agreement: f.Agreement, Expires: f.Expires, Statement: f.Statement})
	if err != nil {
		return "", err
	}
	for _, file := range f.Attach {
		if _, err := a.Node.Outbox.Attach(s.ctx, author, d.ID, file, "text/plain", strings.NewReader(ts.ReadFile(file))); err != nil {
			return "", err
		}
		d.Version++
	}
	if d, err = a.Node.Outbox.Submit(s.ctx, author, d.ID, d.Version); err != nil {
		return "", err
	}
	s.ids[args[2]] = d.ID
	_, err = a.Node.Outbox.Release(s.ctx, releaser, d.ID, d.Digest())
	return "", err
}

func (s *stage) ack(_ *testscript.TestScript, args []string) (string, error) {
	a := s.agency(args[0])
	return "", a.Node.Desk.Acknowledge(s.ctx, a.Officer(entente.Analyst), s.ids[args[1]])
}

// dispose AT NAME OUTCOME REASON [q1=answer]…
func (s *stage) dispose(_ *testscript.TestScript, args []string) (string, error) {
	a := s.agency(args[0])
	d := entente.Disposition{Outcome: entente.Outcome(args[2]), Reason: args[3]}
	for _, q := range args[4:] {
		id, text, _ := strings.Cut(q, "=")
		d.Answers = append(d.Answers, entente.Answer{Question: id, Text: text})
	}
	_, released, err := a.Node.Desk.Dispose(s.ctx, a.Officer(entente.Analyst), s.ids[args[1]], d)
	if err == nil && !released {
		return "waits for release", nil
	}
	return "", err
}

func (s *stage) note(_ *testscript.TestScript, args []string) (string, error) {
	a := s.agency(args[0])
	_, _, err := a.Node.Desk.Note(s.ctx, a.Officer(entente.Analyst), s.ids[args[1]], args[2])
	return "", err
}

func (s *stage) level(_ *testscript.TestScript, args []string) (string, error) {
	a := s.agency(args[0])
	d := outbox.Declaration{Level: entente.Level(args[1]), Reason: args[2]}
	if len(args) > 3 {
		d.Towards = s.agency(args[3]).ID
	}
	held, err := a.Node.Outbox.DeclareLevel(s.ctx, a.Officer(entente.Supervisor), "north-star", d)
	return fmt.Sprintf("%d held", len(held)), err
}

// until AT NAME WHAT waits: WHAT is: here, delivered, seen, decided, refused=REASON, files,
// custody, notes=N.
func (s *stage) until(_ *testscript.TestScript, args []string) (string, error) {
	a, id, what := s.agency(args[0]), s.ids[args[1]], args[2]
	key, value, _ := strings.Cut(what, "=")
	return "", scenario.Until(s.ctx, strings.Join(args, " "), func() (bool, error) {
		v, err := a.Node.Desk.Message(s.ctx, a.Officer(entente.Overseer), id, "")
		if errors.Is(err, entente.NotFound) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		switch key {
		case "here":
			return true, nil
		case "delivered":
			return v.Receipt != nil, nil
		case "seen":
			return !v.Progress.Seen.IsZero(), nil
		case "decided":
			return !v.Progress.Decided.IsZero(), nil
		case "refused":
			return v.Progress.Refused != nil && string(v.Progress.Refused.Reason) == value, nil
		case "files":
			whole := func(r entente.AttachmentRecord) bool { return !r.Complete.IsZero() }
			return len(v.Attachments) > 0 && !slices.ContainsFunc(v.Attachments, func(r entente.AttachmentRecord) bool { return !whole(r) }), nil
		case "custody":
			return slices.ContainsFunc(v.Thread, func(i casework.Item) bool {
				n := i.Filed.Message.Statement.Notice
				return n != nil && n.What == entente.NoticeCustody
			}), nil
		case "notes":
			n := 0
			for _, i := range v.Thread {
				if i.Filed.Message.Statement.Kind == entente.KindNote {
					n++
				}
			}
			return fmt.Sprint(n) == value, nil
		}
		return false, errors.New("until what?")
	})
}

// quiet waits until nothing is under way anywhere.
func (s *stage) quiet(*testscript.TestScript, []string) (string, error) {
	return "", scenario.Until(s.ctx, "every queue is empty", func() (bool, error) {
		for _, a := range s.order {
			st, err := a.Node.Outbox.State(s.ctx, a.Officer(entente.Operator))
			if err != nil || len(st.Waiting) > 0 {
				return false, err
			}
		}
		return true, nil
	})
}

func (s *stage) down(_ *testscript.TestScript, args []string) (string, error) {
	s.agency(args[0]).Stop()
	return "", nil
}

func (s *stage) up(_ *testscript.TestScript, args []string) (string, error) {
	return "", s.agency(args[0]).Start(s.ctx)
}

// advance D moves the clock and has every node look at its queues.
func (s *stage) advance(_ *testscript.TestScript, args []string) (string, error) {
	d, err := time.ParseDuration(args[0])
	if err != nil {
		return "", err
	}
	s.clock.Advance(d)
	for _, a := range s.order {
		a.Node.Outbox.Wake()
	}
	return "", nil
}

// owed AT prints what is owed, without ids and times.
func (s *stage) owed(_ *testscript.TestScript, args []string) (string, error) {
	a := s.agency(args[0])
	owed, err := a.Node.Desk.Obligations(s.ctx, a.Officer(entente.Supervisor))
	var lines []string
	for _, o := range owed {
		lines = append(lines, fmt.Sprintf("%s owes %s the %s, %s (%s)", o.Debtor, o.Creditor, o.Kind, o.State(s.clock.Now()), o.Clause))
	}
	return strings.Join(lines, "\n"), err
}

// states AT NAME prints the obligations for a message, met ones too.
func (s *stage) states(_ *testscript.TestScript, args []string) (string, error) {
	a := s.agency(args[0])
	v, err := a.Node.Desk.Message(s.ctx, a.Officer(entente.Supervisor), s.ids[args[1]], "")
	var lines []string
	for _, o := range v.Obligations {
		lines = append(lines, fmt.Sprintf("%s: %s", o.Kind, o.State(s.clock.Now())))
	}
	if u := v.Progress.Answer; u != nil {
		lines = append(lines, fmt.Sprintf("our %s: %s", u.Kind, u.State()))
	}
	return strings.Join(lines, "\n"), err
}

// duties compares what every two agencies owe each other, as each computes it.
func (s *stage) duties(*testscript.TestScript, []string) (string, error) {
	n, err := scenario.SameDuties(s.ctx, s.clock.Now(), s.order...)
	return fmt.Sprint(n), err
}

// outage AT FROM declares an outage of an agency's node that began so long ago and
// has just ended.
func (s *stage) outage(_ *testscript.TestScript, args []string) (string, error) {
	a := s.agency(args[0])
	d, err := time.ParseDuration(args[1])
	if err != nil {
		return "", err
	}
	now := s.clock.Now().Add(a.Skew)
	return "", a.Node.Outbox.DeclareOutage(s.ctx, a.Officer(entente.Supervisor), "north-star", "", now.Add(-d), now)
}

// ledgers holds every pair of agencies against each other.
func (s *stage) ledgers(*testscript.TestScript, []string) (string, error) {
	for i, a := range s.order {
		for _, b := range s.order[i+1:] {
			if _, err := scenario.SameLedgers(s.ctx, a, b); err != nil {
				return "", err
			}
		}
	}
	return "", nil
}

// backup AT FILE; rewind AT FILE puts the agency back to it, as entente restore does.
func (s *stage) backup(ts *testscript.TestScript, args []string) (string, error) {
	return "", s.agency(args[0]).Store.Backup(s.ctx, ts.MkAbs(args[1]))
}

func (s *stage) rewind(ts *testscript.TestScript, args []string) (string, error) {
	a := s.agency(args[0])
	if err := a.Store.Close(); err != nil {
		return "", err
	}
	url := filepath.Join(s.dir, args[1]+"-restored.db")
	if s.postgres {
		url = testpg.URL(s.t)
	}
	if err := sqlstore.Restore(s.ctx, ts.MkAbs(args[1]), url); err != nil {
		return "", err
	}
	var err error
	a.Store, err = sqlstore.Open(s.ctx, url)
	return "", err
}

// unanchor AT loses the file that remembers what left the machine.
func (s *stage) unanchor(_ *testscript.TestScript, args []string) (string, error) {
	return "", s.agency(args[0]).LoseAnchor()
}

// waits AT PARTNER FOR waits until a restore waits for compare, person or edition.
func (s *stage) waits(_ *testscript.TestScript, args []string) (string, error) {
	a, b := s.agency(args[0]), s.agency(args[1])
	return "", scenario.Until(s.ctx, strings.Join(args, " "), func() (got bool, err error) {
		err = a.Store.View(s.ctx, func(tx entente.Tx) error {
			r, err := outbox.Restoring(tx)
			got = err == nil && r != nil && string(r.Waits[b.ID]) == args[2]
			return err
		})
		return got, err
	})
}

// found AT prints which records of its ledgers partners hold that are not there.
func (s *stage) found(_ *testscript.TestScript, args []string) (string, error) {
	var lines []string
	err := s.agency(args[0]).Store.View(s.ctx, func(tx entente.Tx) error {
		all, err := outbox.AllFound(tx)
		for _, f := range all {
			lines = append(lines, fmt.Sprintf("%s holds places %d to %d of %s; alarm: %v", f.Partner, f.First, f.Size-1, f.Origin, f.Alarm))
		}
		return err
	})
	return strings.Join(lines, "\n"), err
}

// decide AT LEDGER SAID records what the partner's people say of what was found.
func (s *stage) decide(_ *testscript.TestScript, args []string) (string, error) {
	a := s.agency(args[0])
	said := outbox.Said(strings.ReplaceAll(args[2], "-", " "))
	defer a.Node.Outbox.Wake()
	return "", a.Node.Outbox.Decide(s.ctx, a.Officer(entente.Operator), a.Officer(entente.Supervisor), args[1], said)
}

// renew AT makes the new edition that ends a restore.
func (s *stage) renew(_ *testscript.TestScript, args []string) (string, error) {
	return "", s.agency(args[0]).EndRestore(s.ctx)
}

// pack FROM TO FILE and unpack AT FILE REPLY carry post by hand.
func (s *stage) pack(ts *testscript.TestScript, args []string) (string, error) {
	a, b := s.agency(args[0]), s.agency(args[1])
	var out bytes.Buffer
	if _, err := a.Node.Outbox.Pack(s.ctx, a.Officer(entente.Operator), b.ID, &out); err != nil {
		return "", err
	}
	return "", os.WriteFile(ts.MkAbs(args[2]), out.Bytes(), 0o600)
}

func (s *stage) unpack(ts *testscript.TestScript, args []string) (string, error) {
	a := s.agency(args[0])
	b := []byte(ts.ReadFile(args[1]))
	from, _, err := a.Node.Inbox.Unpack(s.ctx, a.Officer(entente.Operator), bytes.NewReader(b), int64(len(b)))
	if err != nil || len(args) < 3 {
		return "", err
	}
	var out bytes.Buffer
	if _, err := a.Node.Outbox.Pack(s.ctx, a.Officer(entente.Operator), from, &out); err != nil {
		return "", err
	}
	return "", os.WriteFile(ts.MkAbs(args[2]), out.Bytes(), 0o600)
}

// evidence AT NAME exports and checks the evidence and prints the report.
func (s *stage) evidence(_ *testscript.TestScript, args []string) (string, error) {
	a := s.agency(args[0])
	var b bytes.Buffer
	if err := a.Node.Desk.Evidence(s.ctx, a.Officer(entente.Overseer), s.ids[args[1]], prove.WithoutKeys, &b); err != nil {
		return "", err
	}
	r, err := prove.Check(bytes.NewReader(b.Bytes()), int64(b.Len()))
	return r.String(), err
}

// dead AT prints the reasons of dead letters.
func (s *stage) dead(_ *testscript.TestScript, args []string) (string, error) {
	a := s.agency(args[0])
	st, err := a.Node.Outbox.State(s.ctx, a.Officer(entente.Operator))
	var out []string
	for _, d := range st.Dead {
		out = append(out, string(d.Why))
	}
	return strings.Join(out, " "), err
}

// blocked AT prints why nothing is released, for each partner.
func (s *stage) blocked(_ *testscript.TestScript, args []string) (string, error) {
	a := s.agency(args[0])
	st, err := a.Node.Outbox.State(s.ctx, a.Officer(entente.Operator))
	var out []string
	for _, l := range st.Lines {
		if l.Blocked != "" {
			out = append(out, l.Blocked)
		}
	}
	return strings.Join(out, "\n"), err
}

// unblocked AT waits until nothing is held back any more.
func (s *stage) unblocked(ts *testscript.TestScript, args []string) (string, error) {
	return "", scenario.Until(s.ctx, args[0]+" may release again", func() (bool, error) {
		why, err := s.blocked(ts, args)
		return why == "", err
	})
}

// count AT KIND prints how many messages of a kind the agency has filed.
func (s *stage) count(_ *testscript.TestScript, args []string) (string, error) {
	a := s.agency(args[0])
	n := 0
	err := a.Store.View(s.ctx, func(tx entente.Tx) error {
		ms, err := tx.Messages(entente.MessageQuery{Kinds: []entente.Kind{entente.Kind(args[1])}, Limit: 1000})
		n = len(ms)
		return err
	})
	return fmt.Sprint(n), err
}

// agree FILE AT… puts another epoch into force at some of the agencies.
func (s *stage) agree(ts *testscript.TestScript, args []string) (string, error) {
	rec, err := scenario.Sign([]byte(ts.ReadFile(args[0])), s.order...)
	if err != nil {
		return "", err
	}
	for _, name := range args[1:] {
		err := s.agency(name).Store.Update(s.ctx, func(tx entente.Tx) error { return tx.PutAgreement(rec) })
		if err != nil {
			return "", err
		}
	}
	return "", nil
}

// rotate AT KEYS changes keys, such as "message,ledger,seal".
func (s *stage) rotate(_ *testscript.TestScript, args []string) (string, error) {
	return "", s.agency(args[0]).Rotate(s.ctx, strings.Split(args[1], ",")...)
}
