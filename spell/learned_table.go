package spell

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/binary"
	"io"
	"sync"
)

// learned.bin is made by
//
//	ENTENTE_DATA=../shared/data go run ./internal/learn
//
// from pairs of spellings of the same name that come from Wikidata through
// NETransliteration-COLING2018 and from popular-names-by-country (both CC0 1.0),
// with the readings of characters from CLDR 41 (Unicode licence).
//
//go:embed learned.bin
var learnedBytes []byte

// Table holds the models of all scripts, each opened when it is first asked.
// Only internal/learn needs one of its own, to measure a table that it has not
// written yet.
type Table struct {
	parts    map[Script]*tablePart
	readings map[Script]*tablePart // the commonest, ready
	known    knownNames
}

type tablePart struct {
	packed []byte
	once   sync.Once
	model  *model
	ready  *readyNames
	err    error
}

// tableMagic opens the file; after it each part: a letter for the script, the
// length of its bytes, and the bytes, packed with DEFLATE (RFC 1951). A small
// letter is for a model, its capital for the readings that are ready.
const tableMagic = "entente/spell/1\n"

// partKnown is the letter of the filter of known names, which is not packed.
const partKnown = 'n'

// maxPart bounds what one part may unpack to, in bytes.
const maxPart = 64 << 20

var tableScripts = map[byte]Script{'a': Arabic, 'c': Han, 'h': Hebrew, 'j': Kana, 'k': Hangul, 'r': Cyrillic}

// OpenTable reads a table as internal/learn writes it, without unpacking it.
func OpenTable(b []byte) (*Table, error) {
	b, ok := bytes.CutPrefix(b, []byte(tableMagic))
	if !ok {
		return nil, errTable
	}
	t := &Table{parts: map[Script]*tablePart{}, readings: map[Script]*tablePart{}}
	r := &tableReader{b: b}
	for len(r.b) > 0 {
		letter := r.byte()
		packed := r.bytes(r.count(len(b)))
		if letter == partKnown && !r.failed {
			t.known = packed
			continue
		}
		parts := t.parts
		if letter < 'a' { // a capital
			parts, letter = t.readings, letter|0x20
		}
		s, ok := tableScripts[letter]
		if r.failed || !ok || parts[s] != nil {
			return nil, errTable
		}
		parts[s] = &tablePart{packed: packed}
	}
	return t, nil
}

// of gives the model of a script, nil where there is none or it is damaged.
func (t *Table) of(s Script) *model {
	p := t.parts[s]
	if p == nil {
		return nil
	}
	p.once.Do(func() {
		var raw []byte
		if raw, p.err = p.unpack(); p.err == nil {
			p.model, p.err = readModel(raw)
		}
	})
	return p.model
}

// ready gives the readings of a script that are ready, nil where there are none.
func (t *Table) ready(s Script) *readyNames {
	p := t.readings[s]
	if p == nil {
		return nil
	}
	p.once.Do(func() {
		var raw []byte
		if raw, p.err = p.unpack(); p.err == nil {
			if p.ready = openReady(s, raw); p.ready == nil {
				p.err = errTable
			}
		}
	})
	return p.ready
}

func (p *tablePart) unpack() ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(p.packed)), maxPart))
	if err != nil {
		return nil, errTable
	}
	return raw, nil
}

// Check unpacks every part and says whether all are whole.
func (t *Table) Check() error {
	for s, p := range t.parts {
		if t.of(s); p.err != nil {
			return p.err
		}
	}
	for s, p := range t.readings {
		if t.ready(s); p.err != nil {
			return p.err
		}
	}
	return nil
}

// tableReader reads numbers and letters; after a failure all it gives is zero.
type tableReader struct {
	b      []byte
	failed bool
}

func (r *tableReader) uint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.failed, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return v
}

// count reads a number that may not exceed limit.
func (r *tableReader) count(limit int) int {
	v := r.uint()
	if v > uint64(limit) {
		r.failed, r.b = true, nil
		return 0
	}
	return int(v)
}

func (r *tableReader) byte() byte {
	if b := r.bytes(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

func (r *tableReader) bytes(n int) []byte {
	if n > len(r.b) {
		r.failed, r.b = true, nil
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

// letters reads at most 8 letters a to z after their count.
func (r *tableReader) letters() string {
	b := r.bytes(r.count(8))
	for _, c := range b {
		if c < 'a' || c > 'z' {
			r.failed, r.b = true, nil
			return ""
		}
	}
	return string(b)
}
