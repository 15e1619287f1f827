package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json"

	"entente"
)

// Client calls the interface of a node. Errors are *entente.Error of the kind
// that the node told; what cannot reach the node is entente.Unavailable. It is
// safe for concurrent use.
type Client struct {
	base  *url.URL
	token string
	why   string
	keys  *keys
	http  *http.Client
}

// New makes a client of the node at baseURL, for example
// "https://desk.albia.example". token is empty until SignIn has given one. hc
// may be nil. Plain HTTP is accepted to this machine alone: a token on a wire
// without TLS is everybody's.
func New(baseURL, token string, hc *http.Client) (*Client, error) {
	u, err := url.Parse(baseURL)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || (u.Scheme != "https" && u.Scheme != "http") {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "address", Detail: "this is not the address of a node", Hint: "write it as in https://desk.albia.example"}
	}
	if u.Scheme == "http" && !isLoopback(u.Hostname()) {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "address", Detail: "without TLS anybody on the way can read the token", Hint: "write https://, or run the command on the node's own machine"}
	}
	u.Path = strings.TrimRight(u.Path, "/")
	c := http.Client{}
	if hc != nil {
		c = *hc
	}
	// The interface never redirects: whoever does is somebody else.
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Client{base: u, token: token, keys: &keys{}, http: &c}, nil
}

// WithToken gives a client that is signed in with a token.
func (c *Client) WithToken(token string) *Client {
	d := *c
	d.token = token
	return &d
}

// WithPurpose gives a client whose requests are on record with a purpose; empty:
// with that of what they are about. It does not hold for Search, which has its own.
func (c *Client) WithPurpose(why string) (*Client, error) {
	if len(why) > 200 || !utf8.ValidString(why) || strings.ContainsFunc(why, unicode.IsControl) {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "purpose", Detail: "a purpose is a line of at most 200 bytes", Hint: "give the number of a file, or a few words"}
	}
	d := *c
	d.why = why
	return &d, nil
}

func isLoopback(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// maxAnswer bounds a JSON answer that the client reads, in bytes.
const maxAnswer = 256 << 20

// get reads a T.
func get[T any](ctx context.Context, c *Client, path string, query url.Values) (T, error) {
	return call[T](ctx, c, http.MethodGet, path, query, nil)
}

// call sends in as JSON, unless it is nil, and reads a T.
func call[T any](ctx context.Context, c *Client, method, path string, query url.Values, in any) (out T, err error) {
	res, err := c.send(ctx, method, path, query, in)
	if err != nil {
		return out, err
	}
	return decode[T](c, res)
}

// decode reads a T. A newer node may say more than this client knows.
func decode[T any](c *Client, res *http.Response) (out T, err error) {
	defer res.Body.Close()
	if err := json.UnmarshalRead(io.LimitReader(res.Body, maxAnswer), &out); err != nil {
		return out, c.unreachable(err)
	}
	return out, nil
}

// do sends in as JSON, unless it is nil, and reads nothing.
func (c *Client) do(ctx context.Context, method, path string, in any) error {
	res, err := c.send(ctx, method, path, nil, in)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

func (c *Client) send(ctx context.Context, method, path string, query url.Values, in any) (*http.Response, error) {
	if in == nil {
		return c.request(ctx, method, path, query, nil, "")
	}
	b, err := json.Marshal(in, json.Deterministic(true))
	if err != nil {
		return nil, &entente.Error{Kind: entente.Invalid, Detail: "this cannot be written as JSON", Cause: err}
	}
	return c.request(ctx, method, path, query, bytes.NewReader(b), "application/json")
}

// request gives the response of a success. Its body is the caller's to close.
func (c *Client) request(ctx context.Context, method, path string, query url.Values, body io.Reader, media string) (*http.Response, error) {
	return c.requestAs(ctx, "", method, path, query, body, media)
}

// requestAs asks for an answer of a certain media type.
func (c *Client) requestAs(ctx context.Context, accept, method, path string, query url.Values, body io.Reader, media string) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, method, c.base.String()+prefix+path, body)
	if err != nil {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "address", Detail: "this is not the address of a node", Cause: err}
	}
	r.URL.RawQuery = query.Encode()
	if media != "" {
		r.Header.Set("Content-Type", media)
	}
	if accept != "" {
		r.Header.Set("Accept", accept)
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	if c.why != "" {
		r.Header.Set(PurposeHeader, c.why)
	}
	if body != nil && r.ContentLength <= 0 {
		// A stream: the node may say no before it is sent.
		r.Header.Set("Expect", "100-continue")
	}
	res, err := c.once(r)
	if err != nil {
		return nil, c.unreachable(err)
	}
	if res.StatusCode/100 == 2 {
		return res, nil
	}
	defer res.Body.Close()
	return nil, failure(res)
}

func (c *Client) unreachable(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return &entente.Error{
		Kind: entente.Unavailable, Detail: "the node at " + c.base.Host + " does not answer",
		Hint: "is it running, and is this its address?", Cause: err,
	}
}

// failure reads the error that a response tells.
func failure(res *http.Response) error {
	media, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type"))
	var p Problem
	if media == p.ContentType("") && json.UnmarshalRead(io.LimitReader(res.Body, 1<<20), &p) == nil && p.Kind != "" {
		if seconds, err := strconv.Atoi(res.Header.Get("Retry-After")); err == nil && seconds > 0 && seconds <= 24*3600 {
			p.wait = time.Duration(seconds) * time.Second
		}
		return p.asError()
	}
	return &entente.Error{
		Kind: entente.Unavailable, Detail: "something that is no node answered with " + strconv.Itoa(res.StatusCode) + " " + http.StatusText(res.StatusCode),
		Hint: "check the address, and what stands before the node",
	}
}

// at writes a path with its parts escaped.
func at(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteByte('/')
		b.WriteString(url.PathEscape(p))
	}
	return b.String()
}

// fileName gives the name under which a response sends a file: its last
// element, visible, without what could steer a terminal, at most 200 bytes.
func fileName(res *http.Response) string {
	_, params, err := mime.ParseMediaType(res.Header.Get("Content-Disposition"))
	if err != nil {
		return "file"
	}
	return cleanName(params["filename"])
}

// cleanName makes a name that somebody sent fit to be shown and used.
func cleanName(name string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.C, r) { // control, format (bidirectional overrides too), not a character
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	name = strings.TrimLeft(name, ". ")
	for len(name) > 200 {
		name = strings.ToValidUTF8(name[:200], "")
	}
	if name == "" {
		return "file"
	}
	return name
}
