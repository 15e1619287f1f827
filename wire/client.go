package wire

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"entente"
)

// Client is the calling end of a node. Its methods may be called concurrently;
// each partner has connections of its own, so that one that is slow holds up
// none of the others.
//
// Every error is an *entente.Error. What a partner answers as a problem keeps
// its kind; Unverified means that the other end could not prove whose it is; and
// whatever may be different the next time is Unavailable, also an answer that
// makes no sense. When the partner said how long to wait, errors.As finds an
// interface{ RetryAfter() time.Duration }.
type Client struct {
	id     Identity
	opts   Options
	verify verifier
	leaves *leaves

	mu    sync.Mutex
	lines map[entente.PartyID]*line
	skews map[entente.PartyID]time.Duration
}

// line is the way to one partner as its descriptor gives it.
type line struct {
	to        entente.PartyID
	root      entente.Digest
	endpoint  string
	base      *url.URL
	transport *http.Transport
	calls     places
	files     places
}

// places bound how much is under way at the same time.
type places chan struct{}

func (p places) take(ctx context.Context) error {
	select {
	case p <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (p places) leave() { <-p }

// NewClient makes a client. It connects to nobody until it is asked to.
func NewClient(id Identity, parties Parties, opts Options) *Client {
	opts = opts.filled()
	return &Client{
		id: id, opts: opts,
		verify: verifier{parties, opts.Now, opts.Timeouts.Handshake},
		leaves: &leaves{id: id, now: opts.Now},
		lines:  map[entente.PartyID]*line{},
		skews:  map[entente.PartyID]time.Duration{},
	}
}

// Close ends idle connections. Calls under way go on.
func (c *Client) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for id, l := range c.lines {
		l.transport.CloseIdleConnections()
		delete(c.lines, id)
	}
}

// Skew tells by how much the partner's clock was ahead of ours at its last
// answer, true to within the time that the answer took to come.
func (c *Client) Skew(p entente.PartyID) (time.Duration, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	d, ok := c.skews[p]
	return d, ok
}

// line gives the way to a partner. When its descriptor shows another root or
// endpoint than before, the connections that rest on the old ones are given up.
func (c *Client) line(to entente.Party) (*line, error) {
	if to.DialsOut() {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "endpoint", Detail: string(to.ID) + " cannot be called: it only dials out", Hint: "wait until it calls"}
	}
	root := entente.DigestOf(to.Keys.TLSRoot)
	c.mu.Lock()
	defer c.mu.Unlock()
	old := c.lines[to.ID]
	if old != nil && old.root == root && old.endpoint == to.Endpoint {
		return old, nil
	}
	base, err := url.Parse(to.Endpoint)
	if err != nil || base.Scheme != "https" || base.Host == "" || base.User != nil || base.RawQuery != "" || base.Fragment != "" {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "endpoint", Detail: "the endpoint of " + string(to.ID) + " is not an https address"}
	}
	if old != nil {
		old.transport.CloseIdleConnections()
	}
	l := &line{to.ID, root, to.Endpoint, base, c.transport(to.ID), make(places, streams/2), make(places, streams/2)}
	c.lines[to.ID] = l
	return l, nil
}

// transport makes connections that lead to the party and nowhere else.
func (c *Client) transport(to entente.PartyID) *http.Transport {
	t := c.opts.Timeouts
	dial := c.opts.DialContext
	if dial == nil {
		dial = (&net.Dialer{Timeout: t.Dial}).DialContext
	}
	return &http.Transport{
		Proxy: c.opts.Proxy,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			ctx, cancel := context.WithTimeout(ctx, t.Dial)
			defer cancel()
			return dial(ctx, network, address)
		},
		TLSClientConfig:        c.verify.client(c.leaves, to),
		TLSHandshakeTimeout:    t.Handshake,
		ResponseHeaderTimeout:  t.Call,
		IdleConnTimeout:        t.Keep,
		MaxConnsPerHost:        1, // HTTP/2 carries all calls on one
		MaxResponseHeaderBytes: maxHeaderBytes,
		DisableCompression:     true, // a small answer must not become a large one
		Protocols:              onlyHTTP2(),
		HTTP2:                  http2Config(t),
	}
}

// request makes a request to a partner. RoundTrip is used as it is: it follows
// no redirect and keeps no cookie.
func (c *Client) request(ctx context.Context, to entente.Party, method, path string) (*line, *http.Request, error) {
	l, err := c.line(to)
	if err != nil {
		return nil, nil, err
	}
	r, err := http.NewRequestWithContext(ctx, method, l.base.JoinPath(path).String(), nil)
	if err != nil {
		return nil, nil, &entente.Error{Kind: entente.Invalid, Field: "endpoint", Detail: "the endpoint of " + string(to.ID) + " is not an https address", Cause: plain(err)}
	}
	r.Header.Set("User-Agent", "") // which software a party runs is nobody's business
	return l, r, nil
}
