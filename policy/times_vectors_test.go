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

var updateTimes = flag.Bool("update-times", false, "write testdata/vectors/clock.json again")

const timeFile = "../testdata/vectors/clock.json"

// timeVectors is what testdata/vectors/clock.json holds.
type timeVectors struct {
	About    string       `json:"about"`
	Now      string       `json:"now"`      // the reader's clock
	Offered  string       `json:"offered"`  // when the envelope was first offered
	Received string       `json:"received"` // the receipt of the message that names a file
	Newest   string       `json:"newest"`   // the newest receipt, of an earlier place
	Outside  []timeVector `json:"outside"`
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
		About: "Whether a reader takes a time that another party wrote, by the table of docs/protocol.md, section 7; what is not taken is no answer, or comes again.",
		Now:   parse.FormatTime(now), Offered: parse.FormatTime(offered), Received: parse.FormatTime(received), Newest: parse.FormatTime(newest),
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
		t.Error("testdata/vectors/clock.json is not what this package says; if the change is meant, run the test with -update-times and note it as a change of the protocol")
	}
}
