package web

import (
	"slices"

	"entente"
	"entente/screen"
)

// bands gives the bands in which somebody matches, strongest first.
func (l looking) bands() []entente.Band {
	var list []entente.Band
	for _, b := range entente.Bands {
		if len(l.in(b)) > 0 {
			list = append(list, b)
		}
	}
	return list
}

func (l looking) in(b entente.Band) []screen.Found {
	return slices.DeleteFunc(l.Result.Matches(), func(f screen.Found) bool { return f.Match.Band != b })
}

// weak gives the kinds of who is no match and is shown.
func (l looking) weak() []entente.Weak {
	return slices.DeleteFunc(slices.Clone(entente.Weaks), func(w entente.Weak) bool { return len(l.Result.Of(w)) == 0 })
}

// folded reports whether people of a kind are shown only to who asks for them:
// those who share least, where somebody shares more.
func (l looking) folded(w entente.Weak) bool {
	return w == entente.WeakPart && len(l.Result.Found) > len(l.Result.Of(w))
}

// more is how many of a kind are counted and not listed.
func (l looking) more(w entente.Weak) (m screen.MoreFound) {
	if i := slices.IndexFunc(l.Result.More, func(m screen.MoreFound) bool { return m.Weak == w }); i >= 0 {
		m = l.Result.More[i]
	}
	return m
}

// unread says why a name cannot be read, and what it is compared by.
func (p *page) unread(u entente.Unread) string {
	switch {
	case len(u.Words) == 0:
		return p.T("It has no letters. The person is compared by birth date and number only.")
	case u.Script == "" && u.Whole:
		return p.T("Its letters cannot be read here. The person is compared by birth date and number only, and with names of the very same letters.")
	case u.Script == "":
		return p.T("Some of its letters cannot be read here. It is compared by the rest of the name.")
	case u.Whole:
		return p.T("Letters of %s cannot be read here. The person is compared by birth date and number only, and with names of the very same letters.", u.Script)
	}
	return p.T("Letters of %s cannot be read here. It is compared by the rest of the name.", u.Script)
}
