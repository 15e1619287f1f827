package match

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"entente"
	"entente/spell"
)

// model is what internal/fit learns. All weights are in bits.
type model struct {
	name        [termNames]float64 // multiplied with the terms of the best pair of names
	bend        []point            // their sum → what the name is worth
	apart       float64            // what it is worth that no part met
	birth       [dateKinds]float64
	place       [agreements]float64
	nationality [agreements]float64
	sex         [agreements]float64
	document    [agreements]float64
	identifier  [agreements]float64
	people      float64 // on the list that the prior was learned on
	prior       float64 // before anything is known, of each of them
	probability []point // the sum of all → log odds in bits, rising
}

// point is a corner of a line of straight pieces.
type point struct{ x, y float64 }

// nameSum is how well two names fit, to order pairs of them.
func (m *model) nameSum(t *nameTerms) float64 {
	if t[termMet] == 0 {
		return nothing
	}
	sum := 0.0
	for i, w := range m.name {
		sum += w * t[i]
	}
	return sum
}

// nothing is less than any sum of names that have a part in common.
const nothing = -1000

// nameBits is what the names are worth.
func (m *model) nameBits(t *nameTerms) float64 {
	return m.bitsOfName(m.nameSum(t))
}

// bitsOfName is what names are worth whose sum is this.
func (m *model) bitsOfName(sum float64) float64 {
	if sum == nothing {
		return m.apart
	}
	return bent(m.bend, sum)
}

// bent reads a line of straight pieces; beyond its ends it goes on level.
func bent(line []point, x float64) float64 {
	if len(line) == 0 {
		return x
	}
	if x <= line[0].x {
		return line[0].y
	}
	for i, p := range line[1:] {
		if x <= p.x {
			q := line[i]
			return q.y + (p.y-q.y)*(x-q.x)/(p.x-q.x)
		}
	}
	return line[len(line)-1].y
}

// weights are what each field of two people is worth, in bits.
type weights struct {
	name, birth, place, residence, nationality, sex, document, identifier float64
}

func (m *model) weigh(t *terms) (w weights) {
	if t.named {
		w.name = m.nameBits(&t.name)
	}
	w.birth = m.birth[t.birth]
	w.place = m.place[t.place]
	w.residence = m.place[t.residence]
	w.nationality = m.nationality[t.nationality]
	w.sex = m.sex[t.sex]
	w.document = m.document[t.document]
	w.identifier = m.identifier[t.identifier]
	return w
}

func (w *weights) sum() float64 {
	return w.name + w.birth + w.place + w.residence + w.nationality + w.sex + w.document + w.identifier
}

// score is the calibrated probability of a sum of bits.
func (m *model) score(bits float64) float64 {
	return 1 / (1 + math.Exp2(-bent(m.probability, m.prior+bits)))
}

// crowd is how many bits a pair is worth less in an index of so many. Whoever is
// asked for is one person at most, however many are held: in a list twice as
// long each of them is half as likely to be meant. A list shorter than that of
// the fit makes nobody likelier.
func (m *model) crowd(held int) float64 {
	return max(0, math.Log2(float64(max(1, held))/m.people))
}

// Compare tells how well two subjects fit and why, as in an index of few.
func Compare(asked, held entente.Subject) entente.Match {
	var m pairing
	a, b := prepare(asked), prepare(held)
	t := m.compare(a, b, plainly{})
	return m.explain(a, b, &t, plainly{}, 0)
}

// ButFor is the score that a match would have but for what speaks against it.
func ButFor(m entente.Match) float64 {
	sum := 0.0
	for _, e := range m.Evidence {
		sum += max(0, e.Weight)
	}
	return learned.score(sum)
}

// explain writes the evidence, strongest first. crowd is what the size of the
// index takes off.
func (m *pairing) explain(a, b *person, t *terms, like likener, crowd float64) entente.Match {
	w := learned.weigh(t)
	score := learned.score(w.sum() - crowd)
	match := entente.Match{Score: score, Band: entente.BandOf(score)}
	add := func(field, rule, asked, held string, weight float64) {
		match.Evidence = append(match.Evidence, entente.Evidence{Field: field, Rule: rule, Asked: asked, Held: held, Weight: round(weight)})
	}
	if t.named {
		x, y := a.names[t.i], b.names[t.j]
		m.pairNames(x.parts, y.parts, like)
		add("name", m.rule(x.parts, y.parts), x.text, y.text, w.name)
	}
	if t.birth != dateNone {
		x, y := a.births[t.birthA].date, b.births[t.birthB].date
		add("birth", dateRule(t.birth, x, y), x.String(), y.String(), w.birth)
	}
	if t.place != unknown {
		add("place", "place of birth "+placeRule[t.place], a.births[t.placeA].place.text, b.births[t.placeB].place.text, w.place)
	}
	if t.residence != unknown {
		add("place", "residence "+placeRule[t.residence], a.residence.text, b.residence.text, w.residence)
	}
	if t.nationality != unknown {
		add("nationality", agreementRule[t.nationality], list(a.nationalities), list(b.nationalities), w.nationality)
	}
	if t.document != unknown {
		add("document", documentRule[t.document], a.documents[t.docA].text, b.documents[t.docB].text, w.document)
	}
	if t.identifier != unknown {
		add("identifier", "same "+a.identifiers[t.idA].kind, a.identifiers[t.idA].text, b.identifiers[t.idB].text, w.identifier)
	}
	if t.sex != unknown {
		add("sex", agreementRule[t.sex], string(a.sex), string(b.sex), w.sex)
	}
	slices.SortStableFunc(match.Evidence, func(x, y entente.Evidence) int { return cmp.Compare(y.Weight, x.Weight) })
	return match
}

var (
	placeRule     = [agreements]string{agrees: "the same", partly: "in the same area", differs: "differs"}
	agreementRule = [agreements]string{agrees: "same", differs: "differs"}
	documentRule  = [agreements]string{agrees: "same number", partly: "nearly the same number"}
)

// round keeps tenths of a bit: more would pretend to know more.
func round(bits float64) float64 { return math.Round(bits*10) / 10 }

func list(c []entente.Country) string {
	words := make([]string, len(c))
	for i := range c {
		words[i] = string(c[i])
	}
	return strings.Join(words, ", ")
}

// rule says which part met which by which rule, and what met nothing.
func (m *pairing) rule(a, b []*part) string {
	var said []string
	slices.SortFunc(m.pairs, func(x, y pair) int { return cmp.Compare(x.i, y.i) })
	for _, p := range m.pairs {
		x, y := words(runOf(a[:m.na], p.i, p.ni, nil)), words(runOf(b[:m.nb], p.j, p.nj, nil))
		switch {
		case p.Rule == spell.Same && x == y:
			said = append(said, x+" same")
		default:
			said = append(said, x+" = "+y+" ("+p.Rule.String()+")")
		}
	}
	var alone []string
	for i, p := range a[:min(len(a), maxParts)] {
		if !m.usedA[i] && !p.light {
			alone = append(alone, p.Text)
		}
	}
	if len(alone) > 0 {
		said = append(said, "only asked: "+strings.Join(alone, " "))
	}
	alone = alone[:0]
	for j, q := range b[:min(len(b), maxParts)] {
		if !m.usedB[j] && !q.light {
			alone = append(alone, q.Text)
		}
	}
	if len(alone) > 0 {
		said = append(said, "only held: "+strings.Join(alone, " "))
	}
	return strings.Join(said, "; ")
}

func words(parts []*part) string {
	s := parts[0].Text
	for _, p := range parts[1:] {
		s += " " + p.Text
	}
	return s
}
