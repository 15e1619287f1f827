package scenario

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"strings"
	"time"

	"entente"
	"entente/casework"
	"entente/lists"
	"entente/parse"
	"entente/screen"
)

//go:embed returning
var returning embed.FS

// Returning plays lines 2, 5 to 7 and 9 of the scenario, after Letter: Albia keeps
// a file and watches on the man of the letter, closes the file, and must open it
// again when he comes back, however he is spelt. first is the letter's message.
// The story's clock is moved forward.
func Returning(ctx context.Context, clock *Clock, borea, albia *Agency, first entente.MessageID, report func(Step)) error {
	s := &returner{story: story{ctx: ctx, borea: borea, albia: albia, report: report, id: first}, clock: clock}
	for _, step := range []func() error{
		s.lists, s.delisted, s.checked, s.open, s.watch, s.close, s.secondTip, s.reinforced, s.away, s.closeAgain, s.back, s.outage,
		s.departure, s.climbs, s.left, s.review, s.namesake, s.returns, s.reopened, s.twice, s.notHim, s.revoked, s.owed,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

type returner struct {
	story
	clock   *Clock
	file    entente.CaseID
	watches []entente.WatchID
	second  entente.MessageID
	task    entente.TaskID
	gone    time.Time // since when Borea could not be reached
}

// on moves the story to a day, at nine in the morning.
func (s *returner) on(year int, month time.Month, day int) {
	s.clock.Advance(time.Date(year, month, day, 9, 0, 0, 0, time.UTC).Sub(s.clock.Now()))
}

func (s *returner) desk() *casework.Desk      { return s.albia.Node.Desk }
func (s *returner) analyst() entente.Officer  { return s.albia.Officer(entente.Analyst) }
func (s *returner) overseer() entente.Officer { return s.albia.Officer(entente.Overseer) }

func (s *returner) read(file string) []byte {
	b, err := returning.ReadFile("returning/" + file)
	if err != nil {
		panic(err) // embedded
	}
	return b
}

func (s *returner) importList(file string, mean bool) (entente.Edition, error) {
	text := s.read(file)
	return s.albia.Node.Screen.Import(s.ctx, s.analyst(), screen.Import{
		Options: lists.Options{Source: "albia-ports"}, Format: "csv", File: file, Digest: entente.DigestOf(text), Delist: mean,
		Open: func() ([]lists.File, error) { return []lists.File{{Name: file, Data: bytes.NewReader(text)}}, nil },
	}, nil)
}

func (s *returner) lists() error {
	e, err := s.importList("ports.csv", false)
	if err != nil {
		return err
	}
	again, err := s.importList("ports.csv", false)
	if err != nil {
		return err
	}
	if e.Added != 5 || again.Number != e.Number {
		return fmt.Errorf("%d of 5 people were added, and the same file again became edition %d", e.Added, again.Number)
	}
	s.done(fmt.Sprintf("%d people added, %d fields set aside; the same file again changed nothing", e.Added, e.Aside), "Albia imports a list of its ports.")
	return nil
}

func (s *returner) delisted() error {
	e, err := s.importList("ports-2.csv", false)
	if err != nil {
		return err
	}
	found, err := s.desk().Search(s.ctx, s.analyst(), entente.Subject{Names: []entente.Name{{Text: "Haddad Farid"}}}, "scenario")
	if err != nil {
		return err
	}
	matches := found.Matches()
	if e.Removed != 1 || e.Added != 0 || e.Changed != 0 || len(matches) != 1 || matches[0].Target.ID != "albia-ports/21" {
		return fmt.Errorf("the new edition removed %d, added %d, changed %d; a search by the other script found %d", e.Removed, e.Added, e.Changed, len(matches))
	}
	s.done(fmt.Sprintf("edition %d: one removed; searched as \"Haddad Farid\", only \"%s\" is found, %s", e.Number, matches[0].Title, bandOf(matches[0].Match)), "The next edition delists a man; his entry in Arabic script stays.")
	return nil
}

func bandOf(m entente.Match) string { return fmt.Sprintf("%s %.2f", m.Band, m.Score) }

func (s *returner) checked() error {
	if _, err := s.albia.Node.Screen.Messages(s.ctx); err != nil {
		return err
	}
	tasks, err := s.desk().Tasks(s.ctx, s.analyst(), entente.TaskQuery{Open: true})
	if err != nil {
		return err
	}
	if len(tasks) != 0 {
		return fmt.Errorf("the letter made %d tasks though nobody in it is held", len(tasks))
	}
	s.done("compared with 4 people of the list, every watch and every file: nobody fits, and no task was made", "The letter was checked against everything Albia holds when it was filed.")
	return nil
}

func (s *returner) open() error {
	s.on(2011, 3, 14)
	id, err := s.desk().OpenCase(s.ctx, s.analyst(), casework.NewCase{Message: s.id})
	if err != nil {
		return err
	}
	s.file = id
	v, err := s.desk().Case(s.ctx, s.overseer(), id)
	if err != nil {
		return err
	}
	s.done("its title, subject and purpose are the letter's: "+v.Case.Title, "Albia's analyst opens a file on the letter.")
	return s.desk().AssessCase(s.ctx, s.analyst(), id, "Interviewed at home. No preparation found.")
}

func (s *returner) watch() error {
	s.on(2011, 3, 22)
	for _, n := range []casework.NewWatch{
		{Subject: entente.Subject{
			Names: []entente.Name{{Text: "Арсен Кадаев"}}, Nationalities: []entente.Country{"XB"},
			Births: []entente.Birth{{Date: entente.PartialDate{Year: 1987, Month: 3, Day: 14}}, {Date: entente.PartialDate{Year: 1988, Month: 3, Day: 14}}},
		}, Owner: entente.Analyst, Reason: "The letter asks to be told if he travels."},
		{Subject: entente.Subject{
			Names:  []entente.Name{{Text: "Kadayev, Arsen"}},
			Births: []entente.Birth{{Date: entente.PartialDate{Year: 1987, Month: 3, Day: 14}}, {Date: entente.PartialDate{Year: 1988, Month: 3, Day: 14}}},
		}, Owner: entente.Supervisor, Reason: "Second look-out, for the ports."},
	} {
		n.Case, n.Message, n.Purpose, n.Asked = s.file, s.id, "terrorism-prevention", "Tell Borea, under North Star."
		id, err := s.desk().OpenWatch(s.ctx, s.analyst(), n)
		if err != nil {
			return err
		}
		s.watches = append(s.watches, id)
	}
	s.done("one in Cyrillic, one as \"Kadayev\", both with the wrong dates of the letter; each belongs to a role", "Two watches are opened.")
	return nil
}

func (s *returner) close() error {
	s.on(2011, 6, 24)
	if err := s.desk().CloseCase(s.ctx, s.analyst(), s.file, casework.Closing{Outcome: entente.OutcomeNoLink, Reason: "No links to terrorism found."}); err != nil {
		return err
	}
	active, err := s.desk().Watches(s.ctx, s.overseer(), true)
	if err != nil {
		return err
	}
	if len(active) != 2 {
		return fmt.Errorf("%d watches instead of two survive the closing", len(active))
	}
	s.done("outcome \"no-link\" with its reason; both watches go on", "The assessment is closed: \"no links\".")
	return nil
}

func (s *returner) secondTip() error {
	s.on(2011, 9, 12)
	f, err := parse.Tip(s.read("second.toml"), s.borea.now())
	if err != nil {
		return err
	}
	author, releaser := s.borea.Officer(entente.Analyst), s.borea.Officer(entente.Releaser)
	out := s.borea.Node.Outbox
	d, err := out.Write(s.ctx, author, entente.Draft{To: f.To, Agreement: f.Agreement, Statement: f.Statement})
	if err != nil {
		return err
	}
	if _, err := out.Submit(s.ctx, author, d.ID, d.Version); err != nil {
		return err
	}
	p, err := out.Proposal(s.ctx, releaser, d.ID)
	if err != nil {
		return err
	}
	if _, err := out.Release(s.ctx, releaser, d.ID, p.Digest); err != nil {
		return err
	}
	s.second = d.ID
	return Until(s.ctx, "the second tip has made a task", func() (bool, error) {
		tasks, err := s.desk().Tasks(s.ctx, s.overseer(), entente.TaskQuery{Open: true, Case: s.file})
		if err != nil || len(tasks) == 0 {
			return false, err
		}
		if len(tasks) != 1 || tasks[0].Kind != entente.TaskReopen || tasks[0].Message != s.second {
			return false, fmt.Errorf("%d tasks, the first to %s", len(tasks), tasks[0].Kind)
		}
		s.task = tasks[0].ID
		return true, nil
	})
}

func (s *returner) reinforced() error {
	v, err := s.desk().Task(s.ctx, s.analyst(), s.task, 1)
	if err != nil {
		return err
	}
	said, err := s.strongest(v.Hits)
	if err != nil {
		return err
	}
	s.done(said, "A second tip comes, spelt \"Kadayev\". It is linked to the closed file at once, as a task for its owner.")
	err = s.answer(s.analyst(), entente.VerdictSame, "Same name, and one of the dates that the letter gave.")
	if err != nil {
		return err
	}
	c, err := s.desk().Case(s.ctx, s.overseer(), s.file)
	if err != nil {
		return err
	}
	if c.Case.State != entente.CaseOpen || len(c.Case.Messages) != 2 || len(c.Flags) == 0 {
		return fmt.Errorf("the file is %s, with %d messages and %d flags", c.Case.State, len(c.Case.Messages), len(c.Flags))
	}
	if err := s.desk().CloseCase(s.ctx, s.analyst(), s.file, casework.Closing{Outcome: entente.OutcomeNoLink, Reason: "Still no links."}); !errors.Is(err, entente.Conflict) {
		return fmt.Errorf("the file could be closed over the head of the second tip: %v", err)
	}
	s.done("two messages in the file, a flag of borea-sls; it cannot be closed before the second tip has its outcome", "The analyst decides that it is the same person: the file opens again.")
	return nil
}

// answer decides the hits that the task shows.
func (s *returner) answer(by entente.Officer, answer entente.VerdictCode, reason string) error {
	v, err := s.desk().Task(s.ctx, by, s.task, 1)
	if err != nil {
		return err
	}
	d := casework.Decision{Answer: answer, Reason: reason}
	for _, h := range v.Hits {
		d.Hits = append(d.Hits, h.ID)
	}
	return s.desk().DecideTask(s.ctx, by, s.task, d)
}

// strongest gives the best of some hits in words, all of which must be at least
// probable.
func (s *returner) strongest(hits []entente.Hit) (string, error) {
	if len(hits) == 0 {
		return "", errors.New("nothing was hit")
	}
	best := hits[0]
	for _, h := range hits {
		if h.Match.Score < entente.BandProbable.Floor() {
			return "", fmt.Errorf("a hit on %s is only %s", h.Target, bandOf(h.Match))
		}
		if h.Match.Score > best.Match.Score {
			best = h
		}
	}
	return bandOf(best.Match) + ": " + why(best.Match), nil
}

// why is the evidence of a match in one line.
func why(m entente.Match) string {
	var words []string
	for _, e := range m.Evidence {
		words = append(words, fmt.Sprintf("%s %s (%s / %s)", e.Field, e.Rule, e.Asked, e.Held))
	}
	return strings.Join(words, "; ")
}

func (s *returner) closeAgain() error {
	if err := s.desk().CloseCase(s.ctx, s.analyst(), s.file, casework.Closing{Outcome: entente.OutcomeNoLink, Reason: "The second tip adds no links."}); err != nil {
		return err
	}
	s.done("the second tip has its outcome, which waits for Borea", "The file is closed a second time.")
	return nil
}

func (s *returner) feed(file, format string) (entente.Feeding, error) {
	return s.albia.Node.Screen.Feed(s.ctx, s.analyst(), screen.Source{Feed: "ostvik-airport", Format: format, File: file, At: s.clock.Now()}, bytes.NewReader(s.read(file)), nil)
}

func (s *returner) departure() error {
	s.on(2012, 1, 18)
	f, err := s.feed("departure.edi", "paxlst")
	if err != nil {
		return err
	}
	tasks, err := s.desk().Tasks(s.ctx, s.overseer(), entente.TaskQuery{Open: true, Case: s.file})
	if err != nil {
		return err
	}
	if f.Read != 2 || len(tasks) != 1 {
		return fmt.Errorf("%d of 2 passengers, %d tasks instead of one", f.Read, len(tasks))
	}
	v, err := s.desk().Task(s.ctx, s.overseer(), tasks[0].ID, 1)
	if err != nil {
		return err
	}
	said, err := s.strongest(v.Hits)
	s.task = tasks[0].ID
	s.done(said, "Three days before he leaves, the airline's passenger list says KADAEV with the true date: one task, for a role, due %s.", day(tasks[0].Due))
	return err
}

func (s *returner) climbs() error {
	var path []string
	for range 2 {
		s.clock.Advance(5 * time.Hour)
		if _, err := s.desk().Tick(s.ctx); err != nil {
			return err
		}
	}
	v, err := s.desk().Task(s.ctx, s.overseer(), s.task, 1)
	if err != nil {
		return err
	}
	for _, c := range v.Task.Climbs {
		path = append(path, string(c.To))
	}
	if len(path) != 2 || v.Task.Owner != entente.Overseer {
		return fmt.Errorf("after ten hours the task had climbed to %s by %v", v.Task.Owner, path)
	}
	s.done("analyst, then "+strings.Join(path, ", then ")+"; each step is on record", "Nobody acknowledges it: it climbs.")
	return nil
}

func (s *returner) left() error {
	by := s.albia.Officer(entente.Supervisor)
	if err := s.desk().SeeTask(s.ctx, by, s.task); err != nil {
		return err
	}
	err := s.answer(by, entente.VerdictSame, "Passport and true birth date; he is the man of the file.")
	if err != nil {
		return err
	}
	s.on(2012, 2, 1)
	if err := s.desk().CloseCase(s.ctx, by, s.file, casework.Closing{Outcome: entente.OutcomeReserved, Reason: "He has left the country."}); err != nil {
		return err
	}
	s.done("the decision names who decided and why; both watches go on", "The supervisor decides that it is he, and the file is closed after he has left.")
	return nil
}

func (s *returner) review() error {
	s.on(2012, 3, 10)
	if _, err := s.desk().Tick(s.ctx); err != nil {
		return err
	}
	tasks, err := s.desk().Tasks(s.ctx, s.overseer(), entente.TaskQuery{Open: true, Kind: entente.TaskWatch})
	if err != nil {
		return err
	}
	if len(tasks) != 2 {
		return fmt.Errorf("%d watches ask for their review instead of two", len(tasks))
	}
	for _, t := range tasks {
		if err := s.desk().DecideTask(s.ctx, s.albia.Officer(entente.Supervisor), t.ID, casework.Decision{Answer: entente.VerdictContinue, Reason: "He may come back."}); err != nil {
			return err
		}
	}
	active, err := s.desk().Watches(s.ctx, s.overseer(), true)
	if err != nil || len(active) != 2 {
		return fmt.Errorf("%d watches are active: %v", len(active), err)
	}
	s.done("asked 12 days before the year was over; next review "+active[0].Review.Format(time.DateOnly), "The watches do not lapse: each asks its role for a decision, and goes on.")
	return nil
}

func (s *returner) namesake() error {
	s.on(2012, 5, 11)
	f, err := s.feed("namesake.csv", "csv")
	if err != nil {
		return err
	}
	c, err := s.desk().Case(s.ctx, s.overseer(), s.file)
	if err != nil {
		return err
	}
	if f.Hits != 0 || len(c.Near) == 0 || len(c.Tasks) != 0 || c.Case.State != entente.CaseClosed {
		return fmt.Errorf("the namesake: %d hits, %d near misses, %d tasks, the file is %s", f.Hits, len(c.Near), len(c.Tasks), c.Case.State)
	}
	s.done(bandOf(c.Near[0].Match)+": "+why(c.Near[0].Match), "A namesake born in 1961 flies. Nothing opens and nobody is told; why it stayed below the line is on record.")
	return nil
}

func (s *returner) returns() error {
	s.on(2012, 7, 17)
	f, err := s.feed("return.csv", "csv")
	if err != nil {
		return err
	}
	tasks, err := s.desk().Tasks(s.ctx, s.overseer(), entente.TaskQuery{Open: true})
	if err != nil {
		return err
	}
	if len(tasks) != 1 || tasks[0].Kind != entente.TaskReopen {
		return fmt.Errorf("%d tasks instead of one to open the file again", len(tasks))
	}
	s.task = tasks[0].ID
	v, err := s.desk().Task(s.ctx, s.overseer(), s.task, 1)
	if err != nil {
		return err
	}
	met := map[entente.EventID]entente.Match{}
	for _, h := range v.Hits {
		if met[h.Sighting.Event].Score < h.Match.Score {
			met[h.Sighting.Event] = h.Match
		}
	}
	if f.Read != 6 || len(met) != 5 {
		return fmt.Errorf("%d of 6 arrivals, %d of his 5 spellings hit", f.Read, len(met))
	}
	var bands []string
	for id, m := range met {
		if m.Score < entente.BandProbable.Floor() {
			return fmt.Errorf("%s is only %s", v.Events[id].Traveller.Names[0].Text, bandOf(m))
		}
		bands = append(bands, v.Events[id].Traveller.Names[0].Text+" "+string(m.Band))
	}
	s.done(fmt.Sprintf("%d hits in one task: %s", len(v.Hits), strings.Join(bands, ", ")), "He returns: on either spelling, in either script, with either wrong date.")
	return nil
}

func (s *returner) reopened() error {
	c, err := s.desk().Case(s.ctx, s.overseer(), s.file)
	if err != nil {
		return err
	}
	if c.Case.State != entente.CaseClosed {
		return errors.New("the file opened without a person's decision")
	}
	if err := s.answer(s.analyst(), entente.VerdictSame, "He is back."); err != nil {
		return err
	}
	if c, err = s.desk().Case(s.ctx, s.overseer(), s.file); err != nil {
		return err
	}
	if c.Case.State != entente.CaseOpen {
		return errors.New("the file did not open")
	}
	s.done(fmt.Sprintf("%d lines of one timeline, %d flags from two sources", len(c.Entries), len(c.Flags)), "A person decides, and the closed file opens again.")
	return nil
}

func (s *returner) twice() error {
	f, err := s.feed("return.csv", "csv")
	if err != nil {
		return err
	}
	if f.Read != 6 || f.Fresh != 0 || f.Hits != 0 {
		return fmt.Errorf("the same file again: %d events, %d new, %d hits", f.Read, f.Fresh, f.Hits)
	}
	s.done("6 events, none new, no hit", "The same file is fed a second time.")
	return nil
}

// book feeds an arrival of the namesake whose birth date the airline left out.
func (s *returner) book(arrives string) (entente.Feeding, error) {
	text := "kind,name,born,nationality,passport,carrier,flight,from,to,arrives\n" +
		"arrival,Arsen KADAEV,,XB,B1029384,XB,118,NVG,OST," + arrives + "\n"
	return s.albia.Node.Screen.Feed(s.ctx, s.analyst(), screen.Source{Feed: "ostvik-airport", Format: "csv", At: s.clock.Now()}, strings.NewReader(text), nil)
}

func (s *returner) notHim() error {
	f, err := s.book("2012-08-02T15:20")
	if err != nil {
		return err
	}
	tasks, err := s.desk().Tasks(s.ctx, s.overseer(), entente.TaskQuery{Open: true})
	if err != nil {
		return err
	}
	if f.Hits == 0 || len(tasks) != 1 {
		return fmt.Errorf("without a birth date: %d hits, %d tasks", f.Hits, len(tasks))
	}
	s.task = tasks[0].ID
	if err := s.answer(s.analyst(), entente.VerdictOther, "The retired teacher: his passport is known."); err != nil {
		return err
	}
	if f, err = s.book("2012-08-09T15:20"); err != nil {
		return err
	}
	if f.Hits != 0 || f.Near == 0 {
		return fmt.Errorf("the cleared namesake hits again: %s", screen.Summary(f))
	}
	s.done("the second flight made no task and is on record as cleared", "The namesake flies, and the airline gives no birth date: he is looked at once and cleared. His passport clears him the next time.")
	return nil
}

func (s *returner) revoked() error {
	v, err := s.desk().Task(s.ctx, s.overseer(), s.task, 1)
	if err != nil {
		return err
	}
	for _, h := range v.Hits {
		if err := s.desk().RevokeClearing(s.ctx, s.analyst(), h.Cleared, "His passport was reported stolen."); err != nil {
			return err
		}
	}
	f, err := s.book("2012-08-16T15:20")
	if err != nil {
		return err
	}
	if f.Hits == 0 {
		return fmt.Errorf("after it was revoked: %s", screen.Summary(f))
	}
	s.done("the next flight asks a person again; who revoked it, when and why is on record", "The passport is reported stolen, and the clearing is revoked.")
	return nil
}
