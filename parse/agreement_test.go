package parse

import (
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"entente"
)

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAgreementOfTheDesign(t *testing.T) {
	text := readFile(t, "agreement.toml")
	a, err := Agreement(text)
	if err != nil {
		t.Fatal(err)
	}
	day := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
	hours := func(n time.Duration) time.Duration { return n * time.Hour }
	want := entente.Agreement{
		ID: "north-star", Epoch: 1, Parties: []entente.PartyID{"albia-ncc", "borea-sls"},
		Objective: "Prevent attacks on people by the groups in schedule A.",
		From:      day(2011, 1, 1), Until: day(2013, 12, 31),
		Purposes: []entente.Purpose{"threat-to-life", "terrorism-prevention", "terrorism-prosecution"},
		Definitions: map[entente.PartyID]entente.Definition{
			"albia-ncc": {
				Terms: map[string]string{"terrorism": "Albia Penal Code art. 205"},
				Lists: []string{"un-1267", "albia-proscribed-2010"},
			},
			"borea-sls": {
				Terms: map[string]string{"terrorism": "Borea Federal Law 35 art. 3: acts on Borean territory or against Borean interests abroad"},
				Lists: []string{"un-1267", "borea-unified"},
			},
		},
		Equivalence: []map[entente.PartyID]string{{"albia-ncc": "attack-planning", "borea-sls": "attack-planning"}},
		Scope: map[entente.Kind]string{
			entente.KindTip: `subject.nationalities.exists(c, c in ["XA", "XB"]) || message.category == "attack-planning"`,
		},
		Deadline: entente.Deadlines{
			Acknowledge: map[entente.Precedence]time.Duration{entente.Flash: hours(1), entente.Immediate: hours(4), entente.Priority: hours(24), entente.Routine: hours(72)},
			Dispose:     hours(30 * 24),
			Answer:      map[string]time.Duration{"urgent": hours(8), "priority": hours(72), "normal": hours(7 * 24)},
		},
		Release: entente.ReleaseRule{
			FourEyes: []entente.Kind{entente.KindTip, entente.KindAnswer, entente.KindCorrection, entente.KindOnward, entente.KindHandover},
			Standing: []string{"encounter where request.kind == 'travel-notice' && request.accepted"},
		},
		Handling: entente.Caveats{TLP: entente.TLPAmberStrict, PAP: entente.PAPAmber, CourtUse: entente.CourtUseAsk, Onward: entente.OnwardOriginator},
		Assurance: map[string]any{
			"requires": []any{"no-death-penalty", "no-mistreatment"}, "when": `message.purpose == "terrorism-prosecution"`,
		},
		Retention:  map[string]any{"tip": "3y", "review": "1y"},
		Blind:      map[string]any{"evaluations-per-day": int64(800), "hits-per-day": int64(5)},
		Commitment: map[entente.PartyID][]string{"borea-sls": {"answers 9 in 10 requests in time", "recorded material on request"}},
		Text:       text,
		Lines:      a.Lines,
	}
	if !reflect.DeepEqual(a, want) {
		t.Errorf("got  %+v\nwant %+v", a, want)
	}
	if !a.InForce(day(2013, 12, 31).Add(hours(23))) || a.InForce(day(2014, 1, 1)) {
		t.Error("the last day does not count whole")
	}
}

func TestAgreementLines(t *testing.T) {
	text := string(readFile(t, "agreement.toml"))
	a, err := Agreement([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for clause, start := range map[string]string{
		"id":                         "id =",
		"parties":                    "parties =",
		"parties.1":                  "parties =",
		"definition.albia-ncc":       "[definition.albia-ncc]",
		"definition.borea-sls.lists": `lists = ["un-1267", "borea-unified"]`,
		"equivalence.0":              "[[equivalence]]",
		"equivalence.0.borea-sls":    `borea-sls = "attack-planning"`,
		"scope":                      "[scope]",
		"scope.tip":                  "tip = 'subject",
		"scope.note":                 "[scope]", // the table above it
		"deadline.acknowledge":       "acknowledge =",
		"deadline.acknowledge.FLASH": "acknowledge =",
		"release.standing.0":         "standing =",
		"handling.default.tlp":       "default =",
		"commitment.borea-sls.1":     "borea-sls = [\"answers",
	} {
		at := strings.Index(text, "\n"+start)
		if strings.HasPrefix(text, start) {
			at = -1
		}
		want := 2 + strings.Count(text[:max(at, 0)], "\n")
		if at < 0 {
			want = 1
		}
		if got := a.Line(clause); got != want {
			t.Errorf("Line(%q) = %d, want %d", clause, got, want)
		}
	}
}

func TestAgreementRefusals(t *testing.T) {
	good := string(readFile(t, "agreement.toml"))
	swap := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("the example has no %q", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	for _, tt := range []struct{ text, field, detail string }{
		{swap(`id = "north-star"`, `id = "North Star"`), "id", "line 2: an id starts with a letter"},
		{swap(`id = "north-star"`, `ID = "north-star"`), "id", "an id has 2 to 40 characters"},
		{swap(`epoch = 1`, `epoch = 0`), "epoch", "line 3: epochs count from 1"},
		{swap(`epoch = 1`, `epoch = "1"`), "epoch", "line 3: it should be a number and stands in quotes"},
		{swap(`epoch = 1`, `epoch = 9007199254740992`), "epoch", "line 3: the number is too large"},
		{swap(`epoch = 1`, ""), "epoch", "epochs count from 1"},
		{swap(`["albia-ncc", "borea-sls"]`, `["albia-ncc"]`), "parties", "line 4: an agreement has at least two"},
		{swap(`["albia-ncc", "borea-sls"]`, `["albia-ncc", "borea-sls", "albia-ncc"]`), "parties[2]", "line 4: it stands there twice"},
		{swap(`["albia-ncc", "borea-sls"]`, `["albia-ncc", 7]`), "parties[1]", "line 4: it is not in quotes"},
		{swap(`"Prevent attacks on people by the groups in schedule A."`, `""`), "objective", "line 5: it is empty"},
		{swap(`from = 2011-01-01`, `from = "2011-01-01"`), "from", "line 6: it should be a whole date"},
		{swap(`from = 2011-01-01`, `from = 2011-01-01T00:00:00Z`), "from", "line 6: it should be a whole date"},
		{swap(`until = 2013-12-31`, `until = 2010-12-31`), "until", "line 7: the last day is before the first"},
		{swap(`purposes = ["threat-to-life"`, `purposes = ["Threat to life"`), "purposes[0]", "line 8: it is not a word"},
		{swap(`[definition.albia-ncc]`, `[definition.cadia-fiu]`), "definition.cadia-fiu", "line 10: it is not a party"},
		{swap(`lists = ["un-1267", "albia-proscribed-2010"]`, `lists = "un-1267"`), "definition.albia-ncc.lists", "line 12: it should be a list"},
		{swap("[[equivalence]]", "[equivalence]"), "equivalence", "line 16: there may be several of these"},
		{swap("albia-ncc = \"attack-planning\"\n", ""), "equivalence[0]", "line 16: an equivalence needs the categories of two"},
		{swap("tip = 'subject", "tipp = 'subject"), "scope.tipp", "it is not one of the values"},
		{swap("[deadline]", "[deadlines]"), "deadlines", "there is no such key here"},
		{swap(`FLASH = "1h"`, `FLASH = "1 hour"`), "deadline.acknowledge.FLASH", "it is not a length of time"},
		{swap(`FLASH = "1h"`, `flash = "1h"`), "deadline.acknowledge.flash", "it is not one of the values"},
		{swap(`dispose = "30d"`, `dispose = 30`), "deadline.dispose", "the number has no unit"},
		{swap(`dispose = "30d"`, `dispose = "0d"`), "deadline.dispose", "it is not a length of time"},
		{swap(`dispose = "30d"`, `disposed = "30d"`), "deadline.disposed", "there is no such key here"},
		{swap(`four-eyes = ["tip", `, `four-eyes = ["tips", `), "release.four-eyes[0]", "it is not one of the values"},
		{swap("[release]\n", "[release]\nsingle = [\"note\", \"tip\"]\n"), "release.single[1]", "the kind stands in both lists"},
		{swap(`["encounter where request.kind`, `["encounter when request.kind`), "release.standing[0]", "it does not say when"},
		{swap(`tlp = "AMBER+STRICT"`, `tlp = "amber"`), "handling.default.tlp", "it is not one of the values"},
		{swap(`court-use = "ask"`, `court_use = "ask"`), "handling.default.court_use", "there is no such key here"},
		{swap("[handling]\n", "[handling]\nother = 1\n"), "handling.other", "there is no such key here"},
		{swap(`borea-sls = ["answers`, `cadia-fiu = ["answers`), "commitment.cadia-fiu", "it is not a party"},
		{swap("epoch = 1\n", "epoch = 1\nepoch = 1\n"), "", "line 4"},
		{swap("epoch = 1\n", "epoch 1\n"), "", "line 3"},
		{swap("epoch = 1\n", "epoch = 1\r\n"), "", "line 3: the line ends in a carriage return"},
		{swap("epoch = 1\n", "epoch =\t1\n"), "", "line 3: the line holds a tab"},
		{swap("schedule A", "schedule \u202eA"), "", "line 5: it holds the character U+202E"},
		{swap("schedule A", "schedule \xff"), "", "line 5: the text is not valid UTF-8"},
		{swap("epoch = 1\n", "epoch = 1\n\"a.b\" = 1\n"), "", "line 4: the key is not a plain word"},
		{strings.TrimSuffix(good, "\n"), "", "the last line does not end"},
		{good + "[more]\nx = " + strings.Repeat("[", 100) + strings.Repeat("]", 100) + "\n", "", "nests deeper"},
		{good + "[more]\nx = [" + strings.Repeat("1,", 6000) + "]\n", "", "more than 5000 keys"},
		{good + "# " + strings.Repeat("x", MaxAgreement) + "\n", "", "bytes are too many"},
		{swap("agreement/1", "agreement/2"), "entente", "line 1: it is not an agreement of this version"},
		{swap("entente = \"agreement/1\"\n", ""), "entente", "it is not an agreement of this version"},
		{"\n" + good, "entente", "it does not begin with what it is"},
		{swap("entente = \"agreement/1\"\n", "entente = 'agreement/1'\n"), "entente", "it does not begin with what it is"},
	} {
		_, err := Agreement([]byte(tt.text))
		e, ok := err.(*entente.Error)
		if !ok {
			t.Errorf("%s %q: got %v, want an error", tt.field, tt.detail, err)
			continue
		}
		if tt.field != "" && e.Field != tt.field || !strings.Contains(e.Detail, tt.detail) || e.Kind != entente.Invalid {
			t.Errorf("got %s: %s; want %s: %s", e.Field, e.Detail, tt.field, tt.detail)
		}
		if tt.field != "" && e.Field != "entente" && tt.field != "id" && tt.field != "epoch" && !strings.HasPrefix(e.Detail, "line ") {
			t.Errorf("%s: %s: names no line", e.Field, e.Detail)
		}
	}
}

func TestDuration(t *testing.T) {
	for in, want := range map[string]time.Duration{
		"90m": 90 * time.Minute, "24h": 24 * time.Hour, "30d": 720 * time.Hour, "2w": 336 * time.Hour, "3y": 3 * 8760 * time.Hour, "100y": 876000 * time.Hour,
		"": 0, "h": 0, "0h": 0, "01h": 0, "-1h": 0, "+1h": 0, "1.5h": 0, "1": 0, "1s": 0, "1H": 0, "1 h": 0, "101y": 0, "99999999999h": 0, "1h30m": 0, "１h": 0,
	} {
		got, err := Duration(in)
		if got != want || (err == nil) != (want > 0) {
			t.Errorf("Duration(%q) = %v, %v; want %v", in, got, err, want)
		}
	}
}
