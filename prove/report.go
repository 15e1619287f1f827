package prove

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"entente"
	"entente/seal"
)

// Report says what evidence proves and what it does not, for people who were
// not there. It encodes as JSON; String writes it as a page of text.
type Report struct {
	Holds        bool               `json:"holds"`
	Fault        string             `json:"fault,omitzero"`      // why it does not hold; then nothing else is set but Unjudged
	Unjudged     bool               `json:"unjudged,omitzero"`   // it is another file, or damaged: nothing was judged
	Repacked     bool               `json:"repacked,omitzero"`   // another program packed the files again; they were judged by themselves
	Envelope     *entente.Digest    `json:"envelope,omitzero"`   // SHA-256
	Header       *entente.Header    `json:"header,omitzero"`     // of the message
	Received     time.Time          `json:"received,omitzero"`   // the receipt's time, by the recipient's clock
	Refused      entente.Reason     `json:"refused,omitzero"`    // the refusal's reason
	SplitView    bool               `json:"split_view,omitzero"` // the sender signed two histories
	Proven       []Line             `json:"proven,omitzero"`
	NotProven    []Line             `json:"not_proven,omitzero"`
	Remarks      []Line             `json:"remarks,omitzero"` // to keep in mind, such as times that do not go together; they undo no proof
	Fingerprints []Fingerprint      `json:"fingerprints,omitzero"`
	Statement    *entente.Statement `json:"statement,omitzero"` // what the evidence opens of what the message says
	Parts        int                `json:"parts,omitzero"`     // how many parts of that are opened
	Withheld     int                `json:"withheld,omitzero"`  // how many are not
}

// Line is one finding in a sentence or two.
type Line struct {
	Says string `json:"says"`
}

// saysRepacked is said first: a container that was packed again is no forgery.
const saysRepacked = "The container was repacked: another program unpacked the file and packed it again. That is no forgery. What is in it was judged by itself; the bytes of the file are not those that entente wrote."

// Fingerprint stands for one identity key of a party: what two people compare
// by voice.
type Fingerprint struct {
	Party   entente.PartyID `json:"party"`
	Name    string          `json:"name"`    // as the descriptor has it
	Edition int             `json:"edition"` // the first that has this key
	Text    string          `json:"text"`
}

func (c *checker) prove(says string)  { c.report.Proven = append(c.report.Proven, Line{says}) }
func (c *checker) doubt(says string)  { c.report.NotProven = append(c.report.NotProven, Line{says}) }
func (c *checker) remark(says string) { c.report.Remarks = append(c.report.Remarks, Line{says}) }

// finish completes the report of evidence in which every step held.
func (c *checker) finish() Report {
	r := &c.report
	r.Holds = true
	r.Envelope, r.Header, r.Statement = &c.digest, &c.header, c.statement
	if c.receipt != nil {
		r.Received = c.receipt.At
	}
	if c.refusal != nil {
		r.Refused = c.refusal.Reason
	}
	if c.showing != nil {
		r.Parts, r.Withheld = len(c.showing.Parts), c.showing.Withheld()
	}
	for _, ch := range c.allChains() {
		c.fingerprint(ch)
	}
	c.doubtAll()
	c.remarkAll()
	return *r
}

func (c *checker) allChains() []chain { return append([]chain{c.sender, c.recipient}, c.others...) }

// fingerprint lists the identity keys of a party, and says how they follow.
func (c *checker) fingerprint(ch chain) {
	var keys int
	for i, p := range ch {
		if i > 0 && p.Keys.Identity.Equal(ch[i-1].Keys.Identity) {
			continue
		}
		keys++
		c.report.Fingerprints = append(c.report.Fingerprints, Fingerprint{p.ID, p.Name, p.Edition, seal.Fingerprint(p)})
	}
	if len(ch) > 1 {
		c.prove(saysChain(ch, keys))
	}
}

// String writes the report for people.
func (r Report) String() string {
	var b strings.Builder
	if r.Unjudged {
		b.WriteString("NOTHING WAS JUDGED. This says nothing for or against the evidence.\n\n")
		item(&b, "", r.Fault)
		return b.String()
	}
	if !r.Holds {
		b.WriteString("THIS EVIDENCE DOES NOT HOLD. It proves nothing.\n\n")
		item(&b, "", r.Fault)
		return b.String()
	}
	b.WriteString("THIS EVIDENCE HOLDS for what is listed as proven, and for no more.\n\n")
	if r.Repacked {
		item(&b, "", saysRepacked)
		b.WriteString("\n")
	}
	r.writeMessage(&b)
	if r.Statement != nil {
		section(&b, "What the message says", saysContent(*r.Statement, r.Withheld))
	}
	section(&b, "Proven", r.Proven)
	section(&b, "Not proven", r.NotProven)
	section(&b, "To note", r.Remarks)
	b.WriteString("\nFingerprints: compare every one of them with the agency's own people\n")
	for _, f := range r.Fingerprints {
		fmt.Fprintf(&b, "  %s, edition %d (%s)\n    %s\n", f.Party, f.Edition, f.Name, f.Text)
	}
	return b.String()
}

func (r Report) writeMessage(b *strings.Builder) {
	h := r.Header
	for _, row := range [][2]string{
		{"message", string(h.ID)},
		{"from", string(h.From)},
		{"to", string(h.To)},
		{"agreement", fmt.Sprintf("%s, epoch %d", h.Agreement, h.Epoch)},
		{"place", fmt.Sprintf("%d of %s", h.Seq, h.Channel())},
		{"precedence", string(h.Precedence)},
		{"written", utc(h.Created) + " by the sender's clock"},
		{"received", answered(r)},
		{"envelope", r.Envelope.String()},
		{"withheld", r.withheld()},
	} {
		fmt.Fprintf(b, "  %-11s %s\n", row[0], row[1])
	}
}

func (r Report) withheld() string {
	if r.Statement == nil {
		return "all parts"
	}
	return count(r.Withheld, "part", "parts")
}

func answered(r Report) string {
	switch {
	case !r.Received.IsZero():
		return utc(r.Received) + " by the recipient's clock"
	case r.Refused != "":
		return "refused: " + string(r.Refused)
	}
	return "not shown"
}

func section(b *strings.Builder, title string, lines []Line) {
	if len(lines) == 0 {
		return
	}
	b.WriteString("\n" + title + "\n")
	for i, l := range lines {
		item(b, fmt.Sprintf("%3d. ", i+1), l.Says)
	}
}

// item writes paragraphs of at most 80 columns, indented below their number.
func item(b *strings.Builder, number, says string) {
	indent := strings.Repeat(" ", len(number))
	line := number
	for paragraph := range strings.Lines(says) {
		if strings.TrimSpace(paragraph) == "" {
			line = strings.TrimRight(line, " ")
		}
		used := utf8.RuneCountInString(line)
		for i, word := range strings.Fields(paragraph) {
			n := utf8.RuneCountInString(word)
			switch {
			case i > 0 && used+1+n > 80:
				line, used = line+"\n"+indent, len(indent)
			case i > 0:
				line, used = line+" ", used+1
			}
			line, used = line+word, used+n
		}
		b.WriteString(line + "\n")
		line = indent
	}
}

func utc(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }

// fault says in words what is wrong with evidence.
func fault(err error) string {
	e, ok := errors.AsType[*entente.Error](err)
	if !ok {
		return "The file cannot be read."
	}
	says := e.Error() + "."
	if e.Field == "" {
		says = strings.ToUpper(says[:1]) + says[1:]
	} else {
		says = "In " + says
	}
	if e.Hint != "" {
		says += " What to do: " + e.Hint + "."
	}
	return says
}

// in puts the name of a file of the evidence before an error.
func in(name string, err error) error {
	e, ok := errors.AsType[*entente.Error](err)
	if !ok {
		return err
	}
	named := *e
	named.Field = name
	if e.Field != "" {
		named.Field += ": " + e.Field
	}
	return &named
}
