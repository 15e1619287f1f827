package lists

import (
	"errors"
	"io"
	"strconv"

	"entente/table"
)

// ftmOwners are the properties that say to whom an entity belongs that stands
// on a line of its own. An Address does not say: those who have it name it.
var ftmOwners = map[string]string{"Passport": "holder", "Identification": "holder", "Sanction": "entity"}

// ftmBeside is what belongs to entities and stands on lines of its own.
type ftmBeside struct {
	of        map[string][]ftmLine // by the id of the owner
	addresses map[string]*ftmLine  // by their own id
	size      int
}

// ftmLine is a line that was kept for its owner.
type ftmLine struct {
	text string
	at   int
	id   string
	used bool
}

// ftmGather reads a file for what belongs to others and holds it.
func (r *reader) ftmGather(in io.Reader) (*ftmBeside, error) {
	b := &ftmBeside{of: map[string][]ftmLine{}, addresses: map[string]*ftmLine{}}
	text, err := table.NewLines(in, MaxRecord)
	if err != nil {
		return nil, err
	}
	for {
		l, err := text.Next()
		if errors.Is(err, io.EOF) {
			return b, nil
		}
		if err != nil {
			return nil, err
		}
		o, why := ftmParse(l.Text)
		if l.Why != "" || why != "" {
			continue // told when the file is read for its entities
		}
		if b.keep(o, l); b.size > MaxJoined {
			return nil, invalid("files", "what stands on lines of its own takes more than "+strconv.Itoa(MaxJoined)+" bytes", "take the export that nests it")
		}
	}
}

func (b *ftmBeside) keep(o ftmObject, l table.Line) {
	kept := ftmLine{text: l.Text, at: l.At, id: o.ID}
	if o.Schema == "Address" {
		b.addresses[o.ID] = &kept
		b.size += len(l.Text) + 64
		return
	}
	for _, owner := range ftmTexts(o.Properties[ftmOwners[o.Schema]]) {
		b.of[owner] = append(b.of[owner], kept)
		b.size += len(l.Text) + 64
	}
}

// has reports whether an entity was kept for those it belongs to.
func (b *ftmBeside) has(o ftmObject) bool {
	return b != nil && (o.Schema == "Address" || len(ftmTexts(o.Properties[ftmOwners[o.Schema]])) > 0)
}

// join puts what belongs to an entity into it, as the exports do that nest.
func (b *ftmBeside) join(o *ftmObject) {
	if b == nil {
		return
	}
	for _, l := range b.of[o.ID] {
		p, _ := ftmParse(l.text)
		delete(p.Properties, ftmOwners[p.Schema])
		o.beside = append(o.beside, p)
	}
	delete(b.of, o.ID)
	known := true
	for _, id := range ftmTexts(o.Properties["addressEntity"]) {
		if l := b.addresses[id]; l != nil {
			l.used = true
			p, _ := ftmParse(l.text)
			o.beside = append(o.beside, p)
		} else {
			known = false
		}
	}
	if known { // else the remarks keep the ids
		delete(o.Properties, "addressEntity")
	}
}

// ftmOrphans reports what belongs to nobody in the file.
func (r *reader) ftmOrphans(b *ftmBeside) error {
	if b == nil {
		return nil
	}
	const why = "no record of the file has the id that it belongs to"
	for _, owner := range sortedKeys(b.of) {
		for _, l := range b.of[owner] {
			if err := r.lost("line "+strconv.Itoa(l.at), l.id, why, l.text); err != nil {
				return err
			}
		}
	}
	for _, id := range sortedKeys(b.addresses) {
		if l := b.addresses[id]; !l.used {
			if err := r.lost("line "+strconv.Itoa(l.at), id, why, l.text); err != nil {
				return err
			}
		}
	}
	return nil
}
