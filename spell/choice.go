package spell

// choice is one class into which a sound may fall: no letter, one or two.
type choice struct {
	class [2]byte
	size  uint8
	cost  uint8
}

// either makes a row of choices.
func either(list ...any) (row []choice) {
	for i := 0; i < len(list); i += 2 {
		c := choice{cost: uint8(list[i+1].(int))}
		c.size = uint8(copy(c.class[:], list[i].(string)))
		row = append(row, c)
	}
	return row
}

// Choices of the sounds that fall differently by where they stand.
var (
	asOpening  = either("a", 0) // a vowel in front
	asVowel    = either("", 0)
	asFirstJ   = either("j", 0, "a", 3, "g", 6, "h", 7)
	asLastJ    = either("", 0, "j", 5)
	asGlidingJ = either("", 0, "j", 2)
	asOtherJ   = either("j", 0, "", 3, "g", 6, "h", 7)
	asFirstH   = either("h", 0, "a", 6)
	asSecondH  = either("", 2, "h", 1)
	asOtherH   = either("h", 0, "", 6)
	asV        = either("f", 0)
	asGlidingW = either("f", 0, "", 2)
	asClosingW = either("f", 1, "", 1)
	asSoftC    = either("s", 0, "j", 4)
	asLastC    = either("k", 0, "j", 3)
	asChineseC = either("k", 0, "s", 4) // Pinyin Cao, Wade-Giles Tsao
	asK        = either("k", 0)
	asChineseQ = either("k", 0, "j", 2, "g", 5) // Pinyin Qin, Wade-Giles Chin
	asSoftG    = either("g", 0, "j", 4)
	asQ        = either("k", 0, "g", 5)
	asFirstX   = either("s", 0, "j", 2, "ks", 4)
	asOtherX   = either("ks", 0)
	asLabialN  = either("m", 0)
)

// choices lists the classes of the sound at i, likeliest first, by where it
// stands. The letters of the classes: a (a vowel in front), b d f g h k l m n p
// r s t, and j for all of sh, ch, zh, j.
func choices(heard []byte, i int) []choice {
	c, before, after := heard[i], byte(0), byte(0)
	first := i == 0
	if !first {
		before = heard[i-1]
	}
	if i+1 < len(heard) {
		after = heard[i+1]
	}
	if first && voiced[c&63] != nil && oneSyllable(heard) {
		return voiced[c&63]
	}
	if vowel(c) {
		if first {
			return asOpening
		}
		return asVowel
	}
	switch c {
	case 'j':
		return choicesOfJ(before, after)
	case 'h':
		return choicesOfH(before, after)
	case 'v', 'f':
		return asV
	case 'w':
		switch {
		case first:
			return asV
		case vowel(after):
			return asGlidingW
		}
		return asClosingW
	case 'c':
		switch {
		case soft(after):
			return asSoftC
		case after == 0:
			return asLastC
		case first && len(heard) <= 4:
			return asChineseC
		}
		return asK
	case 'g':
		if soft(after) {
			return asSoftG
		}
	case 'q':
		if first && soft(after) {
			return asChineseQ
		}
		return asQ
	case 'x':
		if first {
			return asFirstX
		}
		return asOtherX
	case 'n':
		if after == 'b' || after == 'p' {
			return asLabialN
		}
	}
	return sounding[c]
}

func choicesOfJ(before, after byte) []choice {
	switch {
	case before == 0:
		return asFirstJ
	case after == 0:
		return asLastJ
	case !vowel(before):
		return asGlidingJ
	}
	return asOtherJ
}

func choicesOfH(before, after byte) []choice {
	switch {
	case after == 0:
		return asVowel
	case before == 0:
		return asFirstH
	case !vowel(before):
		return asSecondH
	}
	return asOtherH
}

// soft tells the vowels before which c and g sound otherwise.
func soft(c byte) bool { return c == 'e' || c == 'i' || c == 'y' }

// sounding lists the classes of sounds that fall alike everywhere.
var sounding = func() (t [256][]choice) {
	for c := byte('a'); c <= 'z'; c++ {
		t[c] = either(string(c), 0)
	}
	t['z'] = either("s", 0)
	t[soundSH] = either("j", 0)
	t[soundZH] = either("j", 0)
	t[soundDJ] = either("j", 0)
	t[soundSCH] = either("j", 0, "sk", 5)
	t[soundSZ] = either("j", 0, "s", 2)
	t[soundCH] = either("j", 0, "k", 4, "h", 6)
	t[soundKH] = either("h", 0, "k", 5)
	t[soundGH] = either("g", 0)
	t[soundTH] = either("t", 0, "s", 5)
	t[soundDH] = either("d", 0, "s", 5)
	t[soundTS] = either("s", 0)
	t[soundQU] = either("k", 0, "kf", 3)
	return t
}()

// voiced are the classes of the first sounds of Chinese and Korean syllables in
// another romanization: Pinyin b is p in Wade-Giles, and Korean has both.
var voiced = [64][]choice{
	'b' & 63: either("b", 0, "p", 6), 'p' & 63: either("p", 0, "b", 6),
	'd' & 63: either("d", 0, "t", 6), 't' & 63: either("t", 0, "d", 6),
	'g' & 63: either("g", 0, "k", 6), 'k' & 63: either("k", 0, "g", 6),
}

// oneSyllable tells a word of a consonant, vowels, and at most an n, ng, m, l,
// k, p or t.
func oneSyllable(heard []byte) bool {
	i := 1
	for i < len(heard) && (vowel(heard[i]) || heard[i] == 'w' && i == 1) {
		i++
	}
	switch string(heard[i:]) {
	case "", "n", "ng", "m", "l", "k", "p", "t":
		return i > 1
	}
	return false
}
