package inbox

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"entente"
	"entente/ledger"
	"entente/parse"
	"entente/policy"
	"entente/seal"
)

// Accept takes deliveries from the party at the other end of the connection and
// answers each with a receipt or a refusal. All of them are one transaction: an
// error means that none was taken, and the sender tries again.
func (i *Inbox) Accept(ctx context.Context, from entente.PartyID, ds []entente.Delivery) ([]entente.Settlement, error) {
	return i.acceptVia(ctx, from, ds, entente.ViaWire)
}

// acceptVia is Accept for what came one way or the other: the receipts say which.
func (i *Inbox) acceptVia(ctx context.Context, from entente.PartyID, ds []entente.Delivery, via entente.Via) ([]entente.Settlement, error) {
	parcels, err := i.unpack(ctx, from, ds)
	if err != nil {
		return nil, err
	}
	var answers []entente.Settlement
	garbage := 0 // refusals of what has no place in the ledger
	err = i.cfg.Store.Update(ctx, func(tx entente.Tx) error {
		answers, garbage = make([]entente.Settlement, 0, len(parcels)), 0
		if err := mayReceipt(tx, from); err != nil {
			return err
		}
		before, err := UsageOf(tx, from, i.now())
		if err != nil {
			return err
		}
		used := before
		for _, p := range parcels {
			a := arrival{parcel: p, from: from, via: via, used: &used}
			answer, err := i.accept(tx, &a)
			if err != nil {
				return err
			}
			if a.placed {
				used.count(&a)
			} else if a.refused {
				garbage++
			}
			answers = append(answers, answer)
		}
		if used == before {
			return nil
		}
		return used.keep(tx, from)
	})
	if err != nil {
		return nil, err
	}
	i.tidy(ctx, from, garbage)
	i.cfg.Step("accepted")
	i.cfg.Filed()
	return answers, nil
}

// mayReceipt refuses to sign receipts for a partner while a restore waits for its
// copies of our ledgers: a receipt under keys that have ended, or a second one for a
// place, would bind us to nothing or to two things.
func mayReceipt(tx entente.LineStore, from entente.PartyID) error {
	line, err := tx.Line(from)
	if err != nil || line.Blocked == "" {
		return err
	}
	return &entente.Error{Kind: entente.Unavailable, Detail: "the node was restored and signs no receipt yet: " + line.Blocked, Hint: "deliver it again later"}
}

// arrival is one envelope on its way in.
type arrival struct {
	parcel
	from    entente.PartyID
	via     entente.Via
	signer  entente.Party  // the sender, under the edition that signed the checkpoint
	header  entente.Header // zero until it could be read
	placed  bool           // it has its place in the mirror of the sender's ledger
	size    int64          // of that mirror
	used    *Usage         // of the sender's allowance
	files   int64          // bytes of the files that it names and that are expected now
	refused bool           // just now, not before
}

func (i *Inbox) accept(tx entente.Tx, a *arrival) (entente.Settlement, error) {
	first, err := i.answered(tx, a.from, a.digest)
	if err != nil {
		return entente.Settlement{}, err
	}
	if first != nil {
		return *first, i.noteBeside(tx, a)
	}
	receipt, err := i.take(tx, a)
	if err == nil {
		return entente.Settlement{Envelope: a.digest, Receipt: receipt.Text}, nil
	}
	if entente.ReasonOf(err) == "" {
		return entente.Settlement{}, err // ours to mend: the sender tries again
	}
	a.refused = true
	return i.refuse(tx, a, err)
}

// answered gives the refusal that this very envelope got before, byte for byte.
// What its sender was told is not for another party that brings it.
func (i *Inbox) answered(tx entente.Tx, from entente.PartyID, digest entente.Digest) (*entente.Settlement, error) {
	refusal, err := tx.RefusalOf(digest)
	if errors.Is(err, entente.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if refusal.Channel != (entente.Channel{}) && refusal.Channel.From != from {
		return nil, nil
	}
	return &entente.Settlement{Envelope: digest, Refusal: refusal.Text}, nil
}

// take goes through the checks from the outside in. An error that carries a
// Reason is the partner's to know; any other is ours. Nothing is written
// before all checks that keep an envelope out of the ledger have passed.
func (i *Inbox) take(tx entente.Tx, a *arrival) (entente.Receipt, error) {
	var none entente.Receipt
	if a.unread != nil {
		return none, reasoned(a.unread, entente.ReasonMalformed)
	}
	header := a.envelope.Header()
	a.header = header
	if header.From != a.from {
		return none, refusal(entente.ReasonWrongSender, "from", "the envelope is not from the party that brought it")
	}
	if header.To != i.cfg.Self {
		return none, refusal(entente.ReasonWrongRecipient, "to", "the envelope is for another party")
	}

	// Delivered before: the first receipt again. Another envelope under the id: a
	// replay. What other parties call by this id does not matter here.
	if old, err := tx.MessageWith(a.from, header.ID); err == nil {
		return i.repeat(tx, old, a)
	} else if !errors.Is(err, entente.NotFound) {
		return none, err
	}

	// Who says so, to which edition of ours, under what.
	sender, editions, err := i.sender(tx, header)
	if err != nil {
		return none, err
	}
	self, err := i.self(tx, header)
	if err != nil {
		return none, err
	}
	if err := a.envelope.Check(sender); err != nil {
		return none, reasoned(err, entente.ReasonSignature)
	}
	rec, err := i.agreement(tx, header)
	if err != nil {
		return none, err
	}
	if err := policy.CheckCreated(header.Created, i.now()); err != nil {
		return none, err
	}

	if err := a.used.room(i.cfg.Allowance, i.now()); err != nil {
		return none, err
	}

	// Its place in the sender's ledger. From here on a refusal keeps the place.
	channel := header.Channel()
	if err := i.extend(tx, channel, a, editions); err != nil {
		return none, i.noteSplit(tx, channel, err)
	}
	a.placed = true
	if header.Seq != a.size-1 {
		return none, refusal(entente.ReasonCheckpoint, "seq", "the header names another place than the ledger")
	}
	if header.Epoch < rec.Agreement.Epoch {
		return none, refusal(entente.ReasonOldEpoch, "epoch", "a newer epoch of the agreement is in force")
	}
	if header.Expired(i.now()) {
		return none, refusal(entente.ReasonExpired, "expires", "the message had expired when it arrived")
	}

	// What it says, and whether it may.
	opened, err := i.open(&a.parcel, sender, self)
	if err != nil {
		return none, err
	}
	if err := parse.Judge(i.cfg.Knows, opened.Message.Statement); err != nil {
		return none, err
	}
	if err := parse.CheckClaims(opened.Message.Statement, header.Created); err != nil {
		return none, err
	}
	levels, err := tx.LevelChanges(header.Agreement)
	if err != nil {
		return none, err
	}
	terms, err := i.terms.Terms(rec.Agreement)
	if err != nil {
		return none, err
	}
	decision := terms.Decide(policy.Facts{Message: opened.Message, Side: policy.Receiving, Knows: i.cfg.Knows, Now: i.now(), Levels: levels})
	if err := decision.Err(); err != nil {
		return none, err
	}
	if err := i.timely(tx, opened.Message); err != nil {
		return none, err
	}
	thread, err := i.refers(tx, opened.Message)
	if err != nil {
		return none, err
	}
	return i.file(tx, a, opened, thread)
}

// repeat answers an envelope whose id is filed already.
func (i *Inbox) repeat(tx entente.Tx, old entente.Filed, a *arrival) (entente.Receipt, error) {
	if err := i.noteBeside(tx, a); err != nil {
		return entente.Receipt{}, err
	}
	if old.Direction == entente.Incoming && old.Digest != a.digest {
		if err := i.noteSecond(tx, a); err != nil {
			return entente.Receipt{}, err
		}
	}
	if old.Direction != entente.Incoming || old.Digest != a.digest {
		return entente.Receipt{}, refusal(entente.ReasonReplay, "id", "another envelope has this id")
	}
	return tx.Receipt(old.Name)
}

// retired is how long a message key still counts after its successor came to us:
// for what was written before, and was waiting on another channel.
const retired = 7 * 24 * time.Hour

// sender gives the edition of the sender's descriptor that the header names, and
// all that are here, newest first. An edition that was followed by another counts
// for what was written until that other was issued, and only for a while: else a
// stolen old key could sign back-dated messages for ever.
func (i *Inbox) sender(tx entente.Tx, h entente.Header) (entente.PartyRecord, []entente.Party, error) {
	editions, err := tx.PartyEditions(h.From)
	if err != nil {
		return entente.PartyRecord{}, nil, err
	}
	if len(editions) == 0 {
		return entente.PartyRecord{}, nil, refusal(entente.ReasonUnknownSender, "from", "there is no descriptor of the sender here")
	}
	sender, ok := edition(editions, h.FromEdition)
	if !ok {
		return sender, nil, refusal(entente.ReasonFutureEdition, "from_edition", "this edition of the sender's descriptor is not here yet")
	}
	var all []entente.Party
	for n := len(editions) - 1; n >= 0; n-- {
		late := i.late(editions, n, h.Created)
		if late && editions[n].Edition == sender.Edition {
			return sender, nil, refusal(entente.ReasonEdition, "from_edition", "this edition of the sender's descriptor has been followed by another")
		}
		if !late {
			all = append(all, editions[n].Party)
		}
	}
	return sender, all, nil
}

// self gives the edition of our own descriptor to whose key the header says that it
// is sealed.
func (i *Inbox) self(tx entente.Tx, h entente.Header) (entente.PartyRecord, error) {
	editions, err := tx.PartyEditions(i.cfg.Self)
	if err != nil {
		return entente.PartyRecord{}, err
	}
	self, ok := edition(editions, h.ToEdition)
	if !ok {
		return self, refusal(entente.ReasonFutureEdition, "to_edition", "this edition of our descriptor is not here")
	}
	return self, nil
}

// late reports whether edition n no longer counts for what was written at a time.
func (i *Inbox) late(editions []entente.PartyRecord, n int, written time.Time) bool {
	if n+1 == len(editions) {
		return false
	}
	next := editions[n+1]
	return written.After(next.Party.Issued.Add(policy.Tolerance)) || i.now().After(next.Added.Add(retired))
}

// extend puts the envelope into the mirror of the sender's ledger. The
// checkpoint may be signed with the ledger key of an earlier edition.
func (i *Inbox) extend(tx entente.Tx, ch entente.Channel, a *arrival, senders []entente.Party) error {
	head, err := tx.Head(ch.Origin())
	if err != nil {
		return err
	}
	before := a.Before
	if known := head.Size - (a.header.Seq - int64(len(before))); known > 0 { // the sender did not know how much is here
		before = before[min(known, int64(len(before))):]
	}
	for _, s := range senders {
		err = ledger.Extend(i.edges.Over(tx), ch, before, a.digest, a.Checkpoint, s)
		if err == nil {
			a.signer, a.size = s, head.Size+int64(len(before))+1
			err = noteFilled(tx, ch.Origin(), head.Size, len(before))
		}
		if entente.ReasonOf(err) != entente.ReasonCheckpoint {
			return err
		}
	}
	return err
}

// agreement gives the newest epoch of the agreement that the header names. Of this
// epoch, the header must name the very text that is here, signed by all.
func (i *Inbox) agreement(tx entente.Tx, h entente.Header) (entente.AgreementRecord, error) {
	rec, err := tx.Agreement(h.Agreement, 0)
	if errors.Is(err, entente.NotFound) {
		return rec, refusal(entente.ReasonUnknownAgreement, "agreement", "there is no such agreement here that every party has signed")
	}
	if err != nil {
		return rec, err
	}
	if !rec.Agreement.Has(h.From) || !rec.Agreement.Has(h.To) {
		return rec, refusal(entente.ReasonNotParty, "agreement", "sender or recipient is not a party to the agreement")
	}
	if h.Epoch > rec.Agreement.Epoch {
		return rec, refusal(entente.ReasonFutureTerms, "terms", "this epoch of the agreement is not here yet")
	}
	if h.Epoch == rec.Agreement.Epoch && h.Terms != rec.Terms {
		return rec, refusal(entente.ReasonUnknownAgreement, "terms", "the text of this epoch that every party has signed has another digest")
	}
	return rec, nil
}

// open gives what is in the envelope; a batch was opened ahead of the transaction.
func (i *Inbox) open(p *parcel, sender, self entente.PartyRecord) (seal.Opened, error) {
	if p.opened != nil {
		return *p.opened, nil
	}
	opened, err := p.envelope.Open(sender, self, i.cfg.Keys.SealKeys()...)
	if err != nil {
		return opened, reasoned(err, entente.ReasonSeal)
	}
	return opened, nil
}

// file keeps the message and signs the receipt.
func (i *Inbox) file(tx entente.Tx, a *arrival, o seal.Opened, thread entente.MessageID) (entente.Receipt, error) {
	now := i.now()
	name, err := nameFor(tx, a.header.ID)
	if err != nil {
		return entente.Receipt{}, err
	}
	if thread == "" {
		thread = name
	}
	us, err := i.recipient(tx)
	if err != nil {
		return entente.Receipt{}, err
	}
	receipt, err := ledger.SignReceipt(i.edges.Over(tx), a.header.Channel(), a.header.Seq, a.digest, a.Checkpoint, a.signer, us, a.via, now)
	if err != nil {
		return receipt, err
	}
	filed := entente.Filed{
		Name: name, Message: o.Message, Direction: entente.Incoming, Thread: thread, At: receipt.At,
		Digest: a.digest, Envelope: a.Envelope, Checkpoint: a.Checkpoint, Payload: o.Payload,
		Sealed: o.Sealed, Signature: o.Signature, Secret: o.Secret,
	}
	if err := tx.PutMessage(filed); err != nil {
		return receipt, err
	}
	if err := tx.PutReceipt(name, receipt); err != nil {
		return receipt, err
	}
	if err := i.expectFiles(tx, filed); err != nil {
		return receipt, err
	}
	for _, f := range o.Message.Statement.Attachments {
		a.files += f.Size
	}
	return receipt, i.heed(tx, filed)
}

// nameFor is what a message with this id will be called here. Where another
// party has used the id, the message gets a name of ours, which nobody outside
// knows, with the same time in it, so that it keeps its place in lists.
func nameFor(tx entente.MessageStore, id entente.MessageID) (entente.MessageID, error) {
	if _, err := tx.Message(id); errors.Is(err, entente.NotFound) {
		return id, nil
	} else if err != nil {
		return "", err
	}
	const clock = len("0196f0a8-7c1e") // the 48 bits of a UUIDv7 that tell its time
	return id[:clock] + entente.MessageID(uuid.Must(uuid.NewV7()).String())[clock:], nil
}
