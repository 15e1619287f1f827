// Command learn makes spell/learned.bin, the table of learned spellings:
//
//	ENTENTE_DATA=../shared/data go run ./internal/learn
//	ENTENTE_DATA=../shared/data go run ./internal/learn -measure
//	ENTENTE_DATA=../shared/data go run ./internal/learn -ready
//
// The first writes the table; the same data give the same bytes. The second
// learns from nine tenths and says how well that reads the last tenth. The
// third keeps what was learned and makes the readings of common tokens anew.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"entente/spell"
)

func main() {
	out := flag.String("o", "spell/learned.bin", "file to write")
	measured := flag.Bool("measure", false, "learn from nine tenths and measure on the last")
	only := flag.String("only", "", "letters of the scripts to measure: a, c, h, j, k, r")
	ready := flag.Bool("ready", false, "only make the readings of common tokens anew")
	flag.Parse()
	if *ready && folder() != "" {
		if err := refresh(*out); err != nil {
			fmt.Fprintln(os.Stderr, "learn:", err)
			os.Exit(1)
		}
		return
	}
	if err := run(*out, *measured, *only); err != nil {
		fmt.Fprintln(os.Stderr, "learn:", err)
		os.Exit(1)
	}
}

func run(out string, measured bool, only string) error {
	if folder() == "" {
		return fmt.Errorf("set ENTENTE_DATA to the folder of the public data")
	}
	known, err := knownNames(func(n string) bool { return !measured || !held(n) })
	if err != nil {
		return err
	}
	table := plain([]byte("entente/spell/1\n"), 'n', known)
	for _, c := range corpora {
		if only != "" && !strings.ContainsRune(only, rune(c.letter)) {
			continue
		}
		pairs, err := readPairs(c, func(n string) bool { return !measured || !held(n) })
		if err != nil {
			return err
		}
		var s sounds
		if c.script == spell.Han {
			if s, err = readSounds(); err != nil {
				return err
			}
		}
		if measured {
			if err := measure(c, pairs, s, table); err != nil {
				return err
			}
			continue
		}
		before := len(table)
		table = pack(table, c.letter, train(c, pairs, s))
		fmt.Printf("%-8s %6d pairs %8d bytes\n", c.script, len(pairs), len(table)-before)
	}
	if measured {
		return nil
	}
	if table, err = addReady(table); err != nil {
		return err
	}
	return os.WriteFile(out, table, 0o644)
}
