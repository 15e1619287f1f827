package prove

import (
	"errors"
	"fmt"
	"strings"

	"entente"
	"entente/ledger"
	"entente/parse"
)

// Finding is what an audit says of one thing that this node keeps: a ledger, or
// the messages together, or one message that does not hold.
type Finding struct {
	Thing string // an origin, or "messages", or "message 0196…"
	Size  int64  // records, or messages
	Holds bool
	Says  string // a sentence or two
}

// mostFaults bounds how many messages or entries an audit lists one by one.
const mostFaults = 200

// Audit holds all that a node keeps of what was signed against the signatures:
// every ledger from its first record, the access log entry by entry, and of every
// message its statement, envelope, receipt and place. It goes on after what does
// not hold. An error is for an audit that could not be made.
func Audit(tx entente.Tx, self entente.PartyID, restored bool) ([]Finding, error) {
	a := audit{tx: tx, self: self, restored: restored, seen: map[string]map[int64]bool{}}
	if err := a.messages(); err != nil {
		return nil, err
	}
	about := a.found
	a.found = nil
	heads, err := tx.Heads()
	if err != nil && !errors.Is(err, entente.Damaged) {
		return nil, err
	}
	if err != nil {
		a.fault("ledgers", err)
	}
	for _, h := range heads {
		if err := a.ledger(h); err != nil {
			return nil, err
		}
	}
	return append(a.found, about...), nil
}

type audit struct {
	tx       entente.Tx
	self     entente.PartyID
	restored bool // some of what the ledgers have may be lost
	signed   signatures
	seen     map[string]map[int64]bool // places of the ledgers that have a message, by origin
	found    []Finding
	faults   int
}

// broken reports whether err is a finding, and not a failure of the audit.
func broken(err error) bool {
	return errors.Is(err, entente.Damaged) || errors.Is(err, entente.Unverified) || errors.Is(err, entente.Invalid)
}

func (a *audit) fault(thing string, err error) {
	a.faults++
	if a.faults <= mostFaults {
		a.found = append(a.found, Finding{Thing: thing, Says: "It does not hold: " + why(err) + "."})
	}
}

// why says what is wrong; of a damaged record the cause tells more than the
// sentence that every reader gets.
func why(err error) string {
	e, ok := errors.AsType[*entente.Error](err)
	if ok && e.Kind == entente.Damaged && e.Cause != nil {
		return e.Field + ": " + e.Cause.Error()
	}
	return err.Error()
}

// messages checks one after the other, newest first.
func (a *audit) messages() error {
	var n int64
	for before := entente.MessageID(""); ; {
		names, err := a.tx.MessageNames(before, 1000)
		if err != nil || len(names) == 0 {
			return a.counted(n, err)
		}
		for _, name := range names {
			err := a.message(name)
			switch {
			case broken(err):
				a.fault("message "+string(name), err)
			case err != nil:
				return err
			}
			n++
		}
		before = names[len(names)-1]
	}
}

func (a *audit) counted(n int64, err error) error {
	if err != nil {
		return err
	}
	sum := Finding{Thing: "messages", Size: n, Holds: a.faults == 0, Says: "Statement, envelope, receipt and place of each are those that were signed."}
	if a.faults > 0 {
		sum.Says = fmt.Sprintf("%s of %s do not hold. None of them is shown to anybody. Restore a backup, and ask the partners for what came after it.", count(a.faults, "message", "messages"), count(int(n), "message", "messages"))
	}
	if a.faults > mostFaults {
		sum.Says += fmt.Sprintf(" The first %d are listed.", mostFaults)
	}
	a.found = append([]Finding{sum}, a.found...)
	return nil
}

func (a *audit) message(name entente.MessageID) error {
	f, err := a.tx.Message(name)
	if err != nil {
		return err
	}
	if err := a.signed.statement(a.tx, f); err != nil {
		return err
	}
	if len(f.Envelope) == 0 {
		return unsound(f, errors.New("its envelope is missing"))
	}
	if err := checkFiled(a.tx, f); err != nil {
		return err
	}
	h := f.Message.Header
	origin := h.Channel().Origin()
	if a.seen[origin] == nil {
		a.seen[origin] = map[int64]bool{}
	}
	a.seen[origin][h.Seq] = true
	return a.answers(f)
}

// answers checks the envelope's signature, and the receipt. What came in has one.
func (a *audit) answers(f entente.Filed) error {
	h := f.Message.Header
	sender, err := a.chain(h.From)
	if err != nil {
		return err
	}
	recipient, err := a.chain(h.To)
	if err != nil {
		return err
	}
	header, err := parse.EncodeHeader(h)
	if err != nil {
		return unsound(f, err)
	}
	c := checker{e: Evidence{Header: header, Sealed: f.Sealed, Signature: f.Signature}, header: h, digest: f.Digest, sender: sender, recipient: recipient, heads: map[int64]ledger.Checkpoint{}}
	if err := c.checkEnvelope(); err != nil {
		return err
	}
	r, err := a.tx.Receipt(f.Name)
	if errors.Is(err, entente.NotFound) {
		if f.Direction == entente.Incoming {
			return entente.DamagedRecord("receipt", string(f.Name), errors.New("our receipt is missing"))
		}
		return nil
	}
	if err != nil {
		return err
	}
	c.e.Receipt = r.Text
	return c.checkReceipt()
}

// chain gives every edition of a party that is here.
func (a *audit) chain(id entente.PartyID) (chain, error) {
	editions, err := a.tx.PartyEditions(id)
	var all chain
	for _, e := range editions {
		all = append(all, e.Party)
	}
	if err == nil && len(all) == 0 {
		err = entente.DamagedRecord("party", string(id), errors.New("no edition of it is here"))
	}
	return all, err
}

// ledger recomputes one ledger, and looks whether each of its places has what
// belongs there.
func (a *audit) ledger(h entente.LedgerHead) error {
	f := Finding{Thing: h.Origin, Size: h.Size}
	owner := a.self
	parts := strings.Split(h.Origin, "/")
	if len(parts) == 4 {
		owner = entente.PartyID(parts[2])
	}
	_, err := ledger.Recompute(a.tx, h.Origin)
	if err == nil {
		err = a.headSigned(h, owner)
	}
	if err == nil && h.Origin == entente.AccessOrigin {
		err = a.entries(h.Size)
	}
	switch {
	case broken(err):
		f.Says = "It does not hold: " + why(err) + ". Keep a copy of the data and compare with the partner's ledger."
	case err != nil:
		return err
	default:
		f.Holds, f.Says = true, fmt.Sprintf("%s exactly the checkpoint that %s signed.", count(int(h.Size), "record gives", "records give"), owner)
		if h.Size == 0 {
			f.Says = "Nothing has been written to it yet."
		}
		if err := a.contradicted(&f, owner); err != nil {
			return err
		}
		if len(parts) == 4 {
			if err := a.places(&f); err != nil {
				return err
			}
		}
	}
	a.found = append(a.found, f)
	return nil
}

func (a *audit) contradicted(f *Finding, owner entente.PartyID) error {
	_, err := a.tx.Setting(entente.SecondEnvelope(f.Thing))
	if err == nil {
		f.Says += fmt.Sprintf(" %s signed two envelopes under one id; the second was refused and is kept as evidence.", owner)
	} else if !errors.Is(err, entente.NotFound) {
		return err
	}
	_, err = a.tx.Setting(entente.SplitView(f.Thing))
	if errors.Is(err, entente.NotFound) {
		return nil
	}
	if err == nil {
		f.Holds, f.Says = false, fmt.Sprintf("Our copy holds, but %s has shown a checkpoint that contradicts it. Both are kept as evidence.", owner)
	}
	return err
}

// headSigned holds the head's checkpoint against the keys of its owner, of any edition.
func (a *audit) headSigned(h entente.LedgerHead, owner entente.PartyID) error {
	if h.Size == 0 {
		return nil
	}
	editions, err := a.chain(owner)
	if err != nil {
		return err
	}
	_, err = editions.find(func(p entente.Party) error {
		_, err := ledger.OpenCheckpoint(h.Checkpoint, h.Origin, p)
		return err
	})
	return err
}

// places looks for records that have neither a message nor a refusal here. Only
// a restore from a backup explains that: what came after the backup is lost, and
// its records came back from the partner.
func (a *audit) places(f *Finding) error {
	gaps, err := a.gaps(f.Thing)
	if err != nil {
		return err
	}
	var missing []int64
	for at := int64(0); at < f.Size; {
		records, err := a.tx.Records(f.Thing, at, 1000)
		if err != nil || len(records) == 0 {
			return err
		}
		for i, r := range records {
			if a.seen[f.Thing][at+int64(i)] || gaps[at+int64(i)] {
				continue
			}
			_, err := a.tx.Refusal(r)
			switch {
			case errors.Is(err, entente.NotFound):
				missing = append(missing, at+int64(i))
			case broken(err):
				a.fault("refusal of "+r.Short(), err)
			case err != nil:
				return err
			}
		}
		at += int64(len(records))
	}
	if len(missing) == 0 {
		return nil
	}
	f.Says += fmt.Sprintf(" %s have neither a message nor a refusal here that holds; the first is place %d.", count(len(missing), "place", "places"), missing[0])
	if a.restored {
		f.Says += " This node was restored from a backup: what came after it is lost here, and the partner has it."
		return nil
	}
	f.Holds = false
	f.Says += " Unless an earlier version let the sender fill them without an envelope, they were taken out of the database. The partner has them."
	return nil
}

// gaps gives the places for which no message has to be here.
func (a *audit) gaps(origin string) (map[int64]bool, error) {
	list, err := a.tx.Gaps(origin, 0, 0)
	all := make(map[int64]bool, len(list))
	for _, g := range list {
		all[g.Seq] = true
	}
	return all, err
}

// entries holds each entry of the access log against its leaf, and lists those
// that were changed.
func (a *audit) entries(size int64) error {
	bad, first := 0, error(nil)
	note := func(err error) {
		bad++
		if first == nil {
			first = err
		}
	}
	for before := size; before > 0; {
		page, err := a.tx.AccessLog(before, 500)
		from := max(0, before-500)
		if err != nil && !errors.Is(err, entente.Damaged) {
			return err
		}
		records, err := a.tx.Records(entente.AccessOrigin, from, int(before-from))
		if err != nil {
			return err
		}
		for n, seq := 0, before-1; seq >= from; n, seq = n+1, seq-1 {
			e, err := entryAt(a.tx, page, n, seq)
			if err != nil && !errors.Is(err, entente.Damaged) {
				return err
			}
			if err != nil || int(seq-from) >= len(records) || records[seq-from] != entente.DigestOf(e.Entry) {
				note(&entente.Error{Kind: entente.Unverified, Detail: fmt.Sprintf("entry %d of the access log was changed or taken out", seq)})
			}
		}
		before = from
	}
	if bad > 1 {
		return &entente.Error{Kind: entente.Unverified, Detail: fmt.Sprintf("%s, and %s before it", first, count(bad-1, "other", "others"))}
	}
	return first
}

// entryAt gives an entry from a page, or by itself where the page cannot be read.
func entryAt(tx entente.AccessStore, page []entente.AccessEntry, n int, seq int64) (entente.AccessEntry, error) {
	if n < len(page) && page[n].Seq == seq {
		return page[n], nil
	}
	one, err := tx.AccessLog(seq+1, 1)
	if err == nil && (len(one) == 0 || one[0].Seq != seq) {
		err = entente.DamagedRecord("access", fmt.Sprint(seq), errors.New("it is missing"))
	}
	if err != nil {
		return entente.AccessEntry{}, err
	}
	return one[0], nil
}
