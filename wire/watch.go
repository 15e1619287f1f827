package wire

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"
)

// watch ends a transfer that stands still. There is no limit to the whole: a
// large file on a thin line takes hours.
type watch struct {
	timer  *time.Timer // fires only between start and rest
	t      Timeouts
	cancel context.CancelCauseFunc
}

func withWatch(ctx context.Context, t Timeouts) (context.Context, *watch) {
	ctx, cancel := context.WithCancelCause(ctx)
	w := &watch{t: t, cancel: cancel}
	w.timer = time.AfterFunc(time.Hour, func() { cancel(errStalled) })
	w.timer.Stop()
	return ctx, w
}

var errStalled = fmt.Errorf("nothing moved for too long: %w", os.ErrDeadlineExceeded)

// connecting leaves time for a connection to be made before anything moves.
func (w *watch) connecting() { w.timer.Reset(w.t.Dial + w.t.Handshake + w.t.Stall) }

// start and rest bound the time for which the partner is waited for, and only that.
func (w *watch) start() { w.timer.Reset(w.t.Stall) }
func (w *watch) rest()  { w.timer.Stop() }

func (w *watch) stop() {
	w.rest()
	w.cancel(nil)
}

// outgoing is a file on its way out. Between two pieces that the transport asks
// for, the first is on its way to the partner; after the last, the partner may
// take its time to put the file on disk.
type outgoing struct {
	watch *watch
	turn  chan struct{} // holds one token; whoever takes it has r
	r     io.Reader     // nil: closed
}

func (o *outgoing) Read(p []byte) (int, error) {
	<-o.turn
	defer o.give()
	if o.r == nil {
		return 0, os.ErrClosed
	}
	o.watch.rest()
	n, err := o.r.Read(p)
	if err == nil {
		o.watch.start()
	}
	return n, err
}

// Close makes sure that nobody reads the file any more: it is the caller's
// again. The transport may still be at it when the answer is there.
func (o *outgoing) Close() error {
	<-o.turn
	defer o.give()
	o.r = nil
	return nil
}

func (o *outgoing) give() { o.turn <- struct{}{} }
