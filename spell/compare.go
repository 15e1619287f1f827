package spell

import "math/bits"

// Likeness is how alike two parts are, and by which rule.
type Likeness struct {
	Score float64 // 1 the same … Alike; 0 below
	Rule  Rule
}

// Alike is the least score of parts that are told to be one name.
const Alike = 0.6

// Rule names why two parts are alike.
type Rule uint8

const (
	None            Rule = iota // nothing in common
	Same                        // the same letters
	Spelling                    // one name by two habits of spelling
	Transliteration             // two scripts, and readings meet
	Nickname                    // a short form
	InitialOf                   // one is the initial of the other
	Typing                      // some letters differ
	Joined                      // written in one word and in two
)

func (r Rule) String() string {
	return [...]string{"different", "same", "other spelling", "other script", "short form", "initial", "letters differ", "written together"}[r]
}

// Likenesses of rules that no distance measures.
const (
	LikeNickname = 0.75 // of a short form
	LikeTyping   = 0.9  // the most of two that share no key
	likeInitial  = 0.6
	likeKey      = 0.7  // the least of two that share a key
	perReading   = 0.02 // less for each likelier reading that does not fit
)

// Compare tells how alike two parts are. It is symmetric, and makes no garbage
// for parts that Parse or Join made.
func Compare(a, b Part) Likeness {
	fa, fb := a.forms, b.forms
	if fa == nil {
		fa = formsOf(&a, new(ink))
	}
	if fb == nil {
		fb = formsOf(&b, new(ink))
	}
	other := a.Script != b.Script
	if a.Latin == b.Latin && (a.Role == Initial) == (b.Role == Initial) {
		if other {
			return Likeness{1, Transliteration}
		}
		return Likeness{1, Same}
	}
	if a.Role == Initial || b.Role == Initial {
		if fa.firsts&fb.firsts != 0 {
			return Likeness{likeInitial, InitialOf}
		}
		return Likeness{}
	}
	if a.opaque || b.opaque { // code points that look alike say nothing
		return Likeness{}
	}
	shared := meet(fa.keys, fb.keys)
	nick := meet(fa.nicks, fb.nicks)
	if !shared && !nick && fa.outline.Apart(fb.outline) {
		return Likeness{}
	}
	least := Alike / LikeTyping
	if shared || nick {
		least = likeKey
	}
	score := alike(fa, fb, a.Script.Vowelless() || b.Script.Vowelless(), least)
	switch {
	case nick && score < LikeNickname:
		return Likeness{LikeNickname, Nickname}
	case shared && other:
		return Likeness{score, Transliteration}
	case shared:
		return Likeness{score, Spelling}
	case score > least:
		return Likeness{score * LikeTyping, Typing}
	}
	return Likeness{}
}

// meet reports whether two short lists share an element.
func meet[T comparable](a, b []T) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

// Outline tells of most parts without a common key that they cannot be alike.
type Outline struct {
	every  uint64 // consonants that every reading has
	near   uint64 // sounds that those of some reading may be taken for
	weight uint16 // of the likeliest reading, as distance measures
}

// Outline is what Apart asks of a part.
func (p Part) Outline() Outline {
	if p.forms == nil {
		return formsOf(&p, new(ink)).outline
	}
	return p.outline
}

// Apart reports that two parts are not alike, unless they share a key or one is
// an initial: too many consonants of one have nothing near in the other.
func (a Outline) Apart(b Outline) bool {
	x, y := bits.OnesCount64(a.every&^b.near), bits.OnesCount64(b.every&^a.near)
	cost := min(x, y)*swapForeign + max(x-y, y-x)*gapConsonant // one taken for another, or left out
	whole := float64(a.weight+b.weight) / 2
	return float64(cost) > whole*(1-Alike/LikeTyping)
}

// alike is the best likeness of two readings, at least best. Each likeliest
// reading meets all of the other's.
func alike(a, b *forms, unspoken bool, best float64) float64 {
	for i := range b.heard {
		best = near(&a.heard[0], &b.heard[i], i, unspoken, best)
	}
	for i := 1; i < len(a.heard); i++ {
		best = near(&a.heard[i], &b.heard[0], i, unspoken, best)
	}
	return best
}

// near is the likeness of two readings, or best where they are less alike.
func near(x, y *heard, rank int, unspoken bool, best float64) float64 {
	whole := float64(x.weight+y.weight) / 2
	most := 1 - float64(rank)*perReading
	limit := int(whole * (most - best))
	if limit <= 0 {
		return best
	}
	if d := distance(x.sounds, y.sounds, unspoken, limit); d <= limit {
		best = max(best, most-float64(d)/whole)
	}
	return best
}
