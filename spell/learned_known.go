package spell

// knownNames is a Bloom filter of the Latin name parts that the public data
// has: which readings are names that somebody bears. It may take one in a
// hundred for a name that is none.
type knownNames []byte

const knownProbes = 6

// bitsOf gives the bits that stand for a name in a filter of so many bits.
func bitsOf(latin []byte, bits uint64) (at [knownProbes]uint64) {
	h := uint64(14695981039346656037) // FNV-1a, 64 bits
	for _, c := range latin {
		h = (h ^ uint64(c)) * 1099511628211
	}
	step := h>>33 | 1
	for i := range at {
		at[i] = h % bits
		h += step * 0x9E3779B97F4A7C15
	}
	return at
}

func (k knownNames) has(latin []byte) bool {
	if len(k) == 0 {
		return false
	}
	for _, bit := range bitsOf(latin, uint64(len(k))*8) {
		if k[bit/8]&(1<<(bit%8)) == 0 {
			return false
		}
	}
	return true
}

// favour makes readings cheaper that somebody bears as a name.
func (k knownNames) favour(list []reading) []reading {
	for i := range list {
		if k.has([]byte(list[i].latin)) {
			list[i].cost -= knownBonus
		}
	}
	return list
}

// KnownNames makes the filter, for internal/learn, at twelve bits a name.
func KnownNames(latin []string) []byte {
	k := make([]byte, len(latin)*12/8+8)
	for _, s := range latin {
		for _, bit := range bitsOf([]byte(s), uint64(len(k))*8) {
			k[bit/8] |= 1 << (bit % 8)
		}
	}
	return k
}
