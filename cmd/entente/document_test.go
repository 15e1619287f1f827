package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestTwoNodes runs docs/two-nodes.md: it writes the files that the page says to
// save, runs every command in the windows that it names, types what it types and
// compares what it prints.
func TestTwoNodes(t *testing.T) {
	page, err := os.ReadFile("../../docs/two-nodes.md")
	if err != nil {
		t.Fatal(err)
	}
	s := newSession(t)
	ran := 0
	for _, b := range blocks(page) {
		switch {
		case b.saved != "":
			if err := os.WriteFile(filepath.Join(s.home, b.saved), []byte(b.text), 0o600); err != nil {
				t.Fatal(err)
			}
		case b.language == "console":
			for _, step := range steps(t, b) {
				s.run(step)
				ran++
			}
		}
	}
	if ran < 40 {
		t.Errorf("the page has only %d commands that this test can find", ran)
	}
}

// block is a fenced block of a page.
type block struct {
	language, text string
	line           int
	saved          string // the name under which the text before it says to save it
}

var (
	fence = regexp.MustCompile("(?ms)^```([a-z]*)\n(.*?)^```$")
	save  = regexp.MustCompile("(?i)save (?:this|it) as `([^`]+)`:\n\n$")
)

func blocks(page []byte) (all []block) {
	for _, m := range fence.FindAllSubmatchIndex(page, -1) {
		b := block{language: string(page[m[2]:m[3]]), text: string(page[m[4]:m[5]]), line: 1 + bytes.Count(page[:m[4]], []byte("\n"))}
		if name := save.FindSubmatch(page[:m[0]]); name != nil {
			b.saved = string(name[1])
		}
		all = append(all, b)
	}
	return all
}

// step is one command of a page with what it prints and what is typed.
type step struct {
	window, command string
	want            []string
	typed           []string
	line            int
}

var (
	prompt   = regexp.MustCompile(`^([a-z-]+)\$ (.*)$`)
	question = regexp.MustCompile(`^(Invitation|New password|Once more|.*Type yes): ?(.*)$`)
)

func steps(t *testing.T, b block) (all []step) {
	lines := strings.Split(strings.TrimSuffix(b.text, "\n"), "\n")
	for i := 0; i < len(lines); i++ {
		if m := prompt.FindStringSubmatch(lines[i]); m != nil {
			s := step{window: m[1], command: m[2], line: b.line + i}
			for strings.HasSuffix(s.command, `\`) {
				i++
				s.command = strings.TrimSuffix(s.command, `\`) + strings.TrimLeft(lines[i], " ")
			}
			all = append(all, s)
			continue
		}
		if len(all) == 0 {
			t.Fatalf("line %d: output before any command", b.line+i)
		}
		s := &all[len(all)-1]
		// What is asked on a terminal is not printed here, and answered from the input.
		switch m := question.FindStringSubmatch(lines[i]); {
		case m == nil:
			s.want = append(s.want, lines[i])
		case m[1] == "New password":
			s.typed = append(s.typed, "lantern over the harbour")
		case m[1] != "Once more":
			s.typed = append(s.typed, m[2])
		}
	}
	return all
}
