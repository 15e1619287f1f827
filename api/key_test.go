package api

import (
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"entente"
	"entente/policy"
)

// Every operation that changes something needs a key, or says why not; without
// one, or with what is none, it is refused with 400 and the node is not asked.
// An officer who may not is refused for that.
func TestKeys(t *testing.T) {
	n, srv, as := serve(t)
	var free []string
	for id, d := range documented(t) {
		at := slices.IndexFunc(d.Parameters, func(p parameter) bool { return p.Name == KeyHeader })
		if d.Method == http.MethodGet || len(d.Security) == 0 {
			if at >= 0 || d.Again != "" {
				t.Errorf("%s asks for a key", id)
			}
			continue
		}
		if d.Again != "" {
			free = append(free, id)
			if at >= 0 {
				t.Errorf("%s needs no key and asks for one", id)
			}
			continue
		}
		if at < 0 || !d.Parameters[at].Required {
			t.Errorf("%s needs a key and does not say so", id)
		}
		c := calls[id]
		for _, role := range entente.Roles {
			for _, key := range []string{"", "short", "has a space in it, and more", strings.Repeat("x", 129), "twice"} {
				client := as(role)
				client.http = &http.Client{Transport: spy(func(r *http.Request) (*http.Response, error) {
					r.Header.Del(KeyHeader)
					if key != "" {
						r.Header.Set(KeyHeader, key)
					}
					if key == "twice" {
						r.Header[KeyHeader] = []string{"0123456789abcdef", "0123456789abcdef"}
					}
					return srv.Client().Transport.RoundTrip(r)
				})}
				n.asked = nil
				_, err := c.call(client)
				may := d.Operation == "" || policy.May(role, c.op)
				if may && (kindOf(err) != entente.Invalid || n.asked != nil || !strings.Contains(err.Error(), KeyHeader)) {
					t.Errorf("%s as %s with the key %.20q: %v; the node was asked %v", id, role, key, err, n.asked)
				}
				if !may && key == "" && d.Operation != "" && kindOf(err) != entente.Denied {
					t.Errorf("%s as %s: %v", id, role, err)
				}
			}
		}
	}
	slices.Sort(free)
	if want := []string{"changePassword", "packCourier", "searchPeople", "signOut", "signOutEverywhere", "verifyLedgers"}; !slices.Equal(free, want) {
		t.Errorf("no key is needed for %v, want %v", free, want)
	}
}

// What the client sends again after a broken connection has the same key and the
// same body; two calls have two keys; a client with a key of its own has the same
// keys when it begins again; a stream, and what was not sent, is sent once.
func TestClientSendsAgain(t *testing.T) {
	was := pauses
	defer func() { pauses = was }()
	pauses = make([]time.Duration, 3)
	_, srv, as := serve(t)
	var keys, bodies []string
	var broken []error
	client := as(entente.Analyst)
	client.http = &http.Client{Transport: spy(func(r *http.Request) (*http.Response, error) {
		b, _ := io.ReadAll(r.Body)
		keys, bodies = append(keys, r.Header.Get(KeyHeader)), append(bodies, string(b))
		if len(broken) > 0 {
			err := broken[0]
			broken = broken[1:]
			return nil, err
		}
		r.Body = io.NopCloser(strings.NewReader(string(b)))
		return srv.Client().Transport.RoundTrip(r)
	})}
	note := func(c *Client) error { _, err := c.Note(ctx, aMessage, "Пишем."); return err }
	attach := func(c *Client) error {
		_, err := c.AddAttachment(ctx, aMessage, "a", "", strings.NewReader("x"))
		return err
	}
	reset := &net.OpError{Op: "read", Err: syscall.ECONNRESET}
	for _, x := range []struct {
		call   func(*Client) error
		breaks []error
		sent   int
		want   error
	}{
		{note, nil, 1, nil},
		{note, []error{io.EOF, reset, io.ErrUnexpectedEOF}, 4, nil},
		{note, []error{io.EOF, io.EOF, io.EOF, io.EOF}, 4, entente.Unavailable},
		{note, []error{&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}}, 1, entente.Unavailable},
		{attach, []error{io.EOF}, 1, entente.Unavailable},
	} {
		keys, bodies, broken = nil, nil, x.breaks
		err := x.call(client)
		if kindOf(err) != x.want || len(keys) != x.sent || len(keys[0]) < 22 {
			t.Errorf("after %v: %v, sent with %v", x.breaks, err, keys)
		}
		if n := len(slices.Compact(keys)); n != 1 || bodies[0] == "" || len(slices.Compact(bodies)) != 1 {
			t.Errorf("after %v: sent %v with %v", x.breaks, bodies, keys)
		}
	}
	keys = nil
	mine, err := client.WithKey("0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7")
	if err != nil {
		t.Fatal(err)
	}
	again, _ := client.WithKey("0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7")
	for _, c := range []*Client{mine, mine, again, again, client} {
		if err := note(c); err != nil {
			t.Error(err)
		}
	}
	if keys[0] != keys[2] || keys[1] != keys[3] || keys[0] == keys[1] || keys[4] == keys[0] {
		t.Errorf("the keys of a program that begins again: %v", keys)
	}
	if _, err := client.WithKey("no key"); !errors.Is(err, entente.Invalid) {
		t.Errorf("got %v", err)
	}
}
