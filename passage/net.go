package passage

import (
	"strconv"

	"entente"
)

// maxCaught bounds the kinds of segments that a message is told of one by one.
const maxCaught = 20

// net collects what nobody reads in a message, so that nothing is passed over
// in silence: the first of each kind with its place, the others by their number.
// What a reader knows and leaves out on purpose stands in a table, with the
// reason, and does not come here.
type net struct {
	caught []caught
	rest   int // of further kinds
}

type caught struct {
	what, reason string
	more         int
	at           entente.SetAside
}

// passed catches the segment at hand. what is its tag, and where that tells more
// its qualifier.
func (x *interchange) passed(what, reason string) {
	for i := range x.net.caught {
		if c := &x.net.caught[i]; c.what == what && c.reason == reason {
			c.more++
			return
		}
	}
	if len(x.net.caught) == maxCaught {
		x.net.rest++
		return
	}
	x.net.caught = append(x.net.caught, caught{what: cut(what), reason: reason, at: x.remark(cut(what), reason)})
}

// unread catches a segment of which this version knows nothing.
func (x *interchange) unread() {
	x.passed(string(x.tag()), "this version does not read this kind of segment: check whether it names a person")
}

// drain tells of what the net has caught.
func (x *interchange) drain() error {
	all, rest := x.net.caught, x.net.rest
	x.net = net{}
	for _, c := range all {
		if c.more > 0 {
			c.at.Reason += " (and " + strconv.Itoa(c.more) + " more like it)"
		}
		if err := x.sink.aside(c.at); err != nil {
			return err
		}
	}
	if rest == 0 {
		return nil
	}
	return x.sink.aside(entente.SetAside{Where: x.message(), Record: x.ref, Reason: strconv.Itoa(rest) + " more segments were not read either"})
}

// counted says how many there are, with the words for one and for more.
func counted(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return strconv.Itoa(n) + " " + more
}
