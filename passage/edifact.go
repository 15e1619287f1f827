package passage

import (
	"bufio"
	"bytes"
	"io"
)

// maxSegment bounds one segment. The longest that the guides allow have some
// thousand characters.
const maxSegment = 32 << 10

// scanner takes an interchange apart into segments. Line ends count for
// nothing, except that a line which begins with a known tag begins a segment.
// Everything that next finds is overwritten by the next call.
type scanner struct {
	r   *bufio.Reader
	syn syntax
	set charset

	raw   []byte // the segment's text without separators and releases
	ends  []int  // where each component ends in raw
	elems []int  // the first component of each element; the tag is element 0

	flaw     flaw // of this segment
	shortUNA bool // the UNA before it lacks its decimal mark
}

// flaw is what is wrong with a segment's form.
type flaw int

const (
	whole    flaw = iota
	merged        // it has no terminator, but a line with a tag follows
	severed       // the file ends in it
	dangling      // the file ends after a release character
	oversize      // it is longer than maxSegment; what is over is lost
)

func newScanner(r io.Reader) *scanner {
	return &scanner{r: bufio.NewReaderSize(r, 32<<10), syn: levelA}
}

// next reads one segment. At the end it returns io.EOF.
func (s *scanner) next() error {
	s.raw, s.ends, s.elems = s.raw[:0], s.ends[:0], append(s.elems[:0], 0)
	s.flaw, s.shortUNA = whole, false
	if err := s.lead(); err != nil {
		return err
	}
	for {
		c, err := s.r.ReadByte()
		switch {
		case err == io.EOF:
			s.flaw = max(s.flaw, severed)
			s.close()
			return nil
		case err != nil:
			return err
		case c == s.syn.terminator:
			s.close()
			return nil
		case c == s.syn.element:
			s.close()
			if len(s.elems) < maxSegment {
				s.elems = append(s.elems, len(s.ends))
			}
		case c == s.syn.component:
			s.close()
		case c == s.syn.release && c != 0:
			s.released()
		case isBreak(c):
			if s.tagAhead() {
				s.flaw = max(s.flaw, merged)
				s.close()
				return nil
			}
		default:
			s.put(c)
		}
	}
}

// close ends a component.
func (s *scanner) close() {
	if len(s.ends) == maxSegment {
		s.flaw = oversize
		return
	}
	s.ends = append(s.ends, len(s.raw))
}

func (s *scanner) put(c byte) {
	if len(s.raw) == maxSegment {
		s.flaw = oversize
		return
	}
	s.raw = append(s.raw, c)
}

// released keeps the character after a release character as it is. A line
// broken between the two does not part them.
func (s *scanner) released() {
	for {
		c, err := s.r.ReadByte()
		if err != nil {
			s.flaw = dangling // next meets the same error
			return
		}
		if !isBreak(c) || c == s.syn.terminator {
			s.put(c)
			return
		}
	}
}

// lead skips what stands between segments, and takes in a UNA.
func (s *scanner) lead() error {
	for {
		c, err := s.r.ReadByte()
		if err != nil {
			return err
		}
		if isSpace(c) || c == s.syn.terminator {
			continue
		}
		_ = s.r.UnreadByte() // cannot fail after ReadByte
		if c != 'U' {
			return nil
		}
		head, _ := s.r.Peek(9)
		syn, n, short, ok := una(head)
		if !ok {
			s.presume(head)
			return nil
		}
		s.syn, s.shortUNA = syn, short
		_, _ = s.r.Discard(n) // was peeked
	}
}

// presume sets the separators for an interchange that has no UNA. One that goes
// on with those of the interchange before it keeps them.
func (s *scanner) presume(head []byte) {
	if bytes.HasPrefix(head, []byte("UNB")) && len(head) > 3 && head[3] != s.syn.element {
		s.syn = opening(head)
	}
}

// tagAhead reports whether the next line begins with a tag that is known and an
// element separator, or a terminator.
func (s *scanner) tagAhead() bool {
	for n := 1; n <= 16; n++ {
		b, _ := s.r.Peek(n + 3)
		if len(b) >= n && isSpace(b[n-1]) {
			continue
		}
		if len(b) < n+3 {
			return false
		}
		b = b[n-1:]
		return (b[3] == s.syn.element || b[3] == s.syn.terminator) && tags[string(b[:3])] || bytes.HasPrefix(b, []byte("UNA"))
	}
	return false
}

// at gives component c of element e, both from 0; element 0 is the tag. What is
// not there is empty.
func (s *scanner) at(e, c int) []byte {
	if e >= len(s.elems) {
		return nil
	}
	i, last := s.elems[e]+c, len(s.ends)
	if e+1 < len(s.elems) {
		last = s.elems[e+1]
	}
	if i >= last {
		return nil
	}
	from := 0
	if i > 0 {
		from = s.ends[i-1]
	}
	return bytes.Trim(s.raw[from:s.ends[i]], " ")
}

// count gives the number of components of an element.
func (s *scanner) count(e int) int {
	if e >= len(s.elems) {
		return 0
	}
	last := len(s.ends)
	if e+1 < len(s.elems) {
		last = s.elems[e+1]
	}
	return last - s.elems[e]
}

// broken reports whether part of the segment is missing.
func (s *scanner) broken() bool { return s.flaw >= severed }

// tag gives the segment's name.
func (s *scanner) tag() []byte { return s.at(0, 0) }

// source writes the segment as it came, without releases, for people to read.
func (s *scanner) source() []byte {
	const enough = 400 // cut wants less
	out := make([]byte, 0, 240)
	for e := 0; e < len(s.elems) && len(out) < enough; e++ {
		if e > 0 {
			out = append(out, s.syn.element)
		}
		for c := range s.count(e) {
			if c > 0 {
				out = append(out, s.syn.component)
			}
			out = append(out, s.at(e, c)...)
		}
	}
	return bytes.TrimRight(out, string([]byte{s.syn.element, s.syn.component}))
}
