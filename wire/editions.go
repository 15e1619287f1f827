package wire

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net/http"
	"strconv"
	"time"

	"entente"
	"entente/parse"
	"entente/seal"
	"entente/succession"
)

// The door for descriptors: GET and POST /v1/editions. A partner that knows only our
// former TLS root, or whose new root we do not know, cannot prove the connection. It
// may still ask for descriptors and end notes, and bring its own: what travels there
// proves itself. Nothing else passes on such a connection, which closes after it.

// maxEditions bounds a body of the door in bytes.
const maxEditions = succession.MaxBundle

const editionsPath = "/v1/editions"

// Editions gives a party our descriptors and end notes, after taking in those that
// it brought. Package inbox is one.
type Editions interface {
	Editions(ctx context.Context, from entente.PartyID, theirs succession.Bundle) (succession.Bundle, error)
}

// editions is the body of the door.
type editions struct {
	Editions []string `json:"editions,omitzero"` // signed descriptors, oldest first
	Ends     []string `json:"ends,omitzero"`     // signed end notes, by number
}

func (editions) media() string { return typeJSON }

func (e editions) check() error {
	for _, l := range []struct {
		field     string
		notes     []string
		most, max int
	}{
		{"editions", e.Editions, succession.MaxEditions, parse.MaxDescriptor + 1<<10},
		{"ends", e.Ends, succession.MaxEnds, seal.MaxEndNote},
	} {
		if len(l.notes) > l.most {
			return bad(l.field, "there are more than "+strconv.Itoa(l.most), entente.ReasonTooLarge)
		}
		for _, n := range l.notes {
			if n == "" || len(n) > l.max {
				return bad(l.field, "one is empty or too long", entente.ReasonTooLarge)
			}
		}
	}
	return nil
}

func toEditions(b succession.Bundle) (e editions) {
	for _, n := range b.Editions {
		e.Editions = append(e.Editions, string(n))
	}
	for _, n := range b.Ends {
		e.Ends = append(e.Ends, string(n))
	}
	return e
}

func (e editions) bundle() (b succession.Bundle) {
	for _, n := range e.Editions {
		b.Editions = append(b.Editions, []byte(n))
	}
	for _, n := range e.Ends {
		b.Ends = append(b.Ends, []byte(n))
	}
	return b
}

// named reports which known party a certificate names, whether or not it proves it.
func (v verifier) named(ctx context.Context, cs tls.ConnectionState) (entente.PartyID, error) {
	if cs.Version != tls.VersionTLS13 || cs.NegotiatedProtocol != "h2" || len(cs.PeerCertificates) == 0 {
		return "", unverified("the other end shows no certificate", nil)
	}
	id, err := partyOf(cs.PeerCertificates[0])
	if err != nil {
		return "", err
	}
	if _, err := v.parties.Party(ctx, id); err != nil {
		return "", noDescriptor(id, err)
	}
	return id, nil
}

// doorOnly lets a connection be made that names a known party and does not prove it.
func (v verifier) doorOnly(cs tls.ConnectionState) error {
	ctx, cancel := context.WithTimeout(context.Background(), v.wait)
	defer cancel()
	_, err := v.named(ctx, cs)
	return err
}

// serveEditions answers at the door. doors bounds how many at once do not prove who
// they are.
func (s *Server) serveEditions(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Connection", "close")
	from, err := s.verify.named(r.Context(), *r.TLS)
	if err != nil {
		return denied(err)
	}
	select {
	case s.doors <- struct{}{}:
		defer func() { <-s.doors }()
	default:
		return busy(w, time.Second)
	}
	return s.editions(w, r, from)
}

// proven is the same on a connection that proves who asks.
func (s *Server) proven(w http.ResponseWriter, r *request) error {
	return s.editions(w, r.Request, r.from)
}

// editions takes in what a party brings, if anything, and answers with ours.
func (s *Server) editions(w http.ResponseWriter, r *http.Request, from entente.PartyID) error {
	keeper, ok := s.receiver.(Editions)
	if !ok {
		return &entente.Error{Kind: entente.NotFound, Detail: "there is no such address in the protocol"}
	}
	var theirs succession.Bundle
	if r.Method == http.MethodPost {
		b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxEditions))
		if err != nil {
			return bad("", "the body is too large, or did not come whole", entente.ReasonTooLarge)
		}
		q, err := readBody[editions](b)
		if err != nil {
			return err
		}
		theirs = q.bundle()
	}
	ours, err := keeper.Editions(r.Context(), from, theirs)
	if err != nil {
		return err
	}
	b, err := writeBody(toEditions(ours))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", typeJSON)
	w.Header().Set(HeaderTime, parse.FormatTime(s.opts.Now()))
	_, err = w.Write(b)
	return err
}

// Editions brings a partner our descriptors and end notes and gives its own, on a
// connection that neither end has to prove.
func (c *Client) Editions(ctx context.Context, to entente.Party, ours succession.Bundle) (succession.Bundle, error) {
	ctx, cancel := context.WithTimeout(ctx, c.opts.Timeouts.Call)
	defer cancel()
	b, err := writeBody(toEditions(ours))
	if err != nil {
		return succession.Bundle{}, err
	}
	_, r, err := c.request(ctx, to, http.MethodPost, editionsPath)
	if err != nil {
		return succession.Bundle{}, err
	}
	t := c.transport(to.ID)
	t.TLSClientConfig = c.verify.config(c.leaves)
	t.TLSClientConfig.InsecureSkipVerify = true // what travels proves itself; VerifyConnection asks for the name alone
	t.TLSClientConfig.VerifyConnection = func(cs tls.ConnectionState) error {
		id, err := c.verify.named(ctx, cs)
		if err == nil && id != to.ID {
			err = unverified("the node at the address of "+string(to.ID)+" is not its own but that of "+string(id), nil)
		}
		return err
	}
	defer t.CloseIdleConnections()
	r.Header.Set("Content-Type", typeJSON)
	r.ContentLength = int64(len(b))
	r.Body = io.NopCloser(bytes.NewReader(b))
	a, err := answerOf[editions](c, &line{to: to.ID, transport: t}, r, to.ID)
	return a.bundle(), err
}
