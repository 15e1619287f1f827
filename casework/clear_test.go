package casework_test

import (
	"strings"
	"testing"

	"entente"
	"entente/casework"
)

// teacher is the namesake. The airline did not know when he was born.
const teacher = "Arsen Kadaev,,B1029384"

// A namesake is looked at once. Then his passport, or his whole birth date, clears
// him; his name alone does not.
func TestClearedNamesakeIsQuiet(t *testing.T) {
	b := newBureau(t)
	id := b.watch(casework.NewWatch{Subject: kadaev})
	b.fly(teacher)
	first := b.sole()
	b.ok(b.decide(analyst, first.Task.ID, entente.VerdictOther))
	b.now = b.now.Add(days)
	if f := b.fly(teacher); f.Hits != 0 || f.Near != 1 {
		t.Errorf("cleared by his passport: %+v", f)
	}
	v, err := b.desk.Watch(t.Context(), overseer, id)
	b.ok(err)
	if len(v.Near) != 1 || v.Near[0].Cleared != v.Clear[0].ID || v.Near[0].Match.Score == 0 {
		t.Errorf("on record is %+v", v.Near)
	}
	if f := b.fly("Arsen Kadaev,,"); f.Hits != 1 {
		t.Error("a name alone is cleared")
	}
}

// A clearing never hides the man himself: not with his passport, not with his
// date, not with the namesake's year, and not when the desk learns that it was he.
func TestClearingNeverHidesTheMan(t *testing.T) {
	b := newBureau(t)
	his := entente.Document{Type: "passport", Number: "B4410027", Country: "XB"}
	wanted := man("Arsen Kadaev", "1987-03-14") // a wrong date
	wanted.Documents = []entente.Document{his}
	id := b.watch(casework.NewWatch{Subject: wanted})
	b.fly(teacher)
	b.ok(b.decide(analyst, b.sole().Task.ID, entente.VerdictOther))
	for _, him := range []string{
		"Arsen Kadaev,1986-03-14,B4410027", "Арсен Кадаев,1987-03-14,", "KADAEV ARSEN,,", "Kadayev Arsen,1986-03-14,", "Arsen Kadaev,,B4410027",
	} {
		b.now = b.now.Add(days)
		if f := b.fly(him); f.Hits != 1 {
			t.Errorf("%s is hidden: %+v", him, f)
		}
	}
	b.ok(b.decide(analyst, b.sole().Task.ID, entente.VerdictSame))
	// It was he, under the other's passport.
	known := wanted
	known.Documents = []entente.Document{his, {Type: "passport", Number: "B1029384", Country: b.passportCountry(id)}}
	b.ok(b.desk.CorrectWatch(t.Context(), analyst, id, known, "He has two passports."))
	b.now = b.now.Add(days)
	if f := b.fly(teacher); f.Hits != 1 {
		t.Errorf("the desk knows that the passport is his, and he is hidden: %+v", f)
	}
}

// passportCountry is the country that the feed gave for the cleared passport.
func (b *bureau) passportCountry(id entente.WatchID) entente.Country {
	b.Helper()
	v, err := b.desk.Watch(b.Context(), overseer, id)
	b.ok(err)
	return v.Clear[0].Subject.Documents[0].Country
}

// A whole birth date clears, if the target has not the same.
func TestBirthDateClears(t *testing.T) {
	b := newBureau(t)
	b.watch(casework.NewWatch{Subject: man("Arsen Kadaev", "1986")})
	b.fly("Arsen Kadaev,1986-11-02,")
	b.ok(b.decide(analyst, b.sole().Task.ID, entente.VerdictOther))
	b.now = b.now.Add(days)
	if f := b.fly("Arsen Kadaev,1986-11-02,"); f.Hits != 0 || f.Near != 1 {
		t.Errorf("the same date: %+v", f)
	}
	if f := b.fly("Arsen Kadaev,1986-03-14,"); f.Hits != 1 {
		t.Errorf("another date of the year that is watched for: %+v", f)
	}
}

func TestClearingIsRevoked(t *testing.T) {
	b := newBureau(t)
	id := b.watch(casework.NewWatch{Subject: kadaev})
	b.fly(teacher)
	b.ok(b.decide(analyst, b.sole().Task.ID, entente.VerdictOther))
	cleared := func() entente.Clearing {
		v, err := b.desk.Watch(t.Context(), overseer, id)
		b.ok(err)
		return v.Clear[0]
	}
	b.want(b.desk.RevokeClearing(t.Context(), analyst, cleared().ID, " "), entente.Invalid, "without a reason")
	b.want(b.desk.RevokeClearing(t.Context(), analyst, "none", "x"), entente.NotFound, "none")
	b.ok(b.desk.RevokeClearing(t.Context(), supervisor, cleared().ID, "The passport was stolen."))
	b.want(b.desk.RevokeClearing(t.Context(), analyst, cleared().ID, "Again."), entente.Conflict, "twice")
	b.now = b.now.Add(days)
	if f := b.fly(teacher); f.Hits != 1 {
		t.Errorf("he does not hit again: %+v", f)
	}
	if r := cleared().Revoked; r == nil || r.By != supervisor.ID || r.Reason != "The passport was stolen." {
		t.Errorf("revoked: %+v", r)
	}
}

// What comes twice with more in it is asked about when it says enough, and a
// booking that came first without the birth date does not keep it quiet.
func TestBookingThatLearnsTheDate(t *testing.T) {
	b := newBureau(t)
	b.watch(casework.NewWatch{Subject: kadaev})
	book := func(born string) entente.Feeding {
		t.Helper()
		return b.feedText("kind,name,born,reference,carrier,flight,from,to,departs\n" +
			"booking,Arsen Kadaev," + born + ",PNR7QX,XB,117,OST,NVG,2011-04-02T08:00\n")
	}
	if f := book("1961-11-02"); f.Hits != 0 {
		t.Fatalf("a contradicting date: %+v", f)
	}
	if f := book("1986-03-14"); f.Fresh != 1 || f.Hits != 1 {
		t.Errorf("the date is corrected: %+v", f)
	}
	if h := b.sole().Hits; len(h) != 1 || h[0].Asked.Births[0].Date.Year != 1986 {
		t.Errorf("the hit says %+v", h)
	}
	if f := book("1961-11-02"); f.Hits != 0 || len(b.open()) != 1 {
		t.Errorf("told the first way again: %+v", f)
	}
}

// A look-up has a purpose, and the log has it, and not who was looked up.
func TestSearchHasAPurpose(t *testing.T) {
	b := newBureau(t)
	b.watch(casework.NewWatch{Subject: kadaev})
	_, err := b.desk.Search(t.Context(), analyst, kadaev, " ")
	b.want(err, entente.Invalid, "without a purpose")
	_, err = b.desk.Search(t.Context(), analyst, entente.Subject{}, "case 7")
	b.want(err, entente.Invalid, "for nobody")
	found, err := b.desk.Search(t.Context(), analyst, man("Арсен Кадаев", ""), "case 7")
	b.ok(err)
	if matches := found.Matches(); len(matches) != 1 || matches[0].Target.Kind != entente.TargetWatch {
		t.Errorf("found: %+v", found)
	}
	if last := b.log()[0].Access; last.Operation != entente.OpSearch || last.Purpose != "case 7" || strings.Contains(last.Object, "ada") {
		t.Errorf("on record is %+v", last)
	}
}
