package api

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"entente/record"
)

// keys makes the key of each act. Without a key of its own it makes each at random.
type keys struct {
	from string

	mu   sync.Mutex
	seen map[string]int
}

// WithKey gives a client that does what is asked of it once for a key, however
// often a program that was cut off begins again with the same key: the same call,
// for the nth time, has the same key at the node. It must be asked in the same
// order. key is at random, such as a UUID.
func (c *Client) WithKey(key string) (*Client, error) {
	if err := record.CheckKey(key); err != nil {
		return nil, err
	}
	d := *c
	d.keys = &keys{from: key, seen: map[string]int{}}
	return &d, nil
}

// of gives the key of a request.
func (k *keys) of(r *http.Request) string {
	if k.from == "" {
		return rand.Text()
	}
	call := r.Method + " " + r.URL.Path
	k.mu.Lock()
	n := k.seen[call]
	k.seen[call]++
	k.mu.Unlock()
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%d", k.from, call, n))
	return hex.EncodeToString(sum[:16])
}

// pauses are how long the client waits before it asks again after an answer was lost.
var pauses = []time.Duration{200 * time.Millisecond, time.Second, 3 * time.Second}

// once sends a request. Where it changes something it carries a key, and is sent
// again when the connection broke before the answer came. A stream is sent once:
// it cannot be read again.
func (c *Client) once(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodGet {
		return c.http.Do(r)
	}
	r.Header.Set(KeyHeader, c.keys.of(r))
	for n := 0; ; n++ {
		res, err := c.http.Do(r)
		if err == nil || n == len(pauses) || !wasSent(err) || (r.Body != nil && r.GetBody == nil) {
			return res, err
		}
		select {
		case <-r.Context().Done():
			return nil, context.Cause(r.Context())
		case <-time.After(pauses[n]):
		}
		if r.GetBody != nil {
			if r.Body, err = r.GetBody(); err != nil {
				return nil, err
			}
		}
	}
}

// wasSent reports whether a request may have reached the node though no answer came.
func wasSent(err error) bool {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return op.Op == "read" || op.Op == "write"
	}
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}
