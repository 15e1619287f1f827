package main

import (
	"errors"
	"fmt"
	"io"

	"entente"
	"entente/prove"
)

type verifyCmd struct {
	File string `arg:"" help:"evidence.zip"`
}

// Run checks evidence with nothing but the file itself: no node, no network.
func (c verifyCmd) Run(e *env) error {
	f, err := open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	report, err := prove.Check(f, info.Size())
	if report.Unjudged && !e.json {
		if told, ok := errors.AsType[*entente.Error](err); ok {
			return ofFile(c.File, told)
		}
	}
	if printErr := e.print(report, func(w io.Writer) { fmt.Fprint(w, report.String()) }); printErr != nil {
		return printErr
	}
	if err != nil && (report.Unjudged || errors.Is(err, entente.Unavailable)) {
		return err
	}
	if err != nil {
		return &entente.Error{Kind: entente.Unverified, Detail: "the evidence does not hold", Hint: "ask for the file again, and keep this one", Cause: errors.Unwrap(err)}
	}
	return nil
}
