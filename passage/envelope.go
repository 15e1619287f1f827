package passage

import (
	"bytes"
	"strconv"
	"time"
)

// header begins an interchange: character set, time and reference.
func (x *interchange) header() error {
	if err := x.between(); err != nil {
		return err
	}
	x.enclosed, x.merged, x.strange, x.counted, x.groups = true, false, false, 0, 0
	set, ok := charsets[string(bytes.ToUpper(x.at(1, 0)))]
	x.set = set
	x.control = cut(x.at(5, 0))
	x.sent = prepared(x.at(4, 0), x.at(4, 1), x.now)
	if !ok {
		return x.note("syntax identifier", "this version does not know the character set; letters beyond ASCII may be wrong")
	}
	return nil
}

// prepared reads the date and time at which an interchange was made, which the
// guides ask to be given in UTC. It is zero when it cannot be read.
func prepared(date, clock []byte, at time.Time) time.Time {
	t := flown(append(append(make([]byte, 0, 12), date...), clock...), at)
	sent, err := time.Parse("2006-01-02T15:04", string(t))
	if err != nil {
		return time.Time{}
	}
	return sent
}

// between ends a message that has no UNT.
func (x *interchange) between() error {
	err := x.finish("the message has no UNT; the next one begins here")
	x.seg = 0
	return err
}

func (x *interchange) unh() error {
	if err := x.between(); err != nil {
		return err
	}
	x.messages++
	x.counted++
	x.inside, x.seg = true, 1
	x.ref = cut(x.at(1, 0))
	switch kind := string(x.at(2, 0)); {
	case kind != x.kind:
		return x.note("UNH", "this is not a "+x.kind+" message; it was passed over")
	case kind == "PAXLST":
		x.open = newList(x)
	default:
		x.open = newBookings(x)
	}
	x.matched++
	if !x.versed() {
		return x.note("UNH", "this version of the message is not known; it was read all the same: compare what came out with the sender's list")
	}
	return nil
}

// versed reports whether the message is of a version that the readers know:
// PAXLST of the directories D.96A to D.30B, PNRGOV 8 to 25, or one that does not say.
func (x *interchange) versed() bool {
	version, release := x.at(2, 1), x.at(2, 2)
	if len(version)+len(release) == 0 {
		return true
	}
	if x.kind == "PNRGOV" {
		n, ok := number(version)
		return ok && n >= 8 && n <= 25
	}
	if len(release) != 3 || string(version) != "D" || release[2] != 'A' && release[2] != 'B' {
		return false
	}
	n, ok := number(release[:2])
	return ok && (n >= 96 || n <= 30)
}

// unt ends a message. Its count and reference say whether all of it arrived;
// they are told of and cost nobody his place.
func (x *interchange) unt() error {
	if !x.inside {
		return x.stray()
	}
	notes := []string{}
	if n, ok := number(x.at(1, 0)); !ok || n != x.seg {
		notes = append(notes, "it counts other than the "+strconv.Itoa(x.seg)+" segments that came: part of the message may be missing")
	}
	if ref := x.at(2, 0); string(ref) != x.ref {
		notes = append(notes, "it bears another reference than the message's UNH")
	}
	for _, n := range notes {
		if err := x.note("UNT", n); err != nil {
			return err
		}
	}
	err := x.finish("")
	x.seg = 0
	return err
}

func (x *interchange) unz() error {
	if err := x.between(); err != nil {
		return err
	}
	n, ok := number(x.at(1, 0))
	found := x.counted
	if x.groups > 0 {
		found = x.groups
	}
	if x.enclosed && (!ok || n != found) {
		if err := x.note("UNZ", "it counts other than the "+strconv.Itoa(found)+" messages or groups that came: check with the sender"); err != nil {
			return err
		}
	}
	if x.enclosed && string(x.at(2, 0)) != x.control {
		if err := x.note("UNZ", "it bears another reference than the interchange's UNB"); err != nil {
			return err
		}
	}
	x.enclosed = false
	return nil
}
