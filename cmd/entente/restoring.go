package main

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"entente"
	"entente/outbox"
	"entente/seal"
)

type restoreShow struct{}

// restoring is what a restore still waits for.
type restoring struct {
	Waits []waitsFor       `json:"waits"`
	Found []foundElsewhere `json:"found"`
}

type waitsFor struct {
	Partner entente.PartyID `json:"partner"`
	For     outbox.Waiting  `json:"for"`
	Why     string          `json:"why"`
}

// foundElsewhere is what a partner holds of a ledger of ours that is not here.
type foundElsewhere struct {
	Ledger  string            `json:"ledger"`
	Partner entente.PartyID   `json:"partner"`
	First   int64             `json:"first"`
	Records []entente.Digest  `json:"records,omitzero"`
	Size    int64             `json:"size"`
	Alarm   bool              `json:"alarm,omitzero"`
	Ended   bool              `json:"ended,omitzero"`
	Said    outbox.Said       `json:"said,omitzero"`
	By      entente.OfficerID `json:"by,omitzero"`
}

// Run prints what is known of each record: its place and the digest under which the
// partner's people find the message. What the record says was lost here.
func (restoreShow) Run(e *env) error {
	return e.with(func(l *local) error {
		var r restoring
		err := l.store.View(e.ctx, func(tx entente.Tx) (err error) {
			r, err = readRestoring(tx)
			return err
		})
		if err != nil {
			return err
		}
		return e.print(r, r.write)
	})
}

func readRestoring(tx entente.Tx) (out restoring, err error) {
	r, err := outbox.Restoring(tx)
	if err != nil {
		return out, err
	}
	if r != nil {
		for _, p := range slices.Sorted(maps.Keys(r.Waits)) {
			line, err := tx.Line(p)
			if err != nil {
				return out, err
			}
			out.Waits = append(out.Waits, waitsFor{p, r.Waits[p], line.Blocked})
		}
	}
	all, err := outbox.AllFound(tx)
	for _, f := range all {
		out.Found = append(out.Found, foundElsewhere{f.Origin, f.Partner, f.First, f.Records, f.Size, f.Alarm, f.Ended, f.Said, f.By})
	}
	return out, err
}

func (r restoring) write(w io.Writer) {
	if len(r.Waits)+len(r.Found) == 0 {
		fmt.Fprintln(w, "No restore is under way, and no partner has shown records of ours that are not here.")
	}
	for _, x := range r.Waits {
		fmt.Fprintf(w, "%s: NOTHING IS SENT. %s\n", x.Partner, oneLine(x.Why))
	}
	for _, f := range r.Found {
		f.write(w)
	}
}

func (f foundElsewhere) write(w io.Writer) {
	switch {
	case f.Ended:
		fmt.Fprintf(w, "\n%s shows %d records of %s, signed with keys of ours that have ended.\nThey count for nothing. Somebody else has those keys.\n", f.Partner, f.Size, f.Ledger)
		return
	case f.Alarm:
		fmt.Fprintf(w, "\nALARM: %s shows %d records of %s, signed with our key. Here there are %d, and nothing was restored.\n", f.Partner, f.Size, f.Ledger, f.First)
	default:
		fmt.Fprintf(w, "\n%s holds %d records of %s that are not here:\n", f.Partner, f.Size-f.First, f.Ledger)
	}
	for n, d := range f.Records {
		fmt.Fprintf(w, "  place %d  envelope %s\n", f.First+int64(n), d)
	}
	if f.Said != "" {
		fmt.Fprintf(w, "%s says: %s.\n", f.By, f.Said)
		return
	}
	fmt.Fprintf(w, "Ask the people of %s by telephone which messages these are. Then:\n  entente restore decide %s ours|not-ours --by OFFICER\n", f.Partner, f.Ledger)
}

type restoreDecide struct {
	Ledger string            `arg:"" help:"Name of the ledger, as restore show prints it."`
	Said   string            `arg:"" enum:"ours,not-ours" help:"ours: we wrote the records and lost them. not-ours: somebody else has our keys."`
	By     entente.OfficerID `required:"" help:"Your officer id: who asked the people of the partner."`
}

func (c restoreDecide) Run(e *env) error {
	said := map[string]outbox.Said{"ours": outbox.SaidOurs, "not-ours": outbox.SaidNotOurs}[c.Said]
	return e.with(func(l *local) error {
		by, err := l.officer(e, string(c.By))
		if err != nil {
			return err
		}
		if err := l.node.Outbox.Decide(e.ctx, machine, by, c.Ledger, said); err != nil {
			return err
		}
		return e.print(map[string]string{"ledger": c.Ledger, "said": c.Said, "by": string(c.By)}, func(w io.Writer) {
			fmt.Fprintf(w, "Recorded: %s says %s. See  entente restore show  for what is left to do.\n", c.By, said)
		})
	})
}

// mayIdentify checks that the identity key here is that of our newest edition: no
// other can sign the next one.
func (l *local) mayIdentify(e *env, all seal.Keys) error {
	return l.store.View(e.ctx, func(tx entente.Tx) error {
		newest, err := tx.Party(l.keys.Party)
		if err != nil || newest.Party.Keys.Identity.Equal(all.Public().Identity) {
			return err
		}
		return &entente.Error{
			Kind: entente.Conflict, Detail: fmt.Sprintf("the identity key here is not the one of edition %d of our descriptor", newest.Party.Edition),
			Hint: fmt.Sprintf("put keys/identity.age of edition %d back; if it is lost, use the successor's key with --successor", newest.Party.Edition),
		}
	})
}

// restored prepares the new edition that ends a restore. Where the keys of the newest
// edition are not here, nobody consents: the partners' people accept it. It returns
// the highest number of an edition that the anchor remembers.
func (c partyRotate) restored(e *env, l *local, s *outbox.Succession) (signed int, err error) {
	if s.Restored = c.Restored; !c.Restored {
		return 0, nil
	}
	for _, p := range c.Without {
		s.Without = append(s.Without, entente.PartyID(p))
	}
	err = l.store.View(e.ctx, func(tx entente.Tx) error {
		r, err := outbox.Restoring(tx)
		if err != nil {
			return err
		}
		if r != nil && r.Anchor != nil {
			signed = r.Anchor.Number
		}
		newest, err := tx.Party(l.keys.Party)
		if err != nil {
			return err
		}
		owner, err := entente.OwnerOf(tx)
		s.Consent = s.Consent && owner.Number == newest.Party.Edition && signed <= owner.Number
		return err
	})
	return signed, err
}
