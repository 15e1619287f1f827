package parse

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"entente"
)

var update = flag.Bool("update", false, "write testdata/vectors again")

// vector is a text that is accepted or refused.
type vector struct {
	What string `json:"what"`
	Text string `json:"text"`
	Max  int64  `json:"max,omitempty"`  // numbers: the largest that the field takes
	Many bool   `json:"many,omitempty"` // text: of any number of lines
}

type vectors struct {
	About    string   `json:"about"`
	Accepted []vector `json:"accepted"`
	Refused  []vector `json:"refused"`
}

// TestVectors holds the files to what the program says of their texts.
func TestVectors(t *testing.T) {
	for name, f := range map[string]struct {
		vectors
		judge func(vector) error
	}{
		"numbers.json": {numberVectors(), judgeNumber},
		"times.json":   {timeVectors(), judgeTime},
		"text.json":    {lineVectors(), judgeText},
	} {
		for _, v := range f.Accepted {
			if err := f.judge(v); err != nil {
				t.Errorf("%s, %s: %v", name, v.What, err)
			}
		}
		for _, v := range f.Refused {
			if f.judge(v) == nil {
				t.Errorf("%s accepted: %s", name, v.What)
			}
		}
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(f.vectors); err != nil {
			t.Fatal(err)
		}
		b = *bytes.NewBuffer(escaped(b.Bytes()))
		file := filepath.Join("../testdata/vectors", name)
		if *update {
			if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if have, err := os.ReadFile(file); err != nil || !bytes.Equal(have, b.Bytes()) {
			t.Errorf("%s is not what the program makes (%v): run go test ./parse -run TestVectors -update", name, err)
		}
	}
}

// escaped writes what is not ASCII as escapes, so that a reader sees it.
func escaped(b []byte) []byte {
	var out strings.Builder
	for _, r := range string(b) {
		if r < 0x7f {
			out.WriteRune(r)
			continue
		}
		q := strconv.QuoteToASCII(string(r))
		switch {
		case r > 0xffff: // a surrogate pair, as JSON has it
			r -= 0x10000
			q = `"\u` + strconv.FormatInt(int64(0xd800+r>>10), 16) + `\u` + strconv.FormatInt(int64(0xdc00+r&0x3ff), 16) + `"`
		case r < 0x100:
			q = `"\u00` + strconv.FormatInt(int64(r), 16) + `"`
		}
		out.WriteString(q[1 : len(q)-1])
	}
	return []byte(out.String())
}

func judgeNumber(v vector) error {
	n, err := Canonical[int64]([]byte(v.Text), 100)
	if err == nil && (n < 0 || n > v.Max) {
		return entente.Invalid
	}
	return err
}

func judgeTime(v vector) error {
	at, err := Canonical[time.Time]([]byte(v.Text), 100)
	if err != nil {
		return err
	}
	c := &checker{}
	c.utc(nil, at)
	return c.Err()
}

func judgeText(v vector) error {
	c := &checker{}
	if v.Many {
		c.text(nil, v.Text, maxText)
	} else {
		c.line(nil, v.Text, maxLabel)
	}
	return c.Err()
}

func numberVectors() vectors {
	whole := func(what, text string) vector { return vector{What: what, Text: text, Max: MaxWhole} }
	return vectors{
		About: "Whole numbers as they stand in JSON, from 0 to max.",
		Accepted: []vector{
			whole("zero", "0"), whole("one", "1"),
			whole("the largest whole number, 2^53 - 1", "9007199254740991"),
			{What: "the largest place in a ledger, 2^40 - 1", Text: "1099511627775", Max: MaxSeq},
		},
		Refused: []vector{
			whole("2^53", "9007199254740992"), whole("2^63", "9223372036854775808"),
			{What: "2^40 as a place in a ledger", Text: "1099511627776", Max: MaxSeq},
			whole("negative", "-1"), whole("minus zero", "-0"), whole("a plus", "+1"), whole("a leading zero", "01"),
			whole("a fraction of zero", "1.0"), whole("a fraction", "1.5"), whole("an exponent", "1e3"), whole("hexadecimal", "0x10"),
			whole("in quotes", `"1"`), whole("white space", " 1"), whole("null", "null"), whole("an underscore", "1_000"), whole("nothing", ""),
		},
	}
}

func timeVectors() vectors {
	v := func(what, text string) vector { return vector{What: what, Text: `"` + text + `"`} }
	return vectors{
		About: "Times as they stand in JSON.",
		Accepted: []vector{
			v("whole seconds", "2011-03-04T09:30:00Z"),
			v("a microsecond", "2011-03-04T09:30:00.000001Z"),
			v("a fraction without zeros at its end", "2011-03-04T09:30:00.25Z"),
			v("the last second before a leap second", "2016-12-31T23:59:59Z"),
			v("29 February of a leap year", "2012-02-29T00:00:00Z"),
			v("29 February of 2000", "2000-02-29T00:00:00Z"),
			v("the first moment", "1800-01-01T00:00:00Z"),
			v("the last moment", "9999-12-31T23:59:59.999999Z"),
			v("the beginning of 1970 is a time like any other", "1970-01-01T00:00:00Z"),
		},
		Refused: []vector{
			v("a leap second: it is written as 59", "2016-12-31T23:59:60Z"),
			v("second 61", "2011-03-04T09:30:61Z"),
			v("minute 60", "2011-03-04T09:60:00Z"),
			v("hour 24", "2011-03-04T24:00:00Z"),
			v("29 February of another year", "2011-02-29T00:00:00Z"),
			v("29 February of 1900", "1900-02-29T00:00:00Z"),
			v("day 0", "2011-03-00T00:00:00Z"),
			v("month 13", "2011-13-04T00:00:00Z"),
			v("before the first year", "1799-12-31T23:59:59Z"),
			v("year 0", "0000-01-01T00:00:00Z"),
			v("a year of five digits", "10000-01-01T00:00:00Z"),
			v("a zero at the end of a fraction", "2011-03-04T09:30:00.10Z"),
			v("a fraction of zero", "2011-03-04T09:30:00.0Z"),
			v("finer than a microsecond", "2011-03-04T09:30:00.0000001Z"),
			v("a comma", "2011-03-04T09:30:00,5Z"),
			v("an offset", "2011-03-04T09:30:00+00:00"),
			v("no zone", "2011-03-04T09:30:00"),
			v("a small z", "2011-03-04T09:30:00z"),
			v("a small t", "2011-03-04t09:30:00Z"),
			v("a space for the T", "2011-03-04 09:30:00Z"),
			v("no seconds", "2011-03-04T09:30Z"),
			v("one digit of the hour", "2011-03-04T9:30:00Z"),
			v("a day alone", "2011-03-04"),
			{What: "a number", Text: "1299231000"},
			{What: "nothing", Text: `""`},
		},
	}
}

func lineVectors() vectors {
	one := func(what, text string) vector { return vector{What: what, Text: text} }
	many := func(what, text string) vector { return vector{What: what, Text: text, Many: true} }
	return vectors{
		About: "Texts of one line of at most 200 bytes or, where many is true, of any number of lines.",
		Accepted: []vector{
			one("several scripts", "Kadaev Кадаев كاداييف 卡达耶夫"),
			one("white space at the ends and inside stays", "  a  b\u00a0"),
			one("not normalised: a letter and its accent apart", "e\u0301"),
			one("200 bytes", strings.Repeat("x", 200)),
			many("lines and tabs", "first\n\tsecond\n"),
			one("a mark of direction beside a right-to-left letter", "שלום\u200f!"),
			one("another", "علي \u200e(1)"),
			one("the Arabic mark", "علي\u061c"),
			one("a non-joiner that Persian needs", "می\u200cخواهم"),
			one("a joiner behind a virama", "क्\u200dष"),
			one("a joiner of an emoji", "👩\u200d🚒"),
			one("a place for a line break in Khmer", "ស្រី\u200bស្អាត"),
			one("a variant of a Han character", "葛\U000e0100"),
		},
		Refused: []vector{
			one("empty", ""), one("only white space", " \u00a0\u3000"), many("only white space", " \n\t"),
			one("201 bytes", strings.Repeat("x", 201)),
			one("a line feed", "a\nb"), one("a tab in one line", "a\tb"),
			many("a carriage return", "a\r\nb"), many("NUL", "a\x00b"), many("escape", "a\x1bb"), many("delete", "a\x7fb"), many("next line U+0085", "a\u0085b"),
			many("line separator", "a\u2028b"), many("paragraph separator", "a\u2029b"),
			many("embedding U+202A", "a\u202ab"), many("U+202B", "a\u202bb"), many("end of embedding U+202C", "a\u202cb"),
			many("override U+202D", "a\u202db"), many("override U+202E", "gpj.\u202eexe"),
			many("isolate U+2066", "a\u2066b"), many("isolate U+2069, beside right-to-left letters", "שלום\u2069"),
			one("a mark of direction without a right-to-left letter", "Ka\u200fdaev"), one("the same between numbers", "1\u200e/2"),
			one("a non-joiner between Latin letters", "Ka\u200cdaev"), one("a joiner between Cyrillic letters", "Ка\u200dдаев"),
			one("a joiner at the beginning", "\u200dا"), one("two non-joiners", "می\u200c\u200cخواهم"),
			one("a space without width between Latin letters", "Ka\u200bdaev"),
			one("a soft hyphen", "Ka\u00addaev"), one("a word joiner", "Ka\u2060daev"), one("a byte order mark", "\ufeffKadaev"),
			one("a grapheme joiner", "Ka\u034fdaev"), one("a Hangul filler", "\u3164"), one("a tag", "Kadaev\U000e0041"),
		},
	}
}
