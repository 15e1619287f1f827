package table

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente"
)

// What a text may hold that is not used.
const (
	calendar  = "it is a date of another calendar than the Gregorian one: write the Gregorian date"
	beside    = "what stands beside the date was not used"
	onlyYear  = "it is not a date that can be read, so only the year that stands there is used"
	noDay     = "there is no such day, so only the year is used"
	bothWays  = "day and month cannot be told apart, so only the year is used: say which stands first"
	twoDigits = "the year has two digits; it was read as the years in which the person can have been born"
	openEnded = "it says only before or after what the person was born"
	serial    = "it is the number of a spreadsheet and not a date: format the column as a date and save the table again"
	aged      = "it says how old the person was and not when the person was born"
)

// token is a number, or a word, or a run of signs for what is not known.
type token struct {
	text       string // as written
	word       string // folded; empty: a number
	n, digits  int
	start, end int
	before     string // what stands between it and the token before
	month      int    // of a word
}

func (t token) number() bool { return t.word == "" }

var tokenForm = regexp.MustCompile(`\d+|[\p{L}\p{M}]+['’]?|[?*_#]{2,}`)

func tokens(s string) []token {
	var out []token
	last := 0
	for _, at := range tokenForm.FindAllStringIndex(s, -1) {
		t := token{text: s[at[0]:at[1]], start: at[0], end: at[1], before: s[last:at[0]]}
		last = at[1]
		switch c, _ := utf8.DecodeRuneInString(t.text); {
		case '0' <= c && c <= '9':
			t.n, t.digits = number(t.text), len(t.text)
		case !unicode.IsLetter(c) || unknownPart.MatchString(t.text): // "??", "XX"
			t.digits = min(len(t.text), 4)
		default:
			t.word = strings.Trim(fold(t.text), "'’")
			t.month = months[t.word]
		}
		out = append(out, t)
	}
	return out
}

var unknownPart = regexp.MustCompile(`^(?:[Xx]{2}|[Xx]{4}|[Dd]{2}|[Mm]{2})$`)

// day reads one date. why says what of it was not used; the date may hold a
// part, or nothing.
func (r *dateReader) day(s string) (d Date, why string) {
	all := tokens(s)
	for i, t := range all {
		if endWords[t.word] { // "1965, died 2001"
			all, s, why = all[:i], s[:t.start], beside
			break
		}
	}
	d.Approx = isApprox(fold(s))
	kept := withoutNoise(all)
	for _, t := range kept {
		switch {
		case ageWords[t.word]:
			return Date{}, aged
		case openWords[t.word]:
			return Date{}, openEnded
		}
	}
	if first := strings.TrimLeft(s, " "); first != "" && (first[0] == '<' || first[0] == '>') {
		return Date{}, openEnded
	}
	core, lead, tail, whole := middle(kept)
	if len(core) == 0 {
		return Date{}, cmp.Or(why, noDate)
	}
	if !whole || !r.assemble(&d, &why, core) {
		return r.year(d, why, all)
	}
	if d.Date.IsZero() {
		return Date{}, why
	}
	d.Place, why = place(s, lead, tail, why)
	return d, why
}

// withoutNoise leaves out words that say nothing, such as "born" or "the", and
// prepositions before a number: "in 1965".
func withoutNoise(all []token) (kept []token) {
	for i, t := range all {
		next := i+1 < len(all) && (all[i+1].number() || all[i+1].month > 0)
		between := i > 0 && all[i-1].number() && (roman[t.word] > 0 || !strings.Contains(t.before, " "))
		if t.number() || t.month > 0 || !noise[t.word] && (!prepositions[t.word] || !next || between) {
			kept = append(kept, t)
		}
	}
	return kept
}

// middle finds the tokens that a date is of, between words that say something
// else. whole is false when such a word stands between them.
func middle(all []token) (core, lead, tail []token, whole bool) {
	is := func(t token) bool { return t.number() || t.month > 0 || roman[t.word] > 0 }
	first := slices.IndexFunc(all, func(t token) bool { return t.number() || t.month > 0 })
	if first < 0 {
		return nil, all, nil, false
	}
	last := first
	for i := first; i < len(all); i++ {
		if t := all[i]; t.number() || t.month > 0 {
			last = i
		}
	}
	core = all[first : last+1]
	whole = !slices.ContainsFunc(core, func(t token) bool { return !is(t) }) && (first == 0 || core[0].before != "") // not "S40.3.14"
	return core, all[:first], all[last+1:], whole
}

// year falls back to the years that stand in a text that is not a date.
func (r *dateReader) year(d Date, why string, all []token) (Date, string) {
	if why == "" || why == beside {
		why = onlyYear
	}
	for _, t := range all {
		if t.number() && t.digits == 4 && (t.n >= 1800 && t.n <= 2200) {
			one := Date{Date: entente.PartialDate{Year: t.n}, Approx: d.Approx}
			if d.Date.IsZero() {
				d = one
				continue
			}
			one.Approx, d.Approx = true, d.Approx || d.Date != one.Date
			r.more = append(r.more, one)
		}
	}
	if d.Date.IsZero() && why == onlyYear {
		why = noDate
	}
	return d, why
}

// place reads what stands beside a date as the place, when it begins as one.
func place(s string, lead, tail []token, why string) (string, string) {
	if len(lead) == 0 && len(tail) == 0 {
		return "", why
	}
	if len(lead) == 0 && why == "" {
		text := strings.TrimSpace(s[tail[0].start:])
		if rest, ok := behindPreposition(text); ok && isPlace(rest) || strings.Contains(tail[0].before, ",") && isPlace(text) {
			return cmp.Or(rest, text), ""
		}
	}
	if len(tail) == 0 && why == "" {
		text := strings.Trim(s[lead[0].start:lead[len(lead)-1].end], " ")
		if rest, ok := behindPreposition(text); ok && isPlace(rest) {
			return rest, ""
		}
	}
	if why == "" {
		why = beside
	}
	return "", why
}

// behindPreposition gives what follows a word such as "in" or "à".
func behindPreposition(s string) (string, bool) {
	word, rest, ok := strings.Cut(s, " ")
	if !ok || !prepositions[fold(word)] {
		return "", false
	}
	return strings.TrimSpace(rest), true
}

// isPlace reports whether a text may name a place: words, of which the first
// has a capital or is of a script that has none.
func isPlace(s string) bool {
	s = strings.TrimSpace(s)
	c, _ := utf8.DecodeRuneInString(s)
	return len(s) > 2 && len(s) <= 200 && unicode.IsLetter(c) && !unicode.IsLower(c) && !strings.ContainsAny(s, "0123456789?;=")
}
