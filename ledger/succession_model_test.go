package ledger_test

import (
	"fmt"
	"strings"

	"entente/ledger"
)

// The state space of one channel: owner S (honest), recipient R, thief A, with
// rotation, restores, a courier and theft. Every interleaving within the bounds is
// visited. Where the model asks whether a signature counts, it asks ledger.Counts.
//
// A history is a string, one byte a record: author, edition, label. The string
// stands for its root, as a hash does. End notes are strings, too: the number of
// the new edition, the size, and the history of that size.

const byThief = 0x80

func recordOf(thief bool, edition, label int) byte {
	r := byte(edition<<4 | label)
	if thief {
		r |= byThief
	}
	return r
}

func editionIn(r byte) int { return int(r>>4) & 7 }
func isForged(r byte) bool { return r&byThief != 0 }

const labelNotice = 15

func forgedIn(h string) (n int) {
	for i := range len(h) {
		if isForged(h[i]) {
			n++
		}
	}
	return n
}

type endOf struct {
	edition int
	hist    string
}

func decodeEnds(s string) (out []endOf) {
	for len(s) > 0 {
		n := int(s[1])
		out = append(out, endOf{int(s[0]), s[2 : 2+n]})
		s = s[2+n:]
	}
	return out
}

func addEnd(ends string, edition int, hist string) string {
	return ends + string([]byte{byte(edition), byte(len(hist))}) + hist
}

// lastEdition is the edition in use after these end notes.
func lastEdition(ends string) int {
	e := 1
	for len(ends) > 0 {
		e = int(ends[0])
		ends = ends[2+int(ends[1]):]
	}
	return e
}

type copyOf struct {
	there      bool
	hist, ends string
	knows      int
}

type state struct {
	led, ends        string // of S
	top              int    // the highest edition that the identity key has signed
	n                int    // writes
	out              string // the longest history that ever left S
	stolen           bool
	forged           int
	post             copyOf // the courier file
	rec, rends       string // of R
	rknows           int
	rstop, sstop     bool
	backup           copyOf
	restored, lost   bool
	anchor           copyOf
	rbackup          copyOf
	rlost            bool
	filedAfterNotice bool // R filed a thief's record although it knew the next edition
	mine             int  // records of another hand in S's ledger
}

var start = state{top: 1, rknows: 1}

type step struct {
	name string
	to   state
}

type bounds struct {
	writes, forgeries, files, editions int
	partnerRestored                    bool
}

// rules is one way to judge. take: how S takes back what a partner shows. end: what
// an end note says. old: what an ended edition is worth.
type rules struct {
	name         string
	take         string // always, flag, anchor
	end          string // none, size, root
	dead         bool   // an ended edition counts nowhere once R knows the next
	fetch        bool   // R fetches the digests up to the end first
	lag          bool   // the anchor may be older than what was handed out
	lossy        bool   // after a restore that cannot be completed, S goes on under the same edition
	reuseNumbers bool   // an edition number is used again after a restore
	bounds       bounds
	broken       []string // what must be found; none: the rule holds
}

// model explores one rule set.
type model struct {
	rules
	counts map[string]ledger.Succession
}

// verdict asks the product.
func (m *model) verdict(ends string, knows, edition int, place int) ledger.Verdict {
	key := fmt.Sprint(knows, ends)
	s, ok := m.counts[key]
	if !ok {
		var notes []endVector
		for _, e := range decodeEnds(ends) {
			notes = append(notes, endVector{Number: e.edition, Size: int64(len(e.hist))})
		}
		s = knowledge(knows, notes...)
		m.counts[key] = s
	}
	return ledger.Counts(s, ledger.OfEnvelope, editionDigests[edition], int64(place))
}

var editionDigests = func() (d [8][32]byte) {
	for n := range d {
		d[n] = edition(n)
	}
	return d
}()

// vouched reports whether every record still stands under an edition that counts.
func (m *model) vouched(hist, ends string) bool {
	knows := lastEdition(ends)
	for i := range len(hist) {
		if e := editionIn(hist[i]); e <= knows && m.verdict(ends, knows, e, i) == ledger.VerdictNot {
			return false
		}
	}
	return true
}

// learn hands R descriptors and end notes.
func (m *model) learn(s state, ends string) state {
	top := lastEdition(ends)
	s.rknows = max(s.rknows, top)
	if m.end == "none" || ends == "" || s.rends != "" && lastEdition(s.rends) >= top {
		return s // the newest edition decides
	}
	s.rends = ends
	all := decodeEnds(ends)
	last := all[len(all)-1]
	if size := len(last.hist); m.end == "root" {
		k := min(size, len(s.rec))
		if m.fetch && s.rec[:k] != last.hist[:k] || !m.fetch && len(s.rec) >= size && s.rec[:size] != last.hist {
			s.rstop = true
		}
	}
	if !m.vouched(s.rec, ends) {
		s.rstop = true
	}
	return s
}

// judge has R judge the last record of hist with the checkpoint over hist, both
// under an edition. False: again, or never.
func (m *model) judge(s state, hist string, edition int) (state, bool) {
	place, x := len(hist)-1, hist[len(hist)-1]
	if place != len(s.rec) || edition > s.rknows {
		return s, false
	}
	if m.end != "none" {
		switch m.verdict(s.rends, s.rknows, edition, place) {
		case ledger.VerdictNot, ledger.VerdictUnknown, ledger.VerdictStop:
			return s, false
		case ledger.VerdictMissing:
			if m.fetch {
				return s, false
			}
		}
		if edition < s.rknows {
			if m.dead {
				return s, false
			}
			for _, e := range decodeEnds(s.rends) {
				if e.edition > edition && m.fetch && place < len(e.hist) && e.hist[place] != x {
					return s, false
				}
				if e.edition > edition && m.end == "root" && place+1 == len(e.hist) && hist != e.hist {
					s.rstop = true
					return s, true
				}
			}
		}
	}
	if hist[:place] != s.rec {
		s.rstop = true // a key that counts signed two histories
		return s, true
	}
	s.rec = hist
	s.filedAfterNotice = s.filedAfterNotice || isForged(x) && edition < s.rknows
	return s, true
}

// hand delivers to R what S has.
func (m *model) hand(s state, led, ends string) state {
	s = m.learn(s, ends)
	for i := len(s.rec); i < len(led) && !s.rstop; i++ {
		t, ok := m.judge(s, led[:i+1], editionIn(led[i]))
		if !ok {
			break
		}
		s = t
	}
	return s
}

// rotate is one transaction: notice, end note, switch.
func (m *model) rotate(s state, notice bool) state {
	now := lastEdition(s.ends)
	if notice {
		s.led += string([]byte{recordOf(false, now, labelNotice)})
	}
	next := max(s.top, now) + 1
	if m.reuseNumbers {
		next = now + 1
	}
	s.ends = addEnd(s.ends, next, s.led)
	s.top = max(s.top, next)
	return s
}

// accept is what R's people do: the newest end note decides, and what it does not
// vouch for becomes void.
func accept(s state) state {
	all := decodeEnds(s.rends)
	last := all[len(all)-1]
	k := commonPrefix(s.rec, last.hist)
	if len(k) == len(last.hist) {
		rest := s.rec[len(k):]
		for rest != "" && editionIn(rest[0]) >= last.edition {
			k, rest = k+rest[:1], rest[1:]
		}
	}
	s.rec, s.rstop = k, false
	return s
}

func commonPrefix(a, b string) string {
	k := 0
	for k < min(len(a), len(b)) && a[k] == b[k] {
		k++
	}
	return a[:k]
}

func longer(a, b string) string {
	if len(a) >= len(b) {
		return a
	}
	return b
}

// compare has a partner show S its copy of S's ledger, with S's own end notes.
func (m *model) compare(s state, shown, rends string) (out []step) {
	if !s.restored && len(shown) <= len(s.led) {
		return nil
	}
	if s.restored && lastEdition(rends) > lastEdition(s.ends) {
		s.ends = rends
	}
	stop := func(name string) []step {
		s.sstop, s.restored = true, false
		return append(out, step{name, s})
	}
	if !strings.HasPrefix(shown, s.led) && !strings.HasPrefix(s.led, shown) {
		return stop("S sees another history: people")
	}
	led := longer(shown, s.led)
	if m.end != "none" && !m.vouched(led, s.ends) {
		return append(out, step{"S refuses: that edition ended before", s})
	}
	extra := led[len(s.led):]
	switch {
	case m.take == "always", m.take == "flag" && s.restored:
		s.led, s.restored = led, false
		s.forged, s.mine = s.forged+forgedIn(extra), s.mine+forgedIn(extra)
		return append(out, step{fmt.Sprint("S takes back ", len(extra)), s})
	case !s.restored:
		s.sstop = true
		return append(out, step{"S sees its ledger grown by another hand: alarm", s})
	}
	known := len(s.led)
	if s.anchor.there {
		if a := s.anchor.hist; !strings.HasPrefix(led, a) && !strings.HasPrefix(a, led) {
			return stop("the anchor does not fit: people")
		}
		known = min(len(s.anchor.hist), len(led))
	}
	if forgedIn(led[known:]) > 0 {
		return stop("a person says: not ours")
	}
	whole := s.anchor.there && len(led) >= len(s.anchor.hist) && lastEdition(s.ends) == s.top
	s.led, s.restored = led, false
	switch {
	case whole || m.lossy:
		return append(out, step{"S has all of it back", s})
	case s.top < m.bounds.editions:
		return append(out, step{"S goes on under a new edition, from what was found", m.rotate(s, false)})
	}
	s.sstop = true
	return append(out, step{"S waits for a new edition", s})
}
