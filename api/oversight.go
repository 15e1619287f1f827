package api

import (
	"context"
	"io"
	"net/http"
	"time"

	"entente"
	"entente/casework"
	"entente/prove"
)

// Refusal is a signed word that an envelope was not accepted, and why.
type Refusal struct {
	Agreement entente.AgreementID `json:"agreement,omitzero"`
	From      entente.PartyID     `json:"from,omitzero" doc:"Who sent the envelope."`
	To        entente.PartyID     `json:"to,omitzero" doc:"Who refused it."`
	Message   entente.MessageID   `json:"message,omitzero" doc:"Absent where the envelope could not be read."`
	Envelope  entente.Digest      `json:"envelope"`
	Reason    entente.Reason      `json:"reason"`
	Words     string              `json:"words" doc:"The reason in a sentence." example:"The agreement's scope does not let it pass."`
	Final     bool                `json:"final" doc:"Whether it is refused for good; else it is offered again."`
	Field     string              `json:"field,omitzero" doc:"The field or clause; never content." example:"scope.tip"`
	Expected  int64               `json:"expected" doc:"The size of the channel's ledger at the recipient." example:"41"`
	At        time.Time           `json:"at" doc:"When it was refused."`
	Text      string              `json:"text" doc:"The signed text, byte for byte (C2SP signed-note)."`
}

func refusalOf(r entente.Refusal) Refusal {
	return Refusal{
		Agreement: r.Channel.Agreement, From: r.Channel.From, To: r.Channel.To, Message: r.Message, Envelope: r.Envelope,
		Reason: r.Reason, Words: r.Words(), Final: r.Final, Field: r.Field, Expected: r.Expected, At: r.At, Text: string(r.Text),
	}
}

// AccessEntry is one entry of the access log, with its place.
type AccessEntry struct {
	Seq       int64             `json:"seq" doc:"Its place in the log, from 0." example:"1007"`
	Digest    entente.Digest    `json:"digest" doc:"SHA-256 of the entry: the record of the log's ledger."`
	At        time.Time         `json:"at" doc:"When."`
	Officer   entente.OfficerID `json:"officer" doc:"Who."`
	Role      entente.Role      `json:"role" doc:"As what."`
	Operation entente.Operation `json:"operation" doc:"What he asked for."`
	Object    string            `json:"object,omitzero" doc:"Of what." example:"message 0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7"`
	Purpose   string            `json:"purpose,omitzero" doc:"Why." example:"handling"`
	Denied    bool              `json:"denied,omitzero" doc:"Whether it was refused."`
}

func accessOf(e entente.AccessEntry) AccessEntry {
	a := e.Access
	return AccessEntry{e.Seq, entente.DigestOf(e.Entry), a.At, a.Officer, a.Role, a.Operation, a.Object, a.Purpose, a.Denied}
}

// Look is what one officer had to do with a thing for one purpose.
type Look struct {
	Officer   entente.OfficerID `json:"officer" doc:"Who."`
	Role      entente.Role      `json:"role" doc:"As what."`
	Operation entente.Operation `json:"operation" doc:"What he asked for."`
	Purpose   string            `json:"purpose,omitzero" doc:"Why; absent: he stated none." example:"file 11/4"`
	Denied    bool              `json:"denied,omitzero" doc:"Whether it was refused."`
	Times     int               `json:"times" doc:"How often, of late." example:"3"`
	Last      time.Time         `json:"last" doc:"When last."`
}

func lookOf(l casework.Look) Look { return Look(l) }

// LedgerCheck is what one ledger proved of itself.
type LedgerCheck struct {
	Origin string `json:"origin" doc:"The name of the ledger." example:"entente/north-star/borea-sls/albia-ncc"`
	Size   int64  `json:"size" doc:"How many records it has." example:"42"`
	Holds  bool   `json:"holds" doc:"Whether everything agrees."`
	Says   string `json:"says" doc:"A sentence." example:"42 records give exactly the checkpoint that borea-sls signed."`
}

// AccessQuery selects entries of the access log.
type AccessQuery struct {
	Object string `query:"object" maxLength:"200" doc:"Only entries about this, as they name it: message, case, watch, task, draft and its id, holding and list/number, or another object of an entry; a file of a message counts as the message. Absent: all." example:"case 0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7"`
	Before int64  `query:"before" minimum:"0" doc:"Only entries before this place; absent: from the end." example:"1000"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500" doc:"The most entries; absent: 100." example:"50"`
}

func (s *server) oversight() {
	const tag = "Oversight"
	answer(s, route{
		id: "readAccessLog", method: http.MethodGet, path: "/access", op: entente.OpReadAccessLog, tag: tag,
		summary: "Read who looked at or did what, newest first", about: "All of it, or what is about one thing. That it was read is on record as well.",
	}, func(ctx context.Context, by entente.Officer, in *AccessQuery) ([]AccessEntry, error) {
		if in.Limit == 0 {
			in.Limit = 100
		}
		all, err := s.cfg.Desk.AccessLog(ctx, by, in.Object, in.Before, in.Limit)
		return each(all, accessOf), err
	})
	answer(s, route{
		id: "verifyLedgers", method: http.MethodPost, path: "/verification", op: entente.OpVerify, tag: tag,
		again:   "It only reads, and each reading is on record.",
		summary: "Recompute every ledger from its records", about: "Each is compared with its checkpoint and with what the partner receipted; the access log, too.",
	}, func(ctx context.Context, by entente.Officer, _ *struct{}) ([]LedgerCheck, error) {
		all, err := s.cfg.Desk.Verify(ctx, by)
		return each(all, func(c casework.Check) LedgerCheck { return LedgerCheck(c) }), err
	})
	answer(s, route{
		id: "listRefusals", method: http.MethodGet, path: "/refusals", op: entente.OpReadAccessLog, tag: tag,
		summary: "List what we refused, newest first",
	}, func(ctx context.Context, by entente.Officer, _ *struct{}) ([]Refusal, error) {
		all, err := s.cfg.Desk.Refusals(ctx, by)
		return each(all, refusalOf), err
	})
	download(s, route{
		id: "exportEvidence", method: http.MethodGet, path: "/messages/{message}/evidence", op: entente.OpExportEvidence, tag: tag,
		summary: "Export what anyone can verify offline", about: "evidence.zip: who signed what, receipt or refusal, parts of the message, descriptors, agreement, checkpoints. Check it with: entente verify evidence.zip",
	}, "application/zip", func(ctx context.Context, by entente.Officer, in *struct {
		MessagePath
		Show prove.Extent `query:"show" doc:"How much of the message the file opens; absent: all but the keys of attached files." example:"tear-line"`
	}, begin func(name string, size int64), w io.Writer,
	) error {
		begin("evidence-"+string(in.Message)+".zip", 0)
		return s.cfg.Desk.Evidence(ctx, by, in.Message, in.Show, w)
	})
}
