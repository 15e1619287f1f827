package door

import (
	"context"
	"errors"
	"os"
)

// Gone is an error of the visitor's own connection: it was closed, or too slow.
type Gone struct{ Cause error }

func (g *Gone) Error() string {
	if errors.Is(g.Cause, os.ErrDeadlineExceeded) {
		return "the visitor was too slow: " + g.Cause.Error()
	}
	return "the visitor left: " + g.Cause.Error()
}

func (g *Gone) Unwrap() error { return g.Cause }

// HungUp reports whether err only says that nobody waits for the answer any
// more. That is no failure of the node.
func HungUp(ctx context.Context, err error) bool {
	if err == nil {
		return false
	}
	_, gone := errors.AsType[*Gone](err)
	return gone || ctx.Err() != nil
}
