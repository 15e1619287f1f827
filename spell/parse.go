package spell

import (
	"slices"
	"strings"
	"sync"
)

// Bounds of what is read of a name: more is cut.
const (
	maxParts = 16
	maxRunes = 64
	maxBytes = 4096
)

// Parse takes a name apart. It accepts anything: letters that it cannot read
// are spelt out by their code points. A text with any visible sign has a part.
func Parse(text string) Name {
	if text == "" {
		return Name{}
	}
	r := readers.Get().(*reader)
	defer r.done()
	r.room(2*len(text) + 16)
	r.cut(clean(text))
	r.familyApart()
	r.most = r.n
	for i := range r.n {
		r.read(&r.parts[i], &r.words[i])
	}
	r.join()
	r.assignRoles()
	for i := range r.n {
		r.parts[i].forms = formsOf(&r.parts[i], &r.ink)
	}
	return Name{Parts: slices.Clone(r.parts[:r.n])}
}

// reader is what a name is taken apart with. It is used again, so that a name
// costs little memory but its own.
type reader struct {
	ink
	n     int // words, parts
	words [maxParts]word
	parts [maxParts]Part
	sets  [maxParts]wordSet // of the parts' likeliest readings
	collected
	letters []byte   // of a word under way
	other   []byte   // of the same, written otherwise
	small   []byte   // a word in small letters
	runes   []rune   // the same
	heard   []string // how it sounds, where syllables are to be filled
	most    int      // words that there were
}

var readers = sync.Pool{New: func() any { return new(reader) }}

// done forgets the name: it belongs to somebody.
func (r *reader) done() {
	r.b.Reset()
	clear(r.words[:r.most])
	clear(r.parts[:r.most])
	clear(r.list[:])
	readers.Put(r)
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

// trimApostrophes drops quotation marks round a word. A geresh after a Hebrew
// letter changes its sound and stays.
func trimApostrophes(s string) string {
	s = strings.TrimLeftFunc(s, apostrophe)
	t := strings.TrimRightFunc(s, apostrophe)
	if t != "" && t != s && scriptOf(lastRune(t)) == Hebrew {
		return t + "'"
	}
	return t
}

func lastRune(s string) (last rune) {
	for _, r := range s {
		last = r
	}
	return last
}
