package wire

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"entente"
	"entente/parse"
)

// ask sends a request and gives its answer if that has the status and type that
// were asked for. Anything else is an error, and the answer is closed.
func (c *Client) ask(l *line, r *http.Request, to entente.PartyID, want int, media string) (*http.Response, error) {
	resp, err := l.transport.RoundTrip(r)
	if err != nil {
		return nil, c.unanswered(l, r, to, ended(r.Context(), err))
	}
	c.clock(to, resp.Header)
	if resp.StatusCode == want && resp.Header.Get("Content-Encoding") == "" && (media == "" || only(resp.Header, "Content-Type", media)) {
		return resp, nil
	}
	defer resp.Body.Close()
	if resp.StatusCode == want {
		return nil, strange(to, errors.New("the answer is of another type"))
	}
	return nil, c.problem(to, resp)
}

// ended gives the reason for which we ourselves ended a request, if we did.
func ended(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// clock notes how far the partner's clock is from ours.
func (c *Client) clock(p entente.PartyID, h http.Header) {
	now := c.opts.Now()
	theirs, err := parse.Time(h.Get(HeaderTime))
	if err != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.skews[p] = theirs.Sub(now).Round(time.Millisecond)
}

// problem reads an answer that is an error.
func (c *Client) problem(from entente.PartyID, resp *http.Response) error {
	e, ok := statusErr(resp.StatusCode, from)
	if !ok {
		return strange(from, errors.New("status "+strconv.Itoa(resp.StatusCode)))
	}
	if resp.Request.Method != http.MethodHead {
		b, err := readAtMost(resp, maxProblem)
		if err != nil {
			return strange(from, err)
		}
		p, err := readProblem(b)
		if err != nil || p.Status != resp.StatusCode || !only(resp.Header, "Content-Type", typeProblem) {
			return strange(from, errors.New("not a problem in the form of the protocol"))
		}
		e = p.err(from)
	}
	if s, ok := number(resp.Header, "Retry-After"); ok && e.Kind == entente.Unavailable {
		e.Cause = retryAfter(min(s, maxRetryAfter))
	}
	return e
}

// retryAfter is how long a partner asks us to wait, in seconds.
type retryAfter int64

// maxRetryAfter keeps a partner from putting us off for good.
const maxRetryAfter = 3600

func (r retryAfter) RetryAfter() time.Duration { return time.Duration(r) * time.Second }
func (r retryAfter) Error() string             { return "asked to wait " + r.RetryAfter().String() }

// strange is an answer that no node of this protocol gives. It may be another
// program at that address for a while, so it is worth another try.
func strange(from entente.PartyID, err error) error {
	return &entente.Error{Kind: entente.Unavailable, Detail: "what answers for " + string(from) + " does not keep to the protocol", Hint: "ask its people what runs at that address", Cause: plain(err)}
}

// readAtMost reads an answer that may have at most max bytes.
func readAtMost(resp *http.Response, max int64) ([]byte, error) {
	if resp.ContentLength > max {
		return nil, errors.New("the answer is too large")
	}
	b, err := gather(io.LimitReader(resp.Body, max+1), resp.ContentLength)
	if err != nil {
		return nil, err
	}
	if int64(len(b)) > max {
		return nil, errors.New("the answer is too large")
	}
	return b, nil
}
