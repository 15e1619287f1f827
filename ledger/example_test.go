package ledger_test

import (
	"fmt"
	"strings"

	"entente"
	"entente/ledger"
)

// One message from its place in the sender's ledger to the receipt in the
// sender's hands.
func Example() {
	boreasStore, albiasStore := newMemory(), newMemory()
	ch := entente.Channel{Agreement: "north-star", From: "borea-sls", To: "albia-ncc"}
	envelope := entente.DigestOf([]byte("a sealed message"))

	// Borea appends what it sealed.
	checkpoints, err := ledger.AppendEach(boreasStore, ch.Origin(), []entente.Digest{envelope}, ledger.KeyName(borea.ID), borea.key)
	if err != nil {
		fmt.Println(err)
		return
	}
	// Albia takes it into its mirror, and promises to hold it.
	if err := ledger.Extend(albiasStore, ch, nil, envelope, checkpoints[0], borea.Party); err != nil {
		fmt.Println(err)
		return
	}
	given, err := ledger.SignReceipt(albiasStore, ch, 0, envelope, checkpoints[0], borea.Party, albia.recipient(), entente.ViaWire, noon)
	if err != nil {
		fmt.Println(err)
		return
	}
	// Borea checks the promise; so can anybody else.
	receipt, err := ledger.CheckReceipt(given.Text, ch, 0, envelope, borea.Party, albia.Party)
	if err != nil {
		fmt.Println(err)
		return
	}
	for line := range strings.Lines(string(receipt.Text)) {
		before, _, signed := strings.Cut(line, "/ledger ")
		if signed {
			line = before + "/ledger …\n"
		}
		fmt.Print(line)
	}
	fmt.Printf("\n%s holds it since %s; it came over the %s.", ch.To, receipt.At, receipt.Via)
	// Output:
	// c2sp.org/tlog-proof@v1
	// index 0
	//
	// entente/north-star/borea-sls/albia-ncc
	// 1
	// mmLHH0E+J8BzSo1k/RUHjfrVpsWitTDD8+GpnBwRHH4=
	//
	// — borea-sls/ledger …
	// — albia-ncc/ledger …
	//
	// albia-ncc holds it since 2011-03-04 12:00:00 +0000 UTC; it came over the wire.
}
