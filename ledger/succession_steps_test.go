package ledger_test

import (
	"fmt"

	"entente/ledger"
)

// steps lists everything that can happen next.
func (m *model) steps(s state, honest bool) (out []step) {
	do := func(name string, t state) { out = append(out, step{name, t}) }
	m.ownerSteps(s, do)
	if honest {
		m.partnerSteps(s, do)
		if s.restored && !s.sstop {
			out = append(out, m.compare(s, s.rec, s.rends)...)
		}
	} else if s.stolen && s.forged < m.bounds.forgeries && !s.sstop {
		out = append(out, m.compare(s, s.led+string([]byte{recordOf(true, 1, 14)}), "")...)
	}
	return out
}

func (m *model) ownerSteps(s state, do func(string, state)) {
	works, more := !s.restored && !s.sstop, s.top < m.bounds.editions
	if works && s.n < m.bounds.writes {
		t := s
		t.led, t.n = s.led+string([]byte{recordOf(false, lastEdition(s.ends), s.n)}), s.n+1
		do("S writes", t)
	}
	if works && more {
		do("S rotates", m.rotate(s, true))
	}
	if !s.stolen {
		t := s
		t.stolen = true
		do("A steals the keys of edition 1", t)
	}
	if works && m.bounds.files > 0 && !s.post.there && s.led != "" {
		t := s
		t.post, t.out = copyOf{there: true, hist: s.led, ends: s.ends}, longer(s.led, s.out)
		do("S packs a courier file", t)
	}
	if works && !s.backup.there && s.led != "" {
		t := s
		t.backup = copyOf{there: true, hist: s.led, ends: s.ends}
		do("S makes a backup", t)
	}
	if s.backup.there && !s.lost && !s.sstop {
		for _, a := range m.anchors(s) {
			t := s
			t.led, t.ends, t.restored, t.lost, t.anchor = s.backup.hist, s.backup.ends, true, true, a
			do(fmt.Sprintf("S is lost and restored (anchor %v %d)", a.there, len(a.hist)), t)
		}
	}
	if s.sstop && more {
		t := s
		t.sstop, t.restored = false, false
		do("S's people go on under a new edition", m.rotate(t, false))
	}
}

// anchors gives what may lie beside the keys after a loss.
func (m *model) anchors(s state) []copyOf {
	out := s.out
	if m.lag && out != "" {
		out = out[:len(out)-1]
	}
	all := []copyOf{{}, {there: true, hist: s.led}}
	if out != s.led {
		all = append(all, copyOf{there: true, hist: out})
	}
	return all
}

func (m *model) partnerSteps(s state, do func(string, state)) {
	if !s.restored && !s.sstop && !s.rstop {
		if t := m.hand(s, s.led, s.ends); t != s {
			t.out = longer(s.led, s.out)
			do("S delivers", t)
		}
	}
	if s.post.there && !s.rstop {
		if t := m.hand(s, s.post.hist, s.post.ends); t != s {
			do("the courier arrives", t)
		}
	}
	if now := lastEdition(s.ends); s.rknows < now {
		t := s
		t.rknows = now
		do("R learns of the next edition by another way", t)
	}
	if s.stolen && s.forged < m.bounds.forgeries && !s.rstop {
		if t, ok := m.judge(s, s.rec+string([]byte{recordOf(true, 1, s.forged)}), 1); ok && t != s {
			t.forged++
			do("A forges to R", t)
		}
	}
	if s.rstop && s.rends != "" {
		do("R's people accept what the newest edition vouches for", accept(s))
	}
	if m.bounds.partnerRestored && !s.rbackup.there && s.rec != "" {
		t := s
		t.rbackup = copyOf{true, s.rec, s.rends, s.rknows}
		do("R makes a backup", t)
	}
	if m.bounds.partnerRestored && s.rbackup.there && !s.rlost && !s.rstop {
		t := s
		t.rec, t.rends, t.rknows, t.rlost = s.rbackup.hist, s.rbackup.ends, s.rbackup.knows, true
		do("R is lost and restored", t)
	}
}

// settle has everybody be diligent from here on: S delivers, S's people rotate where
// R shows another history, R's people accept.
func (m *model) settle(t state) state {
	for range 2 {
		t = m.hand(t, t.led, t.ends)
		if t.rec == t.led && !t.rstop {
			break
		}
		if t.rstop && t.rends != "" && t.rends == t.ends {
			t = m.hand(accept(t), t.led, t.ends)
		}
		if t.rec == t.led || m.end == "none" {
			break
		}
		t = m.rotate(t, false)
		t = m.learn(t, t.ends)
		if t.rstop {
			t = accept(t)
		}
		t = m.hand(t, t.led, t.ends)
	}
	return t
}

// The properties, by what is wrong.
const (
	thiefFiled = "R files a forged record although it knows the next edition"
	otherHand  = "S's ledger grows by another hand, silently"
	newKey     = "S's new key signs a forged record"
	ownFork    = "S forks its own ledger after a restore"
	falseAlarm = "a fork is shown though nothing was stolen or lost"
	mailDies   = "honest mail dies"
	noRecovery = "after a theft R never comes to hold what S wrote"
	needPeople = "honest mail needs people though nothing was stolen or lost"
)

// check names the property that does not hold; empty: all do.
func (m *model) check(s state, honest bool) string {
	if s.filedAfterNotice {
		return thiefFiled
	}
	if s.mine > 0 {
		for i := range len(s.led) {
			if editionIn(s.led[i]) > 1 {
				return newKey
			}
		}
		return otherHand
	}
	if s.lost && !s.restored && !s.sstop && m.forks(s) {
		return ownFork
	}
	if !honest || s.restored || s.sstop {
		return ""
	}
	if !s.stolen && s.rstop && !s.lost {
		return falseAlarm
	}
	t := m.settle(s)
	switch {
	case t.rec != t.led || t.rstop:
		if s.stolen {
			return noRecovery
		}
		return mailDies
	case !s.stolen && !s.lost && t.ends != s.ends:
		return needPeople
	}
	return ""
}

// forks reports whether S signed two records for one place, both under editions
// that count there.
func (m *model) forks(s state) bool {
	k := len(commonPrefix(s.led, s.out))
	if k == len(s.led) || k == len(s.out) {
		return false
	}
	if m.end == "none" {
		return true
	}
	return m.verdict(s.ends, lastEdition(s.ends), editionIn(s.out[k]), k) != ledger.VerdictNot
}
