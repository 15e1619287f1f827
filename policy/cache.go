package policy

import (
	"sync"

	"entente"
)

// Cache keeps compiled agreements: compiling CEL takes milliseconds, asking a
// rule microseconds. The zero Cache is ready.
type Cache struct {
	mu    sync.Mutex
	terms map[entente.Digest]*Terms
}

// Terms compiles an agreement, or gives what the same text compiled to before.
func (c *Cache) Terms(a entente.Agreement) (*Terms, error) {
	key := entente.DigestOf(a.Text)
	c.mu.Lock()
	defer c.mu.Unlock()
	if t, ok := c.terms[key]; ok {
		return t, nil
	}
	t, err := Compile(a)
	if err != nil {
		return nil, err
	}
	if c.terms == nil || len(c.terms) >= 256 {
		c.terms = map[entente.Digest]*Terms{}
	}
	c.terms[key] = t
	return t, nil
}
