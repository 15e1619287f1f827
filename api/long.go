package api

import (
	"context"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"entente"
)

// linesMedia is asked for by whoever wants to know how far a long operation is.
const linesMedia = "application/jsonl"

// Step is one line of the answer of a long operation. The last one is done, or
// has a problem.
type Step[T any] struct {
	Done    bool     `json:"done,omitzero"`
	Value   T        `json:"value"` // so far
	Problem *Problem `json:"problem,omitzero"`
}

// long serves an operation that takes its time. It answers with a T as any other
// does, or with a line for each step to whoever asks for that.
func long[I, T any](s *server, r route, op huma.Operation, do func(ctx context.Context, by entente.Officer, in *I, progress func(T)) (T, error)) {
	op.Responses["200"] = &huma.Response{
		Description: http.StatusText(http.StatusOK),
		Content:     map[string]*huma.MediaType{"application/json": {Schema: s.api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")}},
	}
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
		by := s.officer(ctx)
		return &huma.StreamResponse{Body: func(hc huma.Context) {
			lines := &stepWriter[T]{ctx: hc}
			progress := lines.step
			if !wantsLines(hc.Header("Accept")) {
				progress, lines = nil, nil
			}
			v, err := do(ctx, by, in, progress)
			if again := repeated(ctx); again != "" {
				hc.SetHeader(RepeatedHeader, again)
			}
			switch {
			case err != nil && (lines == nil || !lines.started):
				s.refuse(hc, s.fail(ctx, r.id, err))
			case err != nil:
				lines.write(Step[T]{Value: v, Problem: s.fail(ctx, r.id, err)})
			case lines != nil:
				lines.write(Step[T]{Value: v, Done: true})
			default:
				hc.SetHeader("Content-Type", "application/json")
				hc.SetStatus(http.StatusOK)
				_ = jsonFormat.Marshal(hc.BodyWriter(), v) // whoever has hung up misses nothing
			}
		}}, nil
	})
}

func wantsLines(accept string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		if media, _, err := mime.ParseMediaType(part); err == nil && media == linesMedia {
			return true
		}
	}
	return false
}

// stepWriter writes lines, each at once. What cannot be written is not read any
// more; the work goes on until the request's context ends.
type stepWriter[T any] struct {
	ctx     huma.Context
	started bool
}

func (w *stepWriter[T]) step(v T) { w.write(Step[T]{Value: v}) }

func (w *stepWriter[T]) write(s Step[T]) {
	_, rw := humago.Unwrap(w.ctx)
	control := http.NewResponseController(rw)
	if !w.started {
		w.started = true
		w.ctx.SetHeader("Content-Type", linesMedia)
		w.ctx.SetStatus(http.StatusOK)
	}
	if jsonFormat.Marshal(rw, s) == nil {
		_, _ = io.WriteString(rw, "\n")
		_ = control.Flush()
	}
}
