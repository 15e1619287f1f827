package api

import (
	"context"
	"net/http"
	"time"

	"entente"
	"entente/casework"
)

// Party is an agency with a node, as its descriptor says.
type Party struct {
	ID       entente.PartyID   `json:"id"`
	Edition  int               `json:"edition" doc:"Of its descriptor; rises by one with every change." example:"1"`
	Name     string            `json:"name" doc:"As the agency writes it." example:"Albia National Coordination Centre"`
	Country  entente.Country   `json:"country"`
	Issued   time.Time         `json:"issued,omitzero" doc:"When the descriptor was made."`
	Endpoint string            `json:"endpoint,omitzero" doc:"Where partners reach its node; absent: it only dials out." example:"https://node.albia.example"`
	Contacts []Contact         `json:"contacts" doc:"How its people are reached."`
	Checked  entente.OfficerID `json:"checked,omitzero" doc:"Who compared the fingerprint with the party's own people; absent: nobody yet."`
}

// Contact is how people of a party are reached.
type Contact struct {
	Role  string `json:"role" doc:"Who answers." example:"duty desk"`
	Phone string `json:"phone,omitzero" doc:"By telephone." example:"+999 1 555 0100"`
	Email string `json:"email,omitzero" doc:"By e-mail." example:"duty@albia.example"`
	Hours string `json:"hours,omitzero" doc:"When." example:"24/7"`
}

func partyOf(r entente.PartyRecord) Party {
	p := r.Party
	return Party{
		ID: p.ID, Edition: p.Edition, Name: p.Name, Country: p.Country, Issued: p.Issued, Endpoint: p.Endpoint,
		Contacts: each(p.Contacts, func(c entente.Contact) Contact { return Contact(c) }), Checked: r.Checked,
	}
}

// Partner is a party with the line to it.
type Partner struct {
	Party
	Fingerprint string `json:"fingerprint" doc:"Of its identity key: two people compare it aloud." example:"7KQ2 M9XV 0RTC A4HD 6WJP 3ZBN 8EFG 5SVT"`
	Self        bool   `json:"self" doc:"Whether it is this party itself."`
	Line        Line   `json:"line" doc:"The connection to it."`
	Descriptor  string `json:"descriptor" doc:"Its descriptor, byte for byte (C2SP signed-note)."`
}

func partnerOf(p casework.Partner) Partner {
	return Partner{partyOf(p.Record), p.Fingerprint, p.Self, lineOf(p.Line), string(p.Record.Note)}
}

func (s *server) partners() {
	answer(s, route{
		id: "listPartners", method: http.MethodGet, path: "/partners", op: entente.OpReadParties, tag: "Agreements and partners",
		summary: "List the parties that this node knows, itself among them",
	}, func(ctx context.Context, by entente.Officer, _ *struct{}) ([]Partner, error) {
		all, err := s.cfg.Desk.Partners(ctx, by)
		return each(all, partnerOf), err
	})
}
