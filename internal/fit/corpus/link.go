package corpus

import (
	"slices"
	"strings"

	"entente"
	"entente/spell"
)

// Link is one person on two lists.
type Link struct {
	A, B   Person
	Strong bool // by a document or by the name alone, whatever the dates say
}

// Links finds people who stand on two lists: by a document's number, by a
// primary name of three parts and more that are all spelt the same, or by a
// full date of birth with two parts of the name that are like each other.
func (c *Corpus) Links() []Link {
	var links []Link
	numbers := map[string][]int{}
	dates := map[entente.PartialDate][]int{}
	names := map[string]int{} // place + 1
	for i, p := range c.OFAC {
		if l := letters(p.Subject.Names[0].Text); names[l] != 0 {
			names[l] = -1
		} else {
			names[l] = i + 1
		}
		for _, d := range p.Subject.Documents {
			if n := number(d.Number); len(n) >= 6 {
				numbers[n] = append(numbers[n], i)
			}
		}
		for _, b := range p.Subject.Births {
			if b.Date.Day != 0 {
				dates[b.Date] = append(dates[b.Date], i)
			}
		}
	}
	for _, p := range slices.Concat(c.UN, c.Canada) {
		if i := byNumber(p, numbers); i >= 0 {
			links = append(links, Link{c.OFAC[i], p, true})
			continue
		}
		if i := names[letters(p.Subject.Names[0].Text)]; i > 0 {
			links = append(links, Link{c.OFAC[i-1], p, true})
			continue
		}
		if i := c.byDate(p, dates); i >= 0 {
			links = append(links, Link{c.OFAC[i], p, false})
		}
	}
	return links
}

func number(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, strings.ToUpper(s))
}

func byNumber(p Person, numbers map[string][]int) int {
	for _, d := range p.Subject.Documents {
		if found := numbers[number(d.Number)]; len(found) == 1 {
			return found[0]
		}
	}
	return -1
}

func (c *Corpus) byDate(p Person, dates map[entente.PartialDate][]int) int {
	best, most := -1, 1.5
	for _, b := range p.Subject.Births {
		for _, i := range dates[b.Date] {
			if n := sharedParts(p, c.OFAC[i]); n > most {
				best, most = i, n
			}
		}
	}
	return best
}

// sharedParts counts the parts that the best pair of names have in common.
func sharedParts(a, b Person) float64 {
	best := 0.0
	for _, x := range a.Subject.Names {
		for _, y := range b.Subject.Names {
			n := 0.0
			theirs := spell.Parse(y.Text).Parts
			for _, p := range spell.Parse(x.Text).Parts {
				for _, q := range theirs {
					if l := spell.Compare(p, q); p.Role == spell.Plain && q.Role == spell.Plain && l.Score >= 0.7 && l.Rule != spell.InitialOf {
						n += min(1.6, 1+max(0, spell.Rarity(p.Latin)-14)/4)
						break
					}
				}
			}
			best = max(best, n)
		}
	}
	return best
}

// letters are the readings of a name of three parts and more, in the order of
// the alphabet; of a shorter name a text that no other has.
func letters(text string) string {
	var words []string
	for _, p := range spell.Parse(text).Parts {
		words = append(words, p.Latin)
	}
	if len(words) < 3 {
		return text + "?"
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}
