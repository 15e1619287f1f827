package passage

import (
	"errors"
	"io"
	"strconv"
	"time"

	"entente"
)

// message reads the segments of one message between UNH and UNT.
type message interface {
	segment() error // the one at hand in the interchange's scanner
	end() error
}

// interchange takes a file of EDIFACT apart into messages (ISO 9735-1 section
// 8): UNB, perhaps UNG, then messages from UNH to UNT, UNE, UNZ. None of the
// closing segments is needed: whatever opens a message ends the one before.
type interchange struct {
	*scanner
	*sink
	kind string // PAXLST or PNRGOV

	open     message // nil: between messages, or in one of another kind
	inside   bool    // between UNH and UNT
	matched  int     // messages of the kind
	messages int     // from UNH, in the file
	counted  int     // from UNH, in the interchange
	groups   int     // from UNG, in the interchange
	seg      int     // in the message, UNH is 1; else since the last message
	ref      string  // of the message, from UNH
	control  string  // of the interchange, from UNB
	sent     time.Time
	enclosed bool // between UNB and UNZ
	merged   bool // lost terminators were told of
	strange  bool // texts are in another character set than UNB says
	net      net
}

func readEDIFACT(kind string, r io.Reader, s *sink) error {
	x := &interchange{scanner: newScanner(r), sink: s, kind: kind}
	if err := x.begin(); err != nil {
		return err
	}
	for {
		err := x.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if err := x.take(); err != nil {
			return err
		}
	}
	if err := x.finish("the file ends before UNT"); err != nil {
		return err
	}
	if x.enclosed {
		if err := x.note("UNZ", "the file ends before UNZ: check with the sender that it is whole"); err != nil {
			return err
		}
	}
	if x.matched == 0 {
		return &entente.Error{Kind: entente.Invalid, Field: "file", Detail: "there is no " + kind + " message in this interchange", Hint: "look at its UNH segments, which name the kind; PAXLST is read as paxlst, PNRGOV as pnrgov"}
	}
	return nil
}

// begin finds the interchange, or says that there is none.
func (x *interchange) begin() error {
	head, err := x.r.Peek(4096)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	at := start(head)
	if at < 0 {
		return notOf(map[string]string{"PAXLST": "paxlst", "PNRGOV": "pnrgov"}[x.kind], head)
	}
	_, _ = x.r.Discard(at) // was peeked
	return nil
}

// take handles the service segments and passes the others on.
func (x *interchange) take() error {
	x.seg++
	if x.shortUNA {
		if err := x.note("UNA", "it is one character short; it was read as one that leaves out the decimal mark"); err != nil {
			return err
		}
	}
	tagged := isTag(x.tag())
	if tagged || x.inside {
		if err := x.form(); err != nil {
			return err
		}
	}
	switch string(x.tag()) {
	case "UNB":
		return x.header()
	case "UNG":
		x.groups++
		return x.between()
	case "UNH":
		return x.unh()
	case "UNT":
		return x.unt()
	case "UNE":
		return x.between()
	case "UNZ":
		return x.unz()
	}
	if !x.inside {
		return x.stray()
	}
	if x.open == nil || !tagged {
		return nil
	}
	return x.open.segment()
}

// form tells of what is wrong with the form of the segment at hand.
func (x *interchange) form() error {
	switch {
	case !isTag(x.tag()):
		return x.note("", "it is not a segment: it does not begin with three capitals")
	case x.flaw == merged && !x.merged:
		x.merged = true
		return x.note("", "it has no terminator; the line end was taken for one, here and further on")
	case x.flaw == severed:
		return x.note("", "the file ends in the middle of the segment")
	case x.flaw == dangling:
		return x.note("", "the file ends after a release character")
	case x.flaw == oversize:
		return x.note("", "it is longer than "+strconv.Itoa(maxSegment)+" characters; the rest of it was not read")
	}
	return nil
}

// stray tells of text that belongs to no message, once for each run of it.
func (x *interchange) stray() error {
	if x.seg > 1 {
		return nil
	}
	return x.note("", "it belongs to no message")
}

// finish ends the message at hand; why tells what is missing at its end, if
// anything.
func (x *interchange) finish(why string) error {
	if !x.inside {
		return nil
	}
	open := x.open
	x.open, x.inside = nil, false
	if open != nil {
		if err := open.end(); err != nil {
			return err
		}
	}
	if err := x.drain(); err != nil {
		return err
	}
	if why == "" {
		return nil
	}
	return x.sink.aside(entente.SetAside{Where: x.place(), Record: x.ref, Field: "UNT", Reason: why})
}

// misdeclared catches, once an interchange, that its texts are not in the
// character set that UNB names.
func (x *interchange) misdeclared() {
	if !x.strange {
		x.strange = true
		x.passed("syntax identifier", "texts are not in the character set that UNB names; from here they are read in the one that fits")
	}
}

// note sets aside what is wrong with the segment at hand and belongs to nobody.
func (x *interchange) note(field, reason string) error {
	return x.sink.aside(x.remark(field, reason))
}

func (x *interchange) remark(field, reason string) entente.SetAside {
	return entente.SetAside{Where: x.place(), Record: x.ref, Field: field, Reason: reason, Text: cut(x.source())}
}

// place says where the scanner stands.
func (x *interchange) place() string {
	switch {
	case x.messages == 0:
		return "before message 1"
	case !x.inside:
		return "after message " + strconv.Itoa(x.messages)
	}
	return "message " + strconv.Itoa(x.messages) + ", segment " + strconv.Itoa(x.seg)
}
