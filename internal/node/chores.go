package node

import (
	"context"
	"sync"
)

// chores is work that outlives the request that asked for it, such as the import
// of a long list. The node waits for it when it stops, and tells it to end.
type chores struct {
	ending context.Context
	end    context.CancelFunc
	work   sync.WaitGroup
}

func newChores() *chores {
	c := &chores{}
	c.ending, c.end = context.WithCancel(context.Background())
	return c
}

// do runs work with the values of ctx until the node stops.
func (c *chores) do(ctx context.Context, work func(context.Context)) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(c.ending, cancel)
	c.work.Go(func() {
		defer cancel()
		defer stop()
		work(ctx)
	})
}

// run waits until ctx ends, and then for what is under way.
func (c *chores) run(ctx context.Context) {
	<-ctx.Done()
	c.end()
	c.work.Wait()
}
