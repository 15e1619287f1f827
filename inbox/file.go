package inbox

import (
	"errors"

	"github.com/google/uuid"

	"entente"
	"entente/seal"
)

// file keeps the message and signs the receipt.
func (i *Inbox) file(tx entente.Tx, a *arrival, o seal.Opened, thread entente.MessageID) (entente.Receipt, error) {
	name, err := nameFor(tx, a.header.ID)
	if err != nil {
		return entente.Receipt{}, err
	}
	if thread == "" {
		thread = name
	}
	receipt, err := i.receiptFor(tx, a)
	if err != nil {
		return receipt, err
	}
	filed := entente.Filed{
		Name: name, Message: o.Message, Direction: entente.Incoming, Thread: thread, At: receipt.At,
		Digest: a.digest, Envelope: a.Envelope, Checkpoint: a.Checkpoint, Payload: o.Payload,
		Sealed: o.Sealed, Signature: o.Signature, Secret: o.Secret,
	}
	if err := errors.Join(tx.PutMessage(filed), tx.DropGap(a.header.Channel().Origin(), a.header.Seq)); err != nil {
		return receipt, err
	}
	a.filed = true
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
