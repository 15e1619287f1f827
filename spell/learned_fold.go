package spell

// A fold is the letters of a unit without vowels and with letters merged that
// stand for one another: a coarse sieve by which the search tells readings
// that differ in sound from mere variants of vowels. What counts as the same
// name is for Skeleton to say, afterwards.
type fold string

// foldClasses gives the class of each letter a to z; a point is none.
const foldClasses = ".bkd.fg..jklmn.pkrst.ffx.s"

func foldOf(letters string) fold {
	var f []byte
	for i := 0; i < len(letters); i++ {
		c := foldClasses[letters[i]-'a']
		if letters[i] == 'h' && i > 0 && (letters[i-1] == 's' || letters[i-1] == 'c' || letters[i-1] == 'z') {
			f[len(f)-1] = 'j'
			continue
		}
		if c != '.' && (len(f) == 0 || f[len(f)-1] != c) {
			f = append(f, c)
		}
	}
	return fold(f)
}

// after continues the hash of folded letters; tail is the last of them, since
// a doubled letter counts once.
func (f fold) after(hash uint64, tail byte) (uint64, byte) {
	for i := 0; i < len(f); i++ {
		if f[i] == tail {
			continue
		}
		tail = f[i]
		hash = (hash + uint64(tail) + 1) * 0x9E3779B97F4A7C15
		hash ^= hash >> 29
	}
	return hash, tail
}
