package scenario_test

import (
	"net"
	"strings"
	"testing"

	"entente"
)

// Cadia's address takes every connection and says nothing. Borea has its warning
// from Albia meanwhile, as if Cadia were not there; and when Cadia is itself
// again, it gets its own.
func TestSilentPartner(t *testing.T) {
	s := newSiege(t)
	s.cadia.Stop()
	l, err := net.Listen("tcp", strings.TrimPrefix(s.cadia.Party.Endpoint, "https://"))
	s.ok(err)
	held := make(chan []net.Conn)
	go func() {
		var conns []net.Conn
		for {
			c, err := l.Accept()
			if err != nil {
				held <- conns
				return
			}
			conns = append(conns, c)
		}
	}()
	send := func(to entente.PartyID, under entente.AgreementID) entente.MessageID {
		return s.release(s.albia, entente.Draft{To: to, Agreement: under, Statement: entente.Statement{
			Kind: entente.KindTip, Purpose: "terrorism-prevention", Precedence: entente.Routine,
			Tip: &entente.Tip{Category: "accounts", Title: "A warning", Text: "A warning", Provenance: entente.Provenance{Attestation: "lawful"}},
		}})
	}
	first := send(s.cadia.ID, "south-star")
	for range 3 {
		id := send(s.borea.ID, "west-star")
		s.until("Borea has its warning", func() bool { return s.hasReceipt(s.albia, id) })
	}
	if s.hasReceipt(s.albia, first) {
		t.Fatal("Cadia was not silent")
	}

	l.Close()
	for _, c := range <-held {
		c.Close()
	}
	s.ok(s.cadia.Start(s.ctx))
	s.until("Cadia has its warning", func() bool {
		s.ok(s.albia.Node.Outbox.Retry(s.ctx, s.albia.Officer(entente.Operator), s.cadia.ID))
		return s.hasReceipt(s.albia, first)
	})
}
