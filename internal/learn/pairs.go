package main

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"entente/spell"
)

// pair is one name part in two scripts.
type pair struct {
	native  string
	latin   string // a–z
	symbols []uint64
	weight  float64
}

// corpus is what one script is learned from.
type corpus struct {
	script spell.Script
	letter byte // in the table
	files  []string
	full   string // file of full names
	most   int    // letters that one symbol may stand for
	order  int    // units that the model looks at together
	trim   float64
	prune  float64
}

var corpora = []corpus{
	{spell.Arabic, 'a', []string{"arabic.tokens.tsv"}, "", 4, 4, 0.05, 3},
	{spell.Han, 'c', []string{"chinese.tokens.tsv"}, "", 6, 3, 0.08, 3},
	{spell.Hebrew, 'h', []string{"hebrew.tokens.tsv"}, "hebrew.fullnames.tsv", 4, 4, 0.05, 3},
	{spell.Kana, 'j', []string{"katakana.tokens.tsv", "japanese.tokens.tsv"}, "", 5, 4, 0.08, 3},
	{spell.Hangul, 'k', []string{"korean.tokens.tsv"}, "korean.fullnames.tsv", 4, 5, 0.12, 3},
	{spell.Cyrillic, 'r', []string{"russian.tokens.tsv"}, "", 4, 4, 0.08, 4},
}

func spellingFile(name string) string { return filepath.Join(folder(), "spelling", name) }

func folder() string { return os.Getenv("ENTENTE_DATA") }

// readTokens reads lines of Latin form, native characters with spaces between
// them, and how often the pair was met.
func readTokens(c corpus) ([]pair, error) {
	var out []pair
	seen := map[[2]string]bool{}
	for _, name := range c.files {
		err := eachLine(spellingFile(name), func(f []string) error {
			if len(f) != 3 {
				return fmt.Errorf("%s: %d fields", name, len(f))
			}
			n, err := strconv.ParseFloat(f[2], 64)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			native := strings.ReplaceAll(f[1], " ", "")
			if key := [2]string{native, f[0]}; !seen[key] {
				seen[key] = true
				out = append(out, pair{native: native, latin: latinOf(f[0]), weight: math.Sqrt(n)})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return merged(usable(c.script, out)), nil
}

// readPairs reads all that a script is learned from, less what is not kept.
func readPairs(c corpus, keep func(native string) bool) ([]pair, error) {
	pairs, err := readTokens(c)
	if err != nil || c.full == "" {
		return pairs, err
	}
	names, err := readFull(c.full)
	if err != nil {
		return nil, err
	}
	tokens := slices.DeleteFunc(slices.Clone(pairs), func(p pair) bool { return !keep(p.native) })
	a, lattices := align(c, tokens)
	limit := a.worst(lattices)
	pairs = merged(pairs, wordPairs(c.script, names, a.fit, limit, keep))
	if c.script == spell.Hangul {
		pairs = merged(pairs, koreanNames(names, keep))
	}
	return pairs, nil
}

// usable drops what is not a name part in the script.
func usable(s spell.Script, in []pair) []pair {
	var out []pair
	for _, p := range in {
		if p.latin == "" || !writtenIn(s, p.native) {
			continue
		}
		p.symbols = spell.Symbols(s, p.native)
		if len(p.symbols) > 0 && len(p.symbols) < 30 && len(p.latin) < 40 {
			out = append(out, p)
		}
	}
	return out
}

func writtenIn(s spell.Script, text string) bool {
	for _, r := range text {
		if unicode.IsDigit(r) || (unicode.IsLetter(r) && r != 'ー' && !spell.WrittenIn(s, r)) {
			return false
		}
	}
	return true
}

// held reports whether a name belongs to the tenth that is held out when a
// model is measured.
func held(native string) bool {
	h := fnv.New32a()
	h.Write([]byte(native))
	return h.Sum32()%10 == 0
}

func eachLine(path string, do func(fields []string) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if err := do(strings.Split(lines.Text(), "\t")); err != nil {
			return err
		}
	}
	return lines.Err()
}

var letterNames = strings.NewReplacer("ł", "l", "ø", "o", "æ", "ae", "œ", "oe", "ß", "ss", "đ", "d", "ð", "d", "þ", "th", "ı", "i", "ə", "a", "ħ", "h", "ŋ", "n")

// latinOf takes accents and signs away.
func latinOf(s string) string {
	s = letterNames.Replace(strings.ToLower(s))
	return strings.Map(func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
}
