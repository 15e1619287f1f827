package signin

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/crypto/argon2"

	"entente"
)

// memory is a store of what signing in needs. A failed Update changes nothing;
// a View that writes panics on the nil Tx below it.
type memory struct {
	mu     sync.Mutex
	state  state
	writes int    // Updates that were committed
	after  func() // runs once, after the next View
}

type state struct {
	officers    map[entente.OfficerID]entente.Officer
	credentials map[string]entente.Credential
	sessions    map[entente.Digest]entente.Session
	settings    map[string][]byte
	fleeting    map[entente.Digest]entente.Fleeting
	log         []entente.Access
}

func (s state) clone() state {
	return state{maps.Clone(s.officers), maps.Clone(s.credentials), maps.Clone(s.sessions), maps.Clone(s.settings), maps.Clone(s.fleeting), slices.Clone(s.log)}
}

func (m *memory) View(_ context.Context, fn func(entente.Tx) error) error {
	m.mu.Lock()
	err := fn(reader{state: &m.state})
	then := m.after
	m.after = nil
	m.mu.Unlock()
	if then != nil {
		then()
	}
	return err
}

func (m *memory) Update(_ context.Context, fn func(entente.Tx) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	// Twice, as a store may that lost a race: only the second run counts.
	first := m.state.clone()
	fn(&writer{reader{state: &first}})
	next := m.state.clone()
	if err := fn(&writer{reader{state: &next}}); err != nil {
		return err
	}
	m.state = next
	m.writes++
	return nil
}

type reader struct {
	entente.Tx
	state *state
}

type writer struct{ reader }

func get[K comparable, V any](m map[K]V, k K) (V, error) {
	v, ok := m[k]
	if !ok {
		return v, &entente.Error{Kind: entente.NotFound, Detail: "nothing there"}
	}
	return v, nil
}

func (r reader) Officer(id entente.OfficerID) (entente.Officer, error) {
	return get(r.state.officers, id)
}

func (r reader) Credential(id string) (entente.Credential, error) {
	return get(r.state.credentials, id)
}

func (r reader) Session(d entente.Digest) (entente.Session, error) { return get(r.state.sessions, d) }

func (r reader) Fleeting(k entente.Digest) (entente.Fleeting, error) { return get(r.state.fleeting, k) }

func (r reader) CountFleeting(kind string, place entente.Digest) (n int, err error) {
	for _, f := range r.state.fleeting {
		if f.Kind == kind && f.Place == place {
			n++
		}
	}
	return n, nil
}

func (r reader) Setting(k string) ([]byte, error) { return get(r.state.settings, k) }

func (r reader) Credentials(of entente.OfficerID) (held []entente.Credential, err error) {
	for _, c := range r.state.credentials {
		if c.Officer == of {
			held = append(held, c)
		}
	}
	slices.SortFunc(held, func(a, b entente.Credential) int {
		return cmp.Or(a.Added.Compare(b.Added), strings.Compare(a.ID, b.ID))
	})
	return held, nil
}

func (w *writer) PutOfficer(o entente.Officer) error { w.state.officers[o.ID] = o; return nil }

func (w *writer) PutCredential(c entente.Credential) error {
	w.state.credentials[c.ID] = c
	return nil
}

func (w *writer) DropCredential(id string) error {
	delete(w.state.credentials, id)
	return nil
}
func (w *writer) PutFleeting(f entente.Fleeting) error { w.state.fleeting[f.Key] = f; return nil }
func (w *writer) DropFleeting(k entente.Digest) error  { delete(w.state.fleeting, k); return nil }

func (w *writer) SweepFleeting(kind string, by time.Time, keep int) error {
	var left []entente.Fleeting
	for k, f := range w.state.fleeting {
		switch {
		case f.Kind != kind:
		case !f.Expires.After(by):
			delete(w.state.fleeting, k)
		default:
			left = append(left, f)
		}
	}
	if len(left) > keep {
		slices.SortFunc(left, func(a, b entente.Fleeting) int { return a.Expires.Compare(b.Expires) })
		for _, f := range left[:len(left)-keep] {
			delete(w.state.fleeting, f.Key)
		}
	}
	return nil
}

func (w *writer) PutSession(s entente.Session) error  { w.state.sessions[s.Token] = s; return nil }
func (w *writer) DropSession(d entente.Digest) error  { delete(w.state.sessions, d); return nil }
func (w *writer) PutSetting(k string, v []byte) error { w.state.settings[k] = v; return nil }

func (w *writer) DropSessions(of entente.OfficerID, by time.Time) error {
	maps.DeleteFunc(w.state.sessions, func(_ entente.Digest, s entente.Session) bool {
		return of != "" && s.Officer == of || !by.IsZero() && !s.Expires.After(by)
	})
	return nil
}

// desk is a Service with two officers, on a fake store with cheap hashes that
// are counted.
type desk struct {
	*Service
	t      testing.TB
	store  *memory
	hashes atomic.Int64
}

const (
	good = "quiet lantern over the harbour"
	next = "seven brass kettles and a crow"
	home = "192.0.2.7:50123"
)

var (
	ctx  = context.Background()
	anna = entente.Officer{ID: "anna.kern", Name: "Anna Kern", Role: entente.Analyst}
	otto = entente.Officer{ID: "otto.falk", Name: "Otto Falk", Role: entente.Operator}
	idle = entente.Officer{ID: "ines.moor", Name: "Ines Moor", Role: entente.Supervisor} // has no password
)

func newDesk(t testing.TB, change ...func(*Config)) *desk {
	t.Helper()
	m := &memory{state: state{
		officers:    map[entente.OfficerID]entente.Officer{anna.ID: anna, otto.ID: otto, idle.ID: idle},
		credentials: map[string]entente.Credential{}, sessions: map[entente.Digest]entente.Session{}, settings: map[string][]byte{}, fleeting: map[entente.Digest]entente.Fleeting{},
	}}
	cfg := Config{
		Store: m,
		Record: func(tx entente.Tx, a entente.Access) error {
			s := tx.(*writer).state
			s.log = append(s.log, a)
			return nil
		},
		Check: func(o entente.Officer, op entente.Operation) error {
			if op == entente.OpManageOfficers && o.Role != entente.Operator {
				return &entente.Error{Kind: entente.Denied, Detail: "not yours to do"}
			}
			return nil
		},
		RPID: "localhost", Origins: []string{"http://localhost:8080"},
		Params: Params{Time: 1, Memory: 32, Threads: 1},
	}
	for _, c := range change {
		c(&cfg)
	}
	s, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{Service: s, t: t, store: m}
	s.hash.derive = func(password, salt []byte, time, memory uint32, threads uint8, n uint32) []byte {
		d.hashes.Add(1)
		return argon2.IDKey(password, salt, time, memory, threads, n)
	}
	for _, o := range []entente.Officer{anna, otto} {
		if err := s.SetPassword(ctx, o.ID, good); err != nil {
			t.Fatal(err)
		}
	}
	d.hashes.Store(0)
	return d
}

// in signs Anna in with her password.
func (d *desk) in() (token string) {
	d.t.Helper()
	token, o, err := d.Password(ctx, anna.ID, good, home, "")
	if err != nil || o != anna {
		d.t.Fatalf("sign in: %+v, %v", o, err)
	}
	return token
}

// inOn signs Anna in with her password on a device, and gives what it keeps.
func (d *desk) inOn(device string) (token, kept string) {
	d.t.Helper()
	token, o, err := d.Password(ctx, anna.ID, good, home, device)
	if err != nil || o != anna {
		d.t.Fatalf("sign in: %+v, %v", o, err)
	}
	if kept = device; kept == "" {
		kept, err = d.newDevice(anna.ID)
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return token, kept
}

func (d *desk) disable(id entente.OfficerID) {
	d.t.Helper()
	err := d.store.Update(ctx, func(tx entente.Tx) error {
		o, err := tx.Officer(id)
		o.Disabled = d.now()
		return errors.Join(err, tx.PutOfficer(o))
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

// last is the newest entry of the access log.
func (d *desk) last() entente.Access { return d.store.state.log[len(d.store.state.log)-1] }

// want fails the test unless err is of that kind; nil: none.
func want(t testing.TB, what string, err, kind error) {
	t.Helper()
	if kind == nil && err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if kind == nil {
		return
	}
	e, ok := errors.AsType[*entente.Error](err)
	if !ok || e.Kind != kind {
		t.Fatalf("%s: got %v, want %v", what, err, kind)
	}
	if e.Detail == "" {
		t.Errorf("%s: no detail for the person who asked", what)
	}
}
