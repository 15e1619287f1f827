package api

import (
	"context"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"entente"
	"entente/policy"
	"entente/record"
)

// KeyHeader is the header with the key of an act: the client makes one at random
// for each act, and sends it again when it repeats the request because the answer
// was lost (draft-ietf-httpapi-idempotency-key-header).
const KeyHeader = "Idempotency-Key"

// RepeatedHeader says "true" when an answer is that of an earlier request.
const RepeatedHeader = "Entente-Repeated"

var keyParam = &huma.Param{
	Name: KeyHeader, In: "header", Required: true,
	Description: "Names this act. Make one at random, such as a UUID, and send the same one only to repeat the same request: the act is then done once, and the answer is the first answer. A key is recognised for 7 days, and belongs to one officer. Another request with a key that was used is refused (422).",
	Schema:      &huma.Schema{Type: huma.TypeString, MinLength: new(record.MinKey), MaxLength: new(record.MaxKey), Examples: []any{"0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7"}},
}

// changes reports whether a route is of a method that is no mere look.
func (r route) changes() bool { return r.method != http.MethodGet }

// needsKey reports whether a request must carry a key.
func (r route) needsKey() bool { return r.changes() && !r.open && r.again == "" }

// needsKey is the same of an operation.
const needsKey = "needsKey"

// once puts the key of a request into its context. The officer who may not do the
// operation is refused for that, and on record, with or without a key.
func (s *server) once(ctx huma.Context, by entente.Officer) (huma.Context, func(), *Problem) {
	op := ctx.Operation()
	if op.Method == http.MethodGet {
		return ctx, func() {}, nil
	}
	r, w := humago.Unwrap(ctx)
	key, err := keyOf(r)
	if err != nil {
		return ctx, nil, badKey(err)
	}
	if key == "" {
		of, _ := op.Extensions["x-entente-operation"].(entente.Operation)
		if must, _ := op.Metadata[needsKey].(bool); must && (of == "" || policy.May(by.Role, of)) {
			return ctx, nil, badKey(&entente.Error{
				Kind: entente.Invalid, Field: KeyHeader, Detail: "the request has no key: repeated after a lost answer, it would be done twice",
				Hint: "send the header " + KeyHeader + " with a new UUID for each act, and the same one to repeat it",
			})
		}
		return ctx, func() {}, nil
	}
	what := &asked{head: r.Method + "\n" + r.URL.RequestURI() + "\n", body: r.Body, sum: sha256.New()}
	within, done, err := record.ForKey(ctx.Context(), by.ID, key, what.digest)
	if err != nil {
		return ctx, nil, badKey(err)
	}
	// A copy: by the type of the body in its own, the server knows what it need not read.
	r = r.WithContext(context.WithValue(within, askedKey{}, what))
	r.Body = what
	return humago.NewContext(op, r, w), done, nil
}

// keyOf gives the key of a request, or "". The draft writes it as a string in
// quotation marks; most clients leave them out.
func keyOf(r *http.Request) (string, error) {
	said := r.Header.Values(KeyHeader)
	if len(said) == 0 {
		return "", nil
	}
	key := said[0]
	if len(key) > 1 && strings.HasPrefix(key, `"`) && strings.HasSuffix(key, `"`) {
		key = key[1 : len(key)-1]
	}
	err := record.CheckKey(key)
	if len(said) > 1 {
		err = &entente.Error{Kind: entente.Invalid, Detail: "a request has one key", Hint: "send the header " + KeyHeader + " once"}
	}
	return key, err
}

// badKey answers a key that is missing or none with 400, as the draft has it.
func badKey(err error) *Problem {
	p := problemOf(err)
	if p.Kind == "invalid" {
		p.Status, p.Title, p.Field = http.StatusBadRequest, http.StatusText(http.StatusBadRequest), KeyHeader
	}
	return p
}

// asked is what a request asks: its method, address and body, as it is read.
type asked struct {
	head string
	body io.ReadCloser
	sum  hash.Hash
	file *entente.Digest // stands for the body where the same files come in other bytes
}

type askedKey struct{}

// askedFor says that a request with these files asks the same, however they are packed.
func askedFor(ctx context.Context, files entente.Digest) {
	if a, ok := ctx.Value(askedKey{}).(*asked); ok {
		a.file = &files
	}
}

func (a *asked) Read(p []byte) (int, error) {
	n, err := a.body.Read(p)
	a.sum.Write(p[:n])
	return n, err
}

func (a *asked) Close() error { return a.body.Close() }

func (a *asked) digest() entente.Digest {
	body := a.sum.Sum(nil)
	if a.file != nil {
		body = a.file[:]
	}
	return entente.DigestOf(fmt.Appendf(nil, "%s%x", a.head, body))
}

// repeated is the value of RepeatedHeader.
func repeated(ctx context.Context) string {
	if record.Repeated(ctx) {
		return "true"
	}
	return ""
}
