package match

// counter notes who was seen and by which parts.
type counter struct {
	slots  []seen // of which a power of two is in use, so that a short search stays in near memory
	mask   uint32
	list   []uint32 // slots in use
	chosen []chosen
	moved  []seen
	round  uint32
}

type seen struct {
	n     uint32
	round uint32
	marks
	rank uint8
}

// marks are the words of a question by which somebody was found, a bit for each,
// apart by how.
type marks struct {
	parts  uint32 // by their own keys
	near   uint32 // by those of a word that some letters set apart; certain: by the date of birth
	joined uint32 // by those of several words that are this one
	runs   uint32 // by those of a word that is this one and others side by side
	likely uint32 // of parts: by the likeliest skeleton
}

// all is every word by which somebody was found.
func (m *marks) all() uint32 { return m.parts | m.near&^certain | m.joined | m.runs }

func (m *marks) add(o marks) {
	m.parts |= o.parts
	m.near |= o.near
	m.joined |= o.joined
	m.runs |= o.runs
	m.likely |= o.likely
}

func (c *counter) reset() {
	c.list = c.list[:0]
	c.mask = fewSeen - 1
	c.turn()
}

// fewSeen is how many slots a search begins with.
const fewSeen = 1 << 10

// turn makes every slot free.
func (c *counter) turn() {
	if c.round++; c.round == 0 {
		clear(c.slots)
		c.round = 1
	}
}

func (c *counter) add(n uint32, by marks) {
	if len(c.list)*2 > int(c.mask) {
		c.grow()
	}
	for i := n * 0x9e3779b1 >> 7 & c.mask; ; i = (i + 1) & c.mask {
		e := &c.slots[i]
		if e.round != c.round {
			*e = seen{n: n, round: c.round, marks: by}
			c.list = append(c.list, i)
			return
		}
		if e.n == n {
			e.marks.add(by)
			return
		}
	}
}

// grow takes four times as many slots.
func (c *counter) grow() {
	c.moved = c.moved[:0]
	for _, i := range c.list {
		c.moved = append(c.moved, c.slots[i])
	}
	if c.mask = 4*c.mask + 3; int(c.mask) >= len(c.slots) {
		c.slots = make([]seen, c.mask+1)
	}
	c.turn()
	c.list = c.list[:0]
	for _, e := range c.moved {
		c.add(e.n, e.marks)
	}
}

// memory remembers likenesses for the time of one question: a few parts are
// asked for, and those who may be meant share most of theirs.
type memory struct {
	slots []remembered
	round uint32
	used  int
}

type remembered struct {
	key   uint64 // number of the part asked for, id of the part held
	round uint32
	likeness
}

func (m *memory) reset() {
	m.used = 0
	if m.round++; m.round == 0 {
		clear(m.slots)
		m.round = 1
	}
}

func (m *memory) compare(a, b *part) likeness {
	if !mayMeet(a, b) {
		return likeness{}
	}
	if a.id == 0 || b.id == 0 {
		return likenessOf(a, b)
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
			*e = remembered{key, m.round, likenessOf(a, b)}
			m.used++
			return e.likeness
		}
		if e.key == key {
			return e.likeness
		}
	}
}
