package lists

import (
	"io"
	"strconv"

	"entente"
	"entente/parse"
)

// own reads our own format: holdings in canonical JSON, one a line, as Write
// writes them. There is one way to write a holding, so a line is used whole or
// not at all.
func (r *reader) own(in io.Reader) error {
	return r.objects(in, func(l line) error {
		where := "line " + strconv.Itoa(l.at)
		h, err := parse.Canonical[entente.Holding]([]byte(l.text), MaxRecord)
		if err == nil {
			err = check(h)
		}
		if err != nil {
			return r.lost(where, "", err.Error(), l.text)
		}
		switch number := string(h.ID); {
		case r.opt.Source != "" && h.Source != r.opt.Source:
			return r.lost(where, number, "it is of another source", string(h.Source))
		case !r.first(h.ID):
			return r.lost(where, number, "an earlier record of this file has the same number", "")
		}
		return r.hand(Record{Holding: h, Where: where})
	})
}

// Write writes a holding as one line of our own format, or refuses one that
// Read would set aside.
func Write(w io.Writer, h entente.Holding) error {
	if err := check(h); err != nil {
		return err
	}
	b, err := parse.Encode(h)
	if err != nil {
		return err
	}
	if len(b) >= MaxRecord {
		return invalid("holding", "it takes more than "+strconv.Itoa(MaxRecord)+" bytes", "")
	}
	_, err = w.Write(append(b, '\n'))
	return err
}
