package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"entente"
)

// maxLine bounds a line that somebody types, in bytes.
const maxLine = 4096

// line asks for one line. Without a terminal it reads it from the input, and the
// prompt is not printed.
func (e *env) line(prompt string) (string, error) {
	if terminal(e.stdin) != nil {
		fmt.Fprint(e.err, prompt)
	}
	return e.typed(func() (string, error) { return readLine(e.stdin) })
}

// secret asks for one line that is not shown.
func (e *env) secret(prompt string) (string, error) {
	tty := terminal(e.stdin)
	if tty == nil {
		return e.line(prompt)
	}
	shown, err := term.GetState(int(tty.Fd()))
	if err != nil {
		return "", err
	}
	fmt.Fprint(e.err, prompt)
	s, err := e.typed(func() (string, error) {
		b, err := term.ReadPassword(int(tty.Fd()))
		return string(b), err
	})
	fmt.Fprintln(e.err)
	if e.ctx.Err() != nil {
		term.Restore(int(tty.Fd()), shown) // the reader is still waiting, with what is typed hidden
	}
	return s, err
}

// newSecret asks for one twice, so that a slip of the fingers locks nobody out.
func (e *env) newSecret(prompt string) (string, error) {
	s, err := e.secret(prompt)
	if err != nil || terminal(e.stdin) == nil {
		return s, err
	}
	again, err := e.secret("Once more: ")
	if err == nil && again != s {
		err = &entente.Error{Kind: entente.Invalid, Detail: "the two were not the same", Hint: "run the command again"}
	}
	return s, err
}

// confirm goes on only if somebody types yes.
func (e *env) confirm(question string) error {
	answer, err := e.line(question + " Type yes: ")
	if err != nil || strings.TrimSpace(answer) != "yes" {
		return &entente.Error{Kind: entente.Denied, Detail: "nothing was done: the answer was not yes", Hint: "run the command again when you mean it", Cause: e.ctx.Err()}
	}
	return nil
}

// typed waits for a person, unless the command is told to end.
func (e *env) typed(read func() (string, error)) (string, error) {
	type answer struct {
		s   string
		err error
	}
	done := make(chan answer, 1)
	go func() {
		s, err := read()
		done <- answer{s, err}
	}()
	select {
	case a := <-done:
		return a.s, a.err
	case <-e.ctx.Done():
		return "", e.ctx.Err()
	}
}

// readLine reads a line byte by byte: what follows is for the next prompt.
func readLine(r io.Reader) (string, error) {
	var line []byte
	for b := make([]byte, 1); len(line) < maxLine; {
		n, err := r.Read(b)
		if n == 1 && b[0] != '\n' {
			line = append(line, b[0])
			continue
		}
		if n == 1 || (err == io.EOF && len(line) > 0) {
			return strings.TrimSuffix(string(line), "\r"), nil
		}
		if err != nil {
			return "", &entente.Error{Kind: entente.Invalid, Detail: "an answer was needed and none was given", Hint: "run the command in a terminal, or pipe the answer in", Cause: err}
		}
	}
	return "", &entente.Error{Kind: entente.Invalid, Detail: "the line is too long"}
}

// secretFrom reads a secret from the file that an environment variable names.
func (e *env) secretFrom(variable string) (s string, ok bool, err error) {
	path := e.getenv(variable)
	if path == "" {
		return "", false, nil
	}
	b, err := readBounded(path, maxLine)
	if err != nil {
		return "", true, &entente.Error{Kind: entente.NotFound, Field: variable, Detail: "the file that it names cannot be read", Hint: "correct " + variable + ", or leave it out to be asked", Cause: err}
	}
	return strings.TrimRight(string(b), "\r\n"), true, nil
}

// words reads a text: the argument, or else the input to its end, so that it
// need not stand in the list of processes.
func (e *env) words(arg string, most int64) (string, error) {
	if arg != "" && arg != "-" {
		return arg, nil
	}
	if terminal(e.stdin) != nil {
		fmt.Fprintln(e.err, "Write the text; Ctrl-D on a line of its own ends it.")
	}
	s, err := e.typed(func() (string, error) {
		b, err := io.ReadAll(io.LimitReader(e.stdin, most+1))
		return string(b), err
	})
	switch {
	case err != nil:
		return "", err
	case int64(len(s)) > most:
		return "", &entente.Error{Kind: entente.Invalid, Field: "text", Detail: fmt.Sprintf("the text is longer than %d KiB", most>>10), Hint: "shorten it"}
	case strings.TrimSpace(s) == "":
		return "", &entente.Error{Kind: entente.Invalid, Field: "text", Detail: "there is no text", Hint: "give it as the argument, or pipe it in"}
	}
	return strings.TrimRight(s, "\n"), nil
}

// hostName is what a token is called by.
func hostName() string {
	if name, err := os.Hostname(); err == nil {
		return "entente on " + name
	}
	return "entente"
}
