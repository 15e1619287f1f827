package table

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// anyOf joins words to one alternative of a regular expression, in small letters
// and, for words of two letters and more, in any case.
func anyOf(list string) string {
	var out []string
	for _, w := range strings.Fields(list) {
		if w = regexp.QuoteMeta(w); utf8.RuneCountInString(w) > 1 {
			w = "(?i:" + w + ")"
		}
		out = append(out, w)
	}
	return "(?:" + strings.Join(out, "|") + ")"
}

// Words between two dates, and before them.
const (
	orWords   = "or oder ou или або lub albo veya ili sau vagy eller أو או"
	andWords  = "and und et y та i и e ve en og och oraz & +"
	toWords   = "to bis until till through thru hasta tot até до do по"
	fromWords = "between from zwischen von vom entre de du между с від z od między tra fra dal tussen van mellan mellem"
)

const year = `(?:1[89]|2[01])\d\d`

var (
	orWord  = regexp.MustCompile(`\s+` + anyOf(orWords) + `\s+|または|或`)
	andWord = regexp.MustCompile(`\s+` + anyOf(andWords) + `\s+`)
	toWord  = regexp.MustCompile(`\s+` + anyOf(toWords) + `\s+|\s+-+\s+|\s*[~〜～]\s*`)

	// between finds the two ends where a word before them says that it is a span.
	between = regexp.MustCompile(`^[\s"']*(?:\S+\s+)?` + anyOf(fromWords) + `\s+(.*\S)\s+` + anyOf(andWords+" "+toWords+" al au a à ile") + `\s+(.*)$`)
	// dashed and dated find two years, or two dates, that a hyphen parts.
	dashed = regexp.MustCompile(`^\D*?(` + year + `)\s*-\s*(` + year + `)\D*$`)
	dated  = regexp.MustCompile(`^(.*[./ ]` + year + `)\s*-\s*(\d{1,2}[./ ].*)$`)
	// short finds "1965-66", and decade "1960s".
	short  = regexp.MustCompile(`^\s*((?:1[89]|2[01])\d)(\d)\s*[-/]\s*(\d\d)\s*$`)
	decade = regexp.MustCompile(`(?i)(?:^|\D)((?:1[89]|20)\d0)(?:'?s|-?er|-?е|-?х|-?ті)(?:$|[\s,.)])|(?:années|anni|años|anos|lata)\s+((?:1[89]|20)\d0)`)
)

// span parts the ends of a span of time.
func span(s string) (from, to string, ok bool) {
	if m := decade.FindStringSubmatch(s); m != nil && len(years4.FindAllString(s, 2)) == 1 {
		first := m[1] + m[2]
		return first, first[:3] + "9", true
	}
	for _, find := range []*regexp.Regexp{between, dashed, dated} {
		if m := find.FindStringSubmatch(s); m != nil {
			return m[1], m[2], true
		}
	}
	if m := short.FindStringSubmatch(s); m != nil && m[3] > "12" && m[3] > m[1][2:]+m[2] { // "1965-66"
		return m[1] + m[2], m[1][:2] + m[3], true
	}
	at := toWord.FindStringIndex(s)
	if at != nil && years4.MatchString(s[at[1]:]) && (years4.MatchString(s[:at[0]]) || strings.ContainsFunc(s[:at[1]], unicode.IsLetter)) {
		return s[:at[0]], s[at[1]:], true
	}
	return "", "", false
}

// several parts dates that stand in a row. unsure: they are parted by a word for
// "or", so that at most one of them is right.
func several(s string) (parts []string, unsure bool) {
	parts = orWord.Split(s, -1)
	if unsure = len(parts) > 1; !unsure {
		parts = andWord.Split(s, -1)
		for _, p := range parts {
			if !datelike(p) { // "né en 1965", "15 March 1966 i Tunis"
				parts = []string{s}
				break
			}
		}
	}
	var out []string
	for _, p := range parts {
		for _, c := range atYears(p, ",") {
			out = append(out, atYears(c, "/")...)
		}
	}
	return out, unsure
}

// datelike reports whether a text may be a date or a part of one.
func datelike(s string) bool {
	return slices.ContainsFunc(tokens(s), func(t token) bool { return t.number() || t.month != 0 })
}

// atYears cuts at a sign, but so that each piece has a year.
func atYears(s, sign string) []string {
	var out []string
	rest := s
	for from := 0; ; {
		i := strings.Index(rest[from:], sign)
		if i < 0 {
			return append(out, rest)
		}
		i += from
		if years4.MatchString(rest[:i]) && years4.MatchString(rest[i+1:]) {
			out, rest, from = append(out, rest[:i]), rest[i+1:], 0
			continue
		}
		from = i + 1
	}
}

// completed gives a date the month and year of the next one where it has none:
// "14" before "15 March 1965", "Aug." before "Sep. 1977".
func completed(s, next string) string {
	if years4.MatchString(s) {
		return s
	}
	have, all := strings.Fields(s), strings.Fields(next)
	if len(have) == 0 || len(have) >= len(all) {
		return s
	}
	return s + " " + strings.Join(all[len(have):], " ")
}

// enumerated parts "a) one b) two", "1) one 2) two" and, with dots, "1. one 2.
// two". A text without such marks is given back whole.
func enumerated(s string, dots bool) []string {
	find := enumeration
	if dots {
		find = enumerationOfDots
	}
	marks := find.FindAllStringSubmatchIndex(s, -1)
	for _, sequence := range sequences {
		var starts, ends []int
		for _, m := range marks {
			n, mark := len(starts), strings.TrimRight(s[m[2]:m[3]], ").:- ")
			if n < len(sequence) && strings.EqualFold(mark, sequence[n]) {
				starts, ends = append(starts, m[0]), append(ends, m[1])
			}
		}
		if len(starts) == 0 || len(starts) == 1 && (dots || strings.TrimSpace(s[:starts[0]]) != "" || !strings.HasSuffix(s[marks[0][2]:marks[0][3]], ")")) {
			continue
		}
		out := []string{}
		if head := strings.TrimSpace(s[:starts[0]]); head != "" {
			out = append(out, head)
		}
		for i := range starts {
			end := len(s)
			if i+1 < len(starts) {
				end = starts[i+1]
			}
			out = append(out, s[ends[i]:end])
		}
		return out
	}
	return []string{s}
}

var sequences = [][]string{strings.Split("abcdefghijklmnopqrst", ""), strings.Split("123456789", ""), {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"}}

var (
	enumeration       = regexp.MustCompile(`(?:^|[\s,;:])\(?((?i:[A-T]|[1-9]|[ivx]{2,4})\)|[A-Ta-t][.:] )\s*`)
	enumerationOfDots = regexp.MustCompile(`(?:^|[\s,;:])\(?((?i:[A-T]|[ivx]{2,4})\)|[1-9](?:[).]|\s?- ))\s*`)
)
