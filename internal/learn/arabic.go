package main

import "strings"

// arabicKin says how letters of Persian, Pashto and Urdu are read that hardly
// stand in Arabic text: as the letter of a like sound, with other letters in front.
var arabicKin = []struct {
	letter, like rune
	from, to     string
}{
	{'پ', 'ب', "b", "p"},
	{'چ', 'ش', "sh", "ch"},
	{'ژ', 'ش', "sh", "zh"},
	{'گ', 'ك', "k", "g"},
	{'ڤ', 'ف', "f", "v"},
	{'ټ', 'ت', "t", "t"},
	{'ٹ', 'ت', "t", "t"},
	{'ډ', 'د', "d", "d"},
	{'ڈ', 'د', "d", "d"},
	{'ړ', 'ر', "r", "r"},
	{'ڑ', 'ر', "r", "r"},
	{'ښ', 'ش', "sh", "sh"},
	{'ښ', 'ش', "sh", "kh"},
	{'ږ', 'ز', "z", "zh"},
	{'ږ', 'ز', "z", "g"},
	{'ځ', 'ز', "z", "z"},
	{'ځ', 'ز', "z", "dz"},
	{'څ', 'س', "s", "ts"},
	{'څ', 'س', "s", "s"},
	{'ڼ', 'ن', "n", "n"},
	{'ں', 'ن', "n", "n"},
}

// kinSeeds are units for the letters in arabicKin, made from those of their kin.
func kinSeeds(units []unit) []unit {
	var out []unit
	for _, k := range arabicKin {
		for _, u := range units {
			if rest, ok := strings.CutPrefix(u.letters, k.from); ok && u.symbol == uint64(k.like) && !strings.HasPrefix(rest, k.from) && len(rest) < 3 {
				out = append(out, unit{uint64(k.letter), k.to + rest})
			}
		}
	}
	return out
}
