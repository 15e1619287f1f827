package passage

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"entente"
)

// manifest is a small passenger list in the standard syntax, a segment a line.
const manifest = `UNB+UNOA:4+S+R+120717:0830+9'
UNH+1+PAXLST:D:05B:UN:IATA'
BGM+745'
TDT+20+XB117'
LOC+125+QXB'
DTM+189:1207171140:201'
LOC+87+QXA'
DTM+232:1207171520:201'
NAD+FL+++KADAEV:ARSEN'
DTM+329:860314'
NAD+FL+++OSIN:VERA'
DTM+329:611102'
CNT+42:2'
UNT+13+1'
UNZ+1+9'
`

// people gives names and birth dates of what was read.
func people(all []Record) string {
	var list []string
	for _, e := range eventsOf(all) {
		who := e.Traveller.Names[0].Text
		for _, b := range e.Traveller.Births {
			who += " " + b.Date.String()
		}
		list = append(list, who)
	}
	return strings.Join(list, ", ")
}

const both = "KADAEV ARSEN 1986-03-14, OSIN VERA 1961-11-02"

// The same list comes in many dresses.
func TestSyntaxes(t *testing.T) {
	line := strings.ReplaceAll(manifest, "\n", "")
	custom := strings.NewReplacer("+", "*", "'", "$").Replace(line)
	control := strings.NewReplacer("+", "\x1d", ":", "\x1f", "'", "\x1c", "UNOA", "UNOB").Replace(line)
	for name, text := range map[string]string{
		"a segment a line":              manifest,
		"one line":                      line,
		"carriage returns":              strings.ReplaceAll(manifest, "\n", "\r\n"),
		"blanks between segments":       strings.ReplaceAll(manifest, "\n", "  \n\n "),
		"UNA":                           "UNA:+.? '" + line,
		"UNA on its own line":           "UNA:+.? '\r\n" + manifest,
		"UNA with other characters":     "UNA:*.? $" + custom,
		"UNA without decimal mark":      "UNA:+?*'\n" + line,
		"UNA, terminator is a line end": "UNA:+.? \n" + strings.ReplaceAll(manifest, "'", ""),
		"UNA without release character": "UNA:+.  '" + line,
		"control characters":            control,
		"broken at 40 columns":          wrapped(line, 40),
		"no terminators at all":         strings.ReplaceAll(manifest, "'", ""),
		"teletype header":               "\r\n\x01QD XAOPSXA\r\n.XBOPSXB 170830\r\n\x02" + manifest,
		"byte order mark":               "\uFEFF" + manifest,
		"two interchanges":              strings.Replace(manifest, "NAD+FL+++OSIN:VERA'\nDTM+329:611102'\n", "", 1) + "UNA:*.? $" + strings.Replace(custom, "NAD*FL***KADAEV:ARSEN$DTM*329:860314$", "", 1),
		"no envelope":                   line[strings.Index(line, "UNH"):],
	} {
		if got := people(reading(t, "paxlst", text)); got != both {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

func wrapped(s string, n int) string {
	var b strings.Builder
	for ; len(s) > n; s = s[n:] {
		b.WriteString(s[:n] + "\n")
	}
	return b.String() + s
}

// What is missing or wrong in an envelope is told of and costs nobody.
func TestEnvelopes(t *testing.T) {
	for _, c := range []struct{ name, old, text, field string }{
		{"no UNT", "UNT+13+1'\n", "", "UNT"},
		{"no UNZ", "UNZ+1+9'\n", "", "UNZ"},
		{"neither", "UNT+13+1'\nUNZ+1+9'\n", "", "UNT"},
		{"segments counted wrong", "UNT+13", "UNT+12", "UNT"},
		{"no number", "UNT+13", "UNT+twelve", "UNT"},
		{"another message", "UNT+13+1", "UNT+13+2", "UNT"},
		{"messages counted wrong", "UNZ+1", "UNZ+2", "UNZ"},
		{"another interchange", "UNZ+1+9", "UNZ+1+8", "UNZ"},
		{"travellers counted wrong", "CNT+42:2", "CNT+42:136", "CNT"},
		{"unknown character set", "UNOA", "UNOQ", "syntax identifier"},
		{"no terminator", "UNT+13+1'", "UNT+13+1", ""},
		{"no last terminator", "UNZ+1+9'\n", "UNZ+1+9", ""},
		{"dangling release", "UNZ+1+9'\n", "UNZ+1+9?", ""},
		{"text after the end", "UNZ+1+9'\n", "UNZ+1+9'\nReceived 13 Nov", ""},
	} {
		if !strings.Contains(manifest, c.old) {
			t.Fatalf("%s changes nothing", c.name)
		}
		all := reading(t, "paxlst", strings.Replace(manifest, c.old, c.text, 1))
		if got := people(all); got != both {
			t.Errorf("%s: got %q", c.name, got)
		}
		found := false
		for _, a := range asidesOf(all) {
			found = found || a.Field == c.field && a.Reason != "" && a.Where != ""
		}
		if !found {
			t.Errorf("%s: nothing was told of it: %v", c.name, asidesOf(all))
		}
	}
	if a := asidesOf(reading(t, "paxlst", manifest)); len(a) > 0 {
		t.Errorf("a sound list has %v", a)
	}
}

// Whatever is broken in one traveller's group, the next NAD begins another, and
// the next UNH another message.
func TestResynchronise(t *testing.T) {
	for _, junk := range []string{
		"DTM+329:86X314'", "DTM+329:860230'", "1234567'", "+++'", "::'", "Hello there'", "nad+fl+++lower:case'", "ATT'", "LOC'", "DOC+P'", "RFF'", "NAT+2+?'?+'",
		"FTX+" + strings.Repeat("A", 2*maxSegment) + "'",
		"FTX" + strings.Repeat("+", 2*maxSegment) + "'",
		"FTX+" + strings.Repeat(":", 2*maxSegment) + "'",
		strings.Repeat("\x00", 5000), "GARBAGE WITHOUT AN END\n", "?\n?\n'",
	} {
		text := strings.Replace(manifest, "DTM+329:860314'\n", junk, 1)
		got := people(reading(t, "paxlst", text))
		if want := "KADAEV ARSEN, OSIN VERA 1961-11-02"; got != want {
			t.Errorf("%.40q: got %q, want %q", junk, got, want)
		}
		again := strings.Replace(text, "UNZ+1", manifest[strings.Index(manifest, "UNH"):strings.Index(manifest, "UNZ")]+"UNZ+2", 1)
		if got := people(reading(t, "paxlst", again)); !strings.HasSuffix(got, both) {
			t.Errorf("%.40q, and a message after it: got %q", junk, got)
		}
	}
}

// A feed that breaks off gives everybody who came whole, and nobody whose name
// or birth date was cut into another.
func TestEveryPrefix(t *testing.T) {
	whole := map[string]bool{}
	for _, e := range eventsOf(reading(t, "paxlst", manifest)) {
		whole[e.Traveller.Names[0].Text] = true
	}
	for n := range manifest {
		all, err := tryReading("paxlst", manifest[:n])
		if err != nil && !errors.Is(err, entente.Invalid) {
			t.Fatalf("%d: %v", n, err)
		}
		for _, r := range all {
			if r.Event.ID == "" {
				continue
			}
			if !whole[r.Event.Traveller.Names[0].Text] && len(r.Aside) == 0 {
				t.Errorf("cut to %d: %q passes without a word", n, r.Event.Traveller.Names[0].Text)
			}
			for _, b := range r.Event.Traveller.Births {
				if d := b.Date.String(); d != "1986-03-14" && d != "1961-11-02" {
					t.Errorf("cut to %d: born %s", n, d)
				}
			}
		}
	}
}

func TestCharacterSets(t *testing.T) {
	list := func(level, name string) string {
		return strings.Replace(strings.Replace(manifest, "UNOA", level, 1), "KADAEV:ARSEN", name, 1)
	}
	for _, c := range []struct {
		level, bytes, want string
		sound              bool
	}{
		{"UNOA", "KADAEV", "KADAEV", true},
		{"UNOC", "M\xdcLLER", "MÜLLER", true},
		{"UNOD", "WA\xa3\xcaSA", "WAŁĘSA", true},
		{"UNOE", "\xba\xd0\xd4\xd0\xd5\xd2", "Кадаев", true},
		{"UNOF", "\xcc\xdc\xf1\xe9\xef\xf2", "Μάριος", true},
		{"UNOY", "Арсен", "Арсен", true},
		{"UNOW", "Ø", "Ø", true},
		{"UNOA", "M\xc3\x9cLLER", "MÜLLER", false},
		{"UNOA", "M\xdcLLER", "MÜLLER", false},
		{"IATA", "M\xdcLLER", "MÜLLER", false},
		{"UNOY", "M\xdcLLER", "MÜLLER", false},
		{"UNOF", "\xae\xd2", "®Ò", false},
		{"UNOA", "KAD\x07AEV", "KADAEV", false},
		{"UNOC", "KAD\x85AEV", "KADAEV", false},
		{"UNOY", "KAD\u202eAEV", "KADAEV", false},
		{"UNOA", "KAD\tAEV", "KAD AEV", true},
	} {
		all := reading(t, "paxlst", list(c.level, c.bytes))
		events := eventsOf(all)
		if len(events) != 2 || events[0].Traveller.Names[0].Text != c.want {
			t.Errorf("%s %q: got %q", c.level, c.bytes, people(all))
		}
		if sound := len(asidesOf(all)) == 0; sound != c.sound {
			t.Errorf("%s %q: told of %v", c.level, c.bytes, asidesOf(all))
		}
	}
}

func TestRelease(t *testing.T) {
	text := strings.Replace(manifest, "KADAEV:ARSEN", "O?'HARA:A?+B?:C??DE?\n?", 1)
	if got := people(reading(t, "paxlst", text)); !strings.HasPrefix(got, "O'HARA A+B:C?DE? 1986") {
		t.Errorf("got %q", got)
	}
}

// Only a file that is not of the format at all is an error, which says what it
// seems to be.
func TestNotOfTheFormat(t *testing.T) {
	bookings, err := os.ReadFile("testdata/bookings.pnrgov")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ format, text, hint string }{
		{"paxlst", "", "check that the right file"},
		{"paxlst", "Dear colleagues,\nUNfortunately", "check that the right file"},
		{"paxlst", "name,born\n", "read it as csv"},
		{"paxlst", string(bookings), "PNRGOV as pnrgov"},
		{"pnrgov", manifest, "PAXLST is read as paxlst"},
		{"pnrgov", "{}", "read it as json"},
		{"mrz", manifest, "read it as paxlst"},
		{"csv", manifest, "read it as paxlst"},
		{"csv", "", "check that"},
		{"csv", "a,b,c\n", "check that"},
		{"json", "name,born\n", "read it as csv"},
		{"json", "", "check that"},
		{"xml", "<a/>", "paxlst, pnrgov, mrz, csv, json"},
	} {
		all, err := tryReading(c.format, c.text)
		e, ok := errors.AsType[*entente.Error](err)
		if !ok || e.Kind != entente.Invalid || e.Detail == "" || !strings.Contains(e.Hint, c.hint) {
			t.Errorf("%s %.20q: got %#v", c.format, c.text, err)
		}
		if len(eventsOf(all)) > 0 {
			t.Errorf("%s %.20q: events", c.format, c.text)
		}
	}
}

// A reader that fails is no end of the file, and the error of the callback comes
// back as it is.
func TestErrorsPass(t *testing.T) {
	for _, f := range Formats {
		names := map[string]string{"paxlst": "flight.paxlst", "pnrgov": "bookings.pnrgov", "mrz": "desk.mrz", "csv": "crossings.csv", "json": "events.json"}
		text, err := os.ReadFile("testdata/" + names[f])
		if err != nil {
			t.Fatal(err)
		}
		broken := errors.New("the line is down")
		half := io.MultiReader(strings.NewReader(string(text[:len(text)/2])), iotest.ErrReader(broken))
		if err := Read(f, half, "north", received, func(Record) error { return nil }); !errors.Is(err, broken) {
			t.Errorf("%s: a failing reader gives %v", f, err)
		}
		full := fmt.Errorf("the disk is full")
		n := 0
		err = Read(f, strings.NewReader(string(text)), "north", received, func(Record) error { n++; return full })
		if err != full || n != 1 {
			t.Errorf("%s: a failing callback was called %d times and gives %v", f, n, err)
		}
	}
}
