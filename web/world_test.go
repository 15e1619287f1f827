package web

import (
	"fmt"
	"io"
	"time"

	"entente"
	"entente/casework"
	"entente/parse"
	"entente/policy"
	"entente/seal"
)

// The desk of albia-ncc on one morning, with everything that a page must bear:
// four scripts, long names, overdue and refused messages, empty lists.

const (
	albia = entente.PartyID("albia-ncc")
	borea = entente.PartyID("borea-sls")
	cadia = entente.PartyID("cadia-fiu")
	delia = entente.PartyID("delia-centre-for-maritime-safety-of-east")
)

var morning = time.Date(2011, 3, 8, 9, 30, 0, 0, time.UTC)

func ago(d time.Duration) time.Time { return morning.Add(-d) }

const hour, daylong = time.Hour, 24 * time.Hour

// mid makes a message id that sorts by n.
func mid(n int) entente.MessageID {
	return entente.MessageID(fmt.Sprintf("01950000-0000-7000-8000-%012x", n))
}

var officersOfAlbia = []entente.Officer{
	{ID: "anna.kern", Name: "Anna Kern", Role: entente.Analyst, Added: ago(900 * daylong)},
	{ID: "boris.lang", Name: "Boris Lang", Role: entente.Releaser, Added: ago(800 * daylong)},
	{ID: "clara.voss", Name: "Clara Voss-Wolkenstein-Hohenberg von und zu Lichtenau", Role: entente.Supervisor, Added: ago(700 * daylong)},
	{ID: "dmitri.orlov", Name: "Дмитрий Орлов", Role: entente.Overseer, Added: ago(600 * daylong)},
	{ID: "emil.roth", Name: "Emil Roth", Role: entente.Operator, Added: ago(500 * daylong)},
	{ID: "farah.aziz", Name: "فرح عزيز", Role: entente.Analyst, Added: ago(400 * daylong)},
	{ID: "gone.away", Name: "Gone Away", Role: entente.Analyst, Added: ago(950 * daylong), Disabled: ago(30 * daylong)},
	{ID: "hana.sato", Name: "佐藤 花", Role: entente.Analyst, Added: ago(20 * time.Minute), Disabled: ago(20 * time.Minute)},
}

// waitingAtAlbia is what the operator asked for and nobody has confirmed.
func waitingAtAlbia() []casework.Waiting {
	return []casework.Waiting{
		{ID: "gone.away", Name: "Gone Away", Role: entente.Releaser, What: []casework.Change{casework.ChangeOpened, casework.ChangeInvitation}, By: "emil.roth", Asked: ago(2 * hour)},
		{ID: "hana.sato", Name: "佐藤 花", Role: entente.Analyst, What: []casework.Change{casework.ChangeNew, casework.ChangeInvitation}, By: "emil.roth", Asked: ago(20 * time.Minute)},
	}
}

// officerOf is one officer of a role.
func officerOf(r entente.Role) entente.Officer {
	for _, o := range officersOfAlbia {
		if o.Role == r {
			return o
		}
	}
	panic("no officer has the role " + r)
}

const northStarText = `entente = "agreement/1"
id = "north-star"
epoch = 1
parties = ["albia-ncc", "borea-sls"]
objective = "Prevent attacks on people by the groups in schedule A."
from = 2011-01-01
until = 2013-12-31
purposes = ["threat-to-life", "terrorism-prevention", "terrorism-prosecution"]

[definition.albia-ncc]
terrorism = "Albia Penal Code art. 205"
[definition.borea-sls]
terrorism = "Borea Federal Law 35 art. 3: acts on Borean territory or against Borean interests abroad"

[[equivalence]]
albia-ncc = "attack-planning"
borea-sls = "attack-planning"

[scope]
tip = 'subject.nationalities.exists(c, c in ["XA", "XB"]) || message.category == "attack-planning"'

[deadline]
acknowledge = { FLASH = "1h", IMMEDIATE = "4h", PRIORITY = "24h", ROUTINE = "72h" }
dispose = "30d"

[release]
four-eyes = ["tip", "disposition"]

[handling]
default = { tlp = "AMBER+STRICT", pap = "AMBER", court-use = "ask", onward = "originator" }
`

func northStar() entente.Agreement {
	return entente.Agreement{
		ID: "north-star", Epoch: 1, Parties: []entente.PartyID{albia, borea},
		Objective: "Prevent attacks on people by the groups in schedule A.",
		From:      time.Date(2011, 1, 1, 0, 0, 0, 0, time.UTC), Until: time.Date(2013, 12, 31, 0, 0, 0, 0, time.UTC),
		Purposes:    []entente.Purpose{entente.ThreatToLife, "terrorism-prevention", "terrorism-prosecution"},
		Equivalence: []map[entente.PartyID]string{{albia: "attack-planning", borea: "attack-planning"}},
		Deadline: entente.Deadlines{
			Acknowledge: map[entente.Precedence]time.Duration{entente.Flash: hour, entente.Immediate: 4 * hour, entente.Priority: 24 * hour, entente.Routine: 72 * hour},
			Dispose:     30 * daylong,
		},
		Release:  entente.ReleaseRule{FourEyes: []entente.Kind{entente.KindTip, entente.KindDisposition}, Single: []entente.Kind{entente.KindNote}},
		Handling: entente.Caveats{TLP: entente.TLPAmberStrict, PAP: entente.PAPAmber, CourtUse: entente.CourtUseAsk, Onward: entente.OnwardOriginator},
		Text:     []byte(northStarText),
		Lines:    map[string]int{"parties": 3, "purposes": 7, "scope.tip": 19, "deadline.acknowledge": 22, "release.four-eyes": 26, "handling": 29},
	}
}

func threeSeas() entente.Agreement {
	a := northStar()
	a.ID, a.Parties, a.Objective = "three-seas", []entente.PartyID{albia, cadia, delia}, "Money that pays for attacks."
	a.Text = []byte("entente = \"agreement/1\"\nid = \"three-seas\"\nepoch = 1\n")
	return a
}

func standings() []casework.Standing {
	explain := []string{
		"albia-ncc and borea-sls may exchange tips for threat-to-life, terrorism-prevention and terrorism-prosecution.",
		"A tip passes when one of its subjects is a national of XA or XB, or when its category is attack-planning (line 20).",
		"Two people stand behind every tip and every disposition (line 26).",
		"A FLASH message is acknowledged within 1 hour, a ROUTINE one within 72 hours (line 22).",
	}
	return []casework.Standing{
		{
			Record: entente.AgreementRecord{Agreement: northStar(), Signed: []entente.PartyID{albia, borea}, Complete: true, Added: ago(60 * daylong)},
			Levels: []casework.PairLevel{{Partner: borea, Level: entente.Open}}, Explain: explain,
		},
		{
			Record: entente.AgreementRecord{Agreement: threeSeas(), Signed: []entente.PartyID{albia, cadia, delia}, Complete: true, Added: ago(50 * daylong)},
			Levels: []casework.PairLevel{
				{Partner: cadia, Level: entente.WarningsOnly, Theirs: &entente.LevelChange{Agreement: "three-seas", Party: cadia, Partner: albia, Level: entente.WarningsOnly, Towards: entente.TowardsPair, Number: 1, At: ago(9 * daylong)}},
				{Partner: delia, Level: entente.Open},
			}, Explain: explain[:1],
		},
		{Record: entente.AgreementRecord{Agreement: entente.Agreement{
			ID: "long-lights", Epoch: 3, Parties: []entente.PartyID{albia, delia}, Objective: "Lost ships.",
			From: morning.AddDate(0, 1, 0), Until: morning.AddDate(2, 0, 0), Text: []byte("id = \"long-lights\"\n"),
		}, Signed: []entente.PartyID{albia}, Added: ago(2 * daylong)}, Levels: []casework.PairLevel{{Partner: delia, Level: entente.Open}}},
	}
}

func parties() []casework.Partner {
	party := func(id entente.PartyID, name string, c entente.Country) entente.Party {
		return entente.Party{ID: id, Edition: 2, Name: name, Country: c, Issued: ago(90 * daylong), Endpoint: "https://node." + string(id) + ".example:7443"}
	}
	a := party(albia, "Albia National Coordination Centre", "XA")
	b := party(borea, "Борейская государственная служба международного взаимодействия", "XB")
	b.Contacts = []entente.Contact{
		{Role: "дежурная часть", Phone: "+999 555-01-02", Email: "duty@borea-sls.example", Hours: "24/7"},
		{Role: "legal", Email: "legal@borea-sls.example", Hours: "Mon-Fri 08:00-17:00 +03:00"},
	}
	c := party(cadia, "وحدة التحريات المالية في كاديا", "XC")
	c.Endpoint = ""
	d := party(delia, "Delia Centre for the Safety of Ships, Harbours, Lighthouses and Undersea Cables of the Eastern Archipelago", "XD")
	return []casework.Partner{
		{Record: entente.PartyRecord{Party: a, Added: ago(90 * daylong)}, Fingerprint: "7Q2M 9XKD 41VT H8ZC B3NW E5RP 6GJA 0YSF", Self: true},
		{
			Record: entente.PartyRecord{Party: b, Added: ago(80 * daylong), Checked: "clara.voss"}, Fingerprint: "K4TZ 2W9B 7HQN 5XCM V1DE R8GP 3JAY 6SF0",
			Line: entente.Line{Partner: borea, Contact: ago(4 * time.Minute), Compared: ago(3 * hour), Skew: 42 * time.Second},
		},
		{
			Record: entente.PartyRecord{Party: c, Added: ago(50 * daylong)}, Fingerprint: "M8XA 3R2J 9KDT 1VHQ 7ZCB 4NWE 6RPG 5YS0",
			Line: entente.Line{Partner: cadia, Contact: ago(3 * daylong), Attempts: 57, LastError: "the connection was refused", NextTry: morning.Add(7 * time.Minute), Compared: ago(3 * daylong)},
		},
		{
			Record: entente.PartyRecord{Party: d, Added: ago(2 * daylong)}, Fingerprint: "P3NE 8GJA 2YSF 6K4T Z7W9 B1HQ N5XC M0VD",
			Line: entente.Line{Partner: delia, Blocked: "their ledger contradicts what they signed before"},
		},
	}
}

func party(id entente.PartyID) entente.PartyRecord {
	for _, p := range parties() {
		if p.Record.Party.ID == id {
			return p.Record
		}
	}
	panic("no party " + id)
}

// letter is the tip that the whole project exists for.
func letter() entente.Tip {
	return entente.Tip{
		Category: "attack-planning",
		Title:    "Арсен Кадаев готовит поездку на север страны",
		Text:     "Просим сообщить, если указанное лицо выедет на север нашей страны.\n\nПо имеющимся данным, за последний год он изменил образ жизни и готовится присоединиться к подпольным группам. Его мать, Зарема Кадаева, разделяет эти взгляды.",
		Subjects: []entente.Subject{
			{
				ID: "s1",
				Names: []entente.Name{
					{Text: "Арсен Кадаев", Script: "Cyrl"},
					{Text: "KADAEV<<ARSEN", Script: "Latn", Use: "mrz"},
					{Text: "Kadayev", Script: "Latn", Use: "alias"},
				},
				Births: []entente.Birth{
					{ID: "b1", Date: entente.PartialDate{Year: 1987, Month: 3, Day: 14}, Place: "Ostvik", Grade: "C3", Nature: entente.NatureFact},
					{ID: "b2", Date: entente.PartialDate{Year: 1988}, Grade: "F6", Nature: entente.NatureAssessment},
				},
				Sex: "M", Nationalities: []entente.Country{"XB"}, Residence: "Ostvik, XA",
				Documents:   []entente.Document{{Type: "passport", Number: "XB 0000417", Country: "XB"}},
				Identifiers: []entente.Identifier{{Kind: "phone", Value: "+999 555-17-45"}, {Kind: "handle", Value: "@kad\u202e4891"}},
			},
			{ID: "s2", Names: []entente.Name{{Text: "Зарема Кадаева", Script: "Cyrl"}}, Sex: "F"},
		},
		Claims: []entente.Claim{
			{ID: "c1", Subject: "s1", Text: "Он собирается выехать на север в первой половине года.", Grade: "B3", Nature: entente.NatureAssessment},
			{ID: "c2", Subject: "s1", Text: "С 2010 года он посещает закрытый форум.", Grade: "B2", Nature: entente.NatureFact},
			{ID: "c3", Text: "The forum is run from abroad.", Grade: "F6", Nature: entente.NatureAssessment},
		},
		Links:     []entente.Link{{From: "s2", To: "s1", As: "mother of", Grade: "A1"}},
		Places:    []entente.Place{{Name: "Nordhaven", Geometry: []byte(`{"type":"Point","coordinates":[47.5047,42.9849]}`)}, {Name: "горная дорога", Geometry: []byte(`{"type":"LineString","coordinates":[[47.1,42.7],[47.2,42.8],[47.3,42.9]]}`)}, {Name: "a flat in Ostvik"}},
		Questions: []entente.Question{{ID: "q1", Text: "Выезжал ли он в нашу страну после 2008 года?"}, {ID: "q2", Text: "Will he travel to our north, and when?"}},
		Withheld:  []entente.Withheld{{What: "записи трёх телефонных разговоров", Ask: "По письменному запросу, при условии, что они не будут использованы в суде."}},
		Provenance: entente.Provenance{
			Attestation: "lawful", Text: "Получено оперативным путём.", Collected: "2010-12 to 2011-02",
		},
		TearLine: &entente.TearLine{Text: "A man living in Ostvik may travel to northern Borea.", TLP: entente.TLPGreen},
	}
}

var letterFiles = []entente.Attachment{
	{Digest: entente.DigestOf([]byte("letter")), Size: 184_320, Name: "письмо-2011-03-04.pdf", Media: "application/pdf"},
	{Digest: entente.DigestOf([]byte("film")), Size: 734_003_200, Name: "a-very-long-name-of-a-recording-made-at-the-crossing-on-2011-02-11-between-0400-and-0530.mp4", Media: "video/mp4"},
}

// keyed gives a file the key without which no statement names it.
func keyed(a entente.Attachment) entente.Attachment {
	_, key, err := seal.EncryptFile(io.Discard)
	if err != nil {
		panic(err)
	}
	a.Key = key
	return a
}

// filed makes a message that came in or went out at a time.
func filed(n int, from, to entente.PartyID, a entente.AgreementID, when time.Time, s entente.Statement) entente.Filed {
	s.ID = mid(n)
	if s.Caveats.TLP == "" {
		s.Caveats = northStar().Handling
	}
	f := entente.Filed{
		Name: mid(n),
		Message: entente.Message{Statement: s, Header: entente.Header{
			Version: 1, ID: mid(n), From: from, To: to, Agreement: a, Epoch: 1, Seq: int64(n), Class: entente.ClassOf(s.Kind),
			Precedence: s.Precedence, Created: when, Expires: when.Add(30 * daylong),
		}},
		Direction: entente.Incoming, Thread: mid(n), At: when.Add(2 * time.Second), Digest: entente.DigestOf([]byte(mid(n))),
	}
	if s.Re() != "" {
		f.Thread = s.Re()
	}
	if from == albia {
		f.Direction, f.Author, f.Releaser, f.Clause, f.At = entente.Outgoing, "anna.kern", "boris.lang", "release.four-eyes", when
	}
	return f
}

// inAnswerTo gives the references of an answer to a message, with the digest that
// filed gives it.
func inAnswerTo(id entente.MessageID) []entente.Ref {
	return []entente.Ref{{Rel: entente.Answers, ID: id, Digest: entente.DigestOf([]byte(id))}}
}

func tipStatement(p entente.Precedence, t entente.Tip) entente.Statement {
	return entente.Statement{Kind: entente.KindTip, Purpose: "terrorism-prevention", Precedence: p, Tip: &t}
}

func short(title, text string) entente.Tip {
	return entente.Tip{Category: "attack-planning", Title: title, Text: text, Provenance: entente.Provenance{Attestation: "not-attested"}}
}

// messages are all that is filed at the desk.
func messages() []entente.Filed {
	life := tipStatement(entente.Flash, short("تهديد وشيك ضد الزوار في ميناء أوستفيك مساء اليوم", "وردت معلومات عن نية مجموعة صغيرة مهاجمة الزوار.\nنرجو الرد العاجل."))
	life.Purpose, life.Tip.Threat = entente.ThreatToLife, "زوار الميناء، مساء اليوم"
	life.Caveats = entente.Caveats{TLP: entente.TLPRed, PAP: entente.PAPRed, Onward: entente.OnwardNever, CourtUse: entente.CourtUseNo, Purposes: []entente.Purpose{entente.ThreatToLife}, Until: morning.Add(5 * daylong)}
	first := tipStatement(entente.Priority, letter())
	first.Attachments = letterFiles
	ours := tipStatement(entente.Immediate, short("Passenger of the ferry MS Halvard, 2011-03-06", "He asked twice for the crossing to Nordhaven and paid in cash."))
	ours.Tip.Questions = []entente.Question{{ID: "q1", Text: "Is he known to you?"}}
	return []entente.Filed{
		filed(1, cadia, albia, "three-seas", ago(3*hour), life),
		filed(2, borea, albia, "north-star", ago(4*daylong), first),
		filed(3, albia, borea, "north-star", ago(2*daylong), ours),
		filed(4, borea, albia, "north-star", ago(2*daylong-hour), entente.Statement{Kind: entente.KindAcknowledgement, Purpose: "terrorism-prevention", Precedence: entente.Immediate, Refs: inAnswerTo(mid(3)), Acknowledgement: &entente.Acknowledgement{Role: entente.Analyst}}),
		filed(5, borea, albia, "north-star", ago(30*hour), entente.Statement{
			Kind: entente.KindDisposition, Purpose: "terrorism-prevention", Precedence: entente.Immediate, Refs: inAnswerTo(mid(3)),
			Disposition: &entente.Disposition{Outcome: entente.OutcomeOpened, Reason: "Он известен нам под другим именем.", Credit: "Проверка начата.", Answers: []entente.Answer{{Question: "q1", Refused: "Ответ раскрыл бы источник."}}},
		}),
		filed(6, albia, borea, "north-star", ago(29*hour), entente.Statement{Kind: entente.KindNote, Purpose: "terrorism-prevention", Precedence: entente.Immediate, Refs: inAnswerTo(mid(3)), Note: &entente.Note{Text: "Thank you. Under which name?\nWe can ask for the passenger list of the return crossing."}}),
		filed(7, albia, cadia, "three-seas", ago(6*hour), tipStatement(entente.Routine, short("Three accounts opened on one day", "All by the same agent."))),
		filed(8, albia, delia, "three-seas", ago(5*daylong), tipStatement(entente.Routine, short("Cargo of the MV Aurelia", "The papers do not match the draught."))),
		filed(9, delia, albia, "three-seas", ago(20*hour), tipStatement(entente.Routine, short(
			"A foreboding rather than a fact: unusually many requests for the drawings of the undersea cable between the Eastern Archipelago and the mainland", "No person is named."))),
		filed(10, delia, albia, "three-seas", ago(6*daylong), tipStatement(entente.Priority, short("王小明、李娜の渡航予定と送金記録について", "王小明は三月中旬に渡航する予定です。"))),
		filed(11, borea, albia, "north-star", ago(3*daylong), entente.Statement{
			Kind: entente.KindNotice, Purpose: "terrorism-prevention", Precedence: entente.Immediate,
			Notice: &entente.Notice{What: entente.NoticeLevel, Level: entente.Open, Towards: entente.TowardsAll, Number: 1, Reason: "Переговоры завершены."},
		}),
		filed(12, borea, albia, "north-star", ago(26*hour), entente.Statement{
			Kind: entente.KindNote, Purpose: "terrorism-prevention", Precedence: entente.Priority, Refs: inAnswerTo(mid(2)),
			Note: &entente.Note{Text: "Уточнение: запись второго разговора можно получить отдельно."},
		}),
	}
}

func draftsOfAlbia() []entente.Draft {
	draft := func(n int, author entente.OfficerID, state entente.DraftState, to entente.PartyID, a entente.AgreementID, s entente.Statement) entente.Draft {
		s.ID = mid(n)
		s.Caveats = s.Caveats.Over(northStar().Handling)
		d := entente.Draft{ID: mid(n), Author: author, To: to, Agreement: a, Statement: s, State: state, Created: ago(2 * hour), Changed: ago(time.Duration(n-40) * 7 * time.Minute), Version: 3}
		if state == entente.DraftSubmitted {
			var err error
			if d.Payload, err = parse.EncodeStatement(s); err != nil {
				panic(err)
			}
		}
		return d
	}
	whole := tipStatement(entente.Priority, letter())
	whole.Tip.Subjects[0].Identifiers = whole.Tip.Subjects[0].Identifiers[:1] // the override in the other would not be accepted
	whole.Attachments = []entente.Attachment{keyed(letterFiles[0])}
	whole.Tip.Text += "\n\nHidden in the text: ស្រី\u200bស្អាត."
	returned := tipStatement(entente.Routine, short("Rents of the warehouse at Pier 9", "Paid by three companies in turn."))
	incomplete := tipStatement(entente.Routine, entente.Tip{Title: "To be written", Provenance: entente.Provenance{Attestation: "lawful"}})
	answer := entente.Statement{
		Kind: entente.KindDisposition, Purpose: "terrorism-prevention", Precedence: entente.Routine, Refs: inAnswerTo(mid(10)),
		Disposition: &entente.Disposition{Outcome: entente.OutcomeNoLink, Reason: "Looked into; the transfers are wages."},
	}
	back := draft(43, "anna.kern", entente.DraftReturned, borea, "north-star", returned)
	back.Returned = "Say how we know. The source must not be guessed from the second sentence."
	return []entente.Draft{
		draft(41, "anna.kern", entente.DraftOpen, borea, "north-star", incomplete),
		draft(42, "anna.kern", entente.DraftSubmitted, borea, "north-star", whole),
		back,
		draft(44, "boris.lang", entente.DraftSubmitted, borea, "north-star", tipStatement(entente.Immediate, short("Written by a releaser", "So somebody else releases it."))),
		draft(45, "farah.aziz", entente.DraftSubmitted, delia, "three-seas", answer),
		draft(46, "anna.kern", entente.DraftOpen, borea, "north-star", whole),
	}
}

func accessEntries() []entente.AccessEntry {
	ops := []entente.Operation{entente.OpReadInbox, entente.OpReadMessage, entente.OpAcknowledge, entente.OpDraft, entente.OpSubmit, entente.OpRelease, entente.OpReadAccessLog}
	var list []entente.AccessEntry
	for n := 240; n > 0; n-- {
		o := officersOfAlbia[n%6]
		op := ops[n%len(ops)]
		list = append(list, entente.AccessEntry{Seq: int64(n), Access: entente.Access{
			At: ago(time.Duration(241-n) * 11 * time.Minute), Officer: o.ID, Role: o.Role, Operation: op,
			Object: "message " + string(mid(n%12)), Purpose: "handling", Denied: !policy.May(o.Role, op),
		}})
	}
	return list
}
