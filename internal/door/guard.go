package door

import (
	"context"
	"net/http"
	"time"

	"entente"
)

// Config is what a Guard holds visitors to. Zero fields take the default.
type Config struct {
	Hosts   []string // names by which visitors may ask; this machine's own always
	Proxies Proxies

	Body  int64         // bytes of a request before the gate; 64 KiB
	Gate  time.Duration // for all of them; 10 s
	Stall time.Duration // without progress, after the gate and for answers; 30 s
	Rate  int           // bytes a second that count as progress; 4096
	Kept  int           // bytes of answers that may wait for slow readers, of all together; 64 MiB
}

// rest is how long the server waits for what is left of a body that no handler
// read to its end.
const rest = 5 * time.Second

func (c Config) filled() Config {
	c.Body, c.Gate, c.Stall = or(c.Body, 64<<10), or(c.Gate, 10*time.Second), or(c.Stall, 30*time.Second)
	c.Rate, c.Kept = or(c.Rate, 4096), or(c.Kept, 64<<20)
	return c
}

func or[T comparable](v, fallback T) T {
	var zero T
	if v == zero {
		return fallback
	}
	return v
}

// Guard stands before every handler of a server.
type Guard struct {
	cfg   Config
	hosts hosts
	shelf *shelf
	next  http.Handler
}

// NewGuard puts a guard before next.
func NewGuard(cfg Config, next http.Handler) *Guard {
	cfg = cfg.filled()
	return &Guard{cfg: cfg, hosts: newHosts(cfg.Hosts), shelf: &shelf{most: cfg.Kept}, next: next}
}

// visitor is what is known of who sent a request.
type visitor struct {
	guard *Guard
	conn  *Conn
	body  *body // nil: none
	owner string
	place string
}

type visitorKey struct{}

func (g *Guard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	addr, ok := g.cfg.Proxies.visitor(r)
	if !ok {
		http.Error(w, "The proxy before this desk does not say who asks in the form that its operator has set.", http.StatusBadRequest)
		return
	}
	if status, words := g.hosts.refuse(r.Host); status != 0 {
		http.Error(w, words, status)
		return
	}
	v := &visitor{guard: g, conn: from(r.Context()), place: Place(addr)}
	if v.conn != nil && g.cfg.Proxies.sharesConn(r) {
		v.conn.shared = true
		v.conn.door.move(v.conn, v.place)
	}
	r = r.WithContext(context.WithValue(r.Context(), visitorKey{}, v))
	r.RemoteAddr = addr
	a := g.answer(w, v)
	defer a.wait() // for what the server still has to send
	g.receive(w, r, v)
	defer v.end()
	g.next.ServeHTTP(a, r)
}

func (g *Guard) answer(w http.ResponseWriter, v *visitor) *answer {
	return &answer{
		ResponseWriter: w, control: http.NewResponseController(w), pace: newPace(g.cfg.Stall, g.cfg.Rate),
		keep: func(n int, cut func()) func() { return g.shelf.keep(v.name(), n, cut) },
	}
}

// receive bounds the body as that of a stranger.
func (g *Guard) receive(w http.ResponseWriter, r *http.Request, v *visitor) {
	if r.Body == nil || r.Body == http.NoBody {
		return
	}
	b := &body{raw: r.Body, r: http.MaxBytesReader(w, r.Body, g.cfg.Body), control: http.NewResponseController(w), pace: newPace(g.cfg.Gate, 0)}
	if r.ProtoMajor == 1 {
		b.rest = rest
	}
	b.pause()
	r.Body, v.body = b, b
}

func (v *visitor) name() string {
	if v.owner != "" {
		return v.owner
	}
	return "address " + v.place
}

func (v *visitor) end() {
	if v.owner != "" {
		v.conn.End()
	}
	if v.body != nil && !v.body.ended {
		v.body.pause()
	}
}

// Admit notes that the request of ctx has proven to be owner's: the bounds of
// strangers hold for it no longer. Unavailable: owner has too much under way.
func Admit(ctx context.Context, owner string) error {
	v, _ := ctx.Value(visitorKey{}).(*visitor)
	if v == nil || v.owner != "" {
		return nil
	}
	if !v.conn.Begin(owner) {
		return &entente.Error{Kind: entente.Unavailable, Detail: "too many requests of yours are under way", Hint: "wait until some are answered, and try again", Wait: time.Second}
	}
	v.owner = owner
	if v.body != nil {
		v.body.open(newPace(v.guard.cfg.Stall, v.guard.cfg.Rate))
	}
	return nil
}
