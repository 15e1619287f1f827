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
	crowd float64 // bits that the index takes off for its size
	bits  float64 // whose sum is less has no such score
}

func newBar(l Least, crowd float64) bar {
	b := bar{Least: l, crowd: crowd, bits: math.Inf(-1)}
	if l.Score > 0 {
		b.bits = learned.bitsOf(l.Score) + crowd
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
	most := learned.mostOfName()
	if len(q.asked.nationalities) > 0 {
		most += slices.Max(learned.nationality[:])
	}
	if q.asked.sex != "" {
		most += slices.Max(learned.sex[:])
	}
	if q.asked.residence.text != "" {
		most += slices.Max(learned.place[:])
	}
	if slices.ContainsFunc(q.asked.births, func(b birth) bool { return b.place.text != "" }) {
		most += slices.Max(learned.place[:])
	}
	return most
}

// meets reports whether a match meets the least.
func (b *bar) meets(w *weights, t *terms) bool {
	return b.Score <= 0 || learned.score(w.sum()-b.crowd) >= b.Score ||
		b.ButFor > 0 && (t.document == agrees || t.identifier == agrees || b.excused(w))
}

// may reports whether somebody whose names are not compared yet, and worth so
// much at most, may meet the least.
func (b *bar) may(w weights, t *terms, most float64) bool {
	if b.Score <= 0 || b.ButFor > 0 && (t.document == agrees || t.identifier == agrees) {
		return true
	}
	w.name = most
	return w.sum() >= b.bits || b.ButFor > 0 && b.excused(&w)
}

// excused reports whether somebody would have the score but for what speaks
// against them.
func (b *bar) excused(w *weights) bool {
	sum := -b.crowd
	for _, bits := range [...]float64{w.name, w.birth, w.place, w.residence, w.nationality, w.sex, w.document, w.identifier} {
		sum += max(0, bits)
	}
	return learned.score(sum) >= b.ButFor
}

// mostOfName is the most that names are worth.
func (m *model) mostOfName() float64 {
	if len(m.bend) == 0 {
		return math.Inf(1)
	}
	return m.bend[len(m.bend)-1].y
}
