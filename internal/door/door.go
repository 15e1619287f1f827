// Package door stands between the network and what a node serves: the desk with
// the API, and the wire. It bounds what a stranger can hold of the node, so that
// nobody keeps anybody else out.
//
//	door.go    connections: whose goes when there are too many
//	conn.go    one connection, and what a request says of its owner
//	guard.go   one request: host name, visitor's address, bounds before and after the gate
//	pace.go    patience with a slow visitor: it grows with each byte that passes
//	body.go    a request's body, answer.go its answer; each waits within a pace
//	shelf.go   bytes of answers that slow readers keep in memory
//	proxy.go   whose word about a visitor's address is believed; forwarded.go how HTTP says it
//	files.go   how many connections each door gets of the files that may be open
//	gone.go    what is no failure: the visitor left
package door

import (
	"net"
	"slices"
	"sync"
)

// Limits bound the connections of one door. Zero: no limit, but for Connections
// and Strangers, which New wants.
type Limits struct {
	Connections int // of owners and strangers together
	Strangers   int // on which nobody has proven yet who they are
	PerOwner    int // of one owner
	Requests    int // of one owner at the same time, over all connections
}

// Door is a listener that counts connections and decides whose goes when there
// are too many.
//
// Until the first request that proves something a connection belongs to a
// stranger. Too many strangers: of the address that has most of them the oldest
// goes, because an honest visitor is through in a moment. Too many connections of
// one owner: its own oldest goes on which nothing is under way, or else the new
// one. So nobody can keep anybody else out.
type Door struct {
	net.Listener
	limits  Limits
	proxies Proxies

	mu        sync.Mutex
	strangers []*Conn        // oldest first
	from      map[string]int // how many strangers an address has
	known     map[string][]*Conn
	open      int
}

// New puts a door before l. proxies may say a visitor's address before the first
// byte; zero: none may.
func New(l net.Listener, limits Limits, proxies Proxies) *Door {
	return &Door{Listener: l, limits: limits, proxies: proxies, from: map[string]int{}, known: map[string][]*Conn{}}
}

// Accept waits for the next connection that may come in.
func (d *Door) Accept() (net.Conn, error) {
	for {
		raw, err := d.Listener.Accept()
		if err != nil {
			return nil, err
		}
		c := &Conn{Conn: raw, door: d, place: Place(raw.RemoteAddr().String())}
		victim := d.enter(c)
		if victim != nil {
			victim.Close()
		}
		if victim != c {
			return d.proxies.announced(c), nil
		}
	}
}

// enter lets c in and gives the connection that has to go for it, if any: it may be c.
func (d *Door) enter(c *Conn) (victim *Conn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open++
	d.estrange(c)
	if len(d.strangers) > d.limits.Strangers || d.open > d.limits.Connections {
		return d.crowding()
	}
	return nil
}

// crowding gives the oldest stranger of the address that has most of them.
func (d *Door) crowding() *Conn {
	most := 0
	for _, n := range d.from {
		most = max(most, n)
	}
	for _, c := range d.strangers {
		if d.from[c.place] == most {
			return c
		}
	}
	return nil
}

func (d *Door) estrange(c *Conn) {
	c.owner = ""
	d.strangers = append(d.strangers, c)
	d.from[c.place]++
}

func (d *Door) acquaint(c *Conn) {
	d.strangers = without(d.strangers, c)
	if d.from[c.place]--; d.from[c.place] == 0 {
		delete(d.from, c.place)
	}
}

// move notes that a stranger's connection comes from another address than it
// seemed: a proxy says so.
func (d *Door) move(c *Conn, place string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if c.gone || c.owner != "" || c.place == place {
		c.place = place
		return
	}
	if d.from[c.place]--; d.from[c.place] == 0 {
		delete(d.from, c.place)
	}
	c.place = place
	d.from[place]++
}

// begin notes that a request of the owner is under way on c.
func (d *Door) begin(c *Conn, owner string) (ok bool, victim *Conn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	own := d.known[owner]
	if c.gone || d.limits.Requests > 0 && busy(own) >= d.limits.Requests {
		return false, nil
	}
	if c.owner == "" {
		if d.limits.PerOwner > 0 && len(own) >= d.limits.PerOwner {
			i := slices.IndexFunc(own, func(o *Conn) bool { return o.busy == 0 })
			if i < 0 {
				return false, nil
			}
			victim = own[i]
		}
		d.acquaint(c)
		c.owner = owner
		d.known[owner] = append(own, c)
	}
	c.busy++
	return true, victim
}

func busy(own []*Conn) (n int) {
	for _, c := range own {
		n += c.busy
	}
	return n
}

// end notes that the request is answered. A connection that a proxy shares among
// its visitors is a stranger's again.
func (d *Door) end(c *Conn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c.busy--
	if c.shared && c.busy == 0 && !c.gone {
		d.forget(c)
		d.estrange(c)
	}
}

func (d *Door) leave(c *Conn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if c.gone {
		return
	}
	c.gone = true
	d.open--
	if c.owner == "" {
		d.acquaint(c)
		return
	}
	d.forget(c)
}

func (d *Door) forget(c *Conn) {
	if d.known[c.owner] = without(d.known[c.owner], c); len(d.known[c.owner]) == 0 {
		delete(d.known, c.owner)
	}
}

func without(cs []*Conn, c *Conn) []*Conn {
	return slices.DeleteFunc(cs, func(x *Conn) bool { return x == c })
}
