package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"entente"
	"entente/internal/node"
)

type nodeCmd struct {
	Verbose bool `help:"Log every exchange."`
}

func (c nodeCmd) Run(e *env) error {
	return e.with(func(l *local) error {
		level := slog.LevelWarn
		if c.Verbose {
			level = slog.LevelInfo
		}
		log := slog.New(slog.NewJSONHandler(e.err, &slog.HandlerOptions{Level: level}))
		return serve(e, l, log)
	})
}

// serve runs the node until the process is told to end, then lets what is under
// way finish.
func serve(e *env, l *local, log *slog.Logger) error {
	var err error
	if l.node, err = node.New(e.ctx, l.config(e, log)); err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(e.ctx)
	defer cancel(nil)
	var work sync.WaitGroup
	pages, err := servePages(l, func(err error) { cancel(err) }, &work)
	if err != nil {
		return err
	}
	if l.settings.Wire != "" {
		door, err := net.Listen("tcp", l.settings.Wire)
		if err != nil {
			return errors.Join(cannotListen("wire", err), pages.Close())
		}
		work.Go(func() {
			if err := l.node.Serve(door); err != nil {
				cancel(err)
			}
		})
	}
	work.Go(func() {
		if err := l.node.Run(ctx); err != nil {
			cancel(err)
		}
	})
	fmt.Fprintf(e.out, "%s is ready. Desk: %s\n", l.keys.Party, l.settings.DeskURL)
	<-ctx.Done()
	grace, end := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer end()
	err = errors.Join(pages.Shutdown(grace), l.node.Server().Shutdown(grace))
	work.Wait()
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return cause
	}
	return err
}

// servePages opens the desk and the API.
func servePages(l *local, failed func(error), work *sync.WaitGroup) (*http.Server, error) {
	s := l.settings
	desk, err := net.Listen("tcp", s.Desk)
	if err != nil {
		return nil, cannotListen("desk", err)
	}
	pages := &http.Server{
		Handler: l.node.Handler(), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
		TLSConfig: &tls.Config{MinVersion: tls.VersionTLS13},
	}
	work.Go(func() {
		var err error
		if s.DeskCert != "" {
			err = pages.ServeTLS(desk, s.DeskCert, s.DeskKey)
		} else {
			err = pages.Serve(desk)
		}
		if !errors.Is(err, http.ErrServerClosed) {
			failed(err)
		}
	})
	return pages, nil
}

func cannotListen(setting string, err error) error {
	return &entente.Error{Kind: entente.Unavailable, Field: setting, Detail: err.Error(), Hint: "end what listens there, or change " + setting + " in config.toml", Cause: err}
}
