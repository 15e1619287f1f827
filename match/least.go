package match

import (
	"math"
	"slices"
)

// Least says who is worth an answer. The zero Least is met by all.
type Least struct {
	Score float64 // whose score is this or more

	// ButFor, unless it is zero, takes in who would have this score but for what
	// speaks against them, and who share a document or identifier, whatever their
	// score is.
	ButFor float64
}

// bar is a Least made ready: it tells early who cannot meet it.
type bar struct {
	Least
	bits   float64 // whose sum is less has no such score
	butFor float64 // log odds, in bits
}

func newBar(l Least) bar {
	b := bar{Least: l, bits: math.Inf(-1)}
	if l.Score > 0 {
		b.bits = learned.bitsOf(l.Score)
	}
	if l.ButFor > 0 {
		b.butFor = math.Log2(l.ButFor / (1 - l.ButFor))
	}
	return b
}

// bitsOf is a sum of bits of which no smaller one has this score.
func (m *model) bitsOf(score float64) float64 {
	low, high := -200.0, 200.0
	for range 50 {
		if mid := (low + high) / 2; m.score(mid) < score {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

// most is the most that anybody may have who shares no number, for all but the
// date of birth.
func (b *bar) most(q *Question) float64 {
	most := learned.mostOfName() + slices.Max(learned.nationality[:]) + slices.Max(learned.sex[:])
	if q.asked.residence.text != "" {
		most += slices.Max(learned.place[:])
	}
	if slices.ContainsFunc(q.asked.births, func(b birth) bool { return b.place.text != "" }) {
		most += slices.Max(learned.place[:])
	}
	return most
}

// mayReach reports whether somebody may meet the least, by years of birth that
// lie far apart. It reads one byte.
func (s *search) mayReach(n uint32) bool {
	if s.bar.Score <= 0 || s.bar.ButFor > 0 || s.q.first == 0 || s.q.first != s.q.last || len(s.q.asked.identifiers) > 0 {
		return true
	}
	b := *s.x.born.at(int(n))
	if b&hasPapers != 0 && len(s.q.asked.documents) > 0 || b&severalYears == 0 || b&severalYears == severalYears {
		return true
	}
	held, asked := yearZero+int(b&severalYears), int(s.q.first)
	if max(held-asked, asked-held) < 10 || oneDigit(held, asked) {
		return true
	}
	return s.most+learned.birth[dateFar] >= s.bar.bits
}

// meets reports whether a match meets the least.
func (b *bar) meets(w *weights, t *terms) bool {
	return b.Score <= 0 || learned.score(w.sum()) >= b.Score ||
		b.ButFor > 0 && (t.document == agrees || t.identifier == agrees || b.excused(w))
}

// may reports whether somebody whose names are not compared yet, and worth so
// much at most, may meet the least.
func (b *bar) may(w weights, t *terms, most float64) bool {
	if b.Score <= 0 || b.ButFor > 0 && (t.document == agrees || t.identifier == agrees) {
		return true
	}
	w.name = most
	if w.sum() >= b.bits || b.ButFor > 0 && b.excused(&w) {
		return true
	}
	w.name = learned.apart
	return w.sum() >= b.bits || b.ButFor > 0 && b.excused(&w)
}

// excused reports whether somebody would have the score but for what speaks
// against them, with the weights as evidence gives them.
func (b *bar) excused(w *weights) bool {
	score := learned.score(w.sum())
	odds := math.Log2(score / (1 - score))
	for _, bits := range [...]float64{w.name, w.birth, w.place, w.residence, w.nationality, w.sex, w.document, w.identifier} {
		odds -= min(0, round(bits))
	}
	return odds >= b.butFor-1e-9
}

// mostOfName is the most that names are worth.
func (m *model) mostOfName() float64 {
	if len(m.bend) == 0 {
		return math.Inf(1)
	}
	return m.bend[len(m.bend)-1].y
}
