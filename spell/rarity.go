package spell

import (
	_ "embed"
)

// rarity.bin is made by
//
//	ENTENTE_DATA=… go run ./internal/spelling rarity
//
// from popular-names-by-country (CC0, github.com/sigpwned/popular-names-by-country-dataset),
// and from the name parts of persons in Wikidata (CC0) as collected by
// NETransliteration-COLING2018. It holds two tables: names, then skeletons.
//
//go:embed rarity.bin
var rarityTables string

// MaxRarity is the rarity of a name part that no table knows.
const MaxRarity = 18

// Rarity is how much it says that two people share a name part, in bits: −log2
// of the share of people who bear it. Other spellings bear it too: what all
// with the same skeleton bear together bounds it from below, so that Muhammad
// is as common as it is under all its spellings. Smith says about 7 bits; a
// name that no table knows says [MaxRarity].
func Rarity(latin string) float64 {
	const spellings = 2 // bits between a name's commonest spelling and all
	var heard [maxSounds]byte
	var room [maxSkeleton]byte
	own, known := lookUp(rareNames, latin)
	all, folded := lookUp(rareSkeletons, skeleton(sounds(latin, heard[:0]), room[:0]))
	switch {
	case known && folded:
		return max(own-spellings, all)
	case known:
		return own
	case folded: // a spelling, or another name that folds alike
		return min(all+spellings, MaxRarity)
	}
	return MaxRarity
}

// rarityIndex says where the hashes of a table begin that have some upper
// bits.
type rarityIndex struct {
	table string
	from  [1<<rarityBits + 1]uint16
}

// rarityBits leave two or three hashes to look at.
const rarityBits = 12

var rareNames, rareSkeletons = newRarityIndex(rarityTables), newRarityIndex(afterTable(rarityTables))

func newRarityIndex(table string) *rarityIndex {
	x := &rarityIndex{table: table}
	for i := range tableSize(table) {
		x.from[tableHash(table, i)>>(32-rarityBits)+1]++
	}
	for i := range 1 << rarityBits {
		x.from[i+1] += x.from[i]
	}
	return x
}

// lookUp finds a word in a table of sorted hashes (FNV-1a, 32 bits), each with
// a byte: bits in eighths. Two words with one hash are not told apart.
func lookUp[T string | []byte](x *rarityIndex, word T) (bits float64, ok bool) {
	h := uint32(2166136261)
	for i := range len(word) {
		h = (h ^ uint32(word[i])) * 16777619
	}
	bucket := h >> (32 - rarityBits)
	for i := int(x.from[bucket]); i < int(x.from[bucket+1]); i++ {
		if tableHash(x.table, i) == h {
			return float64(x.table[4+4*tableSize(x.table)+i]) / 8, true
		}
	}
	return 0, false
}

func tableSize(table string) int { return int(tableHash(table, -1)) }

func tableHash(table string, i int) uint32 {
	s := table[4+4*i:]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

func afterTable(table string) string { return table[4+5*tableSize(table):] }
