package main

import (
	"context"
	"log/slog"
	"time"

	"entente"
	"entente/outbox"
	"entente/seal"
)

// destroySealKeys takes the retired seal keys out of the key file that are over.
// The node that runs forgets them when it ends.
func (l *local) destroySealKeys(e *env, log *slog.Logger) error {
	var over []entente.Digest
	err := l.store.View(e.ctx, func(tx entente.Tx) error {
		over = nil
		old, err := outbox.OldSealKeys(tx, l.keys.Party, now())
		for _, k := range old {
			if k.Over {
				over = append(over, k.Key)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	left, some := l.keys.Destroy(over...)
	if !some {
		return nil
	}
	lock, err := e.relock(l.settings)
	if err != nil {
		return err
	}
	b, err := seal.Lock(left.WithoutIdentity(), lock)
	if err != nil {
		return err
	}
	if err := replace(e.home.path("keys", "node.age"), b, 0o600); err != nil {
		return err
	}
	log.Warn("node: destroyed retired seal keys", "keys", len(l.keys.RetiredSeal)-len(left.RetiredSeal))
	l.keys = left
	return nil
}

// destroyDaily looks for such keys once a day while the node runs.
func (l *local) destroyDaily(ctx context.Context, e *env, log *slog.Logger) {
	daily := time.NewTicker(24 * time.Hour)
	defer daily.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-daily.C:
			if err := l.destroySealKeys(e, log); err != nil {
				log.Error("node: cannot destroy retired seal keys", "err", err)
			}
		}
	}
}
