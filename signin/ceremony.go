package signin

import (
	"encoding/base64"
	"sync"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"

	"entente"
)

const (
	ceremonyLife   = 5 * time.Minute
	maxCeremonies  = 4096
	maxPerLocation = 64 // open at once from one address
)

// ceremony is a challenge that waits for its answer.
type ceremony struct {
	session webauthn.SessionData
	officer entente.OfficerID // empty: whoever holds the passkey
	handle  []byte            // registration: the user handle it was begun with
	code    string            // registration: the invitation that lets it happen
	signIn  bool              // else a registration
	from    string
	began   time.Time
}

// ceremonies keeps challenges in memory: each is answered once or never. A
// restart, or another process of the same node, does not know them; the officer
// begins again.
type ceremonies struct {
	now func() time.Time

	mu   sync.Mutex
	open map[string]ceremony
}

func newCeremonies(now func() time.Time) *ceremonies {
	return &ceremonies{now: now, open: map[string]ceremony{}}
}

// put keeps a challenge and names it.
func (cs *ceremonies) put(c ceremony) (id string, err error) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	c.began = cs.now()
	here, oldest := 0, ""
	for id, o := range cs.open {
		switch {
		case c.began.Sub(o.began) >= ceremonyLife:
			delete(cs.open, id)
			continue
		case o.from == c.from:
			here++
		}
		if oldest == "" || o.began.Before(cs.open[oldest].began) {
			oldest = id
		}
	}
	if here >= maxPerLocation {
		return "", &entente.Error{Kind: entente.Unavailable, Detail: "too many people are signing in from here", Hint: "try again in five minutes"}
	}
	if len(cs.open) >= maxCeremonies {
		delete(cs.open, oldest)
	}
	id = base64.RawURLEncoding.EncodeToString(random(16))
	cs.open[id] = c
	return id, nil
}

// take gives a challenge that has not lapsed, once.
func (cs *ceremonies) take(id string, signIn bool) (ceremony, error) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	c, ok := cs.open[id]
	delete(cs.open, id)
	if !ok || c.signIn != signIn || cs.now().Sub(c.began) >= ceremonyLife {
		return ceremony{}, &entente.Error{Kind: entente.Conflict, Detail: "this took too long, or was done already", Hint: "begin again"}
	}
	return c, nil
}
