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
// through in a moment. Too many connections of one party: its own oldest goes on
// which nothing is under way, or else the new one. So nobody can keep anybody
// else out.
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
	busy  int             // requests under way
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

// begin notes that a request of the party is under way on c. It is false when
// the party has no room for another connection.
func (d *door) begin(c *conn, p entente.PartyID) bool {
	ok, victim := d.move(c, p)
	if victim != nil {
		victim.Close()
	}
	return ok
}

// end notes that the request is answered.
func (d *door) end(c *conn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c.busy--
}

func (d *door) move(c *conn, p entente.PartyID) (ok bool, victim *conn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if c.gone {
		return false, nil
	}
	if c.party == "" {
		own := d.known[p]
		if len(own) >= d.limits.PerParty {
			i := slices.IndexFunc(own, func(o *conn) bool { return o.busy == 0 })
			if i < 0 {
				return false, nil
			}
			victim = own[i]
		}
		c.party = p
		d.strangers = without(d.strangers, c)
		d.known[p] = append(own, c)
	}
	c.busy++
	return true, victim
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
