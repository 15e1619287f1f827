package parse

import (
	"bytes"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"entente"
)

// MaxEndNote bounds the text of an end note in bytes. The longest has less than 600.
const MaxEndNote = 1 << 10

// The largest numbers of an end note: a size of a ledger, and any other.
const (
	maxEndSize   = MaxSeq + 1
	maxEndNumber = MaxWhole
)

// The text of an end note has these lines, each once and in this order; the last
// value may be empty, the space before it stays.
const endTitle = "entente/1 end"

var endKeys = [...]string{"origin", "edition", "number", "size", "root", "received", "at", "stolen"}

// EndNote reads the text of an end note, without the signatures of the note that
// carries it. Text and Consent are left empty: they belong to the note.
func EndNote(text []byte) (entente.EndNote, error) {
	if len(text) > MaxEndNote {
		return entente.EndNote{}, tooLarge("end note", len(text), MaxEndNote)
	}
	v, err := endValues(string(text))
	if err != nil {
		return entente.EndNote{}, err
	}
	e, err := endOf(v)
	if err != nil {
		return entente.EndNote{}, err
	}
	if err := CheckEndNote(e); err != nil {
		return entente.EndNote{}, err
	}
	if !bytes.Equal(FormatEndNote(e), text) {
		return entente.EndNote{}, malformed("end note", "the end note is not in canonical form", nil)
	}
	return e, nil
}

// FormatEndNote writes the text of an end note, with its times cut to seconds.
func FormatEndNote(e entente.EndNote) []byte {
	stolen := ""
	if e.HasStolen {
		stolen = endTime(e.Stolen)
	}
	values := [...]string{
		e.Channel.Origin(), e.Edition.String(), strconv.Itoa(e.Number), strconv.FormatInt(e.Size, 10),
		base64.StdEncoding.EncodeToString(e.Root[:]), strconv.FormatInt(e.Received, 10), endTime(e.At), stolen,
	}
	var b bytes.Buffer
	b.WriteString(endTitle + "\n")
	for i, k := range endKeys {
		b.WriteString(k + ": " + values[i] + "\n")
	}
	return b.Bytes()
}

func endTime(t time.Time) string { return t.UTC().Truncate(time.Second).Format(time.RFC3339) }

// CheckEndNote checks what an end note says of itself.
func CheckEndNote(e entente.EndNote) error {
	c := &checker{reason: entente.ReasonMalformed}
	field := func(name string) *path { return (*path)(nil).dot(name) }
	c.agreement(field("origin"), e.Channel.Agreement)
	c.party(field("origin"), e.Channel.From)
	c.party(field("origin"), e.Channel.To)
	if e.Channel.From == e.Channel.To {
		c.bad(field("origin"), "a channel has two parties", "")
	}
	if e.Number < 2 || e.Number > maxEndNumber {
		c.bad(field("number"), "it is not the number of an edition that follows another", "")
	}
	if e.Size < 0 || e.Size > maxEndSize {
		c.bad(field("size"), "it is not the size of a ledger", "")
	}
	if e.Size == 0 && e.Root != entente.DigestOf(nil) {
		c.bad(field("root"), "the root of an empty ledger is the hash of nothing", "")
	}
	if e.Received < 0 || e.Received > maxEndSize {
		c.bad(field("received"), "it is not the size of a ledger", "")
	}
	c.utc(field("at"), e.At)
	if e.HasStolen {
		c.utc(field("stolen"), e.Stolen)
		if e.Stolen.After(e.At) {
			c.bad(field("stolen"), "the keys were stolen after the end note was signed", "")
		}
	}
	return c.Err()
}

// endValues splits the text into its values.
func endValues(text string) ([len(endKeys)]string, error) {
	var v [len(endKeys)]string
	rest, ok := strings.CutPrefix(text, endTitle+"\n")
	if !ok {
		return v, malformed("end note", "the text does not start with \""+endTitle+"\"", nil)
	}
	for i, k := range endKeys {
		if rest, ok = strings.CutPrefix(rest, k+": "); !ok {
			return v, malformed(k, "its line is missing or not in its place", nil)
		}
		if v[i], rest, ok = strings.Cut(rest, "\n"); !ok {
			return v, malformed(k, "its line does not end", nil)
		}
	}
	if rest != "" {
		return v, malformed("end note", "something follows the last line", nil)
	}
	return v, nil
}

func endOf(v [len(endKeys)]string) (e entente.EndNote, err error) {
	if e.Channel, err = channelOf(v[0]); err != nil {
		return e, err
	}
	if e.Edition, err = entente.ParseDigest(v[1]); err != nil {
		return e, malformed("edition", "it is not a SHA-256 value", err)
	}
	if e.Number, err = strconv.Atoi(v[2]); err != nil {
		return e, malformed("number", "it is not a whole number", err)
	}
	if e.Size, err = strconv.ParseInt(v[3], 10, 64); err != nil {
		return e, malformed("size", "it is not a whole number", err)
	}
	root, err := base64.StdEncoding.Strict().DecodeString(v[4])
	if err != nil || len(root) != len(e.Root) {
		return e, malformed("root", "it is not the base64 of a SHA-256 value", err)
	}
	e.Root = entente.Digest(root)
	if e.Received, err = strconv.ParseInt(v[5], 10, 64); err != nil {
		return e, malformed("received", "it is not a whole number", err)
	}
	if e.At, err = time.Parse(time.RFC3339, v[6]); err != nil {
		return e, malformed("at", "it is not a time", err)
	}
	if v[7] == "" {
		return e, nil
	}
	e.HasStolen = true
	if e.Stolen, err = time.Parse(time.RFC3339, v[7]); err != nil {
		return e, malformed("stolen", "it is not a time", err)
	}
	return e, nil
}
