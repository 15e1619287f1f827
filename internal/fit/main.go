// Command fit learns what each kind of agreement and difference is worth, and
// writes match/weights.go.
//
//	ENTENTE_DATA=../shared/data go run ./internal/fit
//
// The best pair of names is found with the weights that are in force, so the
// command is run again until the weights stand still: twice is enough.
// docs/matching.md says what is learned from what.
package main

import (
	"flag"
	"fmt"
	"os"

	"entente/internal/fit/corpus"
)

func main() {
	out := flag.String("o", "match/weights.go", "file to write")
	flag.Parse()
	if err := run(*out); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

func run(out string) error {
	c, err := corpus.Load(os.Getenv("ENTENTE_DATA"))
	if err != nil {
		return err
	}
	examples, missed := collect(c)
	m := learn(examples, missed, c)
	return os.WriteFile(out, m.source(), 0o644)
}
