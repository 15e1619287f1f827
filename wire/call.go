package wire

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"

	"entente"
	"entente/seal"
)

// Deliver hands over deliveries, from the first on as many as fit one exchange,
// and gives a settlement for each that the partner came to.
func (c *Client) Deliver(ctx context.Context, to entente.Party, ds []entente.Delivery) ([]entente.Settlement, error) {
	ds = fit(ds)
	a, err := call[settlements](ctx, c, to, "/v1/deliver", toDeliveries(ds))
	if err != nil {
		return nil, err
	}
	if err := settles(a, ds); err != nil {
		return nil, strange(to.ID, err)
	}
	return a.nouns(), nil
}

// settles holds settlements against what was delivered: each envelope as often
// as it was sent, at most, and no other. A refusal may name the bytes of what its
// sender could not take apart.
func settles(a settlements, ds []entente.Delivery) error {
	open, unread := make(map[entente.Digest]int, len(ds)), make(map[entente.Digest]entente.Digest, len(ds))
	for _, d := range ds {
		name := seal.Name(d.Envelope)
		open[name]++
		unread[entente.DigestOf(d.Envelope)] = name
	}
	for _, s := range a.Settlements {
		name := s.Envelope
		if named, ok := unread[name]; ok && len(s.Refusal) > 0 {
			name = named
		}
		if open[name] == 0 {
			return errors.New("a settlement for what was not delivered")
		}
		open[name]--
	}
	return nil
}

// Collect gives at most max deliveries that wait for us at the partner.
func (c *Client) Collect(ctx context.Context, from entente.Party, max int) ([]entente.Delivery, error) {
	max = min(max, MaxDeliveries)
	a, err := call[deliveries](ctx, c, from, "/v1/collect", collect{max})
	if err != nil {
		return nil, err
	}
	if len(a.Deliveries) > max {
		return nil, strange(from.ID, errors.New("more deliveries than were asked for"))
	}
	return a.nouns(), nil
}

// Settle hands over receipts and refusals for what was collected.
func (c *Client) Settle(ctx context.Context, to entente.Party, ss []entente.Settlement) error {
	_, err := call[done](ctx, c, to, "/v1/settle", toSettlements(ss))
	return err
}

// Compare tells the partner our heads of common ledgers and gives its own.
func (c *Client) Compare(ctx context.Context, with entente.Party, hs []entente.LedgerHead) ([]entente.LedgerHead, error) {
	a, err := call[heads](ctx, c, with, "/v1/compare", toHeads(hs))
	return a.nouns(), err
}

// Records gives at most n records of a common ledger, from place first on, as
// the partner has them.
func (c *Client) Records(ctx context.Context, from entente.Party, origin string, first int64, n int) ([]entente.Digest, error) {
	n = min(n, MaxRecords)
	a, err := call[records](ctx, c, from, "/v1/records", span{origin, first, n})
	if err != nil {
		return nil, err
	}
	if len(a.Records) > n {
		return nil, strange(from.ID, errors.New("more records than were asked for"))
	}
	return a.Records, nil
}

// Hello asks a partner who it is: whether the way to it works, both ends know
// each other's current certificates, and the clocks agree.
func (c *Client) Hello(ctx context.Context, to entente.Party) (Hello, error) {
	ctx, cancel := context.WithTimeout(ctx, c.opts.Timeouts.Call)
	defer cancel()
	l, r, err := c.request(ctx, to, http.MethodGet, "/v1/hello")
	if err != nil {
		return Hello{}, err
	}
	if err := l.calls.take(ctx); err != nil {
		return Hello{}, broken(to.ID, err)
	}
	defer l.calls.leave()
	h, err := answerOf[Hello](c, l, r, to.ID)
	if err == nil && h.Party != to.ID {
		return Hello{}, strange(to.ID, errors.New("it says that it is another party"))
	}
	return h, err
}

// call asks with one body and reads another.
func call[A, Q body](ctx context.Context, c *Client, to entente.Party, path string, q Q) (A, error) {
	var none A
	ctx, cancel := context.WithTimeout(ctx, c.opts.Timeouts.Call)
	defer cancel()
	b, err := writeBody(q)
	if err != nil {
		return none, err
	}
	l, r, err := c.request(ctx, to, http.MethodPost, path)
	if err != nil {
		return none, err
	}
	if err := l.calls.take(ctx); err != nil {
		return none, broken(to.ID, err)
	}
	defer l.calls.leave()
	r.Header.Set("Content-Type", typeJSON)
	r.ContentLength = int64(len(b))
	r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }
	r.Body, _ = r.GetBody()
	return answerOf[A](c, l, r, to.ID)
}

func answerOf[A body](c *Client, l *line, r *http.Request, to entente.PartyID) (A, error) {
	var none A
	resp, err := c.ask(l, r, to, http.StatusOK, typeJSON)
	if err != nil {
		return none, err
	}
	defer resp.Body.Close()
	b, err := readAtMost(resp, MaxBody)
	if err != nil && r.Context().Err() != nil {
		return none, broken(to, ended(r.Context(), err))
	}
	if err != nil {
		return none, strange(to, err)
	}
	a, err := readBody[A](b)
	if err != nil {
		return none, strange(to, err)
	}
	return a, nil
}
