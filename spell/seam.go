package spell

import "strings"

// Seam is one way in which a word may have been put together from the words of
// a name: the keys of the first and of the last word. Particles and titles in
// front of the first and behind the last are passed over, and what stands
// between the two is left open.
type Seam struct {
	First, Last Key
	Alone       bool // one word, with particles or titles beside it: First and Last are the same
}

// Bounds of the seams of one word.
const (
	leastRun   = 4  // letters of a word that may be several
	mostRun    = 40 // letters that are looked at
	mostBeside = 10 // letters of the longest particle or title
)

// Words that may stand before the first word of those that were run together,
// and behind the last.
const (
	leads  = aParticle | anAssimilated | aTitle | aSayyid
	trails = aKin | aGeneration
)

// Seams appends to list the ways in which a word may have been put together.
// Each stands there once.
func (p *Part) Seams(list []Seam) []Seam {
	if p.opaque || p.Role == Initial {
		return list
	}
	from := len(list)
	list = seams(p.Latin, list, from)
	if len(p.Others) > 0 && p.Latin == withoutCourtesy(p.Others[0]) { // which may be part of a name after all
		list = seams(p.Others[0], list, from)
	}
	return list
}

func seams(word string, list []Seam, from int) []Seam {
	word = word[:min(len(word), mostRun)]
	if len(word) < leastRun {
		return list
	}
	for a := range len(word) {
		if !ofWords(word[:a], leads) && !likeTitle(word[:a]) {
			continue
		}
		for c := len(word); c > a+1; c-- {
			if !ofWords(word[c:], trails) {
				continue
			}
			if a > 0 || c < len(word) {
				k := KeyOf(word[a:c])
				list = addSeam(list, from, Seam{k, k, true})
			}
			list = acrossWord(word[a:c], list, from)
		}
	}
	return list
}

// extreme is the key of a head or a tail, and the first place where a word of it may end, or the last
// where one may begin.
type extreme struct {
	key Key
	at  int
}

// acrossWord adds the seams of a word whose first and last words stand at its ends.
func acrossWord(word string, list []Seam, from int) []Seam {
	var heads, tails [mostRun]extreme
	nh, nt := 0, 0
	for i := 1; i < len(word); i++ {
		nh = addExtreme(&heads, nh, extreme{KeyOf(word[:i]), i})
	}
	for j := len(word) - 1; j > 0; j-- {
		nt = addExtreme(&tails, nt, extreme{KeyOf(word[j:]), j})
	}
	for _, h := range heads[:nh] {
		for _, t := range tails[:nt] {
			if h.at <= t.at {
				list = addSeam(list, from, Seam{h.key, t.key, false})
			}
		}
	}
	return list
}

func addExtreme(list *[mostRun]extreme, n int, e extreme) int {
	for i := range n {
		if list[i].key == e.key {
			return n
		}
	}
	list[n] = e
	return n + 1
}

func addSeam(list []Seam, from int, s Seam) []Seam {
	for i := from; i < len(list); i++ {
		if list[i] == s {
			return list
		}
	}
	return append(list, s)
}

// ofWords reports whether letters are words of some sets, one behind the other.
func ofWords(letters string, sets wordSet) bool {
	if letters == "" {
		return true
	}
	for n := min(len(letters), mostBeside); n >= 2; n-- {
		if wordSets[letters[:n]]&sets != 0 && ofWords(letters[n:], sets) {
			return true
		}
	}
	return false
}

// titleKeys are those of titles that other spellings know.
var titleKeys = func() map[Key]bool {
	m := map[Key]bool{}
	for t := range titles {
		if len(t) >= 4 {
			m[KeyOf(t)] = true
		}
	}
	return m
}()

func likeTitle(letters string) bool {
	return len(letters) >= 4 && len(letters) <= mostBeside && titleKeys[KeyOf(letters)]
}

// courtesies are titles that bookings write behind a forename, without a space.
var courtesies = []string{"mstr", "miss", "mrs", "mr", "ms"}

// withoutCourtesy takes such a title off a word that nobody is known to bear:
// JORGMR, ANNAMRS. Names end in ms, too, so that what is left must be one.
func withoutCourtesy(s string) string {
	if len(s) < 5 || s[len(s)-1] != 'r' && s[len(s)-1] != 's' {
		return ""
	}
	for _, c := range courtesies {
		stem := strings.TrimSuffix(s, c)
		if len(stem) == len(s) || len(stem) < 3 || known(s) {
			continue
		}
		if c == "ms" && !known(stem) {
			return ""
		}
		return stem
	}
	return ""
}

// known reports whether the table of names has one.
func known(latin string) bool {
	_, ok := lookUp(rareNames, latin)
	return ok
}
