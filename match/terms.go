package match

import (
	"math"

	"entente/spell"
)

// What is observed of two names. Each is a number that a learned weight
// multiplies.
const (
	termOne         = iota // always 1
	termSame               // sums of the rarity of parts that met, by rule
	termSpelling           //
	termOtherScript        //
	termNickname           //
	termTyping             //
	termJoined             //
	termInitial            // initials that met
	termMet                // parts that met
	termMetLoosely         // of them by spelling, nickname or letters that differ: 1 − likeness each
	termShortOpen          // parts of the shorter name that met nothing
	termShortRare          // sum of their rarity
	termLongOpen           // parts of the longer name beyond the shorter's number that met nothing
	termWhole              // 1 if every part of both met
	termWholeRare          // sum of the rarity of all that met, if every part of the shorter did
	termSingle             // 1 if only one part met
	termSingleRare         // its rarity
	termLight              // particles that met
	termReadings           // readings among which other scripts had the choice, in bits, of parts that met
	termShort              // parts of up to three letters that met by another spelling
	termFathers            // 1 if both have a patronymic and they differ
	termNames              // how many
)

// nameTerms are the observations of two names.
type nameTerms [termNames]float64

func termOf(r spell.Rule) int {
	switch r {
	case spell.Same:
		return termSame
	case spell.Spelling:
		return termSpelling
	case spell.Transliteration:
		return termOtherScript
	case spell.Nickname:
		return termNickname
	case spell.Joined:
		return termJoined
	}
	return termTyping
}

// rarest is the rarity beyond which rarer does not say more: tables of
// frequencies end there.
const rarest = 18

// readingBits is log2(1+n).
var readingBits = [...]float64{0, 1, 1.58, 2, 2.32, 2.58, 2.81, 3, 3.17, 3.32, 3.46, 3.58, 3.7, 3.81, 3.91}

// observe counts what a pairing shows.
func (m *pairing) observe(a, b []*part) (t nameTerms) {
	t[termOne] = 1
	na, nb := 0, 0
	openA, openB, rareA, rareB := 0.0, 0.0, 0.0, 0.0
	fatherA, fatherB, fathers := false, false, false
	for i, p := range a[:min(len(a), maxParts)] {
		if p.light {
			continue
		}
		na++
		fatherA = fatherA || p.Role == spell.Patronymic
		if !m.usedA[i] {
			openA++
			rareA += min(p.rarity, rarest)
		}
	}
	for j, q := range b[:min(len(b), maxParts)] {
		if q.light {
			continue
		}
		nb++
		fatherB = fatherB || q.Role == spell.Patronymic
		if !m.usedB[j] {
			openB++
			rareB += min(q.rarity, rarest)
		}
	}
	met, single := 0.0, 0.0
	for _, p := range m.pairs {
		if a[p.i].light && b[p.j].light {
			t[termLight] = min(2, t[termLight]+1)
			continue
		}
		if p.Rule == spell.InitialOf {
			t[termInitial]++
			continue
		}
		r := min(p.rarity, rarest)
		met++
		single = r
		t[termMet]++
		t[termOf(p.Rule)] += r * p.Score
		t[termMetLoosely] += 1 - p.Score
		if x, y := a[p.i], b[p.j]; p.Rule != spell.Same {
			t[termReadings] += readingBits[min(len(x.Others)+len(y.Others), len(readingBits)-1)]
			if min(len(x.Latin), len(y.Latin)) <= 3 {
				t[termShort]++
			}
		}
		fathers = fathers || a[p.i].Role == spell.Patronymic && b[p.j].Role == spell.Patronymic
	}
	if na > nb || na == nb && rareA > rareB {
		openA, openB, rareA, na, nb = openB, openA, rareB, nb, na
	}
	t[termShortOpen], t[termShortRare] = openA, rareA
	t[termLongOpen] = max(0, openB-openA)
	if openA == 0 && openB == 0 && na > 1 {
		t[termWhole] = 1
	}
	if openA == 0 && met > 1 {
		t[termWholeRare] = t[termSame] + t[termSpelling] + t[termOtherScript] + t[termNickname] + t[termTyping] + t[termJoined] - t[termReadings]
	}
	if met == 1 {
		t[termSingle], t[termSingleRare] = 1, single
	}
	if fatherA && fatherB && !fathers {
		t[termFathers] = 1
	}
	return t
}

// terms are everything that is observed of two people.
type terms struct {
	name           nameTerms
	i, j           int // the names that met
	named          bool
	birth          dateKind
	birthA, birthB int
	place          agreement
	placeA, placeB int
	residence      agreement
	nationality    agreement
	sex            agreement
	document       agreement
	docA, docB     int
	identifier     agreement
	idA, idB       int
}

// compare observes two people.
func (m *pairing) compare(a, b *person, like likener) terms {
	t := m.compareRest(a, b, like)
	m.compareNames(&t, a, b, like)
	return t
}

// compareNames observes their names, the best pair of them.
func (m *pairing) compareNames(t *terms, a, b *person, like likener) {
	m.glance(a, b)
	m.compareGlanced(t, a, b, like)
}

// glance tells what each pair of names may be worth at most, and what the best.
func (m *pairing) glance(a, b *person) float64 {
	m.most = m.most[:0]
	best := math.Inf(-1)
	for i := range a.names {
		for j := range b.names {
			most := mostOfNames(a.names[i].parts, b.names[j].parts, !m.noRuns)
			m.most = append(m.most, most)
			best = max(best, most)
		}
	}
	return best
}

// compareGlanced is compareNames after glance: pairs of names that cannot be the
// best are left out. Of equal pairs the first is taken.
func (m *pairing) compareGlanced(t *terms, a, b *person, like likener) {
	if len(m.most) == 0 {
		return
	}
	t.named = true
	first := 0 // the likeliest pair
	for k, most := range m.most {
		if most > m.most[first] {
			first = k
		}
	}
	name, sum := m.compareName(a, b, first, like)
	t.name, t.i, t.j = name, first/len(b.names), first%len(b.names)
	for k, most := range m.most {
		if k == first || most < sum-1e-9 {
			continue
		}
		if n, w := m.compareName(a, b, k, like); w > sum || w == sum && k < t.i*len(b.names)+t.j {
			t.name, t.i, t.j, sum = n, k/len(b.names), k%len(b.names), w
		}
	}
	t.forgive(a, b)
}

// compareName observes the k-th pair of names.
func (m *pairing) compareName(a, b *person, k int, like likener) (nameTerms, float64) {
	x, y := a.names[k/len(b.names)].parts, b.names[k%len(b.names)].parts
	m.pairNames(x, y, like)
	t := m.observe(x, y)
	return t, learned.nameSum(&t)
}

// compareRest observes everything but their names, which takes least time.
func (m *pairing) compareRest(a, b *person, like likener) (t terms) {
	t.birth, t.birthA, t.birthB = bestBirth(a, b)
	t.place, t.placeA, t.placeB = bestPlace(a, b, like)
	t.residence = comparePlaces(a.residence, b.residence, like)
	t.nationality = compareNationalities(a, b)
	t.sex = compareSex(a, b)
	t.document, t.docA, t.docB = bestDocument(a, b)
	t.identifier, t.idA, t.idB = bestIdentifier(a, b)
	return t
}
