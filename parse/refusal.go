package parse

import (
	"bytes"
	"strconv"
	"strings"

	"entente"
)

// The text of a refusal has these lines, each once and in this order; a value
// may be empty, the space before it stays.
const refusalTitle = "entente/1 refusal"

var refusalKeys = [...]string{"from", "edition", "channel", "message", "envelope", "reason", "field", "expected", "place", "final", "at"}

// Refusal reads the text of a refusal, without the signatures of the note that
// carries it. Text is left empty: it belongs to the note.
func Refusal(text []byte) (entente.Refusal, error) {
	if len(text) > MaxRefusal {
		return entente.Refusal{}, tooLarge("refusal", len(text), MaxRefusal)
	}
	v, err := refusalValues(string(text))
	if err != nil {
		return entente.Refusal{}, err
	}
	r, err := refusalOf(v)
	if err != nil {
		return entente.Refusal{}, err
	}
	if !bytes.Equal(FormatRefusal(r), text) {
		return entente.Refusal{}, malformed("refusal", "the refusal is not in canonical form", nil)
	}
	return r, nil
}

// FormatRefusal writes the text of a refusal. What stands in Field is cut to
// the characters and the length of a path.
func FormatRefusal(r entente.Refusal) []byte {
	channel := ""
	if r.Channel != (entente.Channel{}) {
		channel = r.Channel.Origin()
	}
	values := [...]string{
		string(r.From), r.Edition.String(), channel, string(r.Message), r.Envelope.String(), string(r.Reason), tamePath(r.Field),
		strconv.FormatInt(r.Expected, 10), one(r.Placed, "taken", "not"), one(r.Final, "yes", "no"), FormatTime(r.At),
	}
	var b bytes.Buffer
	b.WriteString(refusalTitle + "\n")
	for i, k := range refusalKeys {
		b.WriteString(k + ": " + values[i] + "\n")
	}
	return b.Bytes()
}

// refusalValues splits the text into its values.
func refusalValues(text string) ([len(refusalKeys)]string, error) {
	var v [len(refusalKeys)]string
	rest, ok := strings.CutPrefix(text, refusalTitle+"\n")
	if !ok {
		return v, malformed("refusal", "the text does not start with \""+refusalTitle+"\"", nil)
	}
	for i, k := range refusalKeys {
		if rest, ok = strings.CutPrefix(rest, k+": "); !ok {
			return v, malformed(k, "its line is missing or not in its place", nil)
		}
		if v[i], rest, ok = strings.Cut(rest, "\n"); !ok {
			return v, malformed(k, "its line does not end", nil)
		}
	}
	if rest != "" {
		return v, malformed("refusal", "something follows the last line", nil)
	}
	return v, nil
}

// one picks the word for a yes or a no.
func one(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

func refusalOf(v [len(refusalKeys)]string) (entente.Refusal, error) {
	var r entente.Refusal
	for i, read := range [len(refusalKeys)]func(string) error{
		func(s string) (err error) { r.From, err = entente.ParsePartyID(s); return err },
		func(s string) (err error) { r.Edition, err = entente.ParseDigest(s); return err },
		func(s string) (err error) { r.Channel, err = channelOf(s); return err },
		func(s string) (err error) { r.Message, err = maybeID(s); return err },
		func(s string) (err error) { r.Envelope, err = entente.ParseDigest(s); return err },
		func(s string) (err error) { r.Reason, err = entente.ParseReason(s); return err },
		func(s string) (err error) { r.Field = s; return nil },
		func(s string) (err error) { r.Expected, err = ledgerSize(s); return err },
		func(s string) (err error) { r.Placed = s == "taken"; return nil },
		func(s string) (err error) { r.Final = s == "yes"; return nil },
		func(s string) (err error) { r.At, err = Time(s); return err },
	} {
		if err := read(v[i]); err != nil {
			return r, malformed(refusalKeys[i], "the value is not in the form of the protocol", err)
		}
	}
	return r, nil
}

// maybeID reads a message id, or nothing.
func maybeID(s string) (entente.MessageID, error) {
	if s == "" {
		return "", nil
	}
	return MessageID(s)
}

// ledgerSize reads the size of a ledger.
func ledgerSize(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err == nil && (n < 0 || n > MaxSeq+1) {
		err = malformed("", "it is not the size of a ledger", nil)
	}
	return n, err
}

// channelOf reads the origin of a channel's ledger; empty: the channel of the
// envelope could not be read.
func channelOf(origin string) (entente.Channel, error) {
	if origin == "" {
		return entente.Channel{}, nil
	}
	parts := strings.Split(origin, "/")
	if len(parts) != 4 || parts[0] != "entente" {
		return entente.Channel{}, malformed("channel", "it is not \"entente/agreement/from/to\"", nil)
	}
	ch := entente.Channel{Agreement: entente.AgreementID(parts[1]), From: entente.PartyID(parts[2]), To: entente.PartyID(parts[3])}
	c := &checker{reason: entente.ReasonMalformed}
	p := (*path)(nil).dot("channel")
	c.agreement(p, ch.Agreement)
	c.party(p, ch.From)
	c.party(p, ch.To)
	return ch, c.Err()
}

// tamePath makes the path of a field or clause fit for one line.
func tamePath(s string) string {
	b := []byte(s[:min(len(s), 200)])
	for i, c := range b {
		if !isFieldByte(c) && !strings.ContainsRune(".[]?", rune(c)) {
			b[i] = '?'
		}
	}
	return string(b)
}
