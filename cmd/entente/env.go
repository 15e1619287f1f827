package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/term"

	"entente"
)

// env is what a command works with, apart from its flags. Whatever it prints to
// people goes through out and err, which nothing can steer a terminal through.
type env struct {
	rescue bool // the keys in use are lost: see partyRotate
	ctx    context.Context
	out    io.Writer // results
	err    io.Writer // progress and remarks
	stdout io.Writer // for exact bytes, with exact
	stderr io.Writer
	json   bool
	home   home
	stdin  io.Reader
	getenv func(string) string
	pass   string // the passphrase of the keys, once it was given
}

func newEnv(ctx context.Context, c cli, stdin io.Reader, stdout, stderr io.Writer, getenv func(string) string) *env {
	return &env{
		ctx: ctx, out: &harmless{w: stdout}, err: &harmless{w: stderr}, stdout: stdout, stderr: stderr,
		json: c.JSON, home: home(c.Home), stdin: stdin, getenv: getenv,
	}
}

// print writes v as JSON, or else runs text.
func (e *env) print(v any, text func(w io.Writer)) error {
	if !e.json {
		text(e.out)
		return nil
	}
	b, err := json.Marshal(v, json.Deterministic(true), jsontext.WithIndent("  "), jsontext.AllowInvalidUTF8(true))
	if err != nil {
		return err
	}
	_, err = e.stdout.Write(append(escaped(b), '\n'))
	return err
}

// printLine writes v as JSON in one line of its own, for commands that go on.
func (e *env) printLine(v any) error {
	b, err := json.Marshal(v, json.Deterministic(true))
	if err != nil {
		return err
	}
	_, err = e.stdout.Write(append(escaped(b), '\n'))
	return err
}

// exact writes bytes that must stay as they are, so that they can be sent to a
// file; on a terminal, what could steer it is marked.
func (e *env) exact(b []byte) error {
	w := e.stdout
	if terminal(w) != nil {
		w = e.out
	}
	_, err := w.Write(b)
	return err
}

// terminal gives the file behind v if it is a terminal, or nil.
func terminal(v any) *os.File {
	if f, ok := v.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return f
	}
	return nil
}

// complain says what went wrong and what to do next.
func (e *env) complain(err error) {
	if errors.Is(err, context.Canceled) {
		err = &entente.Error{Kind: entente.Unavailable, Detail: "interrupted", Hint: "run the command again; what it had not finished is not there"}
	}
	x, ok := errors.AsType[*entente.Error](err)
	if !ok {
		x = &entente.Error{Detail: err.Error()}
	}
	next := cmp.Or(x.Hint, nextOf(entente.KindOf(err)))
	if e.json {
		out := map[string]string{"error": err.Error(), "field": x.Field, "hint": next, "reason": string(x.Reason)}
		if kind := entente.KindOf(err); kind != nil {
			out["kind"] = strings.ReplaceAll(kind.Error(), " ", "-") // as the API names it
		}
		b, _ := json.Marshal(out, json.Deterministic(true), jsontext.AllowInvalidUTF8(true)) // a map of strings
		fmt.Fprintln(e.err, string(escaped(b)))
		return
	}
	fmt.Fprintln(e.err, "entente:", err)
	fmt.Fprintln(e.err, "  next:", next)
	if x.Cause != nil && x.Detail != "" {
		fmt.Fprintln(e.err, "  cause:", x.Cause)
	}
}

// nextOf is the next step after a failure that says none itself.
func nextOf(kind error) string {
	switch kind {
	case entente.Invalid:
		return "correct it, and run the command again"
	case entente.NotFound:
		return "check the id or the name: the command that lists them shows what there is"
	case entente.Denied:
		return "ask somebody who may"
	case entente.Conflict:
		return "look at how it stands now, and decide again"
	case entente.Unverified:
		return "do not rely on it; get it again from where it came"
	case entente.Damaged:
		return "list what is damaged with entente store check, keep a copy of the database, and restore the newest backup into an empty one"
	case entente.Unavailable:
		return "try again in a moment; if it stays so, the node's log says what is wrong"
	}
	return "correct what it names, and run the command again"
}
