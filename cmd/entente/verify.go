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

// cannotJudge is the exit code where this version does not know enough.
const cannotJudge = 3

// Run checks evidence with nothing but the file itself: no node, no network. The
// exit code is 0 where it holds, 1 where it does not, 3 where this version cannot
// judge it.
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
	if report.Later != "" {
		return &coded{&entente.Error{Kind: entente.Unverified, Detail: "this version cannot judge the evidence", Hint: "check it with a newer version of entente, and keep it", Cause: errors.Unwrap(err)}, cannotJudge}
	}
	if err != nil && (report.Unjudged || errors.Is(err, entente.Unavailable)) {
		return err
	}
	if err != nil {
		return &entente.Error{Kind: entente.Unverified, Detail: "the evidence does not hold", Hint: "ask for the file again, and keep this one", Cause: errors.Unwrap(err)}
	}
	return nil
}
