package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"entente"
	"entente/inbox"
	"entente/internal/door"
	"entente/internal/node"
	"entente/record"
	"entente/seal"
	"entente/sqlstore"
	"entente/wire"
)

// local is the node in the home folder, opened for a command that works on its
// files: beside a running node or without one.
type local struct {
	settings settings
	keys     seal.Keys
	store    *sqlstore.Store
	node     *node.Node
}

// open opens the node in the home folder with the keys that the node itself
// uses. It logs nothing: what a command has to say, it says.
func (e *env) open() (*local, error) { return e.openWith(nil) }

func (e *env) openWith(log *slog.Logger) (*local, error) {
	s, err := e.home.settings()
	if err != nil {
		return nil, err
	}
	store, err := e.home.store(e, s)
	if err != nil {
		return nil, err
	}
	if err := e.home.settleKeys(e, s, store); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	keys, err := e.home.keys(e, s, "node.age")
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	if err := e.home.adopt(e, store, keys); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	l := &local{settings: s, keys: keys, store: store}
	cfg := l.config(e, log)
	if cfg.Door.Proxies, err = door.ParseProxies(s.TrustedProxy, s.ProxySays); err == nil {
		l.node, err = node.New(e.ctx, cfg)
	}
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return l, nil
}

func (l *local) config(e *env, log *slog.Logger) node.Config {
	desk, partners, _ := door.Shares(door.Files())
	return node.Config{
		Party: l.settings.Party, Keys: l.keys, KeysLost: e.rescue, Store: l.store, Log: log, Version: version,
		DeskURL: l.settings.DeskURL, Cookie: "entente-" + string(l.keys.Party),
		Anchor: e.home.path("keys", "anchor.json"), MaxAttachment: l.settings.MaxAttachment, Step: crashStep,
		Allowance: inbox.Allowance{Messages: l.settings.MessagesADay, Bytes: l.settings.BytesADay},
		Door:      node.Door{Limits: desk},
		Wire:      wire.Options{Limits: wire.Limits{Connections: partners.Connections, Strangers: partners.Strangers, PerParty: partners.PerOwner}},
	}
}

func (l *local) close() error { return l.store.Close() }

// act changes the store as the machine's operator, with an entry in the access log.
func (l *local) act(ctx context.Context, op entente.Operation, object string, fn func(entente.Tx) error) error {
	log := record.Log{Party: l.keys.Party, Key: l.keys.Ledger.Signer()}
	return record.Do(ctx, l.store, log, record.Act{By: machine, Operation: op, Object: object, At: now()}, fn)
}

// with opens the node, runs fn and closes it.
func (e *env) with(fn func(*local) error) error {
	l, err := e.open()
	if err != nil {
		return err
	}
	return errors.Join(fn(l), l.close())
}

// machine is who acts with the command line at the node itself: whoever has its
// files and its keys. The access log names him so.
var machine = entente.Officer{ID: "machine", Name: "command line at the node", Role: entente.Operator}

// now is the time in the precision that is kept and signed.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }
