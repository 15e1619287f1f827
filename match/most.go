package match

import (
	"math"

	"entente/spell"
)

// What two names can be worth at most is told by a glance at their parts. Most
// people who are proposed need no more: others fit better by then.

// mostOfPart is the most that a part adds to the sum of two names by meeting
// another, by its rarity rounded up.
type mostOfPart struct {
	any      [rarest + 1]float64
	nick     [rarest + 1]float64 // of a part that may be a short form
	mistyped [rarest + 1]float64 // if they share no skeleton
	joined   [rarest + 1]float64 // of words written together
}

// of is for a part that shares a skeleton with another.
func (t *mostOfPart) of(p *part) float64 {
	if p.nick {
		return t.nick[p.rare]
	}
	return t.any[p.rare]
}

// how alike parts are that meet by a rule: at least, at most.
var likenesses = [...]struct {
	rule        spell.Rule
	least, most float64
}{
	{spell.Same, 1, 1},
	{spell.Spelling, spell.Alike, 1},
	{spell.Transliteration, spell.Alike, 1},
	{spell.Nickname, spell.LikeNickname, spell.LikeNickname},
	{spell.Typing, spell.Alike, spell.LikeTyping},
	{spell.Joined, spell.Alike, 1},
}

// ofMistyped is for a part that letters set apart from another.
func (t *mostOfPart) ofMistyped(p *part) float64 {
	if p.nick {
		return t.nick[p.rare]
	}
	return t.mistyped[p.rare]
}

var mostOf = newMostOfPart(&learned)

func newMostOfPart(m *model) (t mostOfPart) {
	for r := range t.any {
		t.any[r] = math.Inf(-1)
		for _, l := range likenesses {
			most := math.Inf(-1)
			for _, score := range [...]float64{l.least, l.most} { // what lies between is worth no more than both
				for _, rarity := range [...]float64{0, float64(r)} {
					most = max(most, m.name[termOf(l.rule)]*rarity*score+m.name[termMetLoosely]*(1-score))
				}
			}
			switch l.rule {
			case spell.Typing:
				t.mistyped[r] = most
			case spell.Joined:
				t.joined[r] = most
			case spell.Nickname:
				t.nick[r] = most
			default:
				t.any[r] = max(t.any[r], most)
			}
		}
		t.nick[r] = max(t.nick[r], t.any[r])
	}
	return t
}

// mostOfNames is what the sum of two names is at most; nothing if no part may
// meet another. Runs tells whether a word of one may be several of the other.
func mostOfNames(a, b []*part, runs bool) float64 {
	a, b = a[:min(len(a), maxParts)], b[:min(len(b), maxParts)]
	var h hopes
	na, nb := 0, 0
	for _, q := range b {
		if !q.light {
			nb++
		}
	}
	if runs && (mayJoin(a, b) || mayJoin(b, a)) {
		return math.Inf(1)
	}
	for _, p := range a {
		if p.light {
			continue
		}
		na++
		most, initial := mostOfMeeting(p, b)
		if initial {
			h.initials++
		}
		if !math.IsInf(most, -1) {
			h.add(float64(p.rare), most)
		}
	}
	return learned.mostOfSum(&h, na, nb)
}

// hopes are the parts of a name that may meet.
type hopes struct {
	worth    [maxParts]float64 // of each, the most first
	met      int               // how many
	initials int               // and as initials
	rarities float64           // of all together
	single   float64           // rarity of the rarest
}

func (h *hopes) add(rarity, most float64) {
	if h.met == len(h.worth) {
		return
	}

	at := h.met
	for ; at > 0 && h.worth[at-1] < most; at-- {
		h.worth[at] = h.worth[at-1]
	}
	h.worth[at] = most
	h.met++
	h.rarities += rarity
	h.single = max(h.single, rarity)
}

// mostOfMeeting is the most that a part adds by meeting one of some others, and
// whether it may meet one as its initial.
func mostOfMeeting(p *part, others []*part) (most float64, initial bool) {
	most = math.Inf(-1)
	for _, q := range others {
		if q.light {
			continue
		}
		switch initials := p.initial || q.initial; {
		case p.mask&q.mask != 0:
			most = max(most, mostOf.of(p))
			initial = initial || initials
		case initials:
			initial = true
		case mayBeMistyped(p, q):
			most = max(most, mostOf.ofMistyped(p))
		}
	}
	return most, initial
}

// mayJoin reports whether one of some words may be others written together.
func mayJoin(ones, others []*part) (may bool) {
	if len(others) < 2 {
		return false
	}
	eachRun(others, mostLetters(ones), func(r *run) bool {
		for _, p := range ones {
			may = may || mayBeWritten(p, r)
		}
		return !may
	})
	return may
}

// mostOfSum is the most that nameSum gives two names of na and nb parts, of
// which no others may meet than h has.
func (m *model) mostOfSum(h *hopes, na, nb int) float64 {
	if h.met == 0 {
		return nothing
	}
	short := min(na, nb)
	always := m.name[termOne] + m.name[termLongOpen]*float64(max(na, nb)-short) +
		m.most(termInitial, float64(min(h.initials, short))) + m.most(termLight, 2) + m.most(termFathers, 1)
	best, sum := math.Inf(-1), 0.0
	for i, w := range h.worth[:min(h.met, short)] {
		met := i + 1
		sum += w + m.name[termMet] + m.most(termReadings, readingBits[len(readingBits)-1]) + m.most(termShort, 1)
		open := max(0, short-met-h.initials)
		most := always + sum + m.name[termShortOpen]*float64(open) + m.most(termShortRare, float64(open*rarest))
		if m.name[termShortOpen] > 0 {
			most += m.name[termShortOpen] * float64(short-met-open)
		}
		if na == nb && na > 1 && open == 0 {
			most += m.most(termWhole, 1)
		}
		if met > 1 && open == 0 {
			most += m.most(termWholeRare, h.rarities)
		}
		if met == 1 {
			most += m.name[termSingle] + m.most(termSingleRare, h.single)
		}
		best = max(best, most)
	}
	return best
}

// most is the most that a term adds which is between 0 and n.
func (m *model) most(term int, n float64) float64 { return max(0, m.name[term]*n) }
