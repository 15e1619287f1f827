package door

import (
	"errors"
	"net/http"
	"sync/atomic"
	"time"
)

// piece is how much of an answer is written at a time, in bytes: the pace counts
// what has passed after each.
const piece = 16 << 10

// answer writes what a visitor gets, within a pace.
type answer struct {
	http.ResponseWriter
	control *http.ResponseController
	pace    pace
	keep    func(n int, cut func()) (free func()) // while so many bytes wait for the visitor
	cut     atomic.Bool
}

var errCut = errors.New("too many bytes waited for slow readers")

func (a *answer) Write(b []byte) (int, error) {
	if len(b) > piece {
		defer a.keep(len(b), a.breakOff)()
	}
	var sum int
	for {
		n, err := a.write(b[:min(len(b), piece)])
		sum += n
		if b = b[n:]; err != nil || len(b) == 0 {
			return sum, err
		}
	}
}

func (a *answer) write(b []byte) (int, error) {
	began := time.Now()
	a.wait()
	if a.cut.Load() {
		return 0, &Gone{errCut}
	}
	n, err := a.ResponseWriter.Write(b)
	a.pace.passed(n, time.Since(began))
	if err != nil {
		return n, &Gone{err}
	}
	_ = a.control.SetWriteDeadline(time.Time{})
	return n, nil
}

// FlushError sends what is buffered.
func (a *answer) FlushError() error {
	began := time.Now()
	a.wait()
	err := a.control.Flush()
	a.pace.passed(0, time.Since(began))
	if err != nil {
		return &Gone{err}
	}
	_ = a.control.SetWriteDeadline(time.Time{})
	return nil
}

// breakOff ends a write that is under way, and all after it.
func (a *answer) breakOff() {
	a.cut.Store(true)
	_ = a.control.SetWriteDeadline(time.Now())
}

// wait sets the deadline until which the visitor is waited for.
func (a *answer) wait() { _ = a.control.SetWriteDeadline(a.pace.deadline()) } // a recorder in a test has none

// Unwrap lets an http.ResponseController find the server's own writer.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
