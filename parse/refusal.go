package parse

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"entente"
)

// The text of a refusal has these lines, each once and in this order; a value
// may be empty, the space before it stays.
const refusalTitle = "entente/1 refusal"

var refusalKeys = [...]string{"channel", "message", "envelope", "reason", "field", "expected", "at"}

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
// the characters and the length of a path, and At to microseconds.
func FormatRefusal(r entente.Refusal) []byte {
	channel := ""
	if r.Channel != (entente.Channel{}) {
		channel = r.Channel.Origin()
	}
	values := [...]string{
		channel, string(r.Message), r.Envelope.String(), string(r.Reason), tamePath(r.Field),
		strconv.FormatInt(r.Expected, 10), r.At.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano),
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

func refusalOf(v [len(refusalKeys)]string) (entente.Refusal, error) {
	var r entente.Refusal
	var err error
	if r.Channel, err = channelOf(v[0]); err != nil {
		return r, err
	}
	if v[1] != "" {
		if r.Message, err = MessageID(v[1]); err != nil {
			return r, malformed("message", "it is not a message id", err)
		}
	}
	if r.Envelope, err = entente.ParseDigest(v[2]); err != nil {
		return r, malformed("envelope", "it is not a SHA-256 value", err)
	}
	r.Reason = entente.Reason(v[3])
	if r.Reason.Words() == "" {
		return r, malformed("reason", "it is not a reason of the protocol", nil)
	}
	r.Field = v[4]
	if r.Expected, err = strconv.ParseInt(v[5], 10, 64); err != nil || r.Expected < 0 {
		return r, malformed("expected", "it is not a size of a ledger", err)
	}
	if r.At, err = time.Parse(time.RFC3339Nano, v[6]); err != nil {
		return r, malformed("at", "it is not a time", err)
	}
	c := &checker{reason: entente.ReasonMalformed}
	c.utc((*path)(nil).dot("at"), r.At)
	return r, c.Err()
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
