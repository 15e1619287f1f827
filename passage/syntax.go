package passage

import "bytes"

// syntax holds the characters that take an interchange apart (ISO 9735-1
// section 7). release 0: there is none.
type syntax struct {
	component, element, release, terminator byte
}

var (
	levelA = syntax{':', '+', '?', '\''}
	levelB = syntax{0x1f, 0x1d, 0, 0x1c} // character set UNOB as it was first
)

// una reads the service string advice at the start of b and says how long it
// is. Six characters follow "UNA": component, element, decimal mark, release,
// repetition, terminator. short tells of a sender that leaves the decimal mark
// out, which shows by an apostrophe in the fifth place and a line end after it.
func una(b []byte) (s syntax, n int, short, ok bool) {
	if len(b) < 9 || !bytes.HasPrefix(b, []byte("UNA")) {
		return syntax{}, 0, false, false
	}
	s, n = syntax{component: b[3], element: b[4], release: b[6], terminator: b[8]}, 9
	if isBreak(b[8]) && b[7] == '\'' {
		s.release, s.terminator, short, n = b[5], b[7], true, 8
	}
	if s.release == ' ' {
		s.release = 0
	}
	return s, n, short, s.sound()
}

// sound reports whether the characters can do their work: all different, and
// none a letter, a digit or a space, which stand in every text.
func (s syntax) sound() bool {
	all := [...]byte{s.component, s.element, s.terminator, s.release}
	for i, c := range all {
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == ' ' || c >= 0x80 || c == 0 && i != 3 {
			return false
		}
		for _, d := range all[:i] {
			if c == d {
				return false
			}
		}
	}
	return true
}

// opening gives the syntax of an interchange that comes without UNA, from the
// character after its first tag.
func opening(b []byte) syntax {
	if len(b) > 3 && b[3] == levelB.element {
		return levelB
	}
	return levelA
}

func isBreak(c byte) bool { return c == '\n' || c == '\r' }

func isSpace(c byte) bool { return c <= ' ' && c != 0x1c && c != 0x1d && c != 0x1f }

// isTag reports whether b is three capitals.
func isTag(b []byte) bool {
	return len(b) == 3 && b[0] >= 'A' && b[0] <= 'Z' && b[1] >= 'A' && b[1] <= 'Z' && b[2] >= 'A' && b[2] <= 'Z'
}

// tags are those of PAXLST, PNRGOV and the service segments. A line that begins
// with one is a new segment even if the one before has lost its terminator.
var tags = func() map[string]bool {
	m := map[string]bool{}
	for _, t := range bytes.Fields([]byte(
		"UNB UNG UNH UNT UNE UNZ BGM RFF NAD COM TDT LOC DTM ATT NAT DOC CNT GEI FTX MEA QTY EMP CPI " +
			"MSG ORG TVL EQN SRC RCI SSR DAT IFT ADD EBD TIF FTI REF FAR TKT MON PTK TXD FOP TRA RPI APD SSD TBD TRI ABI SAC LTS")) {
		m[string(t)] = true
	}
	return m
}()

// start finds where an interchange begins in the head of a file: at once, or
// after a byte order mark or the header of a teletype message. It is -1 where
// there is none.
func start(head []byte) int {
	const most = 1000 // a teletype header has at most a few lines
	for i := 0; i+4 <= len(head) && i <= most; i++ {
		if head[i] != 'U' || head[i+1] != 'N' || i > 0 && head[i-1] > ' ' && head[i-1] != 0xbf {
			continue
		}
		switch c := head[i+3]; head[i+2] {
		case 'A':
			if _, _, _, ok := una(head[i:]); ok {
				return i
			}
		case 'B', 'G', 'H':
			if c == levelA.element || c == levelB.element || c == ' ' {
				return i
			}
		}
	}
	return -1
}

// detectEDIFACT gives paxlst or pnrgov for an interchange whose head names the
// message, "" for anything else.
func detectEDIFACT(head []byte) string {
	at := start(head)
	if at < 0 {
		return ""
	}
	pax, pnr := bytes.Index(head[at:], []byte("PAXLST")), bytes.Index(head[at:], []byte("PNRGOV"))
	switch {
	case pax >= 0 && (pnr < 0 || pax < pnr):
		return "paxlst"
	case pnr >= 0:
		return "pnrgov"
	}
	return ""
}
