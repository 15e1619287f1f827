package outbox

import (
	"bytes"
	"cmp"

	"entente"
	"entente/ledger"
	"entente/seal"
)

// shown is a head that a partner shows of a ledger, signed by the ledger's owner: a
// checkpoint, or an end note.
type shown struct {
	ledger.Checkpoint
	counts bool // the signature counts for this place
}

// openHead reads a head that a partner shows and says whether the signature of its
// owner counts there. Unverified: no edition that is here signed it.
func (o *Outbox) openHead(tx entente.Tx, head entente.LedgerHead) (shown, error) {
	ch, ok := channelOf(head.Origin)
	if !ok {
		return shown{}, &entente.Error{Kind: entente.Invalid, Field: "heads", Detail: "no ledger has this name"}
	}
	if head.Size == 0 && len(head.Checkpoint) == 0 { // an empty ledger has no checkpoint
		return shown{ledger.Checkpoint{Origin: head.Origin, Root: entente.DigestOf(nil)}, true}, nil
	}
	known, err := ledger.KnownOf(tx, ch)
	if err != nil {
		return shown{}, err
	}
	editions := make([]entente.Party, len(known.Parties))
	for i, r := range known.Parties {
		editions[i] = r.Party
	}
	var first error
	out := shown{}
	for n := len(editions); n > 0; n-- {
		c, err := openBy(head, editions[:n])
		if err != nil {
			first = cmp.Or(first, err)
			continue
		}
		v := ledger.Counts(known.Succession, ledger.OfCheckpoint, known.Editions[n-1].Digest, head.Size-1)
		out.Checkpoint = c
		// Of our own channels an end note is missing only after a restore.
		out.counts = out.counts || v == ledger.VerdictCounts || v == ledger.VerdictMissing && ch.From == o.cfg.Self
	}
	if out.Text == nil {
		return out, cmp.Or(first, error(&entente.Error{Kind: entente.Unverified, Field: "heads", Detail: "there is no descriptor of " + string(ch.From) + " here"}))
	}
	if out.Size != head.Size {
		return out, &entente.Error{Kind: entente.Unverified, Field: "checkpoint.size", Detail: "the checkpoint is of another size than the head that it came with", Reason: entente.ReasonCheckpoint}
	}
	return out, nil
}

// openBy opens a head as the last of these editions signed it.
func openBy(head entente.LedgerHead, editions []entente.Party) (ledger.Checkpoint, error) {
	newest := editions[len(editions)-1]
	if !bytes.HasPrefix(head.Checkpoint, []byte("entente/1 end\n")) {
		return ledger.OpenCheckpoint(head.Checkpoint, head.Origin, newest)
	}
	e, err := seal.OpenEndNote(head.Checkpoint, editions)
	if err == nil && (e.Number != newest.Edition || e.Channel.Origin() != head.Origin) {
		err = &entente.Error{Kind: entente.Unverified, Field: "checkpoint", Detail: "the end note is of another ledger or edition", Reason: entente.ReasonCheckpoint}
	}
	return ledger.Checkpoint{Origin: head.Origin, Size: e.Size, Root: e.Root, Text: head.Checkpoint}, err
}
