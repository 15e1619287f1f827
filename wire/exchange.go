package wire

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"

	"entente"
	"entente/internal/door"
	"entente/parse"
)

const (
	typeJSON    = "application/json"
	typeProblem = "application/problem+json"
	typeFile    = "application/octet-stream"
)

// exchange makes a handler of do: a body in, a body out.
func exchange[Q, A body](s *Server, do func(ctx context.Context, from entente.PartyID, q Q) (A, error)) handler {
	return func(w http.ResponseWriter, r *request) error {
		b, err := s.readAll(w, r)
		if err != nil {
			return err
		}
		q, err := readBody[Q](b)
		if err != nil {
			return err
		}
		a, err := do(r.Context(), r.from, q)
		if err != nil {
			return err
		}
		return s.answer(w, r, a)
	}
}

func (s *Server) deliver(ctx context.Context, from entente.PartyID, q deliveries) (settlements, error) {
	ss, err := s.receiver.Accept(ctx, from, q.nouns())
	return toSettlements(ss), err
}

func (s *Server) collect(ctx context.Context, by entente.PartyID, q collect) (deliveries, error) {
	ds, err := s.mailbox.Collect(ctx, by, q.Max)
	return toDeliveries(fit(ds[:min(len(ds), q.Max)])), err
}

// done is the answer that says only that it is done.
type done struct{}

func (done) check() error { return nil }

func (s *Server) settle(ctx context.Context, from entente.PartyID, q settlements) (done, error) {
	return done{}, s.mailbox.Settle(ctx, from, q.nouns())
}

func (s *Server) compare(ctx context.Context, from entente.PartyID, q heads) (heads, error) {
	hs, err := s.receiver.Compare(ctx, from, q.nouns())
	return toHeads(hs), err
}

func (s *Server) records(ctx context.Context, from entente.PartyID, q span) (records, error) {
	ds, err := s.receiver.Records(ctx, from, q.Origin, q.First, q.N)
	return records{ds[:min(len(ds), q.N)]}, err
}

func (s *Server) hello(w http.ResponseWriter, r *request) error {
	p, err := s.parties.Party(r.Context(), s.id.Party)
	if err != nil {
		return err
	}
	return s.answer(w, r, Hello{Protocol, s.id.Party, p.Edition, s.opts.Now().UTC().Truncate(time.Microsecond)})
}

// readAll reads a body of JSON within its bound and its time.
func (s *Server) readAll(w http.ResponseWriter, r *request) ([]byte, error) {
	if !only(r.Header, "Content-Type", typeJSON) {
		return nil, &entente.Error{Kind: entente.Invalid, Detail: "the body is not " + typeJSON, Cause: status(http.StatusUnsupportedMediaType)}
	}
	if r.ContentLength > MaxBody {
		return nil, bad("", "the body is too large", entente.ReasonTooLarge)
	}
	// The whole body has one deadline, so that one byte now and then does not keep it alive.
	if err := http.NewResponseController(w).SetReadDeadline(time.Now().Add(s.opts.Timeouts.Call)); err != nil {
		return nil, err
	}
	b, err := gather(http.MaxBytesReader(w, r.Body, MaxBody), r.ContentLength)
	if err != nil {
		return nil, uploadBroke(err)
	}
	return b, r.meter.spend(r.Context(), len(b))
}

// gather reads to the end. What is announced makes room beforehand, up to what
// an ordinary body needs: nobody gets memory for a promise.
func gather(r io.Reader, announced int64) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(int(min(max(announced, 0), 64<<10)) + bytes.MinRead)
	_, err := b.ReadFrom(r)
	return b.Bytes(), err
}

// uploadBroke says why a body could not be read to its end.
func uploadBroke(err error) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return bad("", "the body is too large", entente.ReasonTooLarge)
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return &entente.Error{Kind: entente.Unavailable, Detail: "the body came too slowly", Cause: plain(err)}
	}
	return &entente.Error{Kind: entente.Unavailable, Detail: "the body broke off", Cause: plain(err)}
}

// only reports whether a header is there once, with exactly this value.
func only(h http.Header, name, value string) bool {
	v := h.Values(name)
	return len(v) == 1 && v[0] == value
}

func (s *Server) answer(w http.ResponseWriter, r *request, a body) error {
	b, err := writeBody(a)
	if err != nil {
		// Ours is the fault: a kind would lay it on the asker.
		return plain(err)
	}
	r.meter.owe(len(b))
	return s.write(w, http.StatusOK, typeJSON, b)
}

// fail answers with a problem, unless an answer is under way: then there is
// nothing left but to break it off.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, errUnderWay) {
		panic(http.ErrAbortHandler)
	}
	p := problemOf(err)
	b, err := parse.Encode(p)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if later := p.Status == http.StatusServiceUnavailable || p.Status == http.StatusTooManyRequests; later && w.Header().Get("Retry-After") == "" {
		w.Header().Set("Retry-After", door.RetryAfter(entente.WaitOf(err)))
	}
	s.write(w, p.Status, typeProblem, b)
}

// errUnderWay marks an error that came when the answer had begun.
var errUnderWay = errors.New("the answer is under way")

// brokeOff is an answer that the asker did not take to its end.
func brokeOff(err error) error {
	return &entente.Error{Kind: entente.Unavailable, Detail: "the asker did not take the answer", Cause: errors.Join(errUnderWay, plain(err))}
}

func (s *Server) write(w http.ResponseWriter, code int, media string, b []byte) error {
	h := w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Length", strconv.Itoa(len(b)))
	s.begin(w, code)
	if err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(s.opts.Timeouts.Call)); err != nil {
		return brokeOff(err)
	}
	if _, err := w.Write(b); err != nil {
		return brokeOff(err)
	}
	return nil
}

// begin sends the header. The clock is read last, so that it tells the time at
// which the answer left and not when a long upload began.
func (s *Server) begin(w http.ResponseWriter, code int) {
	h := w.Header()
	h.Set(HeaderTime, parse.FormatTime(s.opts.Now()))
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(code)
}
