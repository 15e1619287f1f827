package spell

// choice is one class into which a sound may fall.
type choice struct {
	class string
	cost  uint8
}

// choices lists the classes of the sound at i, likeliest first, by where it
// stands. The letters of the classes: a (a vowel in front), b d f g h k l m n p
// r s t, and j for all of sh, ch, zh, j.
func choices(heard string, i int, out []choice) []choice {
	at := func(k int) byte {
		if k < 0 || k >= len(heard) {
			return 0
		}
		return heard[k]
	}
	c, before, after := heard[i], at(i-1), at(i+1)
	first := i == 0
	soft := after == 'e' || after == 'i' || after == 'y'
	if first && voiced[c&63] != "" && oneSyllable(heard) {
		return append(out, choice{plainly[c&63], 0}, choice{voiced[c&63], 6})
	}
	switch {
	case vowel(c):
		if first {
			return append(out, choice{"a", 0})
		}
		return append(out, choice{"", 0})
	case c == 'j' && first:
		return append(out, choice{"j", 0}, choice{"a", 3}, choice{"g", 6}, choice{"h", 7})
	case c == 'j' && after == 0:
		return append(out, choice{"", 0}, choice{"j", 5})
	case c == 'j' && !vowel(before):
		return append(out, choice{"", 0}, choice{"j", 2})
	case c == 'j':
		return append(out, choice{"j", 0}, choice{"", 3}, choice{"g", 6}, choice{"h", 7})
	case c == 'h' && after == 0:
		return append(out, choice{"", 0})
	case c == 'h' && first:
		return append(out, choice{"h", 0}, choice{"a", 6})
	case c == 'h' && !vowel(before):
		return append(out, choice{"", 2}, choice{"h", 1})
	case c == 'h':
		return append(out, choice{"h", 0}, choice{"", 6})
	case c == 'w' && first, c == 'v', c == 'f':
		return append(out, choice{"f", 0})
	case c == 'w' && vowel(after):
		return append(out, choice{"f", 0}, choice{"", 2})
	case c == 'w':
		return append(out, choice{"f", 1}, choice{"", 1})
	case c == 'c' && soft:
		return append(out, choice{"s", 0}, choice{"j", 4})
	case c == 'c' && after == 0:
		return append(out, choice{"k", 0}, choice{"j", 3})
	case c == 'c' && first && len(heard) <= 4: // Pinyin Cao, Wade-Giles Tsao
		return append(out, choice{"k", 0}, choice{"s", 4})
	case c == 'c':
		return append(out, choice{"k", 0})
	case c == 'q' && first && soft: // Pinyin Qin, Wade-Giles Chin
		return append(out, choice{"k", 0}, choice{"j", 2}, choice{"g", 5})
	case c == 'g' && soft:
		return append(out, choice{"g", 0}, choice{"j", 4})
	case c == 'q':
		return append(out, choice{"k", 0}, choice{"g", 5})
	case c == 'x' && first:
		return append(out, choice{"s", 0}, choice{"j", 2}, choice{"ks", 4})
	case c == 'x':
		return append(out, choice{"ks", 0})
	case c == 'n' && (after == 'b' || after == 'p'):
		return append(out, choice{"m", 0})
	}
	return append(out, sounding[c]...)
}

// sounding lists the classes of sounds that fall alike everywhere.
var sounding = func() (t [128][]choice) {
	for c := byte('a'); c <= 'z'; c++ {
		t[c] = []choice{{string(c), 0}}
	}
	t['z'] = []choice{{"s", 0}}
	t[soundSH] = []choice{{"j", 0}}
	t[soundZH] = []choice{{"j", 0}}
	t[soundDJ] = []choice{{"j", 0}}
	t[soundSCH] = []choice{{"j", 0}, {"sk", 5}}
	t[soundSZ] = []choice{{"j", 0}, {"s", 2}}
	t[soundCH] = []choice{{"j", 0}, {"k", 4}, {"h", 6}}
	t[soundKH] = []choice{{"h", 0}, {"k", 5}}
	t[soundGH] = []choice{{"g", 0}}
	t[soundTH] = []choice{{"t", 0}, {"s", 5}}
	t[soundDH] = []choice{{"d", 0}, {"s", 5}}
	t[soundTS] = []choice{{"s", 0}}
	t[soundQU] = []choice{{"k", 0}, {"kf", 3}}
	return t
}()

// voiced are the classes of the first sounds of Chinese and Korean syllables in
// another romanization: Pinyin b is p in Wade-Giles, and Korean has both.
var voiced, plainly = [64]string{'b' & 63: "p", 'p' & 63: "b", 'd' & 63: "t", 't' & 63: "d", 'g' & 63: "k", 'k' & 63: "g"},
	[64]string{'b' & 63: "b", 'p' & 63: "p", 'd' & 63: "d", 't' & 63: "t", 'g' & 63: "g", 'k' & 63: "k"}

// oneSyllable tells a word of a consonant, vowels, and at most an n, ng, m, l,
// k, p or t.
func oneSyllable(heard string) bool {
	i := 1
	for i < len(heard) && (vowel(heard[i]) || heard[i] == 'w' && i == 1) {
		i++
	}
	switch heard[i:] {
	case "", "n", "ng", "m", "l", "k", "p", "t":
		return i > 1
	}
	return false
}
