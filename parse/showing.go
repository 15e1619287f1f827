package parse

import "entente"

// Showing reads an encoded showing of some parts of a statement. Whether they are
// parts of a statement is for package seal.
func Showing(b []byte) (entente.Showing, error) {
	s, err := Canonical[entente.Showing](b, MaxShowing)
	if err != nil {
		return entente.Showing{}, err
	}
	return s, checkShowing(s)
}

// EncodeShowing checks a showing and encodes it.
func EncodeShowing(s entente.Showing) ([]byte, error) {
	if err := checkShowing(s); err != nil {
		return nil, err
	}
	b, err := Encode(s)
	if err == nil && len(b) > MaxShowing {
		return nil, tooLarge("", len(b), MaxShowing)
	}
	return b, err
}

func checkShowing(s entente.Showing) error {
	c := &checker{reason: entente.ReasonMalformed}
	var p *path
	if s.Count < 1 || s.Count > MaxParts {
		c.bad(p.dot("count"), "a statement has 1 to 65536 parts", "")
	}
	last := -1
	for i, part := range s.Parts {
		if part.Index <= last || part.Index >= s.Count {
			c.bad(p.dot("parts").at(i).dot("index"), "the parts do not stand in their order", "")
		}
		last = part.Index
	}
	return c.Err()
}
