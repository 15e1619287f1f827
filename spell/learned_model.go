package spell

import (
	"errors"
	"slices"
)

// A model is a joint n-gram model of one script: it reads a token symbol by
// symbol, and each step writes a unit, which is a symbol with the letters that
// it stands for there (ש with "sh", or ש with "s"). What a unit costs depends on
// the units before it. Costs are −log2 of the probability in eighths of a bit,
// whole numbers, so that every machine ranks readings alike.
//
// States are contexts, states[0] the empty one. Arcs of a state are sorted by
// unit, and units by symbol, so that the ways to read a symbol in a context
// are one range.
type model struct {
	symbols []symbol        // sorted
	index   map[symbol]int  // the place in symbols
	first   []uint32        // first unit of each symbol, and one past the last
	letters []string        // of each unit
	folds   []fold          // of each unit's letters
	states  []state         // by level, then in order of the trie; one more at the end
	arcs    []arc           // by state
	start   uint32          // the context at the beginning of a token
	pinyin  map[rune]uint16 // Han only: which sound a character has that is no symbol of its own
	sounds  []string        // Han only: the sounds by number
}

type state struct {
	arcs  uint32 // the first; the last is before the next state's first
	back  uint32 // the same context less its oldest unit
	price uint16 // of going back
}

type arc struct {
	next uint32
	unit uint16
	cost uint16
}

const (
	unitEnd   = 0 // closes a token
	unitBegin = 1 // only as context
	unitFirst = 2
)

var errTable = errors.New("spell: the table of learned spellings is damaged")

// readModel reads what internal/learn wrote. It trusts no count: a table that
// is not whole gives an error, never a panic.
func readModel(b []byte) (*model, error) {
	r := &tableReader{b: b}
	m := &model{index: map[symbol]int{}}
	m.readUnits(r)
	m.readStates(r)
	if r.failed || !m.link() {
		return nil, errTable
	}
	m.readSounds(r)
	if r.failed || len(r.b) != 0 {
		return nil, errTable
	}
	return m, nil
}

func (m *model) readUnits(r *tableReader) {
	n := r.count(1 << 16)
	m.letters, m.first = []string{"", ""}, []uint32{unitFirst}
	var last symbol
	for i := range n {
		last += symbol(r.uint())
		m.symbols = append(m.symbols, last)
		m.index[last] = i
		for range r.count(1 << 10) {
			m.letters = append(m.letters, r.letters())
		}
		m.first = append(m.first, uint32(len(m.letters)))
	}
	for _, s := range m.letters {
		m.folds = append(m.folds, foldOf(s))
	}
	r.failed = r.failed || len(m.letters) > 1<<16
}

// readStates reads the trie level by level; next holds 1 for arcs that lead
// to a state of their own until link puts the state's number there.
func (m *model) readStates(r *tableReader) {
	total := r.count(1 << 24)
	for range total {
		s := state{arcs: uint32(len(m.arcs)), price: uint16(r.byte())}
		unit := -1
		for range r.count(1 << 16) {
			d := r.count(1 << 17)
			unit += 1 + d>>1
			if r.failed || unit >= len(m.letters) {
				r.failed = true
				return
			}
			m.arcs = append(m.arcs, arc{next: uint32(d & 1), unit: uint16(unit), cost: uint16(r.byte())})
		}
		m.states = append(m.states, s)
	}
	m.states = append(m.states, state{arcs: uint32(len(m.arcs))})
	if total == 0 || m.span(0) != len(m.letters) {
		r.failed = true // the empty context knows every unit, so that nothing has to ask
	}
}

// link finds the state that each arc leads to and that each state falls back to.
func (m *model) link() bool {
	child, count := uint32(1), len(m.states)-1
	for s := range count {
		from, to := m.bounds(uint32(s))
		for a := from; a < to; a++ {
			var shorter uint32
			if s != 0 {
				shorter = m.follow(m.states[s].back, m.arcs[a].unit)
			}
			if m.arcs[a].next == 0 {
				m.arcs[a].next = shorter
				continue
			}
			if child <= uint32(s) || int(child) >= count {
				return false
			}
			m.arcs[a].next, m.states[child].back = child, shorter
			child++
		}
	}
	m.start = m.follow(0, unitBegin)
	return int(child) == count
}

func (m *model) bounds(s uint32) (from, to uint32) {
	return m.states[s].arcs, m.states[s+1].arcs
}

func (m *model) span(s uint32) int {
	from, to := m.bounds(s)
	return int(to - from)
}

// follow is the longest known context after unit u in context s.
func (m *model) follow(s uint32, u uint16) uint32 {
	for {
		if a, ok := m.find(s, u); ok {
			return m.arcs[a].next
		}
		if s == 0 {
			return 0
		}
		s = m.states[s].back
	}
}

func (m *model) find(s uint32, u uint16) (uint32, bool) {
	from, to := m.bounds(s)
	i, ok := slices.BinarySearchFunc(m.arcs[from:to], u, func(a arc, u uint16) int { return int(a.unit) - int(u) })
	return from + uint32(i), ok
}

// readSounds reads the sounds of Han characters: for each sound the characters
// that have it, as differences.
func (m *model) readSounds(r *tableReader) {
	n := r.count(1 << 12)
	if n == 0 {
		return
	}
	m.pinyin = map[rune]uint16{}
	for i := range n {
		m.sounds = append(m.sounds, r.letters())
		var c rune
		for range r.count(1 << 16) {
			c += rune(r.count(1 << 18))
			m.pinyin[c] = uint16(i)
		}
	}
}
