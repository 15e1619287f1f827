package spell

import (
	"cmp"
	"slices"
	"strings"
)

// Han characters write three kinds of names, and nothing in a token says
// which: Chinese names, read by the sounds of their characters; Japanese ones,
// read by custom; and foreign ones spelt by sound (安娜), which the model has
// learned. All are read, and what each costs decides the order. The model's
// costs are learned; these are set, in eighths of a bit, from the numbers of
// characters in use: some 1500 in Chinese given names, 700 in Japanese names.
const (
	costFamily   = 6 << 3  // a Chinese family name
	costGiven    = 10 << 3 // a character of a Chinese given name
	costKanji    = 12 << 3 // a character of a Japanese name
	costCustom   = 12 << 3 // a whole name that Japanese reads by custom
	costRarer    = 3 << 2  // each place further back among the readings of a character
	costWade     = 2 << 3  // older spelling
	costFirst    = 1 << 3  // each place further back among the readings of a family name
	maxHanNative = 4       // characters of a native name part
	kanjiWidth   = 6       // Japanese readings carried along
)

// nativeHan reads a token as a Chinese and as a Japanese name.
func (m *model) nativeHan(token string) []reading {
	r := []rune(token)
	if len(r) == 0 || len(r) > maxHanNative {
		return nil
	}
	var out []reading
	for i, f := range chineseFamilies[token] {
		out = append(out, reading{f, costFamily + int32(i)*costFirst})
	}
	out = append(out, m.mandarin(r)...)
	for i, f := range japaneseNames[token] {
		out = append(out, reading{f, costCustom + int32(i)*costFirst})
	}
	return append(out, japanese(r)...)
}

// mandarin reads characters by their sounds, in both spellings.
func (m *model) mandarin(r []rune) []reading {
	var pinyin, wade strings.Builder
	for _, c := range r {
		n, ok := m.pinyin[c]
		if !ok || int(n) >= len(m.sounds) {
			return nil
		}
		pinyin.WriteString(m.sounds[n])
		wade.WriteString(wadeGiles(m.sounds[n]))
	}
	cost := int32(len(r)) * costGiven
	out := []reading{{pinyin.String(), cost}}
	if wade.String() != pinyin.String() {
		out = append(out, reading{wade.String(), cost + costWade})
	}
	return out
}

// japanese reads characters by custom, the likeliest readings first. 々 repeats
// the character before it.
func japanese(r []rune) []reading {
	list := []reading{{}}
	for i, c := range r {
		if c == '々' && i > 0 {
			c = r[i-1]
		}
		ways := kanjiReadings[string(c)]
		if len(ways) == 0 {
			return nil
		}
		var next []reading
		for _, l := range list {
			for k, w := range ways {
				next = append(next, reading{l.latin + w, l.cost + costKanji + int32(k)*costRarer})
			}
		}
		list = cheapest(next, kanjiWidth)
	}
	return list
}

// cheapest sorts readings and keeps the first n.
func cheapest(list []reading, n int) []reading {
	slices.SortStableFunc(list, func(a, b reading) int { return cmp.Compare(a.cost, b.cost) })
	return list[:min(n, len(list))]
}
