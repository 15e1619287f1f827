package main

import (
	"fmt"
	"strings"
	"time"

	"entente"
	"entente/api"
	"entente/casework"
)

// kadaev is whom every tip is about, and for whom Albia watches.
var kadaev = entente.Subject{
	ID: "s1", Names: []entente.Name{{Text: "Arsen Kadaev"}},
	Births: []entente.Birth{{ID: "b1", Date: entente.PartialDate{Year: 1986, Month: 3, Day: 14}, Grade: "F6", Nature: entente.NatureFact}},
}

// watch opens the watch that everything is held against.
func (k *killings) watch() {
	k.t.Helper()
	anna := entente.Officer{ID: "anna.kern", Role: entente.Analyst}
	id, err := k.albia.here.node.Desk.OpenWatch(k.ctx, anna, casework.NewWatch{Subject: kadaev, Purpose: "terrorism-prevention", Reason: "Kill test."})
	if err != nil {
		k.t.Fatal(err)
	}
	k.watched = entente.Target{Kind: entente.TargetWatch, ID: string(id)}
}

// crowd is more than two transactions of travel events, or of records of a list.
const crowd = 1200

// screening kills Albia's node in the middle of feeds and imports, the first to
// the nth time that a part is on disk, and then does each of them again.
func (k *killings) screening(times int) {
	k.t.Helper()
	for _, x := range []struct {
		step string
		do   func() error
	}{{"fed", k.feed}, {"imported", k.importList}} {
		for i := range times {
			k.round++
			k.albia.kill()
			k.albia.start(fmt.Sprintf("%s:%d", x.step, i+1))
			if err := x.do(); err == nil {
				k.t.Errorf("nobody was killed when %q had ended for time %d", x.step, i+1)
			}
			k.albia.died()
			k.albia.start("")
			if err := x.do(); err != nil {
				k.t.Errorf("again after %q, time %d: %v", x.step, i+1, err)
			}
		}
	}
	k.met(3 * times)
	k.lookingBack(times)
}

// lookingBack opens a watch when all is fed, and kills the node in the middle of
// holding it against what came before, after the first to the nth slice.
func (k *killings) lookingBack(times int) {
	k.t.Helper()
	anna := k.albia.as[entente.Analyst]
	for i := range times {
		k.albia.kill()
		k.albia.start(fmt.Sprintf("looked back:%d", i+1))
		papers := api.Person{Documents: []entente.Document{{Type: "passport", Number: fmt.Sprintf("N%07d", 7+i)}}}
		if _, err := anna.OpenWatch(k.ctx, api.NewWatch{Title: "Too late", Subject: papers, Purpose: "terrorism-prevention", Reason: "Kill test."}); err != nil {
			k.interrupted(err) // killed before it could answer
		}
		k.albia.died()
		k.albia.start("")
		k.until("the watch was held against what came before", func() (none bool) {
			k.albia.view(func(tx entente.Tx) error {
				waiting, err := tx.LookBacks("", 1)
				if err != nil {
					return err
				}
				pass, err := tx.Setting("screen.pass")
				none = len(waiting) == 0 && len(pass) == 0
				return err
			})
			return none
		})
		k.albia.view(func(tx entente.Tx) error {
			watches, err := tx.Watches(true)
			if err != nil {
				return err
			}
			hits, err := tx.Hits(entente.HitQuery{Target: entente.Target{Kind: entente.TargetWatch, ID: string(watches[0].ID)}})
			if watches[0].Title != "Too late" || len(hits) != times {
				k.t.Errorf("%q, killed after slice %d, has hit %d times; want once for each of %d feeds", watches[0].Title, i+1, len(hits), times)
			}
			return err
		})
	}
}

// feed tells of a crowd of arrivals on the round's day. The man is among them
// three times, each in another transaction.
func (k *killings) feed() error {
	var b strings.Builder
	b.WriteString("kind,name,born,passport,carrier,flight,from,to,arrives\n")
	for i := range crowd {
		who := "Traveller Number" + letters(i) + ",1970-01-01,N"
		if i%500 == 10 {
			who = "Arsen Kadaev,1986-03-14,B"
		}
		fmt.Fprintf(&b, "arrival,%s%07d,XB,%d,NVG,OST,2012-07-%02dT15:20\n", who, i, 100+i, k.round)
	}
	_, err := k.albia.as[entente.Analyst].Feed(k.ctx, "ostvik-airport", "csv", "arrivals.csv", time.Time{}, strings.NewReader(b.String()))
	return err
}

// importList brings a list whose every record the round has changed.
func (k *killings) importList() error {
	var b strings.Builder
	b.WriteString("number,name,born\n")
	for i := range crowd {
		fmt.Fprintf(&b, "%d,Person %s,%d\n", i, letters(i), 1900+k.round)
	}
	_, err := k.albia.as[entente.Analyst].ImportList(k.ctx, "ports", api.ListOptions{Format: "csv"},
		[]api.ListFile{{Name: "ports.csv", Data: strings.NewReader(b.String())}}, nil)
	return err
}

func letters(i int) string {
	return string([]byte{'a' + byte(i%26), 'b' + byte(i/26%24), 'c' + byte(i/624)})
}

// met holds that each of so many arrivals and each tip has hit the watch once,
// that a task asks about each, and that the list is what the last import said.
func (k *killings) met(arrivals int) {
	k.t.Helper()
	k.until("every tip was compared", func() (none bool) {
		k.albia.view(func(tx entente.Tx) error {
			ids, err := tx.Unscreened(1)
			none = len(ids) == 0
			return err
		})
		return none
	})
	events, tips, asked, gathered := 0, 0, 0, 0
	k.albia.view(func(tx entente.Tx) error {
		hits, err := tx.Hits(entente.HitQuery{Target: k.watched, Limit: 100_000})
		for _, h := range hits {
			if h.Sighting.Event != "" {
				events++
			} else {
				tips++
			}
			if h.Task != "" {
				asked++
			}
		}
		if err != nil {
			return err
		}
		tasks, err := tx.Tasks(entente.TaskQuery{Target: k.watched, Limit: 100_000})
		for _, t := range tasks {
			gathered += t.Hits
		}
		return err
	})
	if events != arrivals || tips != len(k.tips) || asked != events+tips || gathered != asked {
		k.t.Errorf("%d of %d arrivals and %d of %d tips have hit; %d are with people, who count %d", events, arrivals, tips, len(k.tips), asked, gathered)
	}
	k.albia.view(func(tx entente.Tx) error {
		held, err := tx.Holdings(entente.HoldingQuery{Live: true, Limit: 10 * crowd})
		old := 0
		for _, h := range held {
			if h.Subject.Births[0].Date.Year != 1900+k.round {
				old++
			}
		}
		if len(held) != crowd || old > 0 {
			k.t.Errorf("%d of %d people are listed, %d of them as before", len(held), crowd, old)
		}
		return err
	})
}
