package wire

import (
	"encoding/binary"
	"strconv"

	"entente"
)

// coder reads or writes a raw body. One description of a structure serves both
// ways, so that what is read is what would be written, and each limit stands once.
//
// Numbers are big-endian. Bytes have their length before them, lists their count.
// After an error nothing more is read or written.
type coder struct {
	b       []byte // what there is, or what is left to read
	writing bool
	at      string // path of the structure, with a dot at its end
	err     error
}

func (c *coder) fail(field, detail string, why entente.Reason) {
	if c.err == nil {
		c.err = bad(c.at+field, detail, why)
	}
}

// end ends a body that is read: nothing may be left over.
func (c *coder) end() {
	if c.err == nil && !c.writing && len(c.b) > 0 {
		c.fail("", "something follows the end of the body", entente.ReasonMalformed)
	}
}

// number codes a number of so many bytes.
func (c *coder) number(field string, n *int64, width int, least, most int64) {
	if c.err != nil {
		return
	}
	var raw [8]byte
	if c.writing {
		if c.within(field, *n, least, most) {
			binary.BigEndian.PutUint64(raw[:], uint64(*n))
			c.b = append(c.b, raw[8-width:]...)
		}
		return
	}
	copy(raw[8-width:], c.take(field, width))
	if v := int64(binary.BigEndian.Uint64(raw[:])); c.err == nil && c.within(field, v, least, most) {
		*n = v
	}
}

func (c *coder) within(field string, n, least, most int64) bool {
	switch {
	case n < least:
		c.fail(field, "it is less than "+strconv.FormatInt(least, 10), entente.ReasonMalformed)
	case n > most:
		c.fail(field, "it is more than "+strconv.FormatInt(most, 10), entente.ReasonTooLarge)
	}
	return c.err == nil
}

// take reads so many bytes.
func (c *coder) take(field string, n int) []byte {
	if len(c.b) < n {
		c.fail(field, "the body breaks off", entente.ReasonMalformed)
		return nil
	}
	b := c.b[:n:n]
	c.b = c.b[n:]
	return b
}

// bytes codes bytes with their length before them. None are nil.
func (c *coder) bytes(field string, b *[]byte, width, least, most int) {
	n := int64(len(*b))
	c.number(field, &n, width, int64(least), int64(most))
	switch {
	case c.err != nil || n == 0:
	case c.writing:
		c.b = append(c.b, *b...)
	default:
		*b = c.take(field, int(n))
	}
}

// digest codes 32 bytes.
func (c *coder) digest(field string, d *entente.Digest) {
	switch {
	case c.err != nil:
	case c.writing:
		c.b = append(c.b, d[:]...)
	default:
		copy(d[:], c.take(field, len(d)))
	}
}

// digests codes digests with their count, of two bytes, before them.
func (c *coder) digests(field string, ds *[]entente.Digest) {
	items(c, field, ds, 2, MaxRecords, func(d *entente.Digest) { c.digest(field, d) })
}

// list codes structures with their count before them; each finds its own path.
func list[T any](c *coder, field string, xs *[]T, width, most int, each func(*T)) {
	at, i := c.at, 0
	items(c, field, xs, width, most, func(x *T) {
		c.at = at + field + "[" + strconv.Itoa(i) + "]."
		each(x)
		c.at = at
		i++
	})
}

// items codes things of any sort with their count before them. Nobody gets memory
// for a count: the list grows with what comes.
func items[T any](c *coder, field string, xs *[]T, width, most int, each func(*T)) {
	n := int64(len(*xs))
	c.number(field, &n, width, 0, int64(most))
	for i := int64(0); i < n && c.err == nil; i++ {
		if !c.writing {
			var x T
			*xs = append(*xs, x)
		}
		each(&(*xs)[i])
	}
}
