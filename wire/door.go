package wire

import (
	"net"
	"slices"
	"sync"

	"entente"
)

// door counts connections and decides whose goes when there are too many.
//
// Until its first request a connection belongs to a stranger: only then has the
// other end proven that it has the key of its certificate. Too many strangers:
// the one who has been standing there longest goes, for whoever is honest is
// through in a moment. Too many connections of one party: its own oldest goes,
// most likely a dead one. So neither can keep anybody else out.
type door struct {
	net.Listener
	limits Limits

	mu        sync.Mutex
	strangers []*conn // oldest first
	known     map[entente.PartyID][]*conn
	open      int
}

func newDoor(l net.Listener, limits Limits) *door {
	return &door{Listener: l, limits: limits, known: map[entente.PartyID][]*conn{}}
}

// conn is a connection that tells the door when it ends.
type conn struct {
	net.Conn
	door *door

	party entente.PartyID // empty: a stranger
	gone  bool
}

func (d *door) Accept() (net.Conn, error) {
	for {
		raw, err := d.Listener.Accept()
		if err != nil {
			return nil, err
		}
		c := &conn{Conn: raw, door: d}
		victim := d.enter(c)
		if victim != nil {
			victim.Close()
		}
		if victim != c {
			return c, nil
		}
	}
}

// enter lets c in and gives the connection that has to go for it, if any: it may be c.
func (d *door) enter(c *conn) (victim *conn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open++
	d.strangers = append(d.strangers, c)
	if len(d.strangers) > d.limits.Strangers || d.open > d.limits.Connections {
		return d.strangers[0]
	}
	return nil
}

// admit notes that a connection is the party's.
func (d *door) admit(c *conn, p entente.PartyID) {
	if victim := d.move(c, p); victim != nil {
		victim.Close()
	}
}

func (d *door) move(c *conn, p entente.PartyID) (victim *conn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if c.gone || c.party != "" {
		return nil
	}
	c.party = p
	d.strangers = without(d.strangers, c)
	d.known[p] = append(d.known[p], c)
	if own := d.known[p]; len(own) > d.limits.PerParty {
		return own[0]
	}
	return nil
}

func (d *door) leave(c *conn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if c.gone {
		return
	}
	c.gone = true
	d.open--
	if c.party == "" {
		d.strangers = without(d.strangers, c)
		return
	}
	if d.known[c.party] = without(d.known[c.party], c); len(d.known[c.party]) == 0 {
		delete(d.known, c.party)
	}
}

func (c *conn) Close() error {
	c.door.leave(c)
	return c.Conn.Close()
}

func without(cs []*conn, c *conn) []*conn {
	return slices.DeleteFunc(cs, func(x *conn) bool { return x == c })
}
