package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// event is a line of go test -json (go doc test2json).
type event struct {
	Action     string
	Package    string
	ImportPath string // of a build
	Test       string
	Output     string
}

// progress follows the events of go test and says what is running and what is
// done. It keeps the output of each test until the test ends, and shows only
// what failed.
type progress struct {
	out     io.Writer
	now     func() time.Time
	began   time.Time
	total   int // packages
	done    int
	passed  int // tests
	failed  int
	running map[string]*running // by package
	build   map[string]string   // output of builds, by import path
}

// running is a package whose tests run.
type running struct {
	since  time.Time
	tests  map[string]time.Time // since when each test runs
	output map[string]string    // by test; "": of the package
}

func newProgress(out io.Writer, now func() time.Time, total int) *progress {
	return &progress{out: out, now: now, began: now(), total: total, running: map[string]*running{}, build: map[string]string{}}
}

// take records one event.
func (p *progress) take(e event) {
	if e.Action == "build-output" {
		p.build[e.ImportPath] += e.Output
		return
	}
	if e.Action == "build-fail" {
		fmt.Fprint(p.out, p.build[e.ImportPath])
		return
	}
	r := p.running[e.Package]
	if r == nil {
		r = &running{since: p.now(), tests: map[string]time.Time{}, output: map[string]string{}}
		p.running[e.Package] = r
	}
	switch e.Action {
	case "run":
		r.tests[e.Test] = p.now()
	case "output":
		r.output[e.Test] += e.Output
	case "pass", "fail", "skip":
		if e.Test == "" {
			p.end(e, r)
			return
		}
		p.test(e, r)
	}
}

// test records the end of one test. A test that skips counts as failed: what it
// needs is missing, and nobody would notice.
func (p *progress) test(e event, r *running) {
	delete(r.tests, e.Test)
	if e.Action == "pass" {
		p.passed++
	} else {
		p.failed++
		fmt.Fprint(p.out, brief(r.output[e.Test]))
	}
	delete(r.output, e.Test)
}

// end records the end of a package.
func (p *progress) end(e event, r *running) {
	p.done++
	delete(p.running, e.Package)
	if e.Action == "fail" {
		// A test that was running when the process ended has no end of its own.
		for _, name := range sorted(r.tests) {
			p.failed++
			fmt.Fprint(p.out, brief(r.output[name]))
		}
		fmt.Fprint(p.out, brief(r.output[""]))
		if len(r.output) == 0 {
			fmt.Fprintf(p.out, "FAIL\t%s\n", e.Package)
		}
		return
	}
	lines := strings.Split(strings.TrimSpace(r.output[""]), "\n")
	fmt.Fprintf(p.out, "%s\n", lines[len(lines)-1]) // "ok  	entente/wire	3.1s"
}

// status says in one line what is done and what is running.
func (p *progress) status() string {
	var now []string
	for _, name := range sorted(p.running) {
		r := p.running[name]
		says := strings.TrimPrefix(name, "entente/")
		if oldest := sorted(r.tests); len(oldest) > 0 {
			slices.SortStableFunc(oldest, func(a, b string) int { return r.tests[a].Compare(r.tests[b]) })
			says += " " + oldest[0]
		}
		now = append(now, fmt.Sprintf("%s (%s)", says, p.now().Sub(r.since).Round(time.Second)))
	}
	if len(now) == 0 {
		now = []string{"building"}
	}
	return fmt.Sprintf("check: %s: %d of %d packages done, %d tests; now: %s", p.now().Sub(p.began).Round(time.Second), p.done, p.total, p.passed+p.failed, strings.Join(now, ", "))
}

func sorted[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// brief leaves out what a crash prints beyond its cause: all goroutines but the
// first, and every one where the time limit ended the tests.
func brief(output string) string {
	var b strings.Builder
	limit, dumps := false, 0
	for line := range strings.Lines(output) {
		if strings.HasPrefix(line, "panic: test timed out") {
			limit = true
		}
		if strings.HasPrefix(line, "goroutine ") {
			dumps++
		}
		if strings.HasPrefix(line, "FAIL\t") || strings.HasPrefix(line, "exit status") {
			dumps = 0
		}
		if dumps == 0 || dumps == 1 && !limit {
			b.WriteString(line)
		}
	}
	return b.String()
}

// tests runs go test with args and reports how it goes every 20 seconds.
func tests(args []string, total int) error {
	c := exec.Command("go", append([]string{"test", "-json"}, args...)...)
	c.Stderr = os.Stderr
	pipe, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	p := newProgress(os.Stdout, time.Now, total)
	events := make(chan event)
	go read(pipe, events)
	tick := time.NewTicker(20 * time.Second)
	defer tick.Stop()
	for open := true; open; {
		select {
		case e, ok := <-events:
			if open = ok; ok {
				p.take(e)
			}
		case <-tick.C:
			fmt.Println(p.status())
		}
	}
	err = c.Wait()
	fmt.Printf("check: %d passed, %d failed\n", p.passed, p.failed)
	if err == nil && p.failed > 0 {
		err = fmt.Errorf("%d tests failed or skipped", p.failed)
	}
	return err
}

// read sends the events to the one that shows them. A line that is no event is shown
// as it is.
func read(r io.Reader, events chan<- event) {
	defer close(events)
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			var e event
			if json.Unmarshal(line, &e) == nil {
				events <- e
			} else {
				os.Stdout.Write(line)
			}
		}
		if err != nil {
			return
		}
	}
}
