package api

import (
	"context"
	"io"
	"mime"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"entente"
)

// Upload is the body of a request, read as it comes.
type Upload struct{ body io.Reader }

// Resolve takes the body from the request. huma calls it.
func (u *Upload) Resolve(ctx huma.Context) []error {
	r, _ := humago.Unwrap(ctx)
	u.body = r.Body
	return nil
}

// download serves an operation that answers with a file. do calls begin when it
// knows the name, and the size if it does, before it writes. An error before the
// first byte is a problem; one after it breaks the connection, so that nobody
// takes half a file for a whole one.
func download[I any](s *server, r route, media string, do func(ctx context.Context, by entente.Officer, in *I, begin func(name string, size int64), w io.Writer) error) {
	op := r.operation()
	status, response := ok(http.StatusOK, "The file.", media)
	op.Responses[status] = response
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
		by := s.officer(ctx)
		return &huma.StreamResponse{Body: func(hc huma.Context) {
			w := &fileWriter{ctx: hc, media: media}
			err := do(ctx, by, in, func(name string, size int64) { w.name, w.size = name, size }, w)
			switch {
			case err == nil:
				w.start() // an empty file
			case !w.started:
				s.refuse(hc, s.fail(ctx, r.id, err))
			default:
				s.fail(ctx, r.id, err)
				panic(http.ErrAbortHandler)
			}
		}}, nil
	})
}

// fileWriter begins the answer at the first byte.
type fileWriter struct {
	ctx     huma.Context
	media   string
	name    string
	size    int64
	started bool
}

func (f *fileWriter) Write(b []byte) (int, error) {
	f.start()
	return f.ctx.BodyWriter().Write(b)
}

func (f *fileWriter) start() {
	if f.started {
		return
	}
	f.started = true
	f.ctx.SetHeader("Content-Type", f.media)
	// A file of a stranger is kept, never shown: no browser opens it in our name.
	f.ctx.SetHeader("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.name}))
	f.ctx.SetHeader("Content-Security-Policy", "sandbox; default-src 'none'")
	if f.size > 0 {
		f.ctx.SetHeader("Content-Length", strconv.FormatInt(f.size, 10))
	}
	f.ctx.SetStatus(http.StatusOK)
}
