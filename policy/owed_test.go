package policy

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente"
)

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

// sent makes a message of the thread; precedence is ROUTINE.
func sent(id entente.MessageID, k entente.Kind, from, to entente.PartyID, re entente.MessageID, created, delivered string) Exchanged {
	e := Exchanged{Message: entente.Message{
		Header: entente.Header{
			ID: id, From: from, To: to, Agreement: "north-star", Epoch: 1, Precedence: entente.Routine, Created: at(created),
		},
		Statement: entente.Statement{ID: id, Kind: k, Refs: entente.Answering(re), Precedence: entente.Routine},
	}}
	if k == entente.KindTip {
		e.Message.Statement.Tip = &entente.Tip{Title: "tip " + string(id)}
	}
	if delivered != "" {
		e.Receipt = &entente.Receipt{At: at(delivered), Via: entente.ViaWire}
	}
	return e
}

// Deadlines are lengths of time: a day has 24 hours and a month as many days as
// it has, whatever the calendar does.
func TestOwedAcrossTheCalendar(t *testing.T) {
	for _, c := range []struct {
		days       int
		since, due string
	}{
		{30, "2011-03-04T09:00:00Z", "2011-04-03T09:00:00Z"},
		{30, "2011-01-31T00:00:00Z", "2011-03-02T00:00:00Z"},
		{30, "2012-01-31T00:00:00Z", "2012-03-01T00:00:00Z"}, // a leap year
		{30, "2011-12-15T23:59:59Z", "2012-01-14T23:59:59Z"},
		{28, "2011-02-01T12:00:00Z", "2011-03-01T12:00:00Z"},
		{1, "2012-02-28T12:00:00Z", "2012-02-29T12:00:00Z"},
		{1, "2011-02-28T12:00:00Z", "2011-03-01T12:00:00Z"},
		{365, "2012-02-29T00:00:00Z", "2013-02-28T00:00:00Z"},
		{1, "2011-03-26T12:00:00+01:00", "2011-03-27T11:00:00Z"}, // the night in which Europe changed its clocks
		{1, "2012-06-30T12:00:00Z", "2012-07-01T12:00:00Z"},      // a leap second between
	} {
		a := northStar()
		a.Deadline = entente.Deadlines{Dispose: time.Duration(c.days) * 24 * time.Hour}
		owed := Owed(a, []Exchanged{sent("1", entente.KindTip, "borea-sls", "albia-ncc", "", c.since, c.since)}, nil)
		if len(owed) != 1 || !owed[0].Due.Equal(at(c.due)) || !owed[0].Since.Equal(at(c.since)) {
			t.Errorf("%d days from %s: got %v, want %s", c.days, c.since, owed, c.due)
		}
	}
}

func TestOwed(t *testing.T) {
	tip := sent("1", entente.KindTip, "borea-sls", "albia-ncc", "", "2011-03-04T09:00:00Z", "2011-03-04T09:00:05Z")
	answer := func(k entente.Kind, created, delivered string) Exchanged {
		return sent("2", k, "albia-ncc", "borea-sls", "1", created, delivered)
	}
	with := func(e Exchanged, change func(*entente.Message)) Exchanged {
		change(&e.Message)
		return e
	}
	second := with(answer(entente.KindAcknowledgement, "2011-03-04T12:00:00Z", "2011-03-05T12:00:00Z"), func(m *entente.Message) { m.Header.ID, m.Header.Seq = "3", 1 })
	sooner := with(answer(entente.KindAcknowledgement, "2011-03-04T12:00:00Z", "2011-03-04T13:00:00Z"), func(m *entente.Message) { m.Header.ID, m.Header.Seq = "3", 1 })
	void, refused := answer(entente.KindDisposition, "2011-03-04T10:00:00Z", "2011-03-04T11:00:00Z"), answer(entente.KindDisposition, "2011-03-04T10:00:00Z", "")
	void.Void, refused.Refused = true, true
	const ack, dispose = "acknowledgement", "disposition"
	for _, c := range []struct {
		name   string
		thread []Exchanged
		want   []string // kind, and when and by what it was met
	}{
		{"nothing yet", []Exchanged{tip}, []string{ack, dispose}},
		{"no receipt: the clock has not started", []Exchanged{sent("1", entente.KindTip, "borea-sls", "albia-ncc", "", "2011-03-04T09:00:00Z", "")}, []string{ack + " waiting", dispose + " waiting"}},
		{"acknowledged", []Exchanged{tip, answer(entente.KindAcknowledgement, "2011-03-04T10:00:00Z", "2011-03-04T11:00:00Z")}, []string{ack + " 2011-03-04T11:00:00Z by 2", dispose}},
		{"acknowledged twice: the earlier receipt counts", []Exchanged{second, tip, answer(entente.KindAcknowledgement, "2011-03-05T10:00:00Z", "2011-03-05T11:00:00Z")}, []string{ack + " 2011-03-05T11:00:00Z by 2", dispose}},
		{"a place that was filled later: the earlier receipt counts, not the earlier place", []Exchanged{sooner, tip, answer(entente.KindAcknowledgement, "2011-03-04T10:00:00Z", "2011-03-05T11:00:00Z")}, []string{ack + " 2011-03-04T13:00:00Z by 3", dispose}},
		{"a disposition shows that somebody has seen it", []Exchanged{tip, answer(entente.KindDisposition, "2011-03-04T10:00:00Z", "2011-03-04T11:00:00Z")}, []string{ack + " 2011-03-04T11:00:00Z by 2", dispose + " 2011-03-04T11:00:00Z by 2"}},
		{"an answer without a receipt meets nothing", []Exchanged{tip, answer(entente.KindDisposition, "2011-03-04T10:00:00Z", "")}, []string{ack + " answered by 2", dispose + " answered by 2"}},
		{"an answer that was refused for good", []Exchanged{tip, refused}, []string{ack, dispose}},
		{"an answer that an end note does not vouch for", []Exchanged{tip, void}, []string{ack, dispose}},
		{"a note meets nothing", []Exchanged{tip, answer(entente.KindNote, "2011-03-04T10:00:00Z", "2011-03-04T11:00:00Z")}, []string{ack, dispose}},
		{"the creditor does not answer", []Exchanged{tip, sent("2", entente.KindDisposition, "borea-sls", "albia-ncc", "1", "2011-03-04T10:00:00Z", "2011-03-04T11:00:00Z")}, []string{ack, dispose}},
		{"another party does not answer for the debtor", []Exchanged{tip, sent("2", entente.KindDisposition, "cadia-fiu", "borea-sls", "1", "2011-03-04T10:00:00Z", "2011-03-04T11:00:00Z")}, []string{ack, dispose}},
		{"an answer to another tip", []Exchanged{tip, with(answer(entente.KindDisposition, "2011-03-04T10:00:00Z", "2011-03-04T11:00:00Z"), func(m *entente.Message) { m.Statement.Refs = entente.Answering("9") })}, []string{ack, dispose}},
		{"an answer under another agreement", []Exchanged{tip, with(answer(entente.KindDisposition, "2011-03-04T10:00:00Z", "2011-03-04T11:00:00Z"), func(m *entente.Message) { m.Header.Agreement = "south-star" })}, []string{ack, dispose}},
		{"an answer under the next epoch is an answer", []Exchanged{tip, with(answer(entente.KindDisposition, "2011-03-04T10:00:00Z", "2011-03-04T11:00:00Z"), func(m *entente.Message) { m.Header.Epoch = 2 })}, []string{ack + " 2011-03-04T11:00:00Z by 2", dispose + " 2011-03-04T11:00:00Z by 2"}},
		{"a tip of the next epoch is owed under that one", []Exchanged{with(tip, func(m *entente.Message) { m.Header.Epoch = 2 })}, nil},
		{"a precedence without a deadline", []Exchanged{with(tip, func(m *entente.Message) { m.Header.Precedence = entente.Priority })}, []string{dispose}},
		{"the same message twice is one", []Exchanged{tip, tip}, []string{ack, dispose}},
	} {
		var got []string
		for _, o := range Owed(northStar(), c.thread, nil) {
			s := string(o.Kind)
			switch {
			case o.Met != nil:
				s += fmt.Sprintf(" %s by %s", o.Met.At.Format(time.RFC3339), o.Met.By)
			case o.Waiting:
				s += " waiting"
			case o.Answered != "":
				s += " answered by " + string(o.Answered)
			}
			got = append(got, s)
			if o.Debtor != "albia-ncc" || o.Creditor != "borea-sls" || o.Title != "tip 1" || o.Message != "1" || o.Agreement != "north-star" {
				t.Errorf("%s: %+v", c.name, o)
			}
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestOwedNamesItsClause(t *testing.T) {
	a := northStar()
	tip := sent("1", entente.KindTip, "borea-sls", "albia-ncc", "", "2011-03-04T09:00:00Z", "2011-03-04T09:00:05Z")
	tip.Message.Header.Precedence = entente.Flash
	owed := Owed(a, []Exchanged{tip}, nil)
	if len(owed) != 2 || owed[0].Clause != "deadline.acknowledge.FLASH" || owed[1].Clause != "deadline.dispose" {
		t.Fatalf("got %+v", owed)
	}
	if now := at("2011-03-04T10:00:05Z"); owed[0].State(now) != entente.ObligationOpen || owed[0].State(now.Add(time.Second)) != entente.ObligationOverdue {
		t.Error("the acknowledgement is not owed for exactly one hour")
	}
}

// Both ends hold what was exchanged, each beside what it alone knows: what it
// released and has no receipt for. They compute the same list, in whatever order
// their stores give the thread.
func TestOwedIsSameAtBothEnds(t *testing.T) {
	owing, allowed := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		parties := []entente.PartyID{"albia-ncc", "borea-sls"}
		var all []Exchanged
		seq := map[entente.PartyID]int64{}
		for i := range rapid.IntRange(0, 20).Draw(t, "messages") {
			from := rapid.IntRange(0, 1).Draw(t, "from")
			e := Exchanged{Message: aTip()}
			h, s := &e.Message.Header, &e.Message.Statement
			h.ID = entente.MessageID(fmt.Sprintf("%02d", i))
			h.From, h.To, h.Seq = parties[from], parties[1-from], seq[parties[from]]
			seq[h.From]++
			h.Precedence = rapid.SampledFrom(entente.Precedences).Draw(t, "precedence")
			h.Created = time.Unix(1.3e9+int64(i)*1e5+rapid.Int64Range(-2e5, 2e5).Draw(t, "created"), 0)
			s.Kind = rapid.SampledFrom([]entente.Kind{entente.KindTip, entente.KindTip, entente.KindAcknowledgement, entente.KindDisposition, entente.KindDisposition, entente.KindNote}).Draw(t, "kind")
			if s.Kind != entente.KindTip {
				s.Tip = nil
				s.Refs = entente.Answering(entente.MessageID(fmt.Sprintf("%02d", rapid.IntRange(0, max(i-1, 0)).Draw(t, "re"))))
			}
			if rapid.IntRange(0, 3).Draw(t, "delivered") > 0 {
				e.Receipt = &entente.Receipt{
					At:  h.Created.Add(time.Duration(rapid.Int64Range(-1e4, 3e5).Draw(t, "at")) * time.Second),
					Via: rapid.SampledFrom([]entente.Via{entente.ViaWire, entente.ViaCourier}).Draw(t, "via"),
				}
			}
			all = append(all, e)
		}
		a := northStar()
		a.Deadline.Courier = time.Duration(rapid.Int64Range(0, 1e6).Draw(t, "courier")) * time.Second
		var outages []entente.Outage
		for range rapid.IntRange(0, 2).Draw(t, "outages") {
			from := time.Unix(rapid.Int64Range(1.3e9, 1.3e9+1e6).Draw(t, "outage"), 0)
			n := rapid.IntRange(0, 1).Draw(t, "whose")
			outages = append(outages, entente.Outage{Agreement: a.ID, Party: parties[n], Partner: parties[1-n], From: from, Until: from.Add(72 * time.Hour)})
		}
		var lists [2][]entente.Obligation
		for i, p := range parties {
			var mine []Exchanged
			for _, e := range all {
				if e.Message.Header.From == p || e.Receipt != nil {
					mine = append(mine, e)
				}
			}
			lists[i] = shared(Owed(a, rapid.Permutation(mine).Draw(t, "order"), rapid.Permutation(outages).Draw(t, "outages in order")))
		}
		if !reflect.DeepEqual(lists[0], lists[1]) {
			t.Fatalf("albia computes %+v\nborea computes %+v", lists[0], lists[1])
		}
		for _, o := range lists[0] {
			if !o.Due.After(o.Since) || o.Met != nil && (o.Met.At.After(o.Met.Received) || (o.Met.Under == "") != o.Met.At.Equal(o.Met.Received) && !o.Met.Written.Equal(o.Met.Received)) {
				t.Fatalf("%+v", o)
			}
			if o.Met != nil && o.Met.Under != "" {
				allowed++
			}
		}
		owing += len(lists[0])
	})
	if owing == 0 || allowed == 0 {
		t.Error("nothing was ever owed, or no exception was ever made: the property says nothing")
	}
}

// shared is what both ends can know of: without what waits for its receipt, and
// without what is on its way.
func shared(all []entente.Obligation) []entente.Obligation {
	var out []entente.Obligation
	for _, o := range all {
		if o.Answered = ""; !o.Waiting {
			out = append(out, o)
		}
	}
	return out
}
