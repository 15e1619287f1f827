package parse

import (
	"slices"
	"strconv"
	"time"

	"entente"
)

// Written is Subjects for people that an officer has just described: looked up,
// watched for, or kept on file. A country may be written in any way that
// entente.ReadCountry knows. A birth that is not possible on the day of now, and a
// word that says that nothing is known, are refused.
func Written(field string, list []entente.Subject, now time.Time) ([]entente.Subject, error) {
	out, err := Subjects(field, Countries(list))
	if err != nil {
		return out, err
	}
	c := &checker{reason: entente.ReasonMalformed}
	c.written((*path)(nil).dot(field), out, now)
	return out, c.Err()
}

// Subjects numbers people that are kept at home, in a file or a watch, and holds
// them to the rules of a statement's subjects. Birth claims that say neither
// grading nor nature are ungraded facts. field is where an error says it is.
func Subjects(field string, list []entente.Subject) ([]entente.Subject, error) {
	out := make([]entente.Subject, len(list))
	births := 0
	for i, s := range list {
		s.ID = "s" + strconv.Itoa(i+1)
		s.Births = slices.Clone(s.Births)
		for j := range s.Births {
			births++
			b := &s.Births[j]
			b.ID = "b" + strconv.Itoa(births)
			if b.Grade == "" {
				b.Grade = "F6"
			}
			if b.Nature == "" {
				b.Nature = entente.NatureFact
			}
		}
		out[i] = s
	}
	c := &checker{reason: entente.ReasonMalformed}
	c.subjects((*path)(nil).dot(field), out)
	return out, c.Err()
}
