package signin

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"time"

	"entente"
)

// Limits say how many passwords may fail before the next try has to wait: 1
// second after the first failure too many, twice as long after each further one,
// up to a longest wait. The counts are in the store, for all processes of the node.
//
// They slow down guessing and must never stop an officer. So each of these has a
// count of its own: a device on which the officer signed in before, an officer's
// name from one address, and, with a short longest wait, an officer's name from
// anywhere. No address is held back as such, and no passkey by any of them.
type Limits struct {
	Device  int           // on one device that the officer signed in on before, or in a session of theirs
	Address int           // for one officer from one address (IPv6: one /64), on other devices
	Officer int           // for one officer from all addresses together, on other devices
	MaxWait time.Duration // the longest wait of the first two
	Crowd   time.Duration // the longest wait of the last one

	Recorded int // failed answers of passkeys from one address that are on record before only some are
}

// DefaultLimits lets a person mistype.
var DefaultLimits = Limits{Device: 5, Address: 5, Officer: 50, MaxWait: 15 * time.Minute, Crowd: 5 * time.Minute, Recorded: 30}

func (l Limits) withDefaults() Limits {
	for _, d := range []struct {
		of *int
		by int
	}{
		{&l.Device, DefaultLimits.Device},
		{&l.Address, DefaultLimits.Address},
		{&l.Officer, DefaultLimits.Officer},
		{&l.Recorded, DefaultLimits.Recorded},
	} {
		if *d.of == 0 {
			*d.of = d.by
		}
	}
	if l.MaxWait == 0 {
		l.MaxWait = DefaultLimits.MaxWait
	}
	if l.Crowd == 0 {
		l.Crowd = DefaultLimits.Crowd
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
