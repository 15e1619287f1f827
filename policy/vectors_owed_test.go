package policy

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"
	"time"

	"entente"
	"entente/parse"
)

// owedFile shows other implementations what is owed and when it was met.
const owedFile = "../testdata/vectors/owed.json"

type owedVector struct {
	What     string          `json:"what"`
	Deadline deadlineVector  `json:"deadline"`
	Messages []messageVector `json:"messages"`
	Outages  []outageVector  `json:"outages,omitempty"`
	Now      string          `json:"now"`
	Owed     []owesVector    `json:"owed"`
}

type deadlineVector struct {
	Acknowledge map[entente.Precedence]string `json:"acknowledge,omitempty"`
	Dispose     string                        `json:"dispose,omitempty"`
	Courier     string                        `json:"courier,omitempty"`
}

type messageVector struct {
	ID         entente.MessageID  `json:"id"`
	Kind       entente.Kind       `json:"kind"`
	From       entente.PartyID    `json:"from"`
	To         entente.PartyID    `json:"to"`
	Seq        int64              `json:"seq"`
	Precedence entente.Precedence `json:"precedence"`
	Answers    entente.MessageID  `json:"answers,omitempty"`
	Created    string             `json:"created"`
	Receipt    *receiptVector     `json:"receipt,omitempty"`
	Void       bool               `json:"void,omitempty"`
	Refused    bool               `json:"refused,omitempty"`
}

type receiptVector struct {
	Time int64       `json:"time"` // seconds since 1970
	Via  entente.Via `json:"via"`
}

type outageVector struct {
	From  entente.PartyID `json:"from"`
	To    entente.PartyID `json:"to"`
	Began string          `json:"began"`
	Ended string          `json:"ended"`
}

type owesVector struct {
	Kind     entente.ObligationKind  `json:"kind"`
	Message  entente.MessageID       `json:"message"`
	Debtor   entente.PartyID         `json:"debtor"`
	Creditor entente.PartyID         `json:"creditor"`
	Clause   string                  `json:"clause"`
	State    entente.ObligationState `json:"state"`
	Since    string                  `json:"since,omitempty"`
	Due      string                  `json:"due,omitempty"`
	Met      *metVector              `json:"met,omitempty"`
	Answered entente.MessageID       `json:"answered,omitempty"`
}

type metVector struct {
	By       entente.MessageID `json:"by"`
	Counts   string            `json:"counts"`
	Received string            `json:"received"`
	Written  string            `json:"written"`
	Under    entente.Allowance `json:"under,omitempty"`
}

const (
	vectorTip    = "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7"
	vectorAnswer = "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b8"
	vectorOther  = "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b9"
)

// owedCases has one rule a row. The tip reached albia-ncc on 4 March 2011 at
// 09:00:05; a disposition is due after ten days, on 14 March at 09:00:05.
func owedCases() []owedVector {
	tip := messageVector{
		ID: vectorTip, Kind: entente.KindTip, From: "borea-sls", To: "albia-ncc", Precedence: entente.Flash,
		Created: "2011-03-04T09:00:00Z", Receipt: &receiptVector{at("2011-03-04T09:00:05Z").Unix(), entente.ViaWire},
	}
	answered := func(k entente.Kind, created, received string, via entente.Via) messageVector {
		m := messageVector{ID: vectorAnswer, Kind: k, From: "albia-ncc", To: "borea-sls", Precedence: entente.Routine, Answers: vectorTip, Created: created}
		if received != "" {
			m.Receipt = &receiptVector{at(received).Unix(), via}
		}
		return m
	}
	said := func(created, received string, via entente.Via) messageVector {
		return answered(entente.KindDisposition, created, received, via)
	}
	as := func(m messageVector, change func(*messageVector)) messageVector { change(&m); return m }
	ten, courier := deadlineVector{Dispose: "10d"}, deadlineVector{Dispose: "10d", Courier: "7d"}
	week := outageVector{"borea-sls", "albia-ncc", "2011-03-10T00:00:00Z", "2011-03-17T00:00:00Z"}
	const wire, post = entente.ViaWire, entente.ViaCourier
	now := "2011-03-14T09:00:05Z"
	row := func(what string, d deadlineVector, now string, out []outageVector, ms ...messageVector) owedVector {
		return owedVector{What: what, Deadline: d, Messages: ms, Outages: out, Now: now}
	}
	return []owedVector{
		row("no receipt for the tip: the sender alone lists it", ten, now, nil, as(tip, func(m *messageVector) { m.Receipt = nil })),
		row("a tip that was refused for good", ten, now, nil, as(tip, func(m *messageVector) { m.Receipt, m.Refused = nil, true })),
		row("a tip that an end note does not vouch for", ten, now, nil, as(tip, func(m *messageVector) { m.Void = true })),
		row("a receipt of the first second of 1970: zero is a time", ten, now, nil, as(tip, func(m *messageVector) { m.Receipt = &receiptVector{0, wire} })),
		row("a receipt of the last day: the deadline stops at the year 9999", ten, now, nil, as(tip, func(m *messageVector) { m.Receipt = &receiptVector{at("9999-12-31T00:00:00Z").Unix(), wire} })),
		row("the last second", ten, now, nil, tip),
		row("one second later", ten, "2011-03-14T09:00:06Z", nil, tip),
		row("acknowledgement and disposition are two obligations", deadlineVector{Acknowledge: map[entente.Precedence]string{entente.Flash: "1h"}, Dispose: "10d"}, "2011-03-04T10:30:00Z", nil, tip, answered(entente.KindAcknowledgement, "2011-03-04T09:30:00Z", "2011-03-04T09:30:01Z", wire)),
		row("a disposition meets both", deadlineVector{Acknowledge: map[entente.Precedence]string{entente.Flash: "1h"}, Dispose: "10d"}, "2011-03-04T10:30:00Z", nil, tip, said("2011-03-04T09:30:00Z", "2011-03-04T09:30:01Z", wire)),
		row("answered, and no receipt for the answer: the debtor alone knows", ten, now, nil, tip, said("2011-03-14T08:00:00Z", "", wire)),
		row("an answer that was refused for good", ten, now, nil, tip, as(said("2011-03-14T08:00:00Z", "", wire), func(m *messageVector) { m.Refused = true })),
		row("received in the last second", ten, now, nil, tip, said("2011-03-14T08:00:00Z", "2011-03-14T09:00:05Z", wire)),
		row("received one second late, said to be written in time", ten, "2011-03-14T09:00:06Z", nil, tip, said("2011-03-14T09:00:05Z", "2011-03-14T09:00:06Z", wire)),
		row("written and received late", ten, "2011-03-14T09:00:06Z", nil, tip, said("2011-03-14T09:00:05.000001Z", "2011-03-14T09:00:06Z", wire)),
		row("two days late, said to be written before the tip came", ten, "2011-03-16T12:00:00Z", nil, tip, said("2011-03-01T08:00:00Z", "2011-03-16T09:00:00Z", wire)),
		row("said to be written after it was received: the receipt counts", ten, "2011-03-16T12:00:00Z", nil, tip, said("2011-03-15T08:00:00Z", "2011-03-14T09:00:00Z", wire)),
		row("by courier, and the agreement gives no length", ten, "2011-03-16T12:00:00Z", nil, tip, said("2011-03-14T08:00:00Z", "2011-03-16T09:00:00Z", post)),
		row("by courier, within the length that the agreement gives", courier, "2011-03-16T12:00:00Z", nil, tip, said("2011-03-14T08:00:00Z", "2011-03-16T09:00:00Z", post)),
		row("by courier, at the end of the length", courier, "2011-03-22T12:00:00Z", nil, tip, said("2011-03-14T08:00:00Z", "2011-03-21T08:00:00Z", post)),
		row("by courier, one second beyond the length", courier, "2011-03-22T12:00:00Z", nil, tip, said("2011-03-14T08:00:00Z", "2011-03-21T08:00:01Z", post)),
		row("over the wire, where the agreement gives a length for couriers", courier, "2011-03-16T12:00:00Z", nil, tip, said("2011-03-14T08:00:00Z", "2011-03-16T09:00:00Z", wire)),
		row("by courier, said to be written before the tip came: not believed", courier, "2011-03-16T12:00:00Z", nil, tip, said("2011-03-04T09:00:04Z", "2011-03-16T09:00:00Z", post)),
		row("written in an outage of the creditor, received within a day after it", ten, "2011-03-18T12:00:00Z", []outageVector{week}, tip, said("2011-03-14T08:00:00Z", "2011-03-18T00:00:00Z", wire)),
		row("one second beyond the day after the outage", ten, "2011-03-18T12:00:00Z", []outageVector{week}, tip, said("2011-03-14T08:00:00Z", "2011-03-18T00:00:01Z", wire)),
		row("written one microsecond before the outage", ten, "2011-03-18T12:00:00Z", []outageVector{week}, tip, said("2011-03-09T23:59:59.999999Z", "2011-03-17T08:00:00Z", wire)),
		row("an outage that the debtor declares excuses nothing", ten, "2011-03-18T12:00:00Z", []outageVector{{"albia-ncc", "borea-sls", week.Began, week.Ended}}, tip, said("2011-03-14T08:00:00Z", "2011-03-17T08:00:00Z", wire)),
		row("of two answers the one that counts earlier", ten, "2011-03-18T12:00:00Z", nil, tip,
			said("2011-03-13T08:00:00Z", "2011-03-15T08:00:00Z", wire), as(said("2011-03-14T08:00:00Z", "2011-03-14T08:00:02Z", wire), func(m *messageVector) { m.ID, m.Seq = vectorOther, 1 })),
		row("a note, an answer of the creditor and an answer to another message meet nothing", ten, "2011-03-14T12:00:00Z", nil, tip,
			answered(entente.KindNote, "2011-03-05T08:00:00Z", "2011-03-05T08:00:02Z", wire),
			as(said("2011-03-05T08:00:00Z", "2011-03-05T08:00:02Z", wire), func(m *messageVector) { m.From, m.To = m.To, m.From }),
			as(said("2011-03-05T08:00:00Z", "2011-03-05T08:00:02Z", wire), func(m *messageVector) { m.Answers = vectorOther })),
	}
}

func (v owedVector) compute(t *testing.T) []owesVector {
	length := func(s string) (d time.Duration) {
		if s == "" {
			return 0
		}
		d, err := parse.Duration(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	a := entente.Agreement{ID: "north-star", Epoch: 1, Deadline: entente.Deadlines{Acknowledge: map[entente.Precedence]time.Duration{}, Dispose: length(v.Deadline.Dispose), Courier: length(v.Deadline.Courier)}}
	for p, s := range v.Deadline.Acknowledge {
		a.Deadline.Acknowledge[p] = length(s)
	}
	var thread []Exchanged
	for _, m := range v.Messages {
		e := sent(m.ID, m.Kind, m.From, m.To, m.Answers, m.Created, "")
		e.Message.Header.Seq, e.Message.Header.Precedence, e.Void, e.Refused = m.Seq, m.Precedence, m.Void, m.Refused
		if m.Receipt != nil {
			e.Receipt = &entente.Receipt{At: time.Unix(m.Receipt.Time, 0).UTC(), Via: m.Receipt.Via}
		}
		thread = append(thread, e)
	}
	var outages []entente.Outage
	for _, o := range v.Outages {
		outages = append(outages, entente.Outage{Agreement: a.ID, Party: o.From, Partner: o.To, From: at(o.Began), Until: at(o.Ended)})
	}
	stamp := func(t time.Time) string { return t.Format(time.RFC3339Nano) }
	owed := []owesVector{}
	for _, o := range Owed(a, thread, outages) {
		w := owesVector{Kind: o.Kind, Message: o.Message, Debtor: o.Debtor, Creditor: o.Creditor, Clause: o.Clause, State: o.State(at(v.Now)), Answered: o.Answered}
		if !o.Waiting {
			w.Since, w.Due = stamp(o.Since), stamp(o.Due)
		}
		if m := o.Met; m != nil {
			w.Met = &metVector{m.By, stamp(m.At), stamp(m.Received), stamp(m.Written), m.Under}
		}
		owed = append(owed, w)
	}
	return owed
}

func TestOwedVectors(t *testing.T) {
	vectors := owedCases()
	states := map[entente.ObligationState]bool{}
	for i := range vectors {
		vectors[i].Owed = vectors[i].compute(t)
		for _, o := range vectors[i].Owed {
			states[o.State] = true
		}
	}
	for _, s := range []entente.ObligationState{
		entente.ObligationWaiting, entente.ObligationOpen, entente.ObligationOverdue, entente.ObligationMet,
		entente.ObligationLate, entente.ObligationClaimed, entente.ObligationVoid,
	} {
		if !states[s] {
			t.Errorf("no vector has the state %q", s)
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(vectors); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(owedFile, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(owedFile)
	if err != nil || !bytes.Equal(kept, b.Bytes()) {
		t.Errorf("%s is not what the program computes (%v): if the rule has changed, run go test ./policy -run OwedVectors -update, and say so in docs/protocol.md", owedFile, err)
	}
}
