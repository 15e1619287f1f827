package spell

import "strings"

// Sounds of a Latin reading, one byte each. Small letters stand for
// themselves; two or three letters that spell one sound become a capital.
const (
	soundSH   = 'S' // sh, shch
	soundSCH  = 'H' // sch: German sh, Italian sk
	soundSZ   = 'P' // sz: Polish sh, Hungarian s
	soundCH   = 'C' // ch, tch, cz
	soundZH   = 'Z' // zh
	soundDJ   = 'J' // dj, dzh
	soundKH   = 'X' // kh
	soundGH   = 'G' // gh
	soundTH   = 'T' // th
	soundDH   = 'D' // dh
	soundTS   = 'E' // ts, tz
	soundQU   = 'Q' // qu
	maxSounds = 32  // what stands beyond is not heard
)

// graph is a way to spell a sound.
type graph struct {
	letters string
	sound   byte
}

// graphs lists the spellings of one sound, longest first.
var graphs = []graph{
	{"shch", soundSH},
	{"tsch", soundCH},
	{"dzh", soundDJ},
	{"tch", soundCH},
	{"sch", soundSCH},
	{"sh", soundSH},
	{"ch", soundCH},
	{"cz", soundCH},
	{"sz", soundSZ},
	{"zh", soundZH},
	{"dj", soundDJ},
	{"kh", soundKH},
	{"gh", soundGH},
	{"th", soundTH},
	{"dh", soundDH},
	{"ph", 'f'},
	{"ts", soundTS},
	{"tz", soundTS},
	{"qu", soundQU},
	{"ck", 'k'},
	{"cq", 'k'},
	{"ou", 'u'},
	{"oo", 'u'},
	{"ee", 'i'},
}

// sounds hears a reading (a–z) and appends it to b.
func sounds(latin string, b []byte) []byte {
	from := len(b)
	for i := 0; i < len(latin) && len(b)-from < maxSounds; {
		sound, size := hear(latin[i:])
		if i == 0 && strings.HasPrefix(latin, "hs") {
			sound, size = 'x', 2 // Wade-Giles hs, Pinyin x
		}
		if i == 0 && sound == 'u' && size < len(latin) && vowel(latin[size]) {
			sound = 'w' // Oualid, Уильям
		}
		i += size
		if n := len(b); n > from && b[n-1] == sound { // doubled letters sound once
			continue
		}
		b = append(b, sound)
	}
	return b
}

// hear returns the first sound of s and the letters that spell it.
func hear(s string) (byte, int) {
	if len(s) == 1 {
		return s[0], 1
	}
	switch sound := pairs[s[0]&31][s[1]&31]; sound {
	case 0:
		return s[0], 1
	case longer:
		for _, g := range graphs {
			if strings.HasPrefix(s, g.letters) {
				return g.sound, len(g.letters)
			}
		}
		return s[0], 1
	default:
		return sound, 2
	}
}

// longer marks pairs of letters with which a spelling of three or four begins.
const longer = 0xff

// pairs are the graphs of two letters, so that the common case is told by one
// look.
var pairs = func() (t [32][32]byte) {
	for _, g := range graphs {
		p := &t[g.letters[0]&31][g.letters[1]&31]
		switch {
		case len(g.letters) > 2:
			*p = longer
		case *p == 0:
			*p = g.sound
		}
	}
	return t
}()

// vowel reports whether a sound is a vowel. The y is one: where it is heard as
// a consonant, other spellings write i or j.
func vowel(sound byte) bool {
	const vowels = 1 /* a */ | 1<<('e'-'a') | 1<<('i'-'a') | 1<<('o'-'a') | 1<<('u'-'a') | 1<<('y'-'a')
	return sound >= 'a' && vowels>>(sound-'a')&1 != 0
}
