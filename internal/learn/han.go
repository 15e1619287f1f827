package main

import (
	"cmp"
	"encoding/binary"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
)

// soundSymbol marks a symbol that stands for all characters of one sound.
const soundSymbol = 1 << 62

// ownLeast is the weight from which a character has statistics of its own;
// rarer ones share those of their sound.
const ownLeast = 8

// sounds are the Mandarin readings of characters, without tones.
type sounds struct {
	names []string
	of    map[rune]int
}

var hanRule = regexp.MustCompile(`(?m)^(?:\[([^\]]+)\]|(\pL))→([^;]+);`)

// readSounds reads the rules of CLDR for single characters of the blocks that
// names are written with.
func readSounds() (sounds, error) {
	b, err := os.ReadFile(filepath.Join(folder(), "cldr", "Han-Latin.xml"))
	if err != nil {
		return sounds{}, err
	}
	s := sounds{of: map[rune]int{}}
	read := map[rune]string{}
	names := map[string]bool{}
	for _, f := range hanRule.FindAllStringSubmatch(string(b), -1) {
		sound := latinOf(f[3])
		for _, c := range f[1] + f[2] {
			if _, ok := read[c]; !ok && sound != "" && c >= 0x3400 && c <= 0x9FFF {
				read[c] = sound
				names[sound] = true
			}
		}
	}
	s.names = slices.Sorted(maps.Keys(names))
	for c, sound := range read {
		s.of[c], _ = slices.BinarySearch(s.names, sound)
	}
	return s, nil
}

// share replaces rare characters in pairs by their sounds.
func (s sounds) share(pairs []pair) []pair {
	count := map[uint64]float64{}
	for _, p := range pairs {
		for _, y := range p.symbols {
			count[y] += p.weight
		}
	}
	out := slices.Clone(pairs)
	for i, p := range out {
		out[i].symbols = slices.Clone(p.symbols)
		for k, y := range p.symbols {
			if n, ok := s.of[rune(y)]; ok && count[y] < ownLeast {
				out[i].symbols[k] = soundSymbol | uint64(n)
			}
		}
	}
	return out
}

// seeds are units for sounds that no pair has.
func (s sounds) seeds() []unit {
	var out []unit
	for i, name := range s.names {
		out = append(out, unit{soundSymbol | uint64(i), name})
	}
	return out
}

// write writes for each sound the characters that have it.
func (s sounds) write(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(s.names)))
	for i, name := range s.names {
		b = append(binary.AppendUvarint(b, uint64(len(name))), name...)
		var have []rune
		for c, n := range s.of {
			if n == i {
				have = append(have, c)
			}
		}
		slices.Sort(have)
		b = binary.AppendUvarint(b, uint64(len(have)))
		last := rune(0)
		for _, c := range have {
			b = binary.AppendUvarint(b, uint64(c-last))
			last = c
		}
	}
	return b
}

// bySymbol sorts units as the table needs them, those of a symbol as they came.
func bySymbol(a, b unit) int { return cmp.Compare(a.symbol, b.symbol) }
