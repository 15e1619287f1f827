package door

import (
	"net"
	"testing"
)

const (
	albia = "albia-ncc"
	cadia = "cadia-fiu"
)

// The door's books balance: whatever ends, ends in them too.
func TestDoorBooks(t *testing.T) {
	d := New(nil, Limits{Connections: 5, Strangers: 2, PerOwner: 2}, Proxies{})
	enter := func() *Conn {
		a, _ := net.Pipe()
		c := &Conn{Conn: a, door: d}
		if v := d.enter(c); v != nil {
			v.Close()
		}
		return c
	}
	books := func(strangers, albias, open int) {
		t.Helper()
		if len(d.strangers) != strangers || len(d.known[albia]) != albias || d.open != open {
			t.Errorf("got %d strangers, %d of Albia, %d open; want %d, %d, %d", len(d.strangers), len(d.known[albia]), d.open, strangers, albias, open)
		}
	}
	a, b, c := enter(), enter(), enter()
	books(2, 0, 2) // a had to go
	if a.Begin(albia) {
		t.Error("a request of a closed connection begins")
	}
	b.Begin(albia)
	b.Begin(albia)
	c.Begin(albia)
	books(0, 2, 2)
	e := enter()
	if e.Begin(albia) {
		t.Error("a third connection of Albia's is let in beside two that are busy")
	}
	books(1, 2, 3)
	b.End()
	c.End()
	if !e.Begin(albia) {
		t.Error("a third connection of Albia's is not let in for one that is idle")
	}
	books(0, 2, 2)
	if c.gone != true || b.gone {
		t.Error("the idle one had to go, and the busy one to stay")
	}
	x := enter()
	x.Begin(cadia)
	y := enter()
	y.Begin(cadia)
	z := enter()
	books(1, 2, 5)
	f := enter()
	books(1, 2, 5) // z had to go, for there may be five
	for _, c := range []*Conn{a, b, c, e, x, y, z, f, f} {
		c.Close()
	}
	books(0, 0, 0)
	if len(d.known) != 0 {
		t.Errorf("parties without connections are kept: %v", d.known)
	}
}

// When all connections are those of parties, a newcomer waits outside.
func TestDoorFull(t *testing.T) {
	d := New(nil, Limits{Connections: 1, Strangers: 2, PerOwner: 2}, Proxies{})
	a, b := net.Pipe()
	c := &Conn{Conn: a, door: d}
	d.enter(c)
	c.Begin(albia)
	next := &Conn{Conn: b, door: d}
	if v := d.enter(next); v != next {
		t.Errorf("the victim is %v, want the newcomer", v)
	}
}
