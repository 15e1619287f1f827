package spell

// MayJoin reports that a part may be two others that stand side by side: none
// has a consonant that is far from all of the other's, and it weighs about as
// much.
func (a Outline) MayJoin(x, y Outline) bool {
	if (x.every|y.every)&^a.near != 0 || a.every&^(x.near|y.near) != 0 {
		return false
	}
	both := int(x.weight) + int(y.weight)
	return max(int(a.weight)-both, both-int(a.weight)) <= int((1-likeJoined)*float64(both))
}

// CompareJoined tells how alike one part is to two that stand side by side, as
// another spelling may write them: Daehyeon and 대현, Abuzubair and Abu Zubeyr.
// It makes no garbage for parts that Parse or Join made.
func CompareJoined(one, x, y *Part) Likeness {
	if one.Role == Initial || x.Role == Initial || y.Role == Initial || one.opaque || x.opaque || y.opaque {
		return Likeness{}
	}
	if n := len(x.Latin); len(one.Latin) == n+len(y.Latin) && one.Latin[:n] == x.Latin && one.Latin[n:] == y.Latin {
		return Likeness{1, Joined}
	}
	a, b, c := one.made(), x.made(), y.made()
	if !a.outline.MayJoin(b.outline, c.outline) {
		return Likeness{}
	}
	unspoken := one.Script.Vowelless() || x.Script.Vowelless() || y.Script.Vowelless()
	best := nearJoined(a, &b.heard[0], &c.heard[0], 0, unspoken, likeJoined)
	if ofSyllables(x.Script) && ofSyllables(y.Script) { // where each of the two has many readings
		for i := 1; i < len(b.heard); i++ {
			best = nearJoined(a, &b.heard[i], &c.heard[0], i, unspoken, best)
		}
		for i := 1; i < len(c.heard); i++ {
			best = nearJoined(a, &b.heard[0], &c.heard[i], i, unspoken, best)
		}
	}
	if best == likeJoined {
		return Likeness{}
	}
	return Likeness{best, Joined}
}

// made are a part's forms, made now where its maker did not.
func (p *Part) made() *forms {
	if p.forms == nil {
		return formsOf(p, new(ink))
	}
	return p.forms
}

// likeJoined is less than any likeness of a word to two.
const likeJoined = 0.88

// nearJoined is the likeness of a part to two readings heard one behind the
// other, or best where they are less alike.
func nearJoined(one *forms, x, y *heard, rank int, unspoken bool, best float64) float64 {
	var room [maxSounds]byte
	var both heard
	for i := range one.heard {
		if i > 0 && rank > 0 {
			break
		}
		h := &one.heard[i]
		if weight := x.weight + y.weight; max(h.weight, weight)-min(h.weight, weight) > int((1-likeJoined)*float64(weight)) ||
			!mayBeOne(h.sounds[0], x.sounds[0]) || !mayBeOne(h.sounds[len(h.sounds)-1], y.sounds[len(y.sounds)-1]) {
			continue
		}
		if both.sounds == "" {
			both = heard{string(appendHeard(append(room[:0], x.sounds...), y.sounds)), x.weight + y.weight}
		}
		best = near(h, &both, i+rank, unspoken, best)
	}
	return best
}

// appendHeard appends what is heard behind b. Doubled letters sound once.
func appendHeard(b []byte, sounds string) []byte {
	if b[len(b)-1] == sounds[0] {
		sounds = sounds[1:]
	}
	return append(b, sounds[:min(len(sounds), maxSounds-len(b))]...)
}

// mayBeOne reports whether two sounds may be one: both are vowels, or spellings
// confuse them.
func mayBeOne(x, y byte) bool {
	return nearTo[x&63]>>(y&63)&1 != 0
}
