package door

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// body is what a visitor sends. Before the gate it has a bound and a time for
// all of it; after it, a pace.
type body struct {
	raw     io.ReadCloser
	r       io.Reader
	control *http.ResponseController
	pace    pace
	rest    time.Duration // how long a body that nobody reads to its end is waited for; 0: not at all
	ended   bool
}

func (b *body) Read(p []byte) (int, error) {
	began := time.Now()
	_ = b.control.SetReadDeadline(b.pace.deadline()) // a recorder in a test has none
	n, err := b.r.Read(p)
	b.pace.passed(n, time.Since(began))
	if err != nil {
		b.ended = true
		_ = b.control.SetReadDeadline(time.Time{})
		return n, visitors(err)
	}
	b.pause()
	return n, nil
}

// pause is for the time in which the node works and nobody reads. On HTTP/1 the
// server itself may read what is left of the body, to keep the connection.
func (b *body) pause() {
	var until time.Time
	if b.rest > 0 {
		until = time.Now().Add(b.rest)
	}
	_ = b.control.SetReadDeadline(until)
}

func (b *body) Close() error { return b.raw.Close() }

// open lifts the bounds of a stranger.
func (b *body) open(p pace) { b.r, b.pace = b.raw, p }

// visitors marks an error of the visitor's connection.
func visitors(err error) error {
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge || errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	return &Gone{err}
}
