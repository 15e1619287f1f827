// Package loopback finds addresses of this machine that nobody listens at, for
// nodes that must know theirs before they start.
package loopback

import (
	"fmt"
	"math/rand/v2"
	"net"
	"strconv"
)

// Ports that the kernel hands to nobody who asks for just any: one that is given
// back here would else be somebody's end of a connection by the time it is
// needed.
const first, last = 20_000, 30_000

// Addr gives a free address, host and port.
func Addr() (string, error) {
	var err error
	for range 100 {
		addr := net.JoinHostPort("127.0.0.1", strconv.Itoa(first+rand.IntN(last-first)))
		var l net.Listener
		if l, err = net.Listen("tcp", addr); err == nil {
			return addr, l.Close()
		}
	}
	return "", fmt.Errorf("no free port from %d to %d was found: %w", first, last, err)
}
