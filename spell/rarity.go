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
	own, known := lookUp(rarityTables, latin)
	all, folded := lookUp(afterTable(rarityTables), skeleton(sounds(latin, heard[:0]), room[:0]))
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

// lookUp finds a word in a table of sorted hashes (FNV-1a, 32 bits), each with
// a byte: bits in eighths. Two words with one hash are not told apart.
func lookUp[T string | []byte](table string, word T) (bits float64, ok bool) {
	h := uint32(2166136261)
	for i := range len(word) {
		h = (h ^ uint32(word[i])) * 16777619
	}
	n := tableSize(table)
	low, high := 0, n
	for low < high {
		mid := int(uint(low+high) >> 1)
		if tableHash(table, mid) < h {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low == n || tableHash(table, low) != h {
		return 0, false
	}
	return float64(table[4+4*n+low]) / 8, true
}

func tableSize(table string) int { return int(tableHash(table, -1)) }

func tableHash(table string, i int) uint32 {
	s := table[4+4*i:]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

func afterTable(table string) string { return table[4+5*tableSize(table):] }
