package web

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"entente"
	"entente/match"
	"entente/screen"
)

// Whom albia-ncc knows, watches for and met on that morning: in three scripts,
// with names that a page must bear, a namesake, and a flood.

func uid[T ~string](n int) T { return T(fmt.Sprintf("01950000-0000-7000-9000-%012x", n)) }

var (
	theCase   = uid[entente.CaseID](1)
	closed    = uid[entente.CaseID](2)
	theWatch  = uid[entente.WatchID](11)
	oldWatch  = uid[entente.WatchID](12)
	hitTask   = uid[entente.TaskID](21)
	linkTask  = uid[entente.TaskID](22)
	floodTask = uid[entente.TaskID](23)
	watchTask = uid[entente.TaskID](24)
	flagTask  = uid[entente.TaskID](25)
	doneTask  = uid[entente.TaskID](26)
	cleared   = uid[entente.ClearingID](31)
	theFeed   = string(uid[entente.DraftID](41))
	theEvent  = entente.EventID("abcdefghijklmnopqrstuvwxyz234567")
	longOne   = entente.HoldingID("three-ports/7 rev. 2/schedule 1")
)

func birth(y, m, d int) entente.Birth {
	return entente.Birth{ID: "b1", Date: entente.PartialDate{Year: y, Month: m, Day: d}, Grade: "F6", Nature: entente.NatureFact}
}

func kadaev() entente.Subject {
	s := letter().Subjects[0]
	s.Identifiers = s.Identifiers[:1]
	return s
}

// onBoard is how an airline writes him: another spelling, the year off by one.
func onBoard() entente.Subject {
	return entente.Subject{
		Names: []entente.Name{{Text: "KADAYEV ARSEN", Script: "Latn", Use: "mrz"}}, Births: []entente.Birth{birth(1988, 3, 14)},
		Sex: "M", Nationalities: []entente.Country{"XB"}, Documents: []entente.Document{{Type: "passport", Number: "XB0000417", Country: "XB"}},
	}
}

// namesake is somebody else who has the name.
func namesake() entente.Subject {
	s := onBoard()
	s.Births, s.Documents = []entente.Birth{birth(1961, 11, 2)}, []entente.Document{{Type: "passport", Number: "XB9120032", Country: "XB"}}
	return s
}

func haddad() entente.Subject {
	return entente.Subject{
		ID: "s1", Names: []entente.Name{{Text: "فريد حداد", Script: "Arab"}, {Text: "Farid Haddad", Script: "Latn"}, {Text: "Фарид Хаддад", Script: "Cyrl"}, {Text: "HADDAD, Fareed", Script: "Latn", Use: "alias"}, {Text: "Abu Karim", Script: "Latn", Use: "nickname"}},
		Births: []entente.Birth{birth(1971, 0, 0), birth(1972, 6, 1)}, Nationalities: []entente.Country{"XC", "XA"}, Residence: "ميناء أوستفيك, XA",
	}
}

func longName() entente.Subject {
	return entente.Subject{
		ID: "s1", Names: []entente.Name{
			{Text: "VOSS-WOLKENSTEIN-HOHENBERG VON UND ZU LICHTENAU AUF DER OBEREN ALTEN LANDSTRASSE, Maximiliane-Alexandra Konstantinowna", Script: "Latn"},
			{Text: "Конститунцийславоборщевскаяпреображенскаянезабудькина Александра-Максимилиана", Script: "Cyrl"},
		}, Births: []entente.Birth{birth(1950, 2, 28)}, Sex: "F",
	}
}

func travelEvent() entente.TravelEvent {
	return entente.TravelEvent{
		ID: theEvent, Feed: "ostvik-airport", Kind: "arrival", Traveller: onBoard(),
		Legs:      []entente.Leg{{Carrier: "XB", Number: "117", From: "NVG", To: "KAL", Departs: "2011-03-08T13:05", Arrives: "2011-03-08T14:30"}, {Carrier: "XA", Number: "2204", From: "KAL", To: "OST", Departs: "2011-03-08T15:10", Arrives: "2011-03-08T15:55"}},
		Reference: "QX7L2P", With: []string{"KADAYEVA ZAREMA", "Зарема Кадаева"}, Sent: ago(20 * time.Minute), Where: "message 1, passenger 3",
	}
}

func hit(n int, target entente.Target, s entente.Sighting, asked, held entente.Subject, task entente.TaskID) entente.Hit {
	return entente.Hit{ID: uid[entente.HitID](100 + n), Target: target, Sighting: s, Asked: asked, Held: held, Match: judged(asked, held), At: ago(19 * time.Minute), Task: task}
}

// judged is how two subjects compare, with weights that stay the same when the
// learned ones change.
func judged(asked, held entente.Subject) entente.Match {
	m := match.Compare(asked, held)
	sum := -8.5
	for i := range m.Evidence {
		e := &m.Evidence[i]
		against := e.Weight < 0
		e.Weight = map[string]float64{"name": 11, "birth": 4, "place": 2, "nationality": 2.2, "document": 12, "identifier": 8, "sex": 0.3}[e.Field]
		if against {
			e.Weight *= -2
		}
		sum += e.Weight
	}
	m.Score = 1 / (1 + math.Exp2(-sum))
	m.Band = entente.BandOf(m.Score)
	return m
}

func onWatch() entente.Target {
	return entente.Target{Kind: entente.TargetWatch, ID: string(theWatch)}
}
func onCase() entente.Target { return entente.Target{Kind: entente.TargetCase, ID: string(closed)} }

func hits() []entente.Hit {
	seen := entente.Sighting{Event: theEvent}
	list := []entente.Hit{
		hit(1, onWatch(), seen, onBoard(), kadaev(), hitTask),
		hit(2, onCase(), seen, onBoard(), kadaev(), hitTask),
		hit(3, onWatch(), entente.Sighting{Event: "gone"}, namesake(), kadaev(), ""),
		hit(4, onCase(), entente.Sighting{Message: mid(2), Subject: "s1"}, kadaev(), onBoard(), linkTask),
		hit(5, entente.Target{Kind: entente.TargetHolding, ID: string(longOne)}, entente.Sighting{Message: mid(2), Subject: "s2"}, entente.Subject{Names: []entente.Name{{Text: "Александра Незабудькина"}}}, longName(), ""),
	}
	list[3].Was, list[3].Changed = uid[entente.HitID](121), "birth 1986-03-14, before none"
	for n := range 5 {
		who := haddad()
		who.Names = []entente.Name{{Text: []string{"HADDAD FARID", "FARED HADAD", "HADDAD F", "فريد حداد", "HADDAD/FAREED MR"}[n]}}
		list = append(list, hit(10+n, entente.Target{Kind: entente.TargetHolding, ID: "ofac-sdn/1180"}, entente.Sighting{Event: theEvent}, who, haddad(), floodTask))
	}
	list[6].Decided = &entente.Verdict{By: "farah.aziz", At: ago(5 * time.Minute), Answer: entente.VerdictOther, Reason: "جواز السفر لشخص آخر"}
	done := hit(20, onWatch(), entente.Sighting{Event: "gone"}, namesake(), kadaev(), doneTask)
	done.Decided = &entente.Verdict{By: "anna.kern", At: ago(3 * daylong), Answer: entente.VerdictOther, Reason: "Born 26 years earlier; the passport is his own."}
	done.Cleared = cleared
	return append(list, done)
}

func clearingsOf() []entente.Clearing {
	taken := entente.Clearing{ID: uid[entente.ClearingID](32), Target: onWatch(), Subject: haddad(), By: "anna.kern", At: ago(40 * daylong), Reason: "Looks nothing like him.", Revoked: &entente.Revoking{By: "clara.voss", At: ago(39 * daylong), Reason: "A look is no reason."}}
	return []entente.Clearing{{ID: cleared, Target: onWatch(), Subject: namesake(), Hit: uid[entente.HitID](120), By: "anna.kern", At: ago(3 * daylong), Reason: "Born 26 years earlier; the passport is his own."}, taken}
}

func tasksOf() []entente.Task {
	at := func(id entente.TaskID, k entente.TaskKind, title string, t entente.Target, owner entente.Role, b entente.Band, n int, due time.Duration) entente.Task {
		return entente.Task{ID: id, Version: 1, Kind: k, Title: title, Target: t, Owner: owner, Band: b, Hits: n, Opened: ago(2 * hour), Due: morning.Add(due)}
	}
	list := []entente.Task{
		at(hitTask, entente.TaskReopen, "Арсен Кадаев: arrival, flight XB 117, NVG to OST, leaves 2011-03-08 13:05", onCase(), entente.Supervisor, entente.BandStrong, 2, -35*time.Minute),
		at(floodTask, entente.TaskHit, "More hits of ostvik-airport than people can look at one by one", entente.Target{Kind: "feed", ID: "ostvik-airport"}, entente.Analyst, entente.BandProbable, 5, 40*time.Minute),
		at(linkTask, entente.TaskLink, "Арсен Кадаев: tip of borea-sls of 2011-03-04, Арсен Кадаев готовит поездку на север страны", onCase(), entente.Analyst, entente.BandStrong, 1, 50*time.Minute),
		at(flagTask, entente.TaskReopen, "فريد حداد: 2 flags within 90 days", onCase(), entente.Analyst, entente.BandProbable, 0, 3*hour),
		at(watchTask, entente.TaskWatch, "Maximiliane-Alexandra Konstantinowna Voss-Wolkenstein-Hohenberg von und zu Lichtenau: does the watch go on?", entente.Target{Kind: entente.TargetWatch, ID: string(oldWatch)}, entente.Analyst, "", 0, 9*daylong),
		at(doneTask, entente.TaskHit, "Арсен Кадаев: arrival, flight XB 9", onWatch(), entente.Analyst, entente.BandProbable, 1, -3*daylong),
	}
	list[0].Case, list[0].Climbs = closed, []entente.Climb{{To: entente.Supervisor, At: ago(35 * time.Minute)}}
	list[2].Case, list[2].Message, list[2].Seen = closed, mid(2), &entente.Act{By: "anna.kern", At: ago(12 * time.Minute)}
	list[3].Case = closed
	list[5].Decided = &entente.Verdict{By: "anna.kern", At: ago(3 * daylong), Answer: entente.VerdictOther, Reason: "Born 26 years earlier; the passport is his own."}
	return list
}

func watchesOf() []entente.Watch {
	return []entente.Watch{
		{
			ID: theWatch, Version: 4, Title: "Арсен Кадаев", Subject: kadaev(), Owner: entente.Analyst, Purpose: "terrorism-prevention",
			Reason: "Borea asked to be told of any journey to its north; the file is closed and the request stands.", Asked: "Tell Borea at once, under North Star, with flight and companions.",
			Case: closed, Message: mid(2), By: "anna.kern", Opened: ago(200 * daylong), Review: morning.Add(120 * daylong), Limit: morning.Add(500 * daylong),
			Renewed:   []entente.WatchTurn{{By: "clara.voss", At: ago(10 * daylong), Review: morning.Add(120 * daylong), Reason: "Still asked for."}},
			Corrected: []entente.Correcting{{By: "farah.aziz", At: ago(90 * daylong), Was: namesake(), Reason: "جواز سفره يثبت سنة الميلاد\nThe passport that Borea sent."}},
		},
		{
			ID: oldWatch, Version: 2, Title: "Maximiliane-Alexandra Konstantinowna Voss-Wolkenstein-Hohenberg von und zu Lichtenau", Subject: longName(), Owner: entente.Supervisor,
			Purpose: "threat-to-life", Reason: "بلاغ عن تهديد", By: "farah.aziz", Opened: ago(360 * daylong), Review: ago(daylong),
			Ends: &entente.Ending{By: "farah.aziz", At: ago(daylong), On: morning.Add(14 * daylong), Reason: "She is no longer in danger."},
		},
	}
}

func casesOf() []entente.Case {
	return []entente.Case{
		{ID: theCase, Version: 3, Title: "شبكة فريد حداد", State: entente.CaseOpen, Owner: entente.Analyst, Officer: "farah.aziz", Purpose: "terrorism-prevention", Subjects: []entente.Subject{haddad(), longName()}, Messages: []entente.MessageID{mid(2), mid(3)}, Reopen: entente.DefaultReopen, Opened: ago(30 * daylong)},
		{
			ID: closed, Version: 9, Title: "Арсен Кадаев", State: entente.CaseClosed, Owner: entente.Analyst, Purpose: "terrorism-prevention", Subjects: []entente.Subject{kadaev()}, Messages: []entente.MessageID{mid(10)}, Reopen: entente.DefaultReopen, Opened: ago(300 * daylong),
			Closing: &entente.Closing{Outcome: entente.OutcomeNoLink, Reason: "He left Albia before the letter came.", By: "anna.kern", At: ago(190 * daylong)},
		},
	}
}

func flagsOfCase(id entente.CaseID) []entente.Flag {
	return []entente.Flag{
		{ID: "f1", Case: id, Source: "borea-sls", Kind: "tip", Text: "A tip speaks of the same person.", At: ago(9 * daylong)},
		{ID: "f2", Case: id, Source: "ostvik-airport", Kind: "travel", Text: "An arrival of the same person.", At: ago(8 * daylong)},
		{ID: "f3", Case: id, Source: "borea-sls", Kind: "contact", Text: "Звонил по номеру +999 555-17-45.", At: ago(2 * daylong)},
	}
}

func entriesOf(id entente.CaseID) []entente.Entry {
	e := func(n int64, at time.Duration, by, kind, text string) entente.Entry {
		return entente.Entry{Case: id, Seq: n, At: ago(at), By: by, Kind: kind, Text: text}
	}
	list := []entente.Entry{
		e(0, 30*daylong, "farah.aziz", "opened", "The file was opened on a message of borea-sls."),
		e(1, 29*daylong, "farah.aziz", "assessment", "قد يكون هو نفسه الشخص المذكور في بلاغ بوريا.\nThe passport is not one of ours."),
		e(2, 20*daylong, "clara.voss", "assigned", "The file was given to farah.aziz."),
		e(3, 9*daylong, "anna.kern", "message", "A message of borea-sls was put into the file."),
		e(4, 8*daylong, "ostvik-airport", "hit", "strong match: arrival, flight XB 117, NVG to OST, leaves 2011-03-08 13:05"),
		e(5, 2*daylong, "anna.kern", "flag", "contact: Звонил по номеру +999 555-17-45."),
	}
	list[0].Message, list[3].Message, list[4].Hit, list[4].Task = mid(2), mid(3), uid[entente.HitID](101), hitTask
	return list
}

func editionsOf() []entente.Edition {
	return []entente.Edition{
		{Source: "three-ports", Number: 3, Format: "csv", File: "порты-2011-03.csv", Digest: entente.DigestOf([]byte("3")), By: "emil.roth", At: ago(2 * hour), Read: 6854, Added: 12, Changed: 2, Removed: 1, Aside: 9},
		{Source: "three-ports", Number: 2, Format: "csv", File: "порты-2011-02.csv", Digest: entente.DigestOf([]byte("2")), By: "emil.roth", At: ago(30 * daylong), Read: 6843, Added: 6843},
	}
}

func holdings() []entente.Holding {
	list := []entente.Holding{
		{ID: longOne, Source: "three-ports", Kind: entente.HoldingPerson, Subject: longName(), Reasons: []string{"PORTS-2 art. 7", "إرهاب"}, Addresses: []string{"Nordhaven, Hafenstraße 9, XA"}, Remarks: "Secondary sanctions risk. Good quality a.k.a.; linked to three companies.", Since: ago(30 * daylong), Changed: ago(2 * hour)},
		{ID: "ofac-sdn/1180", Source: "three-ports", Kind: entente.HoldingPerson, Subject: haddad(), Since: ago(2 * hour)},
		{ID: "three-ports/9", Source: "three-ports", Kind: entente.HoldingOrganisation, Subject: entente.Subject{Names: []entente.Name{{Text: "Halvard Shipping & Trading"}}}, Since: ago(30 * daylong), Removed: ago(2 * hour)},
	}
	return list
}

func asideOf() []entente.SetAside {
	var list []entente.SetAside
	for n := range 8 {
		list = append(list, entente.SetAside{Where: fmt.Sprintf("line %d", 17+n*40), Record: fmt.Sprint(900 + n), Field: "birth", Reason: "the date is not one that exists", Text: "31 Feb 1970"})
	}
	return append(list, entente.SetAside{Where: "line 2", Reason: "an earlier record of this file has the same number", Text: "1180,\"HADDAD, Farid\""})
}

func feedingsOf() []entente.Feeding {
	return []entente.Feeding{
		{ID: theFeed, Feed: "ostvik-airport", Format: "paxlst", File: "XB117-20110308.edi", By: "emil.roth", At: ago(20 * time.Minute), Read: 187, Fresh: 187, Hits: 2, Near: 1, Aside: 9, Done: ago(19 * time.Minute)},
		{ID: string(uid[entente.DraftID](42)), Feed: "nordhaven-ferry-terminal-and-car-deck-readers", Format: "mrz", By: "clara.voss", At: ago(time.Minute), Read: 500, Fresh: 498},
	}
}

// found asks an index of our own who somebody may be.
func found(asked entente.Subject) screen.SearchResult {
	all := []screen.Found{
		{Target: onWatch(), Title: "Арсен Кадаев", Held: kadaev()},
		{Target: onCase(), Title: "Арсен Кадаев", Held: kadaev()},
		{Target: entente.Target{Kind: entente.TargetHolding, ID: "ofac-sdn/1180"}, Title: "فريد حداد", Held: haddad()},
		{Target: entente.Target{Kind: entente.TargetHolding, ID: string(longOne)}, Title: longName().Names[0].Text, Held: longName()},
	}
	for i := range 230 {
		s := entente.Subject{Names: []entente.Name{{Text: "Olvek"}}, Births: []entente.Birth{{Date: entente.PartialDate{Year: 1940 + i%60, Month: 1 + i%12, Day: 1 + i%28}}}}
		all = append(all, screen.Found{Target: entente.Target{Kind: entente.TargetHolding, ID: fmt.Sprint("three-ports/", 4000+i)}, Title: "Olvek", Held: s})
	}
	x := match.New()
	for i, f := range all {
		x.Put(strconv.Itoa(i), f.Held)
	}
	result, err := screen.Look(x, asked, func(hits []match.Hit) (list []screen.Found, err error) {
		for _, h := range hits {
			i, _ := strconv.Atoi(h.ID)
			all[i].Match = h.Match
			list = append(list, all[i])
		}
		return list, nil
	})
	if err != nil {
		panic(err) // nothing above fails
	}
	return result
}
