package spell

import "slices"

// Likeness is how alike two parts are, and by which rule.
type Likeness struct {
	Score float64 // 1 the same … 0 unrelated
	Rule  Rule
}

// Rule names why two parts are alike.
type Rule uint8

const (
	None            Rule = iota // nothing in common
	Same                        // the same letters
	Spelling                    // the same name by another habit of spelling
	Transliteration             // other script, and a reading meets
	Nickname                    // a short form
	InitialOf                   // the initial of the other
	Typing                      // a few letters differ
	Joined                      // written in one word or in two
)

func (r Rule) String() string {
	return [...]string{"different", "same", "spelling", "transliteration", "nickname", "initial", "letters differ", "written together"}[r]
}

// Compare tells how alike two parts are.
func Compare(a, b Part) Likeness {
	if a.forms == nil {
		a.forms = formsOf(&a)
	}
	if b.forms == nil {
		b.forms = formsOf(&b)
	}
	if a.Latin == b.Latin {
		if a.Script != b.Script {
			return Likeness{1, Transliteration}
		}
		return Likeness{1, Same}
	}
	if a.Role == Initial || b.Role == Initial {
		if sounds(a.Latin)[0] == sounds(b.Latin)[0] {
			return Likeness{0.5, InitialOf}
		}
		return Likeness{}
	}
	score := 0.0
	for _, x := range a.heard {
		for _, y := range b.heard {
			score = max(score, similar(x, y, a.Script.Vowelless() || b.Script.Vowelless()))
		}
	}
	shared := slices.ContainsFunc(a.keys, func(k Key) bool { return slices.Contains(b.keys, k) })
	switch {
	case shared && a.Script != b.Script:
		return Likeness{max(score, 0.7), Transliteration}
	case shared:
		return Likeness{max(score, 0.7), Spelling}
	case score >= 0.6:
		return Likeness{score, Typing}
	}
	return Likeness{Score: score}
}

// similar is the weighted edit distance of sounds, as a likeness.
func similar(x, y string, vowelless bool) float64 {
	gap := float32(0.3)
	if vowelless {
		gap = 0.05
	}
	weigh := func(c byte) float32 {
		if vowel(c) {
			return gap
		}
		return 1
	}
	var row [maxSounds + 1]float32
	for j := range len(y) {
		row[j+1] = row[j] + weigh(y[j])
	}
	total := row[len(y)]
	for i := range len(x) {
		corner := row[0]
		wx := weigh(x[i])
		row[0] += wx
		total += wx
		for j := range len(y) {
			sub := corner
			if x[i] != y[j] {
				sub += max(wx, weigh(y[j]))
			}
			corner = row[j+1]
			row[j+1] = min(sub, row[j]+weigh(y[j]), corner+wx)
		}
	}
	if total == 0 {
		return 0
	}
	return max(0, float64(1-2*row[len(y)]/total))
}
