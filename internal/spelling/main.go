// Spelling measures package spell on public data, and makes its table of how
// rare name parts are. The data stands outside the repository, in the folder
// that ENTENTE_DATA names:
//
//	ENTENTE_DATA=… go run ./internal/spelling measure   # prints figures by script
//	ENTENTE_DATA=… go run ./internal/spelling aliases   # how many aliases of a list meet
//	ENTENTE_DATA=… go run ./internal/spelling rarity    # writes spell/rarity.bin
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "spelling:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	dir := os.Getenv("ENTENTE_DATA")
	if dir == "" {
		return fmt.Errorf("ENTENTE_DATA does not say where the data is: set it to the folder with spelling/ and frequency/")
	}
	if len(args) >= 1 {
		switch args[0] {
		case "measure":
			return measure(dir, slices.Contains(args, "-misses"))
		case "rarity":
			return rarity(dir)
		case "aliases":
			return aliases(dir, slices.Contains(args, "-misses"))
		}
	}
	return fmt.Errorf("say what to do: measure, aliases, or rarity")
}

func data(dir string, parts ...string) string {
	return filepath.Join(append([]string{dir}, parts...)...)
}
