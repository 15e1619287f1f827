package parse

import (
	"cmp"

	"entente"
)

// Limits of what a descriptor says its node can read.
const (
	maxVersions   = 16
	maxAccepts    = 64
	maxUnderstood = 64 // extensions
)

// abilities checks which versions, kinds and extensions a party says that it
// reads. Each list rises, so that it has one form.
func (c *checker) abilities(p *path, v entente.Party) {
	c.some(p.dot("speaks"), len(v.Speaks), maxVersions)
	rising(c, p.dot("speaks"), v.Speaks)
	for i, n := range v.Speaks {
		if n < 1 || n > MaxWhole {
			c.bad(p.dot("speaks").at(i), "versions count from 1", "")
		}
	}
	c.some(p.dot("accepts"), len(v.Accepts), maxAccepts)
	rising(c, p.dot("accepts"), v.Accepts)
	for i, k := range v.Accepts {
		c.slug(p.dot("accepts").at(i), string(k))
	}
	c.few(p.dot("extensions"), len(v.Extensions), maxUnderstood)
	rising(c, p.dot("extensions"), v.Extensions)
	for i, name := range v.Extensions {
		c.extensionName(p.dot("extensions").at(i), name)
	}
}

// CheckAbilities checks the same lists where they stand outside of a descriptor;
// there all may be missing.
func CheckAbilities(speaks []int, accepts []entente.Kind, extensions []string) error {
	if len(speaks)+len(accepts)+len(extensions) == 0 {
		return nil
	}
	c := &checker{reason: entente.ReasonMalformed}
	c.abilities(nil, entente.Party{Speaks: speaks, Accepts: accepts, Extensions: extensions})
	return c.Err()
}

// some holds a list that must not be empty to its largest length.
func (c *checker) some(p *path, n, max int) {
	if n == 0 {
		c.bad(p, "the list is missing or empty", "")
	}
	c.few(p, n, max)
}

// rising refuses a value that is not greater than the one before it.
func rising[T cmp.Ordered](c *checker, p *path, list []T) {
	for i := 1; i < len(list); i++ {
		if list[i] <= list[i-1] {
			c.bad(p.at(i), "it stands there twice or not in order", "")
		}
	}
}
