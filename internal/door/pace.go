package door

import "time"

// pace is the patience with one direction of a request. It shrinks while the
// other end is waited for and grows with each byte that passes, up to where it
// began: a visitor who keeps to the rate may take hours, and one who stands still or
// drips is cut off. The node's own work in between costs the visitor nothing.
type pace struct {
	left, most time.Duration
	each       time.Duration // what a byte is worth; 0: nothing, so that most is all there is
}

func newPace(most time.Duration, bytesPerSecond int) pace {
	p := pace{left: most, most: most}
	if bytesPerSecond > 0 {
		p.each = time.Second / time.Duration(bytesPerSecond)
	}
	return p
}

// deadline is until when the other end is waited for from now on.
func (p *pace) deadline() time.Time { return time.Now().Add(p.left) }

// passed counts n bytes that took so long.
func (p *pace) passed(n int, took time.Duration) {
	p.left = min(p.most, max(0, p.left-took)+time.Duration(n)*p.each)
}
