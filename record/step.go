package record

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"entente"
	"entente/policy"
)

// Step is one act of a request that carries a key. The zero Step is that of a
// request without one: it was never done, and nothing of it is kept.
type Step struct {
	r *request
	n int
}

// NextStep gives the next act of the request. It is called once for an act, outside
// of its transaction, which may run more than once.
func NextStep(ctx context.Context) Step {
	r, _ := ctx.Value(requestKey{}).(*request)
	if r == nil {
		return Step{}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.next++
	return Step{r, r.next - 1}
}

// WasDone reports whether the next act of the request was done before, for this
// request or another one with its key: Done says which, once all of it was read.
func WasDone(ctx context.Context, tx entente.DeedStore) (bool, error) {
	r, _ := ctx.Value(requestKey{}).(*request)
	if r == nil {
		return false, nil
	}
	r.mu.Lock()
	n := r.next
	r.mu.Unlock()
	_, err := tx.Deed(r.id, n)
	if errors.Is(err, entente.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// Long is for an act that takes more than one transaction and whose parts change
// nothing when they are done again. It gives the act's one step, to be kept in the
// last transaction, and a context without the key for the others. done: it ended
// before, whole has read the rest of the request, and a.Result is what it gave.
func Long(ctx context.Context, s entente.Store, a Act, whole func() error) (end Step, rest context.Context, done bool, err error) {
	end, rest = Step{}, context.WithValue(ctx, requestKey{}, (*request)(nil))
	if policy.Check(a.By, a.Operation) != nil {
		return end, rest, false, nil // Do refuses it, on record
	}
	err = s.View(ctx, func(tx entente.Tx) (err error) {
		done, err = WasDone(ctx, tx)
		return err
	})
	if err == nil && done {
		err = whole()
	}
	end = NextStep(ctx)
	if err != nil || !done {
		return end, rest, false, err
	}
	err = s.View(ctx, func(tx entente.Tx) (err error) {
		done, err = end.Done(tx, a.Result)
		return err
	})
	return end, rest, done, err
}

// Done reports whether the act was done before, and reads into result what it gave
// then. Invalid: it was done for another request with the same key.
func (s Step) Done(tx entente.DeedStore, result any) (bool, error) {
	if s.r == nil {
		return false, nil
	}
	d, err := tx.Deed(s.r.id, s.n)
	if errors.Is(err, entente.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	want := s.request()
	if !hmac.Equal(d.Request[:], want[:]) {
		return false, &entente.Error{Kind: entente.Invalid, Field: "key", Detail: "it was sent before, with other content, and the first counts", Hint: "look at what came of it; for another act open the page again, or make a new key"}
	}
	s.r.mu.Lock()
	s.r.repeated = true
	s.r.mu.Unlock()
	if result == nil {
		return true, nil
	}
	return true, s.open(d.Result, result)
}

// Keep keeps, in the transaction of the act, that it was done and what it gave:
// ids, and secrets that are shown once.
func (s Step) Keep(tx entente.DeedStore, at time.Time, result any) error {
	if s.r == nil {
		return nil
	}
	d := entente.Deed{Key: s.r.id, Step: s.n, Request: s.request(), At: at}
	if result != nil {
		var err error
		if d.Result, err = s.seal(result); err != nil {
			return err
		}
	}
	return tx.PutDeed(d)
}

func (s Step) request() entente.Digest { return s.r.mix("request", s.r.digest()) }

// box seals results with a key that only the client has.
func (s Step) box() (cipher.AEAD, []byte, error) {
	key := s.r.mix("result", entente.Digest{})
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, nil, err
	}
	box, err := cipher.NewGCMWithRandomNonce(block)
	return box, []byte(strconv.Itoa(s.n)), err
}

func (s Step) seal(result any) ([]byte, error) {
	box, step, err := s.box()
	if err != nil {
		return nil, err
	}
	b, err := json.Marshal(result)
	if err != nil {
		return nil, err
	}
	return box.Seal(nil, nil, b, step), nil
}

func (s Step) open(sealed []byte, result any) error {
	box, step, err := s.box()
	if err != nil {
		return err
	}
	b, err := box.Open(nil, nil, sealed, step)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, result)
}

// forgetAtOnce is how many deeds one transaction drops.
const forgetAtOnce = 2000

// Forget drops what was done before a time: its repeat is not recognised any more.
func Forget(ctx context.Context, s entente.Store, before time.Time) error {
	for {
		var n int
		err := s.Update(ctx, func(tx entente.Tx) (err error) {
			n, err = tx.DropDeeds(before, forgetAtOnce)
			return err
		})
		if err != nil || n < forgetAtOnce {
			return err
		}
	}
}
