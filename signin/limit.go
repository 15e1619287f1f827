package signin

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"net/netip"
	"time"

	"entente"
)

// Limits say how many attempts may fail before whoever tries has to wait: 1
// second after the first failure too many, twice as long after each further
// one, up to MaxWait. A success clears the officer's count.
//
// The counts are in the store, for all processes of the node: they slow down
// guessing, they are no lock. An officer whom somebody keeps out by guessing signs
// in with a passkey, which nobody can guess and no count holds back.
type Limits struct {
	Officer int           // for one officer, from anywhere
	Address int           // from one address (IPv6: one /64), for any officer
	MaxWait time.Duration // the longest wait
}

// DefaultLimits lets a person mistype and a desk behind one address work.
var DefaultLimits = Limits{Officer: 5, Address: 30, MaxWait: 15 * time.Minute}

func (l Limits) withDefaults() Limits {
	if l.Officer == 0 {
		l.Officer = DefaultLimits.Officer
	}
	if l.Address == 0 {
		l.Address = DefaultLimits.Address
	}
	if l.MaxWait == 0 {
		l.MaxWait = DefaultLimits.MaxWait
	}
	return l
}

const (
	forgetAfter = 24 * time.Hour // failures older than this count no more
	maxCounts   = 32 << 10       // of each kind; above it those that nobody touched longest go
)

// limiter counts failures by key. People type passwords into the wrong field, so
// that a key is stored under a MAC whose secret is not in the store.
type limiter struct {
	kind    string
	free    int
	maxWait time.Duration
	secret  []byte
	most    int
}

type failures struct {
	Count int       `json:"count"`
	Last  time.Time `json:"last"`
	Until time.Time `json:"until,omitzero"` // no attempt before
}

func (l *limiter) id(key string) (d entente.Digest) {
	mac := hmac.New(sha256.New, l.secret)
	mac.Write([]byte(l.kind + "\x00" + key))
	mac.Sum(d[:0])
	return d
}

func (l *limiter) get(tx entente.FleetingStore, key string, now time.Time) (f failures, err error) {
	kept, err := tx.Fleeting(l.id(key))
	if errors.Is(err, entente.NotFound) {
		return f, nil
	}
	if err != nil {
		return f, err
	}
	if err := json.Unmarshal(kept.Data, &f); err != nil || now.Sub(f.Last) > forgetAfter {
		return failures{}, nil // what cannot be read counts nothing: it must keep nobody out
	}
	return f, nil
}

func (l *limiter) put(tx entente.FleetingStore, key string, f failures, now time.Time) error {
	if f.Count <= 0 {
		return tx.DropFleeting(l.id(key))
	}
	data, err := json.Marshal(f)
	if err != nil {
		return err
	}
	if err := tx.SweepFleeting(l.kind, now, l.most-1); err != nil {
		return err
	}
	return tx.PutFleeting(entente.Fleeting{Key: l.id(key), Kind: l.kind, Data: data, Expires: f.Last.Add(max(forgetAfter, l.maxWait))})
}

// wait is how long no attempt may be made.
func (l *limiter) wait(tx entente.FleetingStore, key string, now time.Time) (time.Duration, error) {
	f, err := l.get(tx, key, now)
	return max(0, f.Until.Sub(now)), err
}

// count counts an attempt as failed.
func (l *limiter) count(tx entente.FleetingStore, key string, now time.Time) error {
	f, err := l.get(tx, key, now)
	if err != nil {
		return err
	}
	f.Count++
	f.Last = now
	if over := f.Count - l.free; over >= 0 {
		f.Until = now.Add(min(l.maxWait, time.Second<<min(over, 20)))
	}
	return l.put(tx, key, f, now)
}

// clear forgets the failures of key: it succeeded.
func (l *limiter) clear(tx entente.FleetingStore, key string) error {
	return tx.DropFleeting(l.id(key))
}

// giveBack takes one counted attempt back, but no earlier failure.
func (l *limiter) giveBack(tx entente.FleetingStore, key string, now time.Time) error {
	f, err := l.get(tx, key, now)
	if err != nil || f.Count == 0 {
		return err
	}
	f.Count--
	f.Until = time.Time{}
	return l.put(tx, key, f, now)
}

// attempt is one try to sign in: from where and, by password, in whose name.
type attempt struct {
	from    string
	officer *entente.OfficerID // nil: nobody's in particular
}

// take counts an attempt as failed before it is made, so that many at once get
// no more guesses than one after another. One that may not be made now is
// Unavailable, counts nothing and writes nothing.
func (s *Service) take(ctx context.Context, a attempt) error {
	now := s.now()
	var wait time.Duration
	held := func(tx entente.Tx) (err error) {
		if wait, err = s.addresses.wait(tx, a.from, now); err == nil && wait == 0 && a.officer != nil {
			wait, err = s.officers.wait(tx, string(*a.officer), now)
		}
		return err
	}
	if err := s.cfg.Store.View(ctx, held); err != nil {
		return err
	}
	if wait > 0 {
		return slowDown(wait)
	}
	err := s.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		if err := held(tx); err != nil || wait > 0 {
			return err
		}
		if err := s.addresses.count(tx, a.from, now); err != nil || a.officer == nil {
			return err
		}
		return s.officers.count(tx, string(*a.officer), now)
	})
	if err == nil && wait > 0 {
		return slowDown(wait)
	}
	return err
}

// succeeded takes back what take counted.
func (s *Service) succeeded(tx entente.Tx, a attempt) error {
	if a.officer != nil {
		if err := s.officers.clear(tx, string(*a.officer)); err != nil {
			return err
		}
	}
	return s.addresses.giveBack(tx, a.from, s.now())
}

// place reduces a remote address to what one guesser cannot easily change: the
// address without its port; of IPv6, the network that a site gets.
func place(addr string) string {
	if ap, err := netip.ParseAddrPort(addr); err == nil {
		return network(ap.Addr())
	}
	if a, err := netip.ParseAddr(addr); err == nil {
		return network(a)
	}
	return addr
}

func network(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	if a.Is4() {
		return a.String()
	}
	p, _ := a.Prefix(64)
	return p.String()
}

// slowDown says how long to wait, in whole seconds.
func slowDown(wait time.Duration) error {
	wait = (wait + time.Second - 1).Truncate(time.Second)
	return &entente.Error{
		Kind:   entente.Unavailable,
		Detail: "too many attempts to sign in failed",
		Hint:   "wait " + wait.String() + " and try again, or sign in with a passkey",
	}
}
