package spell

import "slices"

// Run is what an outline and a few numbers tell of parts that stand side by
// side. The zero Run is of none.
type Run struct {
	every, near uint64
	weight      int
}

// Add takes one more part into the run.
func (r *Run) Add(o Outline) {
	r.every |= o.every
	r.near |= o.near
	r.weight += int(o.weight)
}

// MayJoin reports that a part may be others that stand side by side: none
// has a consonant that is far from all of the other's, and it weighs about as
// much.
func (a Outline) MayJoin(r Run) bool {
	if r.every&^a.near != 0 || a.every&^r.near != 0 {
		return false
	}
	return max(int(a.weight)-r.weight, r.weight-int(a.weight)) <= int((1-likeJoined)*float64(r.weight))
}

// CompareJoined tells how alike one part is to others that stand side by side, as
// another spelling may write them: Daehyeon and 대현, Abuzubair and Abu Zubeyr,
// MUHAMMADALIKHAN and Muhammad Ali Khan. It makes no garbage for parts that Parse
// made.
//
// Those that are alike have a seam of the one in common with the first and the
// last of the run, and a key of the one with JoinedKeys of the run: by these
// they are found.
func CompareJoined(one *Part, run ...*Part) Likeness {
	if one.Role == Initial || one.opaque || len(run) < 2 || len(run) > maxParts {
		return Likeness{}
	}
	for _, p := range run {
		if p.Role == Initial || p.opaque {
			return Likeness{}
		}
	}
	best := likeRun(one, run)
	if best <= likeJoined || !one.meetsAtSeams(run) {
		return Likeness{}
	}
	var room [MaxJoinedKeys]Key
	if !meet(one.made().keys, JoinedKeys(run, room[:0])) {
		return Likeness{}
	}
	return Likeness{best, Joined}
}

// likeRun is how alike a part sounds to a run, or likeJoined where it is less.
func likeRun(one *Part, run []*Part) float64 {
	for i := range 1 + len(one.Others) {
		if spelt(one.reading(i), run) {
			return 1 - float64(i)*perReading
		}
	}
	var r Run
	unspoken, syllables := one.Script.Vowelless(), true
	for _, p := range run {
		r.Add(p.Outline())
		unspoken = unspoken || p.Script.Vowelless()
		syllables = syllables && ofSyllables(p.Script)
	}
	a := one.made()
	if !a.outline.MayJoin(r) {
		return likeJoined
	}
	best := nearRun(a, run, -1, 0, unspoken, likeJoined)
	if !syllables {
		return best
	}
	for k, p := range run { // where each has many readings
		for i := 1; i < 1+len(p.Others); i++ {
			best = nearRun(a, run, k, i, unspoken, best)
		}
	}
	return best
}

// spelt reports whether a word is others, letter by letter.
func spelt(word string, run []*Part) bool {
	for _, p := range run {
		if len(word) < len(p.Latin) || word[:len(p.Latin)] != p.Latin {
			return false
		}
		word = word[len(p.Latin):]
	}
	return word == ""
}

// made are a part's forms, made now where its maker did not.
func (p *Part) made() *forms {
	if p.forms == nil {
		return formsOf(p, new(ink))
	}
	return p.forms
}

// likeJoined is less than any likeness of a word to others.
const likeJoined = 0.88

// nearRun is the likeness of a part to a run whose parts are heard one behind
// the other, the k-th by its rank-th reading, or best where they are less alike.
func nearRun(one *forms, run []*Part, k, rank int, unspoken bool, best float64) float64 {
	var room [maxSounds]byte
	both := heard{}
	b := room[:0]
	for i, p := range run {
		h := &p.made().heard[0]
		if i == k {
			h = &p.made().heard[rank]
		}
		both.weight += h.weight
		b = appendHeard(b, h.sounds)
	}
	if len(b) == 0 {
		return best
	}
	for i := range one.heard {
		if i > 0 && rank > 0 {
			break
		}
		h := &one.heard[i]
		if max(h.weight, both.weight)-min(h.weight, both.weight) > int((1-likeJoined)*float64(both.weight)) ||
			!mayBeOne(h.sounds[0], b[0]) || !mayBeOne(h.sounds[len(h.sounds)-1], b[len(b)-1]) {
			continue
		}
		if both.sounds == "" {
			both.sounds = string(b)
		}
		best = near(h, &both, i+rank, unspoken, best)
	}
	return best
}

// appendHeard appends what is heard behind b. Doubled letters sound once.
func appendHeard(b []byte, sounds string) []byte {
	if len(b) > 0 && b[len(b)-1] == sounds[0] {
		sounds = sounds[1:]
	}
	return append(b, sounds[:min(len(sounds), maxSounds-len(b))]...)
}

// mayBeOne reports whether two sounds may be one: both are vowels, or spellings
// confuse them.
func mayBeOne(x, y byte) bool {
	return nearTo[x&63]>>(y&63)&1 != 0
}

// meetsAtSeams reports whether a word has a seam whose keys the first and the
// last word of a run have.
func (p *Part) meetsAtSeams(run []*Part) bool {
	first, last := bearers(run)
	if first == nil {
		return false
	}
	var room [maxSeams]Seam
	for _, s := range p.Seams(room[:0]) {
		if s.Alone != (first == last) {
			continue
		}
		if hasKey(first, s.First) && hasKey(last, s.Last) {
			return true
		}
	}
	return false
}

// bearers are the first and the last part of a run that are not particles or
// titles; nil where all are.
func bearers(run []*Part) (first, last *Part) {
	for _, p := range run {
		if p.Role != Plain && p.Role != Patronymic {
			continue
		}
		if first == nil {
			first = p
		}
		last = p
	}
	return first, last
}

// HeldKeys is how many of a part's keys, the likeliest, are paired with those of
// others.
const HeldKeys = 4

func hasKey(p *Part, k Key) bool {
	keys := p.made().keys
	return slices.Contains(keys[:min(len(keys), HeldKeys)], k)
}

// MaxJoinedKeys bounds the keys of a run.
const MaxJoinedKeys = 6

// JoinedKeys appends to list the keys of parts that stand side by side, read as
// one word: likeliest first, at most MaxJoinedKeys.
func JoinedKeys(run []*Part, list []Key) []Key {
	var room [(MaxOthers + 1) * perReadingKeys]folded
	folds := foldRun(run, -1, 0, 0, room[:0])
	cost := 0
	for rank := 1; rank <= MaxOthers && cost < MaxOthers; rank++ {
		for k, p := range run {
			if rank <= len(p.Others) && cost < MaxOthers {
				cost++
				folds = foldRun(run, k, rank, cost, folds)
			}
		}
	}
	for _, f := range best(folds, MaxJoinedKeys) {
		list = append(list, f.key)
	}
	return list
}

// foldRun appends the skeletons of a run whose k-th part is read by its rank-th
// reading.
func foldRun(run []*Part, k, rank, cost int, list []folded) []folded {
	var letters [mostRun]byte
	var heard [maxSounds]byte
	b := letters[:0]
	for i, p := range run {
		r := p.Latin
		if i == k {
			r = p.reading(rank)
		}
		b = append(b, r[:min(len(r), mostRun-len(b))]...)
	}
	from := len(list)
	list = skeletons(sounds(string(b), heard[:0]), list, perReadingKeys)
	for i := from; i < len(list); i++ {
		list[i].cost += uint8(cost * perRank)
	}
	return list
}

// maxSeams is the room that is taken for the seams of a word before memory is.
const maxSeams = 128
