package corpus

import (
	"hash/fnv"
	"math/rand/v2"

	"entente"
)

// Random gives the same numbers for the same words, in every run.
func Random(words ...string) *rand.Rand {
	h := fnv.New64a()
	for _, w := range words {
		h.Write([]byte(w))
		h.Write([]byte{0})
	}
	return rand.New(rand.NewPCG(h.Sum64(), 1))
}

// Share puts an id into one of n parts, always the same.
func Share(id string, n int) int { return Random("share", id).IntN(n) }

// Noisy writes a date as people do: seven in ten right, the others the year
// alone, day and month swapped, a year off, another day of the month, or
// nothing.
func Noisy(d entente.PartialDate, r *rand.Rand) entente.PartialDate {
	p := r.Float64()
	full := d.Day != 0
	switch {
	case p < 0.70:
		return d
	case p < 0.80:
		return entente.PartialDate{Year: d.Year}
	case p < 0.85:
		if full && d.Day <= 12 {
			d.Day, d.Month = d.Month, d.Day
		}
		return d
	case p < 0.90:
		d.Year += 2*r.IntN(2) - 1
		return d
	case p < 0.95:
		if full {
			d.Day = 1 + r.IntN(28)
		}
		return d
	}
	return entente.PartialDate{}
}

// Asked is a question with one name and, if dated, one noisy date.
func Asked(p Person, name string, dated bool, r *rand.Rand) entente.Subject {
	s := entente.Subject{ID: "s1", Names: []entente.Name{{Text: name}}}
	if !dated {
		return s
	}
	for _, b := range p.Subject.Births {
		if b.Date.IsZero() {
			continue
		}
		if d := Noisy(b.Date, r); !d.IsZero() {
			s.Births = []entente.Birth{{Date: d}}
		}
		break
	}
	return s
}
