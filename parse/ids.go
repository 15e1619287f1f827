package parse

// ids are the ids of one sort within a message: s1, s2 for subjects, b1 for
// births, c1 for claims, q1 for questions. The letter keeps the sorts apart, so
// that a correction can name any of them without saying which it means.
type ids map[string]bool

// id checks a new id and remembers it.
func (c *checker) id(p *path, s string, letter byte, own ids) {
	switch {
	case !isLocalID(s, letter):
		c.bad(p, "it is not an id of this sort", "write "+string(letter)+" and a number from 1, as in \""+string(letter)+"1\"")
	case own[s]:
		c.bad(p, "the id stands there twice", "give each entry its own number")
	default:
		own[s] = true
	}
}

// refers checks that s is an id of this message.
func (c *checker) refers(p *path, s string, to ids) {
	if !to[s] {
		c.bad(p, "no subject of this message has this id", "use the id of one of its subjects, as in \"s1\"")
	}
}

func isLocalID(s string, letter byte) bool {
	if len(s) < 2 || len(s) > 6 || s[0] != letter || s[1] == '0' {
		return false
	}
	for i := 1; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
