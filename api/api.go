package api

import (
	"log/slog"
	"net/http"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"entente"
)

// Config is what the interface stands on.
type Config struct {
	Officers Officers
	Accounts Accounts
	Outbox   Outbox
	Desk     Desk
	Screen   Screen
	Courier  Courier          // nil: this node packs no courier files
	Now      func() time.Time // nil: time.Now
	Log      *slog.Logger     // nil: slog.Default()
}

// Handler serves everything under /api/. Whoever mounts it puts
// http.CrossOriginProtection before it, since it knows officers by cookie, too.
func Handler(cfg Config) (http.Handler, error) {
	if cfg.Officers == nil || cfg.Accounts == nil || cfg.Outbox == nil || cfg.Desk == nil || cfg.Screen == nil {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "api", Detail: "the interface needs officers, accounts, an outbox, a desk and a screen"}
	}
	s := newServer(cfg)
	document, err := s.document()
	if err != nil {
		return nil, err
	}
	s.mux.HandleFunc("GET /api/openapi.json", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/openapi+json")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Write(document)
	})
	s.mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		s.refuse(humago.NewContext(nil, r, w), problemOf(&entente.Error{
			Kind: entente.NotFound, Detail: "the interface has no such operation", Hint: "all of them are described in /api/openapi.json",
		}))
	})
	return s.mux, nil
}

type server struct {
	cfg Config
	mux *http.ServeMux
	api huma.API
}

func newServer(cfg Config) *server {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.Courier == nil {
		cfg.Courier = noCourier{}
	}
	s := &server{cfg: cfg, mux: http.NewServeMux()}
	registry := huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer)
	nameWords(registry)
	s.api = humago.New(s.mux, huma.Config{
		OpenAPI:                      head(registry),
		Formats:                      formats,
		DefaultFormat:                "application/json",
		RejectUnknownQueryParameters: true,
		Transformers:                 []huma.Transformer{tell},
	})
	s.api.UseMiddleware(s.gate)
	registry.Schema(reflect.TypeFor[Problem](), true, "")
	s.accounts()
	s.inbox()
	s.messages()
	s.drafts()
	s.attachments()
	s.queue()
	s.agreements()
	s.partners()
	s.oversight()
	s.officers()
	s.courier()
	s.search()
	s.lists()
	s.travel()
	s.tasks()
	s.watches()
	s.cases()
	finish(s.api.OpenAPI())
	return s
}
