package match

import (
	"cmp"
	"slices"

	"entente"
)

// Bounds of a search.
const (
	maxSame    = 8_192 // people who are read because they may have every word of a name
	maxDay     = 1_024 // people of one day of birth who are read
	mostSought = 200   // matches that are looked for
	mostGiven  = 20    // answers of a kind that are given; of those by a part of the name half
	mostSure   = 100   // matches that are given where so many are probable
)

// Lookup is what a search of an index gives: matches, best first, and then, kind
// by kind, who is no match and may be meant nevertheless.
type Lookup struct {
	Hits []Hit
	Weak []WeakHit // by kind in the order of entente.Weaks, best first
	More []More
}

// WeakHit is somebody who is no match, and why they are shown.
type WeakHit struct {
	Hit
	Weak entente.Weak
}

// More is how many more there are than a search gives.
type More struct {
	Weak  entente.Weak // empty: matches
	Count int
	Least bool // there may be still more
}

// Search answers somebody who looks a person up: with all matches, possible or
// better, and with who is no match but has every word of a name that is asked
// for, shares a number or a part of the name, or was born on the same day where a
// name could not be read.
func (x *Index) Search(q *Question) Lookup {
	s := x.scratch.Get().(*search)
	defer x.scratch.Put(s)
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out Lookup
	possible := entente.BandPossible.Floor()
	hits := s.find(q, mostSought, Least{Score: possible})
	l := &looking{search: s, met: map[uint32]bool{}, kinds: map[entente.Weak][]ranked{}}
	for _, h := range hits {
		if n, ok := x.find(h.ID); ok {
			l.met[n] = true
		}
	}
	s.find(q, compared, Least{})
	l.around = slices.Clone(s.seen.chosen)
	l.crowded = len(s.seen.list) > len(l.around)
	s.start(q, Least{})
	defer func() { s.q = nil }()
	l.everyWord()
	l.sameDay()
	for _, c := range l.around {
		l.look(c.n)
	}
	for _, r := range l.kinds[isMatch] { // nearly never: a search for matches passes over few
		hits = append(hits, l.hit(&r))
	}
	out.matches(hits, l.unread || len(hits) == mostSought)
	l.write(&out)
	return out
}

// matches gives the best matches, more where they are probable.
func (o *Lookup) matches(hits []Hit, least bool) {
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.Match.Score, a.Match.Score) })
	n := min(len(hits), mostGiven)
	for n < min(len(hits), mostSure) && hits[n].Match.Score >= entente.BandProbable.Floor() {
		n++
	}
	o.Hits = hits[:n]
	if n < len(hits) {
		o.More = append(o.More, More{isMatch, len(hits) - n, least})
	}
}

// Of lists the answers of one kind; empty: matches.
func (o *Lookup) Of(kind entente.Weak) (hits []Hit) {
	if kind == isMatch {
		return o.Hits
	}
	for _, h := range o.Weak {
		if h.Weak == kind {
			hits = append(hits, h.Hit)
		}
	}
	return hits
}

// isMatch is the kind of who is no weak answer.
const isMatch entente.Weak = ""

// looking is a search for weak answers.
type looking struct {
	*search
	met     map[uint32]bool // who was looked at
	around  []chosen        // who shares most
	crowded bool            // more share something than are among them
	unread  bool            // more may have every word than were read
	kinds   map[entente.Weak][]ranked
}

// everyWord looks at the people who may have every word of one of the names.
func (l *looking) everyWord() {
	left := maxSame
	read := func(hash uint64) {
		var one [1]uint32
		for _, n := range l.x.people.get(hash, &one) {
			if l.met[n] {
				continue
			}
			if left == 0 {
				l.unread = true
				return
			}
			left--
			l.look(n)
		}
	}
	for i := range l.q.names {
		n := &l.q.names[i]
		for i, p := range n.parts {
			for _, q := range n.parts[:i] {
				for _, k := range p.keys {
					for _, m := range q.keys {
						read(l.x.pair(k, m))
					}
				}
			}
		}
		for i := range n.runs {
			for _, k := range n.runs[i].joinedKeys() {
				read(l.x.one(k))
			}
		}
		if rarest := l.rarest(n); rarest != nil {
			for _, k := range rarest.keys {
				read(l.x.one(k))
			}
		}
	}
}

// sameDay looks at the people who were born on the same day: where a name cannot
// be read, nothing else finds them.
func (l *looking) sameDay() {
	var one [1]uint32
	for _, b := range l.q.asked.births {
		if !whole(b.date) {
			continue
		}
		people := l.x.people.get(l.x.date(packDate(b.date)), &one)
		l.crowded = l.crowded || len(people) > maxDay
		for _, n := range people[:min(len(people), maxDay)] {
			l.look(n)
		}
	}
}

// rarest is the part of a name that fewest have.
func (l *looking) rarest(n *askedName) (p *part) {
	few, read := 0, readable(n.parts)
	for _, q := range n.parts {
		if read && q.Opaque() {
			continue
		}
		bearers := 0
		for _, k := range q.keys {
			bearers += l.x.people.count(l.x.one(k))
		}
		if p == nil || bearers < few {
			p, few = q, bearers
		}
	}
	return p
}

// look puts somebody among the weak answers, unless they have nothing that is
// worth it or were looked at.
func (l *looking) look(n uint32) {
	if l.met[n] {
		return
	}
	l.met[n] = true
	l.x.read(n, &l.held, &l.eye)
	t := l.pairing.compare(l.q.asked, &l.held, &l.memory)
	w := learned.weigh(&t)
	if kind, ok := l.kind(&t, &w); ok {
		l.kinds[kind] = append(l.kinds[kind], ranked{n, w.sum(), t})
	}
}

// kind says why somebody is shown, if they are.
func (l *looking) kind(t *terms, w *weights) (kind entente.Weak, ok bool) {
	switch {
	case learned.score(w.sum()-l.bar.crowd) >= entente.BandPossible.Floor():
		return isMatch, true
	case t.document != unknown || t.identifier == agrees:
		return entente.WeakNumber, true
	case l.allWords():
		if min(w.birth, w.place, w.residence, w.nationality, w.sex) < 0 {
			return entente.WeakDiffers, true
		}
		return entente.WeakName, true
	case !t.named && t.birth == dateSame && len(l.q.names) > 0:
		return entente.WeakBirth, true
	}
	return entente.WeakPart, t.named && t.name[termMet] > 0
}

// allWords reports whether a name of who is held has every word of a name that is
// asked for. A word that could not be read is asked of nobody.
func (l *looking) allWords() bool {
	for _, n := range l.q.asked.names {
		for _, held := range l.held.names {
			l.pairing.pairNames(n.parts, held.parts, &l.memory)
			if l.pairing.meetsAll(n.parts) {
				return true
			}
		}
	}
	return false
}

func (m *pairing) meetsAll(asked []*part) bool {
	met, read := 0, readable(asked)
	for i, p := range asked[:min(len(asked), maxParts)] {
		switch {
		case m.usedA[i]:
			if !p.initial && !p.light {
				met++
			}
		case p.light, read && p.Opaque() && p.Unread():
		default:
			return false
		}
	}
	return met > 0
}

// write gives the best of each kind, and says how many more there are.
func (l *looking) write(out *Lookup) {
	for _, kind := range entente.Weaks {
		all := l.kinds[kind]
		slices.SortFunc(all, func(a, b ranked) int { return cmp.Or(cmp.Compare(b.bits, a.bits), cmp.Compare(a.n, b.n)) })
		most := mostGiven
		if kind == entente.WeakPart {
			most /= 2
		}
		shown := all[:min(len(all), most)]
		for i := range shown {
			r := &shown[i]
			out.Weak = append(out.Weak, WeakHit{l.hit(r), kind})
		}
		if more := len(all) - len(shown); more > 0 {
			byWords := kind == entente.WeakName || kind == entente.WeakDiffers
			out.More = append(out.More, More{kind, more, byWords && l.unread || !byWords && l.crowded})
		}
	}
}

func (l *looking) hit(r *ranked) Hit {
	l.x.read(r.n, &l.held, &l.eye)
	return Hit{l.held.id, l.pairing.explain(l.q.asked, &l.held, &r.terms, &l.memory, l.bar.crowd)}
}
