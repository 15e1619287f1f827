package scenario

import (
	"sync"
	"time"
)

// Clock runs at the speed of the real one from a day of the story on, and can
// be moved forward. Each agency may see it a little off.
type Clock struct {
	mu    sync.Mutex
	day   time.Time // what the clock showed at start
	start time.Time // when that was
}

// NewClock makes a clock that shows day now.
func NewClock(day time.Time) *Clock { return &Clock{day: day, start: time.Now()} }

// Now is the time of the story.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.day.Add(time.Since(c.start))
}

// Advance moves the story forward.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.day = c.day.Add(d)
}

// Off gives a clock that differs from c by d.
func (c *Clock) Off(d time.Duration) func() time.Time {
	return func() time.Time { return c.Now().Add(d) }
}
