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
	maxSounds = 24  // what stands beyond is not heard
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

// sounds hears a reading (a–z).
func sounds(latin string) string {
	var b [maxSounds]byte
	n := 0
	for i := 0; i < len(latin) && n < maxSounds; {
		sound, size := hear(latin[i:])
		if i == 0 && strings.HasPrefix(latin, "hs") {
			sound, size = 'x', 2 // Wade-Giles hs, Pinyin x
		}
		if i == 0 && sound == 'u' && size < len(latin) && vowel(latin[size]) {
			sound = 'w' // Oualid, Уильям
		}
		i += size
		if n > 0 && b[n-1] == sound { // doubled letters sound once
			continue
		}
		b[n] = sound
		n++
	}
	return string(b[:n])
}

// hear returns the first sound of s and the letters that spell it.
func hear(s string) (byte, int) {
	for _, g := range graphsBy[s[0]&31] {
		if strings.HasPrefix(s, g.letters) {
			return g.sound, len(g.letters)
		}
	}
	return s[0], 1
}

// graphsBy are the graphs by their first letter.
var graphsBy = func() (t [32][]graph) {
	for _, g := range graphs {
		t[g.letters[0]&31] = append(t[g.letters[0]&31], g)
	}
	return t
}()

// vowel reports whether a sound is a vowel. The y is one: where it is heard as
// a consonant, other spellings write i or j.
func vowel(sound byte) bool {
	switch sound {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return true
	}
	return false
}
