package spell

import (
	"encoding/binary"
	"slices"
	"strings"
)

// readyNames are the readings of the commonest tokens of a script, found
// beforehand by the same search: a few thousand tokens are most of what names
// are made of, and searching takes a hundred times as long as looking up. It is
// a table and no cache, so that nothing of anybody's name stays.
//
// Each entry is the token, after its length; the cost of its cheapest reading;
// the number of its readings; and of each reading its rank among all that the
// search found, and its letters.
type readyNames struct {
	raw   string
	slots []uint32 // hash table: where the entry stands, and 1
	most  int      // readings were asked for
}

// readyMost is how many readings package spell asks for, by script.
var readyMost = map[Script]int{Arabic: 4, Hebrew: MaxOthers, Hangul: MaxOthers - 2, Han: MaxOthers + 1, Kana: MaxOthers + 1, Cyrillic: cyrillicLearned}

// Bounds of a table that is read.
const (
	readyCount  = 1 << 16
	readyToken  = 1 << 8
	readyLetter = 1 << 9
)

// openReady reads a table; nil where it is damaged.
func openReady(s Script, b []byte) *readyNames {
	r := &tableReader{b: b}
	n := r.count(readyCount)
	size := 4
	for size < 2*n {
		size *= 2
	}
	t := &readyNames{raw: string(b), slots: make([]uint32, size), most: readyMost[s]}
	for range n {
		at := len(b) - len(r.b)
		token := r.bytes(r.count(readyToken))
		r.count(costMax)
		for range r.count(t.most) {
			r.byte()
			for _, c := range r.bytes(r.count(readyLetter)) {
				r.failed = r.failed || c < 'a' || c > 'z'
			}
		}
		slot := t.slot(string(token))
		if r.failed || *slot != 0 {
			return nil
		}
		*slot = uint32(at) + 1
	}
	if r.failed || len(r.b) != 0 {
		return nil
	}
	return t
}

// slot is where a token's entry is noted, or is free.
func (t *readyNames) slot(token string) *uint32 {
	mask := uint64(len(t.slots) - 1)
	for h := uint64(hash(token)); ; h++ {
		slot := &t.slots[(h^h>>32)&mask]
		if *slot == 0 {
			return slot
		}
		e := readyEntry{t.raw[*slot-1:]}
		if e.text() == token {
			return slot
		}
	}
}

// find returns a token's entry behind its text.
func (t *readyNames) find(token string) (readyEntry, bool) {
	if t == nil {
		return readyEntry{}, false
	}
	slot := t.slot(token)
	if *slot == 0 {
		return readyEntry{}, false
	}
	e := readyEntry{t.raw[*slot-1:]}
	e.text()
	return e, true
}

// readings returns what a search for at most n readings finds.
func (t *readyNames) readings(s Script, token string, n int) ([]string, bool) {
	if t == nil || n > t.most || s == Han && n != t.most {
		return nil, false
	}
	e, ok := t.find(token)
	if !ok {
		return nil, false
	}
	e.number()
	count := e.number()
	list := make([]string, 0, min(n, count))
	for range count {
		rank := int(e.s[0])
		e.s = e.s[1:]
		latin := e.text()
		if len(list) < n && (s == Han || rank < 2*n) {
			list = append(list, latin)
		}
	}
	return list, true
}

// cost returns what the cheapest reading costs.
func (t *readyNames) cost(token string) (int32, bool) {
	e, ok := t.find(token)
	if !ok {
		return 0, false
	}
	return int32(e.number()), true
}

// readyEntry reads an entry of a table that is whole.
type readyEntry struct{ s string }

func (e *readyEntry) number() int {
	n, shift := 0, 0
	for i := 0; ; i++ {
		c := e.s[i]
		n |= int(c&0x7f) << shift
		if c < 0x80 {
			e.s = e.s[i+1:]
			return n
		}
		shift += 7
	}
}

func (e *readyEntry) text() string {
	n := e.number()
	s := e.s[:n]
	e.s = e.s[n:]
	return s
}

// Ready makes the table of the readings of common tokens, for internal/learn.
func (t *Table) Ready(s Script, tokens []string) []byte {
	if s == Arabic {
		for i := range tokens {
			tokens[i] = strings.Map(plainHeh, tokens[i])
		}
	}
	slices.Sort(tokens)
	tokens = slices.Compact(tokens)
	b := binary.AppendUvarint(nil, uint64(len(tokens)))
	for _, token := range tokens {
		b = appendText(b, token)
		m := t.of(s)
		b = binary.AppendUvarint(b, uint64(m.cost(s, token)))
		list := t.search(s, m, token, readyMost[s])
		kept := unlike(list, readyMost[s])
		b = binary.AppendUvarint(b, uint64(len(kept)))
		for _, latin := range kept {
			rank := slices.IndexFunc(list, func(r reading) bool { return r.latin == latin })
			b = appendText(append(b, byte(rank)), latin)
		}
	}
	return b
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}
