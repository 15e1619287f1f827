package match

// Whole answers a question by comparing everybody who is held, whatever they
// share with it: what Answer is measured against. It is slow.
func (x *Index) Whole(q *Question, least Least) []Hit {
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := newSearch(x)
	s.start(q, least)
	for n := range uint32(x.entries.n) {
		if x.entries.at(int(n)).size == 0 {
			continue
		}
		x.read(n, &s.held, &s.eye)
		t := s.pairing.compareRest(q.asked, &s.held, &s.memory)
		s.pairing.compareEveryName(&t, q.asked, &s.held, &s.memory)
		if w := learned.weigh(&t); s.bar.meets(&w, &t) {
			s.rank(&ranked{n, w.sum(), t}, x.live)
		}
	}
	return s.explain()
}

// compareEveryName is compareNames without a glance at what they may be worth.
func (m *pairing) compareEveryName(t *terms, a, b *person, like likener) {
	best := 0.0
	for k := range len(a.names) * len(b.names) {
		if n, sum := m.compareName(a, b, k, like); !t.named || sum > best {
			best = sum
			t.named, t.name, t.i, t.j = true, n, k/len(b.names), k%len(b.names)
		}
	}
	t.forgive(a, b)
}
