package prove

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"entente"
	"entente/ledger"
)

// The sentences of a report. They are for readers who decide by them and know
// no cryptography: who signed what, what follows from that, and what does not.

func saysAgreement(a entente.Agreement) string {
	return fmt.Sprintf("Every party to the agreement %s, epoch %d, signed its text: %s.", a.ID, a.Epoch, list(a.Parties))
}

func saysEnvelope(h entente.Header) string {
	return fmt.Sprintf("%s signed this envelope, addressed to %s, as message %s under that agreement.", h.From, h.To, h.ID)
}

func saysPlace(h entente.Header) string {
	return fmt.Sprintf("%s entered this envelope in its ledger of messages to %s, after %s, and signed that. It cannot put another envelope at this place, or change an entry before it, without contradicting its own signature.", h.From, h.To, earlier(h.Seq))
}

func earlier(n int64) string {
	if n == 0 {
		return "no other entry"
	}
	return "exactly " + count(int(n), "earlier entry", "earlier entries")
}

func saysReceipt(r entente.Receipt) string {
	return fmt.Sprintf("%s signed a receipt: it holds exactly this envelope, at this place of the ledger, after the same earlier entries. The envelope came %s. By the recipient's own clock that was %s. It cannot deny that it received the envelope.", r.Channel.To, ways[r.Via], utc(r.At))
}

var ways = map[entente.Via]string{entente.ViaWire: "over the network", entente.ViaCourier: "in a courier file"}

func saysRefusal(h entente.Header, r entente.Refusal) string {
	says := fmt.Sprintf("%s signed that it refused this envelope. By its own clock that was %s. It gave the reason \"%s\": %s", h.To, utc(r.At), r.Reason, r.Reason.Words())
	if r.Field != "" {
		says += fmt.Sprintf(" It named the clause or field \"%s\".", r.Field)
	}
	if !r.Final {
		return says + " With this reason a recipient asks to be sent the envelope again; whether that happened does not stand here."
	}
	return says + " It cannot deny that the envelope reached it."
}

func saysParts(h entente.Header, s entente.Showing) string {
	if s.Withheld() == 0 {
		return fmt.Sprintf("%s signed that message %s says exactly what is shown here, for %s and for nobody else.", h.From, h.ID, h.To)
	}
	return fmt.Sprintf("%s signed that message %s says what is shown here, for %s and for nobody else. These are %d of the %d parts of the message.", h.From, h.ID, h.To, len(s.Parts), s.Count)
}

func saysChain(ch chain, keys int) string {
	p := ch.newest()
	says := fmt.Sprintf("Editions %d to %d of %s's descriptor follow each other: each is signed by the identity key of the one before.", ch[0].Edition, p.Edition, p.ID)
	if keys > 1 {
		says += " The identity key changed on the way. An older key vouches for a newer one and not the reverse: compare every fingerprint of this party."
	}
	return says
}

func saysContinues(h entente.Header, head ledger.Checkpoint, receipted *entente.Receipt) string {
	says := fmt.Sprintf("%s also signed this ledger when it had %s, and that is the same history", h.From, entries(head.Size))
	if head.Size > h.Seq {
		says += ": up to and with this message nothing was changed or taken out"
	}
	return says + "." + saysReceipted(h, receipted)
}

func saysSplitView(h entente.Header, head, known ledger.Checkpoint, receipted *entente.Receipt) string {
	return fmt.Sprintf("TWO HISTORIES. %s signed two versions of this ledger that cannot both be true: one with %s and root %s, one with %s and root %s. At least one entry was changed, taken out or put in after %s had signed it.",
		h.From, entries(known.Size), known.Root.Short(), entries(head.Size), head.Root.Short(), h.From) + saysReceipted(h, receipted)
}

func saysReceipted(h entente.Header, r *entente.Receipt) string {
	if r == nil {
		return ""
	}
	return fmt.Sprintf(" %s signed a receipt over it, by its own clock on %s.", h.To, utc(r.At))
}

// doubtAll lists what an honest reader must not take from this evidence.
func (c *checker) doubtAll() {
	h := c.header
	c.doubt("That the keys belong to the agencies. Anyone can write a descriptor in any name. Compare every fingerprint below with the agency's own people, by voice or on paper from their own hand; until then this evidence shows only what the holders of these keys signed.")
	c.doubt("That these descriptors and this epoch of the agreement were the newest of their day, and that no key has been withdrawn since.")
	c.doubtPlace()
	c.doubtAnswer()
	c.doubtContent()
	c.doubt(fmt.Sprintf("When anything happened by a clock that both sides trust. The time of writing is the word of %s, the time of a receipt or refusal the word of %s.", h.From, h.To))
	c.doubt(fmt.Sprintf("Who at %s wrote the message and who released it, and that nobody else could use the keys of %s or %s.", h.From, h.From, h.To))
	c.doubt("That nothing else was said, before or after, on this channel or in any other way. Other entries of the ledger are not shown here.")
}

func (c *checker) doubtPlace() {
	if len(c.heads) == 0 {
		c.doubt(fmt.Sprintf("That the envelope stands in the ledger of %s: no checkpoint of it is here.", c.header.From))
		return
	}
	if len(c.e.Place) == 0 && c.receipt == nil {
		c.doubt(fmt.Sprintf("That the envelope stands in the ledger of %s. The checkpoint is signed, but what joins the envelope to it is not here.", c.header.From))
	}
	if c.report.SplitView {
		c.doubt(fmt.Sprintf("Which of the two histories is the true one, and that %s signed both on purpose: a node that is restored from an old backup may do the same.", c.header.From))
	}
	if !c.sawLater() {
		c.doubt(fmt.Sprintf("That %s keeps to this history since: no later checkpoint of its ledger is here.", c.header.From))
	}
}

func (c *checker) sawLater() bool {
	for size := range c.heads {
		if size > c.header.Seq+1 {
			return true
		}
	}
	return c.report.SplitView
}

func (c *checker) doubtAnswer() {
	to := c.header.To
	switch {
	case c.receipt != nil:
		c.doubt(fmt.Sprintf("That a person at %s read the message. A receipt is signed by a machine. That a person saw it, and what came of it, are messages of their own, each with its own evidence.", to))
	case c.refusal != nil:
		c.doubt(fmt.Sprintf("That the refusal was right. Read the reason beside the agreement. Nor does it show that %s did not receive the content some other way.", to))
	default:
		c.doubt(fmt.Sprintf("That %s received the envelope. Neither a receipt nor a refusal is here.", to))
	}
}

func (c *checker) doubtContent() {
	if c.statement == nil {
		c.doubt("What the message says. The envelope is sealed and this evidence does not open it.")
		return
	}
	c.doubt("That what the message says is true, or was obtained lawfully. The signature shows who said it, not that it is so.")
	if n := c.showing.Withheld(); n > 0 {
		c.doubt(fmt.Sprintf("What the message says in the %s that this evidence withholds. Nothing follows from what is not shown.", count(n, "part", "parts")))
	}
	if c.receipt == nil {
		c.doubt(fmt.Sprintf("That the sealed envelope, once opened, shows these very words: only the key of %s can open it, and no receipt is here to say that it did.", c.header.To))
	}
	if n := len(c.statement.Attachments); n > 0 {
		c.doubt(fmt.Sprintf("What the %s of the message hold. The statement names each by the SHA-256 of its encrypted file; whoever has the file can compare it.", count(n, "attachment", "attachments")))
	}
}

// remarkAll says above all which times do not go together. Every one of them is
// some party's own word, so none undoes a signature.
func (c *checker) remarkAll() {
	h, a := c.header, c.agreement
	force := fmt.Sprintf("from %s through %s", a.From.Format(time.DateOnly), a.Until.Format(time.DateOnly))
	if !a.InForce(h.Created) {
		c.remark(fmt.Sprintf("The agreement is in force %s. By the clock of %s the message was written outside of that, on %s.", force, h.From, utc(h.Created)))
	}
	if c.signer.Issued.After(h.Created) {
		c.remark(fmt.Sprintf("The descriptor whose key signed the message was issued on %s, after the time of writing.", utc(c.signer.Issued)))
	}
	if c.showing != nil && slices.ContainsFunc(c.showing.Parts, func(p entente.Part) bool { return isKey(p.Path) }) {
		c.remark(fmt.Sprintf("%s holds the keys of the attachments. Whoever has it and the encrypted files can read them.", nameParts))
	}
	at, what := c.answeredAt()
	if at.IsZero() {
		return
	}
	if !a.InForce(at) {
		c.remark(fmt.Sprintf("The time of the %s, %s, is outside of the days on which the agreement is in force, %s.", what, utc(at), force))
	}
	if at.Before(h.Created.Truncate(time.Second)) {
		c.remark(fmt.Sprintf("The time of the %s, %s, is before the time of writing, %s. The clocks of the two sides differ.", what, utc(at), utc(h.Created)))
	}
	if c.receipt != nil && h.Expired(at) {
		c.remark(fmt.Sprintf("The time of the receipt, %s, is after the message expired, %s.", utc(at), utc(h.Expires)))
	}
}

func (c *checker) answeredAt() (time.Time, string) {
	switch {
	case c.receipt != nil:
		return c.receipt.At, "receipt"
	case c.refusal != nil:
		return c.refusal.At, "refusal"
	}
	return time.Time{}, ""
}

func entries(n int64) string { return count(int(n), "entry", "entries") }

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// list joins ids as a sentence does.
func list(ids []entente.PartyID) string {
	words := make([]string, len(ids))
	for i, id := range slices.Sorted(slices.Values(ids)) {
		words[i] = string(id)
	}
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
