package match

// The index keeps no Go maps and few pointers: tables of hashes, and runs of
// numbers in chunks. So a million people stay small, the garbage collector has
// nothing to follow, and no single growth stops a live index.

// table maps a hash to the numbers that were added under it, in the order in
// which they came. Numbers are less than 1<<31.
type table struct {
	shards [shards]shard
	runs   runs
}

const (
	shardBits = 10
	shards    = 1 << shardBits
)

// shard is a hash table with linear probing. A slot holds the low half of the
// hash and one number + 1, or with the top bit set a run; 0: free.
type shard struct {
	slots []slot
	used  int
}

type slot struct{ hash, value uint32 }

const inRun = 1 << 31

// get returns the numbers under a hash. The slice is valid until the next
// change; one backs it where there is a single number.
func (t *table) get(hash uint64, one *[1]uint32) []uint32 {
	s := t.shards[hash>>(64-shardBits)].find(uint32(hash))
	switch {
	case s == nil:
		return nil
	case s.value&inRun == 0:
		one[0] = s.value - 1
		return one[:]
	}
	return t.runs.get(s.value &^ inRun)
}

// count is how many numbers stand under a hash.
func (t *table) count(hash uint64) int {
	s := t.shards[hash>>(64-shardBits)].find(uint32(hash))
	switch {
	case s == nil:
		return 0
	case s.value&inRun == 0:
		return 1
	}
	return len(t.runs.get(s.value &^ inRun))
}

// add puts a number under a hash. Added twice in a row it is kept once.
func (t *table) add(hash uint64, n uint32) {
	s := t.shards[hash>>(64-shardBits)].slot(uint32(hash))
	switch {
	case s.value == 0:
		s.value = n + 1
	case s.value == n+1:
	case s.value&inRun == 0:
		s.value = t.runs.make(s.value-1, n) | inRun
	default:
		t.runs.add(s.value&^inRun, n)
	}
}

// remove takes a number from under a hash.
func (t *table) remove(hash uint64, n uint32) {
	sh := &t.shards[hash>>(64-shardBits)]
	s := sh.find(uint32(hash))
	switch {
	case s == nil:
	case s.value == n+1:
		sh.delete(s)
	case s.value&inRun != 0:
		if t.runs.remove(s.value&^inRun, n) == 0 {
			t.runs.free(s.value &^ inRun)
			sh.delete(s)
		}
	}
}

// home is where a hash would stand if nothing were in its way.
func (s *shard) home(hash uint32) int {
	return int(uint64(hash) * uint64(len(s.slots)) >> 32)
}

func (s *shard) find(hash uint32) *slot {
	if len(s.slots) == 0 {
		return nil
	}
	for i := s.home(hash); ; i++ {
		if i == len(s.slots) {
			i = 0
		}
		if e := &s.slots[i]; e.value == 0 {
			return nil
		} else if e.hash == hash {
			return e
		}
	}
}

// slot finds the slot of a hash or gives it one.
func (s *shard) slot(hash uint32) *slot {
	if e := s.find(hash); e != nil {
		return e
	}
	if s.used*5 >= len(s.slots)*4 { // full by four fifths
		s.grow()
	}
	s.used++
	return s.free(hash)
}

func (s *shard) free(hash uint32) *slot {
	for i := s.home(hash); ; i++ {
		if i == len(s.slots) {
			i = 0
		}
		if e := &s.slots[i]; e.value == 0 {
			e.hash = hash
			return e
		}
	}
}

func (s *shard) grow() {
	old := s.slots
	s.slots = make([]slot, len(old)+len(old)/3+8)
	for _, e := range old {
		if e.value != 0 {
			s.free(e.hash).value = e.value
		}
	}
}

// delete frees a slot and moves up what had to give way to it.
func (s *shard) delete(e *slot) {
	i := 0
	for j := s.home(e.hash); ; j++ {
		if j == len(s.slots) {
			j = 0
		}
		if &s.slots[j] == e {
			i = j
			break
		}
	}
	s.used--
	n := len(s.slots)
	for j := i; ; {
		s.slots[i].value = 0
		for {
			if j++; j == n {
				j = 0
			}
			if s.slots[j].value == 0 {
				return
			}
			// An entry may move to the gap if its home is not between the two.
			if home := s.home(s.slots[j].hash); (j-home+n)%n >= (j-i+n)%n {
				break
			}
		}
		s.slots[i] = s.slots[j]
		i = j
	}
}
