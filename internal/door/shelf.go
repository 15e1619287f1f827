package door

import (
	"slices"
	"sync"
)

// shelf counts the bytes of answers that wait for their readers. When they are
// too many, the oldest answer goes of the owner who keeps most.
type shelf struct {
	most int

	mu    sync.Mutex
	kept  []*keeping // oldest first
	bytes int
}

// keeping is one answer that waits.
type keeping struct {
	owner string
	bytes int
	cut   func() // breaks the answer off
}

// keep counts n bytes of owner until free is called. cut may be called before, and not after.
func (s *shelf) keep(owner string, n int, cut func()) (free func()) {
	k := &keeping{owner, n, cut}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = append(s.kept, k)
	s.bytes += n
	for s.bytes > s.most && len(s.kept) > 1 {
		v := s.greediest()
		s.drop(v)
		v.cut()
	}
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.drop(k)
	}
}

func (s *shelf) drop(k *keeping) {
	if i := slices.Index(s.kept, k); i >= 0 {
		s.kept = slices.Delete(s.kept, i, i+1)
		s.bytes -= k.bytes
	}
}

func (s *shelf) greediest() *keeping {
	by, most := map[string]int{}, 0
	for _, k := range s.kept {
		by[k.owner] += k.bytes
		most = max(most, by[k.owner])
	}
	i := slices.IndexFunc(s.kept, func(k *keeping) bool { return by[k.owner] == most })
	return s.kept[i]
}
