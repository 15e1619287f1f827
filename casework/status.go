package casework

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"entente"
	"entente/inbox"
	"entente/policy"
)

// Status is what an operator may see: no content.
type Status struct {
	Party    entente.PartyID
	Version  string
	Started  time.Time
	Now      time.Time
	Lines    []entente.Line
	Waiting  int
	Dead     int
	Ledgers  []entente.LedgerHead
	Warnings []string
	Asked    int // changes of officers that nobody has confirmed
}

// Status tells how the node does.
func (d *Desk) Status(ctx context.Context, by entente.Officer) (Status, error) {
	s := Status{Party: d.cfg.Self, Version: d.cfg.Version, Started: d.cfg.Started, Now: d.now()}
	err := d.look(ctx, by, entente.OpNodeStatus, "node", s.read)
	if errors.Is(err, entente.Full) && policy.Check(by, entente.OpNodeStatus) == nil {
		// No act goes without its entry in the access log. This look shows no content,
		// and the person who must free the disk needs it: it says that it has no entry.
		err = d.cfg.Store.View(ctx, s.read)
		s.Warnings = append([]string{"The disk of this node's data is full. Nothing can be written: partners and officers are told to try again. Free space, and it goes on by itself. That you looked at this page could not be entered in the access log."}, s.Warnings...)
	}
	return s, err
}

// read fills in what the store knows.
func (s *Status) read(tx entente.Tx) (err error) {
	if s.Lines, err = tx.Lines(); err != nil {
		return err
	}
	asked, err := waitingIn(tx)
	if err != nil {
		return err
	}
	s.Asked = len(asked)
	waiting, err := tx.Queue("", 100_000)
	if err != nil {
		return err
	}
	dead, err := tx.DeadLetters()
	if err != nil {
		return err
	}
	unseen := slices.DeleteFunc(slices.Clone(dead), func(q entente.QueueItem) bool { return q.Seen != "" })
	s.Waiting, s.Dead = len(waiting), len(unseen)
	if s.Ledgers, err = tx.Heads(); err != nil {
		return err
	}
	all, err := alarms(tx)
	if err != nil {
		return err
	}
	for _, a := range all {
		s.Warnings = append(s.Warnings, a.Words())
	}
	twice, err := seconds(tx, s.Ledgers)
	if err != nil {
		return err
	}
	s.Warnings = append(append(append(s.Warnings, twice...), warnings(*s)...), silent(*s, waiting)...)
	over, err := turnedAway(tx, s.Now)
	s.Warnings = append(s.Warnings, over...)
	return err
}

// seconds names the channels in which two envelopes have one id.
func seconds(tx entente.Tx, heads []entente.LedgerHead) ([]string, error) {
	var out []string
	for _, h := range heads {
		_, err := tx.Setting(entente.SecondEnvelope(h.Origin))
		if err == nil {
			out = append(out, fmt.Sprintf("In the channel %s two envelopes were signed under one id. Both are kept as evidence; an overseer must look.", h.Origin))
		} else if !errors.Is(err, entente.NotFound) {
			return nil, err
		}
	}
	return out, nil
}

func warnings(s Status) []string {
	var out []string
	for _, l := range s.Lines {
		if l.Blocked != "" {
			out = append(out, fmt.Sprintf("Nothing is released to %s: %s.", l.Partner, l.Blocked))
		}
		if l.Attempts > 0 {
			out = append(out, fmt.Sprintf("%s has not been reached in %d attempts; the last contact was %s. Reason: %s.", l.Partner, l.Attempts, since(s.Now, l.Contact), l.LastError))
		}
		if s := differ(l); s != "" {
			out = append(out, s)
		}
	}
	if s.Asked > 0 {
		out = append(out, fmt.Sprintf("%d changes of officers wait for a supervisor or an overseer to confirm them.", s.Asked))
	}
	if s.Dead > 0 {
		out = append(out, fmt.Sprintf("%d messages were refused for good and nobody has looked at them yet.", s.Dead))
	}
	return out
}

// differ says how far the clock of a partner and ours are apart, if that matters.
func differ(l entente.Line) string {
	apart := l.Skew.Abs().Round(time.Second)
	switch {
	case apart > policy.Tolerance:
		return fmt.Sprintf("The clock of %s and ours are %s apart: messages and answers wait until the wrong one is set right.", l.Partner, apart)
	case apart > worthAWord:
		return fmt.Sprintf("The clock of %s and ours differ by %s: check the time service of both.", l.Partner, apart)
	}
	return ""
}

// worthAWord is how far two clocks may be apart before people are told.
const worthAWord = 5 * time.Minute

// patience is how long something may wait for a partner before an operator is
// told, though no attempt has failed: a partner that dials out does not come.
const patience = time.Hour

func silent(s Status, waiting []entente.QueueItem) []string {
	long := map[entente.PartyID]int{}
	for _, q := range waiting {
		if s.Now.Sub(q.Queued) > patience {
			long[q.Partner]++
		}
	}
	var out []string
	for _, p := range slices.Sorted(maps.Keys(long)) {
		line := entente.Line{Partner: p}
		if i := slices.IndexFunc(s.Lines, func(l entente.Line) bool { return l.Partner == p }); i >= 0 {
			line = s.Lines[i]
		}
		if line.Attempts == 0 && line.Blocked == "" {
			out = append(out, fmt.Sprintf("%d messages have waited for %s for more than an hour; the last contact was %s.", long[p], p, since(s.Now, line.Contact)))
		}
	}
	return out
}

// turnedAway names the partners that have used up what is taken of them in a day.
func turnedAway(tx entente.Tx, now time.Time) ([]string, error) {
	parties, err := tx.Parties()
	if err != nil {
		return nil, err
	}
	var out []string
	for _, p := range parties {
		u, err := inbox.UsageOf(tx, p.Party.ID, now)
		if err != nil {
			return nil, err
		}
		if !u.Turned.IsZero() {
			out = append(out, fmt.Sprintf("%s has used up what is taken of it in a day: %d messages, %d MiB with their files. The rest waits there until %s.",
				p.Party.ID, u.Messages, u.Bytes>>20, u.Since.Add(24*time.Hour).UTC().Format("2 January 15:04 UTC")))
		}
	}
	return out, nil
}

func since(now, t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return now.Sub(t).Round(time.Second).String() + " ago"
}
