package policy

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"
	"time"

	"entente"
	"entente/parse"
)

var updateTimes = flag.Bool("update-times", false, "write testdata/vectors/times.json again")

const timeFile = "../testdata/vectors/times.json"

// timeVectors is what testdata/vectors/times.json holds.
type timeVectors struct {
	About    string       `json:"about"`
	Form     formVectors  `json:"form"`
	Now      string       `json:"now"`      // the reader's clock
	Offered  string       `json:"offered"`  // when the envelope was first offered
	Received string       `json:"received"` // the receipt of the message that names a file
	Newest   string       `json:"newest"`   // the newest receipt, of an earlier place
	Outside  []timeVector `json:"outside"`
}

type formVectors struct {
	Accepted []string `json:"accepted"`
	Refused  []string `json:"refused"`
}

type timeVector struct {
	What  string `json:"what"`
	Time  string `json:"time"`
	Taken bool   `json:"taken"`
}

// outside checks a time by the name of what it is.
func outside(what string, at, now, offered, received, newest time.Time) error {
	switch what {
	case "created":
		return CheckCreated(at, now)
	case "receipt", "refusal":
		return CheckAnswered(at, offered, now)
	case "receipt of a later place":
		if err := CheckAnswered(at, offered, now); err != nil {
			return err
		}
		return CheckFollows(at, newest, now)
	case "issued":
		return CheckIssued(entente.Party{Issued: at}, now)
	case "held":
		return CheckHeld(at, received, now)
	}
	if Ahead(at, now) { // made, hello, Entente-Time
		return untimely(what, "ahead")
	}
	return nil
}

func TestTimeVectors(t *testing.T) {
	now := time.Date(2011, 3, 4, 9, 0, 0, 0, time.UTC)
	offered, received, newest := now.Add(-72*time.Hour), now.Add(-48*time.Hour), now.Add(-24*time.Hour)
	v := timeVectors{
		About: "form: a time has one form. outside: whether a reader takes a time that another party wrote, by the table of docs/protocol.md, section 7; what is not taken is no answer, or comes again.",
		Form: formVectors{
			Accepted: []string{"1800-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2011-03-04T09:30:00.1Z", "2011-03-04T09:30:00.123456Z", "2012-02-29T00:00:00Z", "2016-12-31T23:59:59Z", "9999-12-31T23:59:59.999999Z"},
			Refused: []string{
				"", "2011-03-04", "2011-03-04T09:30Z", "2011-03-04 09:30:00Z", "2011-03-04T09:30:00", "2011-03-04t09:30:00z", "2011-03-04T09:30:00+00:00", "2011-03-04T10:30:00+01:00",
				"2011-03-04T09:30:00.Z", "2011-03-04T09:30:00.10Z", "2011-03-04T09:30:00.0Z", "2011-03-04T09:30:00.1234567Z", "2011-03-04T09:30:00,1Z", "2016-12-31T23:59:60Z",
				"2011-02-29T09:30:00Z", "2011-03-04T24:00:00Z", "1799-12-31T23:59:59Z", "10000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", " 2011-03-04T09:30:00Z",
			},
		},
		Now: parse.FormatTime(now), Offered: parse.FormatTime(offered), Received: parse.FormatTime(received), Newest: parse.FormatTime(newest),
	}
	ahead := now.Add(Tolerance)
	bounds := map[string]time.Time{"receipt": offered, "refusal": offered, "receipt of a later place": newest, "held": received}
	for _, what := range []string{"created", "receipt", "receipt of a later place", "refusal", "issued", "held", "made", "hello"} {
		times := []time.Time{time.Unix(0, 0).UTC(), now, ahead, ahead.Add(time.Second), now.AddDate(1, 0, 0), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)}
		if since, ok := bounds[what]; ok {
			times = append(times, since.Add(-Tolerance-time.Second), since.Add(-Tolerance), since)
		}
		for _, at := range times {
			v.Outside = append(v.Outside, timeVector{what, parse.FormatTime(at), outside(what, at, now, offered, received, newest) == nil})
		}
	}
	got, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *updateTimes {
		if err := os.WriteFile(timeFile, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(timeFile)
	if err != nil || !bytes.Equal(got, want) {
		t.Error("testdata/vectors/times.json is not what this package says; if the change is meant, run the test with -update-times and note it as a change of the protocol")
	}
	for _, s := range v.Form.Accepted {
		if at, err := parse.Time(s); err != nil || parse.FormatTime(at) != s {
			t.Errorf("%q: %v", s, err)
		}
	}
	for _, s := range v.Form.Refused {
		if _, err := parse.Time(s); err == nil {
			t.Errorf("%q is read", s)
		}
	}
}
