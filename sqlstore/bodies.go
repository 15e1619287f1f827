package sqlstore

import (
	"sync"

	"github.com/go-json-experiment/json"

	"entente"
	"entente/parse"
)

// What is kept was checked when it came in. It is read back without being
// checked again, so that a stricter version still reads what an older one took.

// decode tries it without parse.Unfilled first: nearly all that is read in numbers needs
// nothing else, and takes a fifth less time.
func decode[T any](b []byte) (T, error) {
	var v T
	if err := json.Unmarshal(b, &v); err == nil {
		return v, nil
	}
	var again T
	err := json.Unmarshal(b, &again, parse.Unfilled)
	return again, err
}

// A descriptor and an agreement are kept as the text that was signed, and read
// by the strict reader: that takes longer than all else a delivery does. What
// was read once is therefore kept in memory, by the digest of its text. It is
// shared: who gets a Party or an Agreement from the store must not change it.
var (
	parties    = memo[entente.Party]{read: parse.Party}
	agreements = memo[entente.Agreement]{read: parse.Agreement}
)

// memo remembers what texts say.
type memo[T any] struct {
	read func([]byte) (T, error)
	mu   sync.Mutex
	said map[entente.Digest]T
}

// remembered bounds a memo; there are few texts, and a full memo starts again.
const remembered = 1000

// of returns what a text says, and the digest that names it.
func (m *memo[T]) of(text []byte) (T, entente.Digest, error) {
	key := entente.DigestOf(text)
	m.mu.Lock()
	v, ok := m.said[key]
	m.mu.Unlock()
	if ok {
		return v, key, nil
	}
	v, err := m.read(text)
	if err != nil {
		return v, key, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.said == nil || len(m.said) >= remembered {
		m.said = map[entente.Digest]T{}
	}
	m.said[key] = v
	return v, key, nil
}
