package passage

import "strings"

// How well a name that a request states fits a traveller of the booking.
const (
	stranger = iota // another name
	relative        // one of both, so that something else must say so too
	likely          // both, of which one is shortened or mistyped
	same            // the very name
)

// fits compares a stated name with the traveller's. Names in bookings are
// shortened, broken by line ends and glued to titles; so what one begins with
// counts, and a letter mistyped.
func (t *traveller) fits(surname, given string) int {
	first, _ := untitled(given)
	s, g := letters(surname), letters(first)
	switch {
	case t.written == "" || s == "" && g == "":
		return stranger
	case t.written == s+g || t.surname == s && t.given == g:
		return same
	case g == "" || t.given == "":
		return least(alike(s, t.surname), likely)
	}
	family := alike(s, t.surname)
	own := alike(g, t.given) || family && (strings.HasPrefix(g, t.given) || strings.HasPrefix(t.given, g))
	switch {
	case family && own, alike(s, t.given) && alike(g, t.surname):
		return likely
	case family && sameStart(g, t.given), t.surname != s && own && len(g) > 2:
		return relative
	}
	return stranger
}

func least(ok bool, fit int) int {
	if ok {
		return fit
	}
	return stranger
}

// sameStart reports whether two given names begin with the same two letters,
// also behind a title.
func sameStart(a, b string) bool {
	if len(b) < 2 {
		return strings.HasPrefix(a, b)
	}
	for _, title := range titles {
		if rest, ok := strings.CutPrefix(a, title); ok && strings.HasPrefix(rest, b[:2]) {
			return true
		}
	}
	return strings.HasPrefix(a, b[:2]) || len(a) == 1 && a[0] == b[0]
}

// alike reports whether two words of letters are one word: the same, one the
// beginning of the other, or a letter in four apart.
func alike(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) >= 3 && strings.HasPrefix(b, a) || a == b {
		return true
	}
	const longest = 64 // what is longer is compared as a whole
	return len(a) >= 4 && len(b) <= longest && apart(a, b) <= max(1, len(a)/5)
}

// apart counts the letters by which two words differ: changed, missing or added.
func apart(a, b string) int {
	var room [2][65]int
	row, next := room[0][:len(b)+1], room[1][:len(b)+1]
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next[0] = i + 1
		for j := range len(b) {
			change := row[j]
			if a[i] != b[j] {
				change++
			}
			next[j+1] = min(change, row[j+1]+1, next[j]+1)
		}
		row, next = next, row
	}
	return row[len(b)]
}

// best returns the traveller that a stated name fits best, how well it fits, and
// whether it fits several as well.
func (p *pnr) best(surname, given string) (who, fit int, several bool) {
	who = -1
	for i := range p.party {
		switch f := p.party[i].fits(surname, given); {
		case f > fit:
			who, fit, several = i, f, false
		case f == fit && f > stranger:
			several = true
		}
	}
	return who, fit, several
}
