package main

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"entente/spell"
)

// readyLeast is how often the data must have a token before its readings are
// made ready: rarer ones are of few people, and not worth the room.
const readyLeast = 3

// readyMost bounds the tokens of a script.
var readyMost = map[spell.Script]int{spell.Arabic: 8000, spell.Hebrew: 6000, spell.Hangul: 5000, spell.Han: 4000, spell.Kana: 6000, spell.Cyrillic: 8000}

// addReady adds to a table the readings of the commonest tokens, as the table
// itself reads them.
func addReady(table []byte) ([]byte, error) {
	t, err := spell.OpenTable(table)
	if err != nil {
		return nil, err
	}
	for _, c := range corpora {
		tokens, err := commonest(c, readyMost[c.script])
		if err != nil {
			return nil, err
		}
		before := len(table)
		table = pack(table, c.letter&^0x20, t.Ready(c.script, tokens))
		fmt.Printf("%-8s %6d ready %8d bytes\n", c.script, len(tokens), len(table)-before)
	}
	return table, nil
}

// commonest lists the tokens of a script that the data has most often. The
// Arabic article is read apart.
func commonest(c corpus, most int) ([]string, error) {
	count := map[string]int{}
	for _, file := range c.files {
		err := eachLine(spellingFile(file), func(f []string) error {
			n, err := strconv.Atoi(f[2])
			native := strings.ReplaceAll(f[1], " ", "")
			if rest, ok := strings.CutPrefix(native, "ال"); ok && c.script == spell.Arabic && len([]rune(rest)) >= 3 {
				native = rest
			}
			if writtenIn(c.script, native) {
				count[native] += n
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	maps.DeleteFunc(count, func(_ string, n int) bool { return n < readyLeast })
	list := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	return list[:min(most, len(list))], nil
}

// refresh makes the ready readings of a table anew, for when package spell
// has come to search otherwise.
func refresh(file string) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	const magic = "entente/spell/1\n"
	rest, ok := bytes.CutPrefix(b, []byte(magic))
	if !ok {
		return fmt.Errorf("%s is no table", file)
	}
	table := []byte(magic)
	for len(rest) > 0 {
		n, size := binary.Uvarint(rest[1:])
		part := rest[:1+size+int(n)]
		if part[0] >= 'a' {
			table = append(table, part...)
		}
		rest = rest[len(part):]
	}
	if table, err = addReady(table); err != nil {
		return err
	}
	return os.WriteFile(file, table, 0o644)
}
