// Command bench measures whole paths of Entente and holds each against its
// practical floor, measured in the same run: what the same machine needs for
// the signatures, the encryption and the waits for the disk alone, or to look
// something up and to copy it. It prints what counts first, then every figure,
// and then what the figures of matching are made of: by script, by kind of miss
// and by rule. It names nobody.
//
//	go run ./internal/bench                    # everything, as a table
//	go run ./internal/bench --json --only tip
//	ENTENTE_DATA=../shared/data go run ./internal/bench --only match
//	go run ./internal/bench --postgres postgres://localhost/postgres
//	go test -bench . ./internal/bench          # the same as Go benchmarks
//
// docs/benchmarks.md and docs/matching.md say what each figure means.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
)

// options are what the flags say.
type options struct {
	rounds   int // medians of which are reported
	tips     int // of one sustained round
	single   int // tips of one round that are sent one at a time
	officers int
	leaves   int
	calls    int // whose median is the time of one
	starts   int
	people   int // on a list
	watches  int
	events   int // of one round
	postgres string
	only     string
	profile  string
	json     bool
	progress io.Writer
}

// parts are what can be measured, by the name that --only takes.
var parts = []struct {
	name    string
	measure func(context.Context, options) ([]Figure, error)
}{
	{"tip", measureTips},
	{"ledger", measureLedger},
	{"idle", measureIdle},
	{"match", measureMatch},
	{"travel", measureTravel},
}

func main() {
	o := options{progress: os.Stderr, calls: 201}
	flag.IntVar(&o.rounds, "rounds", 5, "rounds, whose medians are reported")
	flag.IntVar(&o.single, "single", 200, "tips in a round one at a time")
	flag.IntVar(&o.tips, "tips", 1000, "tips in a sustained round")
	flag.IntVar(&o.officers, "officers", 32, "officers who write at the same time")
	flag.IntVar(&o.leaves, "leaves", 1_000_000, "leaves of the ledger")
	flag.IntVar(&o.starts, "starts", 5, "starts of the idle node")
	flag.IntVar(&o.people, "people", 1_000_000, "people on the list that travellers are held against")
	flag.IntVar(&o.watches, "watches", 10_000, "watches that travellers are held against")
	flag.IntVar(&o.events, "events", 50_000, "travel events in a round")
	flag.StringVar(&o.postgres, "postgres", "", "measure tips on this PostgreSQL server, where two databases are made and dropped")
	flag.StringVar(&o.only, "only", "", "measure only these parts: tip,ledger,idle,match,travel")
	flag.StringVar(&o.profile, "profile", "", "write CPU, mutex and block profiles of the sustained rounds to this folder")
	flag.BoolVar(&o.json, "json", false, "print JSON")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options, out io.Writer) error {
	want := strings.FieldsFunc(o.only, func(r rune) bool { return r == ',' })
	r := Report{Machine: fmt.Sprintf("%s/%s, %d cores, %s", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())}
	for _, p := range parts {
		if len(want) > 0 && !slices.Contains(want, p.name) {
			continue
		}
		figures, err := p.measure(ctx, o)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		r.Figures = append(r.Figures, figures...)
	}
	if o.json {
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		return e.Encode(r)
	}
	return r.text(out)
}
