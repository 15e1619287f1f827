// Package wire carries deliveries, settlements and files from node to node. It
// knows who is at the other end and how much he may ask; what the bytes mean is
// for outbox and inbox to say, which it reaches through the roles below.
//
// Two nodes meet over HTTP/2 on TLS 1.3, each with a certificate of its own: a
// leaf that lives for days, under the root that its party's descriptor pins.
// Neither trusts any other authority. Both ask for the current descriptor when
// the connection is made, and the server asks again with every request, so that
// a party that was dropped is out at once. There is no session resumption: a
// ticket would stand in for a leaf that has long expired.
//
//	POST /v1/deliver         envelopes → receipts and refusals                inbox
//	POST /v1/collect         what waits for a party that only dials out       outbox
//	POST /v1/settle          its receipts and refusals for what it collected  outbox
//	POST /v1/compare         heads of ledgers → ours of the same              inbox
//	POST /v1/records         records of a ledger that the other has lost      inbox
//	HEAD /v1/files/{digest}  how much of an encrypted file is here
//	GET  /v1/files/{digest}  the file, from an offset (Range: bytes=N-)
//	PUT  /v1/files/{digest}  the file, from an offset (Entente-Offset, Entente-Size)
//	GET  /v1/hello           protocol, party, edition of its descriptor, time
//
// Bodies are raw, with a media type that names their sort and version, or, where
// they are small, canonical JSON (package parse). Errors are problem details (RFC
// 9457) that tell a kind, a field and a reason code and nothing else. Every answer
// carries the server's clock in Entente-Time.
//
//	leaf.go     the node's own certificate
//	peer.go     whose certificate the other end shows
//	bodies.go   what is asked and answered; coder.go reads and writes it, words.go what is JSON
//	problem.go  kinds of errors ↔ statuses
//	door.go     connections: how many, and whose go first
//	meter.go    requests, bytes and concurrency of each party
//	server.go   the serving end: link.go (whose request), exchange.go, filesrv.go
//	client.go   the calling end: call.go, fileclt.go, watch.go, answer.go, broken.go
package wire

import (
	"context"
	"crypto"
	"crypto/x509"
	"io"

	"entente"
)

// Protocol names the version that both ends speak.
const Protocol = "entente/1"

// Identity is what a node needs to prove whose it is.
type Identity struct {
	Party entente.PartyID
	Key   crypto.Signer     // of Root; signs the node's leaves and nothing else
	Root  *x509.Certificate // as pinned in the party's descriptor
}

// Receiver takes what a partner sends. Package inbox is one.
type Receiver interface {
	// Accept files deliveries in their order and gives a settlement for each that
	// it came to. from is the party at the other end of the connection.
	Accept(ctx context.Context, from entente.PartyID, ds []entente.Delivery) ([]entente.Settlement, error)
	// Compare takes the heads that a partner has of our common ledgers and gives ours.
	Compare(ctx context.Context, from entente.PartyID, heads []entente.LedgerHead) ([]entente.LedgerHead, error)
	// Records gives at most n records of a common ledger, from place first on.
	Records(ctx context.Context, from entente.PartyID, origin string, first int64, n int) ([]entente.Digest, error)
}

// Mailbox keeps what waits for a party that only dials out. Package outbox is one.
type Mailbox interface {
	// Collect gives at most max deliveries that wait for the party. They wait on until they are settled.
	Collect(ctx context.Context, by entente.PartyID, max int) ([]entente.Delivery, error)
	// Settle takes the party's receipts and refusals.
	Settle(ctx context.Context, from entente.PartyID, ss []entente.Settlement) error
}

// Files holds encrypted files, each as far as it has come. A file that the
// party may not know of is NotFound.
type Files interface {
	// Held tells how many bytes are here and how many the whole has (0: not known).
	Held(ctx context.Context, party entente.PartyID, file entente.Digest) (held, size int64, err error)
	// Add appends what r gives at offset and tells how much is here then. Where
	// offset is not what is here, it is a Conflict. When r fails, what came before stays.
	Add(ctx context.Context, party entente.PartyID, file entente.Digest, offset int64, r io.Reader) (held int64, err error)
	// Open gives the bytes from offset to the end. A reader that can be closed, is.
	Open(ctx context.Context, party entente.PartyID, file entente.Digest, offset int64) (io.Reader, error)
}

// Parties gives the current descriptor of a party, or NotFound.
type Parties interface {
	Party(ctx context.Context, id entente.PartyID) (entente.Party, error)
}
