package signin

import (
	"crypto/sha256"
	"net/netip"
	"sync"
	"time"

	"entente"
)

// Limits say how many attempts may fail before whoever tries has to wait: 1
// second after the first failure too many, twice as long after each further
// one, up to MaxWait. A success clears the officer's count.
//
// The counts live in this process: they slow down guessing, they are no lock. An
// officer whom somebody keeps out by guessing signs in with a passkey, which
// nobody can guess and no count holds back.
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
	generation  = 16 << 10       // keys in one generation
)

// limiter counts failures by key. Keys are hashed, since people type passwords
// into the wrong field. It keeps two generations: when the young one is full, it
// becomes the old one, and what nobody touched since the turn before is forgotten.
type limiter struct {
	free    int
	maxWait time.Duration
	now     func() time.Time

	mu         sync.Mutex
	young, old map[[32]byte]failures
}

type failures struct {
	count int
	last  time.Time
	until time.Time // no attempt before
}

func newLimiter(free int, maxWait time.Duration, now func() time.Time) *limiter {
	return &limiter{free: free, maxWait: maxWait, now: now, young: map[[32]byte]failures{}}
}

// take counts an attempt as failed before it is made, so that many at once get
// no more guesses than one after another. It gives the time to wait, if the
// attempt may not be made now, and then counts nothing.
func (l *limiter) take(key string) (wait time.Duration) {
	k, now := sha256.Sum256([]byte(key)), l.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	f := l.get(k)
	if now.Sub(f.last) > forgetAfter {
		f = failures{}
	}
	if wait = f.until.Sub(now); wait > 0 {
		return wait
	}
	f.count++
	f.last = now
	if over := f.count - l.free; over >= 0 {
		f.until = now.Add(min(l.maxWait, time.Second<<min(over, 20)))
	}
	l.put(k, f)
	return 0
}

// clear forgets the failures of key: it succeeded.
func (l *limiter) clear(key string) {
	k := sha256.Sum256([]byte(key))
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.young, k)
	delete(l.old, k)
}

// giveBack takes one counted attempt back, but no earlier failure.
func (l *limiter) giveBack(key string) {
	k := sha256.Sum256([]byte(key))
	l.mu.Lock()
	defer l.mu.Unlock()
	if f := l.get(k); f.count > 0 {
		f.count--
		f.until = time.Time{}
		l.put(k, f)
	}
}

func (l *limiter) get(k [32]byte) failures {
	if f, ok := l.young[k]; ok {
		return f
	}
	return l.old[k]
}

func (l *limiter) put(k [32]byte, f failures) {
	if len(l.young) >= generation {
		l.young, l.old = map[[32]byte]failures{}, l.young
	}
	l.young[k] = f
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
