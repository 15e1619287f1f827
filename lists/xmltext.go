package lists

import (
	"bufio"
	"unicode/utf8"

	"entente/table"
)

// xmlText turns the bytes of an XML file into UTF-8, as the file declares them
// and as they are.
type xmlText struct {
	r        *reader
	sure     bool          // they came as UTF-16 and are UTF-8 by now
	declares string        // what the file says; empty: nothing
	charset  table.Charset // that is read by; without a name: UTF-8
	guess    table.Charset // for records that are not UTF-8 although nothing else is declared
	odd      bool          // that the declaration is wrong was reported
}

// declared reads what the file says of its character set.
func (x *xmlText) declared(text *bufio.Reader) error {
	head, _ := text.Peek(200)
	x.declares = table.Declared(head)
	if x.sure || x.declares == "" {
		return nil
	}
	c, ok := table.CharsetNamed(x.declares)
	if !ok {
		return invalid("file", "it declares the character set "+cut(x.declares, 40)+", which this version does not read", "save it as UTF-8")
	}
	if c.Name != table.UTF8 {
		x.charset = c
	}
	return nil
}

// utf8 gives a record in UTF-8. A declaration that the bytes contradict is
// reported, and the bytes are read as what they are.
func (x *xmlText) utf8(raw []byte, where string) []byte {
	valid := utf8.Valid(raw)
	switch {
	case x.sure, valid && plainASCII(raw), valid && x.charset.Name == "":
		return raw
	case valid:
		x.contradicted(where, "the file declares "+cut(x.declares, 40)+", but it is written in UTF-8 and was read as that")
		return raw
	case x.charset.Name == "":
		if x.guess.Name == "" {
			x.guess = table.Guess(raw)
		}
		said := "says nothing of its character set"
		if x.declares != "" {
			said = "declares " + cut(x.declares, 40)
		}
		x.contradicted(where, "the file "+said+" and is not UTF-8 here; it was read as "+x.guess.Name+": check the names")
		s, _ := x.guess.Text(raw)
		return []byte(s)
	}
	s, ok := x.charset.Text(raw)
	if !ok {
		x.contradicted(where, "the file holds bytes that "+cut(x.declares, 40)+", which it declares, does not have: check the names")
	}
	return []byte(s)
}

func (x *xmlText) contradicted(where, why string) {
	if !x.odd {
		x.odd = true
		x.r.tell(where, why, "")
	}
}

func plainASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
