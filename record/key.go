package record

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"strconv"
	"strings"
	"sync"

	"entente"
)

// Bounds of a key, in bytes. A key is made by a client at random, one for each
// act that it asks for; 22 characters hold 128 bits.
const (
	MinKey = 16
	MaxKey = 128
)

// CheckKey checks the form of a key.
func CheckKey(key string) error {
	if len(key) < MinKey || len(key) > MaxKey || strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' || r == '"' || r == '\\' }) {
		return &entente.Error{
			Kind: entente.Invalid, Field: "key", Detail: "a key has " + strconv.Itoa(MinKey) + " to " + strconv.Itoa(MaxKey) + " letters, digits or signs, without spaces and quotation marks",
			Hint: "make one at random for each act, for example a UUID",
		}
	}
	return nil
}

// request is one request that carries a key. The acts that it does are its steps,
// in the order in which they are done: after a kill between two of them, a repeat
// does what is missing.
type request struct {
	id     entente.Digest        // of officer and key
	key    []byte                // never stored
	digest func() entente.Digest // of what is asked

	mu       sync.Mutex
	next     int
	repeated bool
}

type requestKey struct{}

// ForKey gives a context in which each act of an officer is done once for a key.
// digest is of what is asked; it is called in each act, when all that the act needs
// of the request has been read. While another request with this key is under way in
// this process, ForKey waits for it. done ends the wait of the next one.
func ForKey(ctx context.Context, by entente.OfficerID, key string, digest func() entente.Digest) (_ context.Context, done func(), err error) {
	if err := CheckKey(key); err != nil {
		return ctx, nil, err
	}
	r := &request{id: entente.DigestOf([]byte("entente/deed\x00" + string(by) + "\x00" + key)), key: []byte(key), digest: digest}
	if err := underWay.begin(ctx, r.id); err != nil {
		return ctx, nil, err
	}
	return context.WithValue(ctx, requestKey{}, r), sync.OnceFunc(func() { underWay.end(r.id) }), nil
}

// Repeated reports whether an act of this request had been done before.
func Repeated(ctx context.Context) bool {
	r, _ := ctx.Value(requestKey{}).(*request)
	if r == nil {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.repeated
}

// mix gives a digest that nobody can check a guess against without the key.
func (r *request) mix(what string, d entente.Digest) (out entente.Digest) {
	h := hmac.New(sha256.New, r.key)
	h.Write([]byte(what))
	h.Write(d[:])
	h.Sum(out[:0])
	return out
}

// queue has those who ask with the same key wait for each other. Two processes are
// kept apart by the store.
type queue struct {
	mu      sync.Mutex
	running map[entente.Digest]chan struct{}
}

var underWay = queue{running: map[entente.Digest]chan struct{}{}}

func (q *queue) begin(ctx context.Context, id entente.Digest) error {
	for {
		q.mu.Lock()
		other, ok := q.running[id]
		if !ok {
			q.running[id] = make(chan struct{})
		}
		q.mu.Unlock()
		if !ok {
			return nil
		}
		select {
		case <-other:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

func (q *queue) end(id entente.Digest) {
	q.mu.Lock()
	defer q.mu.Unlock()
	close(q.running[id])
	delete(q.running, id)
}
