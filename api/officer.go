package api

import (
	"context"
	"net/http"
	"time"

	"entente"
	"entente/casework"
)

// OfficerChange is what an operator says of an officer.
type OfficerChange struct {
	Name     string       `json:"name" maxLength:"200" doc:"The name that colleagues see." example:"Anna Kern"`
	Role     entente.Role `json:"role"`
	Disabled bool         `json:"disabled,omitzero" doc:"Whether the account is closed. A disabled officer is out at once."`
}

// Waiting is what an operator asked for and nobody has confirmed yet.
type Waiting struct {
	Name   string            `json:"name" doc:"The name that he would have." example:"Anna Kern"`
	Role   entente.Role      `json:"role" doc:"The role that he would have."`
	What   []casework.Change `json:"what" doc:"What would happen."`
	By     entente.OfficerID `json:"by" doc:"The operator who asked."`
	Asked  time.Time         `json:"asked" doc:"When he did."`
	Digest entente.Digest    `json:"digest" doc:"Names exactly this: confirmOfficer and refuseOfficer want it back."`
}

// OfficersOf says the officers with what waits about each.
func OfficersOf(p casework.People) []Officer {
	return each(p.Officers, func(o entente.Officer) Officer {
		out := OfficerOf(o)
		if w := p.About(o.ID); len(w.What) > 0 {
			out.Waiting = &Waiting{w.Name, w.Role, w.What, w.By, w.Asked, w.Digest()}
		}
		return out
	})
}

// OfficerSet says what came of a change.
type OfficerSet struct {
	Waits bool `json:"waits" doc:"Whether it waits for a supervisor or an overseer to confirm it." example:"true"`
}

// SeenChange says what a supervisor or an overseer was shown.
type SeenChange struct {
	Digest entente.Digest `json:"digest" doc:"As listOfficers gave it. If the operator has asked for something else since, nothing happens."`
}

// Invitation lets an officer set his first password or passkey, once.
type Invitation struct {
	Code    string    `json:"code" doc:"To be given to the officer in person. It can be read over a telephone; case, spaces and hyphens do not matter." example:"7KQ2-M9XV-0RTC-A4HD-6WJP"`
	Expires time.Time `json:"expires" doc:"When it lapses."`
}

// Status is what an operator may see: no content.
type Status struct {
	Party    entente.PartyID `json:"party" doc:"Whose node this is."`
	Version  string          `json:"version" doc:"Of the program." example:"0.1.0"`
	Started  time.Time       `json:"started" doc:"When the node was started."`
	Now      time.Time       `json:"now" doc:"The node's clock."`
	Lines    []Line          `json:"lines" doc:"The connection to each partner."`
	Waiting  int             `json:"waiting" doc:"How many messages wait for a receipt." example:"2"`
	Dead     int             `json:"dead" doc:"How many were refused for good and not looked at yet." example:"0"`
	Ledgers  []Ledger        `json:"ledgers" doc:"The newest state of each ledger."`
	Warnings []string        `json:"warnings" doc:"What an operator should look at, in sentences." example:"the ledger was compared with borea-sls 3 days ago"`
}

// Ledger is the newest state of one ledger.
type Ledger struct {
	Origin     string `json:"origin" doc:"The name of the ledger." example:"entente/north-star/borea-sls/albia-ncc"`
	Size       int64  `json:"size" doc:"How many records it has." example:"42"`
	Checkpoint string `json:"checkpoint,omitzero" doc:"The signed checkpoint (C2SP tlog-checkpoint)."`
	Cosigned   string `json:"cosigned,omitzero" doc:"The newest receipt on it (C2SP tlog-proof)."`
}

func ledgerOf(h entente.LedgerHead) Ledger {
	return Ledger{h.Origin, h.Size, string(h.Checkpoint), string(h.Cosigned)}
}

func statusOf(st casework.Status) Status {
	return Status{
		Party: st.Party, Version: st.Version, Started: st.Started, Now: st.Now,
		Lines: each(st.Lines, lineOf), Waiting: st.Waiting, Dead: st.Dead,
		Ledgers: each(st.Ledgers, ledgerOf), Warnings: st.Warnings,
	}
}

// OfficerPath names an officer in a path.
type OfficerPath struct {
	Officer entente.OfficerID `path:"officer" doc:"The officer."`
}

func (s *server) officers() {
	const tag = "Officers and the node"
	answer(s, route{
		id: "listOfficers", method: http.MethodGet, path: "/officers", op: entente.OpReadOfficers, tag: tag,
		summary: "List the officers of this party", about: "With what waits to be confirmed.",
	}, func(ctx context.Context, by entente.Officer, _ *struct{}) ([]Officer, error) {
		all, err := s.cfg.Desk.People(ctx, by)
		return OfficersOf(all), err
	})
	answer(s, route{
		id: "setOfficer", method: http.MethodPut, path: "/officers/{officer}", op: entente.OpManageOfficers, tag: tag,
		summary: "Add or change an officer",
		about:   "Nobody changes his own role or disables himself. Disabling acts at once; a new officer, another role and a closed account that is opened again wait for confirmOfficer, once a supervisor or an overseer has set up his sign-in.",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		OfficerPath
		Body OfficerChange
	},
	) (OfficerSet, error) {
		o := entente.Officer{ID: in.Officer, Name: in.Body.Name, Role: in.Body.Role}
		if in.Body.Disabled {
			o.Disabled = s.cfg.Now()
		}
		waits, err := s.cfg.Desk.SetOfficer(ctx, by, o)
		return OfficerSet{waits}, err
	})
	s.confirmation(tag)
	answer(s, route{
		id: "inviteOfficer", method: http.MethodPost, path: "/officers/{officer}/invitation", op: entente.OpManageOfficers, tag: tag, status: http.StatusCreated,
		summary: "Invite an officer to set a password or passkey",
		about:   "Gives a code that works once, and not before confirmOfficer, where there is somebody to ask. An earlier code of the officer is void. Whoever holds the code can become the officer: give it in person.",
	}, func(ctx context.Context, by entente.Officer, in *OfficerPath) (Invitation, error) {
		code, expires, err := s.cfg.Accounts.Invite(ctx, by, in.Officer)
		return Invitation{code, expires}, err
	})
	answer(s, route{
		id: "nodeStatus", method: http.MethodGet, path: "/status", op: entente.OpNodeStatus, tag: tag,
		summary: "Say how the node is", about: "Without any content.",
	}, func(ctx context.Context, by entente.Officer, _ *struct{}) (Status, error) {
		st, err := s.cfg.Desk.Status(ctx, by)
		return statusOf(st), err
	})
}

// confirmation is what the second person does.
func (s *server) confirmation(tag string) {
	type body struct {
		OfficerPath
		Body SeenChange
	}
	act(s, route{
		id: "confirmOfficer", method: http.MethodPost, path: "/officers/{officer}/confirmation", op: entente.OpConfirmOfficers, tag: tag,
		summary: "Confirm what an operator asked for about an officer", about: "Nobody confirms what he asked for, or what is about himself.",
	}, func(ctx context.Context, by entente.Officer, in *body) error {
		return s.cfg.Desk.Confirm(ctx, by, in.Officer, in.Body.Digest)
	})
	act(s, route{
		id: "refuseOfficer", method: http.MethodPost, path: "/officers/{officer}/refusal", op: entente.OpConfirmOfficers, tag: tag,
		summary: "Refuse what an operator asked for about an officer", about: "A new officer stays out, and no invitation of the officer counts any more.",
	}, func(ctx context.Context, by entente.Officer, in *body) error {
		return s.cfg.Desk.Refuse(ctx, by, in.Officer, in.Body.Digest)
	})
}
