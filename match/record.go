package match

import (
	"strings"

	"entente"
)

// Records of people are strings of bytes in chunks: what is read from them
// points into the chunk and costs no allocation.

// records keeps the records.
type records struct {
	chunks []*chunk
}

// chunk is filled once. A builder hands out its bytes as a string while it is
// still being filled, for what it holds never changes.
type chunk struct {
	b    strings.Builder
	live int // bytes of records that still stand
}

// chunkBytes is the size of a chunk. A longer record has a chunk of its own.
const (
	recordBits = 16
	chunkBytes = 1 << recordBits
)

// add keeps a record and returns its place.
func (r *records) add(record []byte) uint32 {
	if n := len(r.chunks); n == 0 || r.chunks[n-1].b.Len()+len(record) > chunkBytes || len(record) > chunkBytes {
		c := new(chunk)
		c.b.Grow(max(chunkBytes, len(record)))
		r.chunks = append(r.chunks, c)
	}
	c := r.chunks[len(r.chunks)-1]
	at := uint32(len(r.chunks)-1)<<recordBits | uint32(c.b.Len())
	c.b.Write(record)
	c.live += len(record)
	return at
}

// at returns the record's bytes and what stands behind it.
func (r *records) at(place uint32) string {
	return r.chunks[place>>recordBits].b.String()[place&(chunkBytes-1):]
}

// drop forgets a record. A chunk without any is given back whole.
func (r *records) drop(place uint32, size int) {
	c := r.chunks[place>>recordBits]
	if c.live -= size; c.live == 0 && int(place>>recordBits) != len(r.chunks)-1 {
		c.b.Reset()
	}
}

// pen writes a record.
type pen struct{ b []byte }

func (p *pen) number(n uint32) {
	for n >= 0x80 {
		p.b = append(p.b, byte(n)|0x80)
		n >>= 7
	}
	p.b = append(p.b, byte(n))
}

func (p *pen) text(s string) {
	p.number(uint32(len(s)))
	p.b = append(p.b, s...)
}

func (p *pen) name(n name) {
	p.text(n.text)
	p.number(uint32(len(n.parts)))
	for _, part := range n.parts {
		p.number(part.id)
	}
}

// write encodes a person whose parts have their ids.
func (p *pen) write(s *person) {
	p.text(s.id)
	p.number(uint32(len(s.names)))
	for _, n := range s.names {
		p.name(n)
	}
	p.number(uint32(len(s.births)))
	for _, b := range s.births {
		p.number(uint32(b.date.Year*512 + b.date.Month*32 + b.date.Day))
		p.name(b.place)
	}
	p.name(s.residence)
	p.text(string(s.sex))
	p.number(uint32(len(s.nationalities)))
	for _, c := range s.nationalities {
		p.text(string(c))
	}
	p.number(uint32(len(s.documents)))
	for _, d := range s.documents {
		p.text(d.number)
		p.text(string(d.country))
		p.text(d.text)
	}
	p.number(uint32(len(s.identifiers)))
	for _, i := range s.identifiers {
		p.text(i.kind)
		p.text(i.value)
		p.text(i.text)
	}
}

// eye reads a record.
type eye struct {
	s     string
	parts []*part // all that are read, so that names need no slices of their own
}

func (e *eye) number() uint32 {
	n, shift := uint32(0), 0
	for i := 0; ; i++ {
		c := e.s[i]
		n |= uint32(c&0x7f) << shift
		if c < 0x80 {
			e.s = e.s[i+1:]
			return n
		}
		shift += 7
	}
}

func (e *eye) text() string {
	n := e.number()
	s := e.s[:n]
	e.s = e.s[n:]
	return s
}

func (e *eye) name(parts *chunked[part]) name {
	n := name{text: e.text()}
	from := len(e.parts)
	for range e.number() {
		e.parts = append(e.parts, parts.at(int(e.number())))
	}
	n.parts = e.parts[from:len(e.parts):len(e.parts)]
	return n
}

// read decodes a record into s, whose slices are used again.
func (e *eye) read(s *person, parts *chunked[part]) {
	e.parts = e.parts[:0]
	s.id = e.text()
	s.names = s.names[:0]
	for range e.number() {
		s.names = append(s.names, e.name(parts))
	}
	s.births = s.births[:0]
	for range e.number() {
		n := int(e.number())
		s.births = append(s.births, birth{entente.PartialDate{Year: n / 512, Month: n / 32 % 16, Day: n % 32}, e.name(parts)})
	}
	s.residence = e.name(parts)
	s.sex = entente.Sex(e.text())
	s.nationalities = s.nationalities[:0]
	for range e.number() {
		s.nationalities = append(s.nationalities, entente.Country(e.text()))
	}
	s.documents = s.documents[:0]
	for range e.number() {
		s.documents = append(s.documents, document{e.text(), entente.Country(e.text()), e.text()})
	}
	s.identifiers = s.identifiers[:0]
	for range e.number() {
		s.identifiers = append(s.identifiers, identifier{e.text(), e.text(), e.text()})
	}
}
