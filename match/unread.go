package match

import (
	"entente"
	"entente/spell"
)

// UnreadNames lists the names of a subject that cannot be compared, or only in part.
func UnreadNames(s entente.Subject) (all []entente.Unread) {
	for _, n := range s.Names[:min(len(s.Names), maxNames)] {
		if plain(n.Text) {
			continue
		}
		if u, ok := unreadName(newName(n.Text)); ok {
			all = append(all, u)
		}
	}
	return all
}

// Unread lists the names of the question that cannot be compared, or only in part.
func (q *Question) Unread() []entente.Unread {
	all := []entente.Unread{}
	for _, n := range q.asked.names {
		if u, ok := unreadName(n); ok {
			all = append(all, u)
		}
	}
	return all
}

// plain tells the common case quickly: letters without marks.
func plain(text string) bool {
	letters := false
	for i := range len(text) {
		c := text[i] | 0x20
		letters = letters || c >= 'a' && c <= 'z'
		if text[i] >= 0x80 {
			return false
		}
	}
	return letters
}

func unreadName(n name) (u entente.Unread, unread bool) {
	u = entente.Unread{Name: n.text, Words: []string{}, Script: spell.ScriptOf(n.text), Whole: !readable(n.parts)}
	for _, p := range n.parts {
		if p.Unread() {
			u.Words = append(u.Words, p.Text)
		}
	}
	letters := "some of its letters"
	if u.Script != "" {
		letters = "letters of " + u.Script
	}
	switch {
	case u.Whole && len(u.Words) == 0:
		u.Why = "it has no letters: compared by birth date and number only"
	case u.Whole:
		u.Why = letters + " cannot be read here: compared by birth date and number only, and with names of the very same letters"
	default:
		u.Why = letters + " cannot be read here: compared by the rest of the name"
	}
	return u, u.Whole || len(u.Words) > 0
}

// readable reports whether any word of a name was read. What was not is no
// evidence against anybody.
func readable(parts []*part) bool {
	for _, p := range parts {
		if !p.Opaque() {
			return true
		}
	}
	return false
}

// unreadable reports whether no name of somebody was read.
func (p *person) unreadable() bool {
	for _, n := range p.names {
		if readable(n.parts) {
			return false
		}
	}
	return true
}

// leastApart is what names are worth at most that share nothing. It is nothing
// where one of them could not be read: that is no evidence against anybody.
const leastApart = 0

// forgive makes names no evidence that share nothing, where those of one could not
// be read.
func (t *terms) forgive(a, b *person) {
	if t.named && t.name[termMet] == 0 && (a.unreadable() || b.unreadable()) {
		t.named = false
	}
}
