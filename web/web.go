// Package web is the desk: the pages on which officers read, write, release,
// answer and oversee. Every page is drawn on the server and works without
// scripts, from the keyboard and on a phone; the one script is for passkeys,
// which no form can ask for. An action is a form: POST, then a redirect.
//
// The desk decides nothing. It asks outbox and casework in the officer's name,
// shows what they say, and shows only what his role may do; they check again.
//
//	roles.go      what the desk needs of others, an interface a role
//	routes.go     every address, with the operation that it stands for
//	visit.go      one request: who asks, in which language; answers, and in failure.go failures
//	headers.go    what every answer carries
//	assets.go     style sheet, script, icon
//	catalogue.go  languages; every word that is shown. terms.go: what the protocol's codes are called
//	page.go       what every page needs; page.templ draws its frame, small.templ what recurs
//	form.go       what was typed, by the path of the field, and what is wrong with it; formrows.go its lists
//	tiprows.go    the rows of a tip's form; tipread.go reads it into a draft, tipwrite.go writes one into it
//	statement.templ  what a message says, the same wherever it is shown
//	deskterms.go  the same for matches, tasks, files; sides.go: two people side by side, and the evidence
//	upload.go     files that officers send; taking.go: lists and travel on their way in, while the officer goes on
//	then a file a page, with its .templ beside it
package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"golang.org/x/text/message/catalog"

	"entente"
)

//go:generate go tool -modfile=../tools/go.mod templ generate

// Config is what the desk works with.
type Config struct {
	Party    entente.PartyID
	Name     string // of the party, as it writes itself; shown at the top of every page
	Outbox   Outbox
	Casework Casework
	SignIn   SignIn
	Passkeys Passkeys // nil: this node has none
	Screen   Screen
	Courier  Courier // nil: this node packs no courier files
	// Background does what outlives the request that asked for it, until the node
	// stops, with the values of its context; nil: nothing waits for it.
	Background func(ctx context.Context, work func(context.Context))
	Now        func() time.Time
	Log        *slog.Logger // failures of the node itself; never content, never who
}

// desk serves the pages.
type desk struct {
	Config
	words   catalog.Catalog
	assets  assets
	takings *takings // lists and feeds that are taken in
}

// New makes the handler of the desk. It wants to be the root of its host:
// session cookies hold for all of it.
func New(cfg Config) http.Handler { return newDesk(cfg, words()) }

func newDesk(cfg Config, w catalog.Catalog) http.Handler {
	d := &desk{Config: cfg, words: w, assets: loadAssets(), takings: &takings{}}
	if d.Now == nil {
		d.Now = time.Now
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	return d.protect(d.mux())
}
