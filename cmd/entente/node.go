package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"entente"
	"entente/internal/door"
	"entente/internal/spool"
)

type nodeCmd struct {
	Verbose bool `help:"Log every exchange."`
}

// Run runs the node until the process is told to end (SIGTERM, Ctrl-C), then
// lets what is under way finish; told a second time, it ends at once. The log
// goes to standard error as JSON, without personal data.
func (c nodeCmd) Run(e *env) error {
	level := slog.LevelWarn
	if c.Verbose {
		level = slog.LevelInfo
	}
	log := slog.New(slog.NewJSONHandler(e.err, &slog.HandlerOptions{Level: level}))
	l, err := e.openWith(log)
	if err != nil {
		return err
	}
	return errors.Join(serve(e, l, log), l.close())
}

// patience is how long what is under way may take once the node is told to end.
const patience = 10 * time.Second

func serve(e *env, l *local, log *slog.Logger) error {
	if err := sound(e.ctx, l.store, log); err != nil {
		return err
	}
	e.sweep(log)
	if err := l.destroySealKeys(e, log); err != nil {
		return err
	}
	if err := l.node.Resume(e.ctx); err != nil {
		return err
	}
	sayFiles(log, door.Files())
	desk, err := net.Listen("tcp", l.settings.Desk)
	if err != nil {
		return cannotListen("desk", err)
	}
	defer desk.Close()
	var door net.Listener
	if l.settings.Wire != "" {
		if door, err = net.Listen("tcp", l.settings.Wire); err != nil {
			return cannotListen("wire", err)
		}
		defer door.Close()
	}
	ctx, end := context.WithCancelCause(e.ctx)
	defer end(nil)
	var work sync.WaitGroup
	run := func(what func() error) {
		work.Go(func() {
			if err := what(); err != nil && !errors.Is(err, http.ErrServerClosed) {
				end(err)
			}
		})
	}
	pages := l.node.DeskServer()
	run(func() error { return pages.Serve(desk, l.settings.DeskCert, l.settings.DeskKey) })
	if door != nil {
		run(func() error { return l.node.Serve(door) })
	}
	work.Go(func() { l.node.Run(ctx) })
	work.Go(func() { l.destroyDaily(ctx, e, log) })
	if err := l.ready(e); err != nil {
		end(err)
	}
	<-ctx.Done()
	grace, enough := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer enough()
	err = errors.Join(pages.Shutdown(grace), l.node.Server().Shutdown(grace), pages.Close())
	work.Wait()
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return cause
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return &entente.Error{Kind: entente.Unavailable, Detail: "somebody was still being served when the node ended", Hint: "nothing is lost: partners and browsers try again", Cause: err}
	}
	return err
}

// sweep removes the working files of processes that were killed.
func (e *env) sweep(log *slog.Logger) {
	for _, dir := range []string{string(e.home), ""} {
		if n, err := spool.Sweep(dir); err != nil {
			log.Warn("node: cannot look for what was left behind", "err", err)
		} else if n > 0 {
			log.Warn("node: removed working files of a process that was killed", "files", n)
		}
	}
}

// ready says in one line that partners and officers are answered from now on.
func (l *local) ready(e *env) error {
	if e.json {
		return e.printLine(map[string]any{"party": l.keys.Party, "ready": true, "desk": l.settings.DeskURL, "wire": l.settings.Wire})
	}
	_, err := fmt.Fprintf(e.out, "%s is ready. Desk: %s\n", l.keys.Party, l.settings.DeskURL)
	return err
}

// sayFiles says when the system lets the process open fewer files than a node
// wants: desk and wire then have fewer connections each, and neither takes those
// of the other.
func sayFiles(log *slog.Logger, files uint64) {
	if desk, partners, short := door.Shares(files); short {
		log.Warn("node: few files may be open: set LimitNOFILE in the unit, or ulimit -n", "files", files, "wanted", door.Wanted, "desk", desk.Connections, "wire", partners.Connections)
	}
}

func cannotListen(setting string, err error) error {
	return &entente.Error{Kind: entente.Unavailable, Field: setting, Detail: err.Error(), Hint: "end what listens there, or change " + setting + " in config.toml", Cause: err}
}
