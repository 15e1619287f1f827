package match

// counter notes who was seen and by which parts.
type counter struct {
	slots  []seen
	list   []uint32 // slots in use
	chosen []uint32
	round  uint32
}

type seen struct {
	n      uint32
	round  uint32
	parts  uint32
	likely uint32
	rank   uint8
}

func (c *counter) reset() {
	c.list = c.list[:0]
	if c.round++; c.round == 0 {
		clear(c.slots)
		c.round = 1
	}
}

func (c *counter) add(n, parts, likely uint32) {
	if len(c.list)*2 >= len(c.slots) {
		c.grow()
	}
	mask := uint32(len(c.slots) - 1)
	for i := n * 0x9e3779b1 >> 7 & mask; ; i = (i + 1) & mask {
		e := &c.slots[i]
		if e.round != c.round {
			*e = seen{n: n, round: c.round, parts: parts, likely: likely}
			c.list = append(c.list, i)
			return
		}
		if e.n == n {
			e.parts |= parts
			e.likely |= likely
			return
		}
	}
}

func (c *counter) grow() {
	old, list := c.slots, c.list
	c.slots, c.list = make([]seen, 2*len(old)), make([]uint32, 0, 2*len(list))
	for _, i := range list {
		c.add(old[i].n, old[i].parts, old[i].likely)
	}
}

// memory remembers likenesses for the time of one question: a few parts are
// asked for, and those who may be meant share most of theirs.
type memory struct {
	slots []remembered
	round uint32
	used  int
	next  uint32
}

type remembered struct {
	key   uint64 // number of the part asked for, id of the part held
	round uint32
	likeness
}

func (m *memory) reset() {
	m.used, m.next = 0, 0
	if m.round++; m.round == 0 {
		clear(m.slots)
		m.round = 1
	}
}

// number gives a part of the question a number for the time being.
func (m *memory) number(p *part) {
	m.next++
	p.id = m.next
}

func (m *memory) compare(a, b *part) likeness {
	if a.id == 0 || b.id == 0 {
		return compareParts(a, b)
	}
	if m.used*2 >= len(m.slots) {
		m.slots = make([]remembered, 2*len(m.slots))
		m.used = 0
	}
	key := uint64(a.id)<<32 | uint64(b.id)
	mask := uint64(len(m.slots) - 1)
	for i := mix(key) & mask; ; i = (i + 1) & mask {
		e := &m.slots[i]
		if e.round != m.round {
			*e = remembered{key, m.round, compareParts(a, b)}
			m.used++
			return e.likeness
		}
		if e.key == key {
			return e.likeness
		}
	}
}
