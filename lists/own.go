package lists

import (
	"io"
	"strconv"

	"entente"
	"entente/parse"
	"entente/table"
)

// own reads our own format: holdings in canonical JSON, one a line, as Write
// writes them. There is one way to write a holding, so a line is used whole or
// not at all.
func (r *reader) own(in io.Reader) error {
	return r.objects(in, func(l table.Line) error {
		where := "line " + strconv.Itoa(l.At)
		h, err := parse.Canonical[entente.Holding]([]byte(l.Text), MaxRecord)
		if err == nil {
			err = check(h)
		}
		if err != nil {
			return r.lost(where, "", err.Error(), l.Text)
		}
		switch number := string(h.ID); {
		case r.opt.Source != "" && h.Source != r.opt.Source:
			return r.lost(where, number, "it is of another source", string(h.Source))
		case !r.once(h.ID):
			return r.lost(where, number, "an earlier record of this file has the same number", "")
		}
		rec := Record{Holding: h, Where: where}
		r.unborn(&rec)
		return r.hand(rec)
	})
}

// unborn takes births out on which nobody can have been born.
func (r *reader) unborn(rec *Record) {
	e := &entry{where: rec.Where, number: string(rec.Holding.ID), today: r.opt.Today, told: true}
	births := rec.Holding.Subject.Births
	for i, b := range births {
		if why := e.impossible(b.Date); why != "" {
			e.report("births["+strconv.Itoa(i)+"]", why, b.Date.String())
			continue
		}
		e.claim(b)
	}
	if len(e.aside) > 0 {
		rec.Holding.Subject.Births, rec.Aside = e.subject.Births, e.aside
	}
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
