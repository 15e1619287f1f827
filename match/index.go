package match

import (
	"sync"

	"entente"
	"entente/spell"
)

// Index finds people by any of their names, documents and identifiers. It is
// safe for use by several goroutines at once. The zero Index is not ready: use
// [New].
type Index struct {
	hasher
	scratch sync.Pool // *search

	mu      sync.RWMutex
	people  table // hash → numbers of entries
	words   table // hash → ids of parts: by their text, and near spellings
	parts   chunked[part]
	entries chunked[entry]
	born    chunked[born] // of each entry
	unused  []uint32      // numbers of entries
	records records
	live    int
}

// entry is one person.
type entry struct {
	at          uint32 // of the record
	size        uint32 // of the record, bytes; 0: nobody
	first, last uint16 // years of birth; 0: not known
}

// Hit is somebody who may be meant.
type Hit struct {
	ID    string
	Match entente.Match
}

// New makes an empty index.
func New() *Index {
	x := &Index{hasher: newHasher()}
	x.parts.add() // part 0 is none
	x.scratch.New = func() any { return newSearch(x) }
	return x
}

// Len is how many people the index holds.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.live
}

// Put adds a subject, or replaces the one with the same id.
func (x *Index) Put(id string, s entente.Subject) {
	p := prepare(s)
	p.id = id
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(id)
	x.intern(p)
	var w pen
	w.write(p)
	n := x.number()
	e := x.entries.at(int(n))
	*e = entry{at: x.records.add(w.b), size: uint32(len(w.b))}
	e.first, e.last = years(p)
	*x.born.at(int(n)) = bornOf(p)
	x.eachKey(p, func(hash uint64) { x.people.add(hash, n) })
	x.live++
}

// Remove forgets a subject. An unknown id is no error.
func (x *Index) Remove(id string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(id)
}

func (x *Index) remove(id string) {
	n, ok := x.find(id)
	if !ok {
		return
	}
	e := x.entries.at(int(n))
	var p person
	x.read(n, &p, &eye{})
	x.eachKey(&p, func(hash uint64) { x.people.remove(hash, n) })
	x.records.drop(e.at, int(e.size))
	*e = entry{}
	*x.born.at(int(n)) = 0
	x.unused = append(x.unused, n)
	x.live--
}

// find returns the number of the entry with an id.
func (x *Index) find(id string) (uint32, bool) {
	var one [1]uint32
	for _, n := range x.people.get(x.text(ofID, id), &one) {
		e := eye{s: x.records.at(x.entries.at(int(n)).at)}
		if e.text() == id {
			return n, true
		}
	}
	return 0, false
}

func (x *Index) number() uint32 {
	if n := len(x.unused); n > 0 {
		id := x.unused[n-1]
		x.unused = x.unused[:n-1]
		return id
	}
	x.born.add()
	return uint32(x.entries.add())
}

// read decodes an entry.
func (x *Index) read(n uint32, p *person, e *eye) {
	e.s = x.records.at(x.entries.at(int(n)).at)
	e.read(p, &x.parts)
}

// intern replaces a person's parts by those of the index, where the same part
// is kept once.
func (x *Index) intern(p *person) {
	for _, n := range p.names {
		x.internParts(n.parts, true)
	}
	for _, b := range p.births {
		x.internParts(b.place.parts, false)
	}
	x.internParts(p.residence.parts, false)
}

func (x *Index) internParts(parts []*part, findable bool) {
	for i, p := range parts {
		parts[i] = x.internPart(p)
		if q := parts[i]; findable && !q.spelt {
			q.spelt = true
			x.spellNear(q)
		}
	}
}

func (x *Index) internPart(p *part) *part {
	var one [1]uint32
	hash := x.text(ofWord, p.Text)
	for _, id := range x.words.get(hash, &one) {
		if q := x.parts.at(int(id)); q.Text == p.Text && q.Role == p.Role && q.Tied == p.Tied && q.Latin == p.Latin {
			return q
		}
	}
	id := uint32(x.parts.add())
	q := x.parts.at(int(id))
	*q = *p
	q.id = id
	x.words.add(hash, id)
	return q
}

// spellNear makes a part's skeleton found by skeletons that differ in one
// letter, and the part by its skeleton. One part stands for all of its skeleton.
func (x *Index) spellNear(p *part) {
	hash := x.skeleton(p)
	if x.words.count(hash) == 0 {
		x.eachNear(spell.Skeleton(p.Latin), func(near uint64) { x.words.add(near, p.id) })
	}
	x.words.add(hash, p.id)
}

func (x *Index) skeleton(p *part) uint64 { return mix(uint64(p.glance.skeleton) ^ x.salt ^ ofSkeleton) }
