//go:build crashtest

package main

import (
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
)

// crashStep kills this process, as a power cut would, when the step that
// ENTENTE_CRASH names ("released:2": the second time) has ended.
var crashStep = func() func(string) {
	name, nth, _ := strings.Cut(os.Getenv("ENTENTE_CRASH"), ":")
	left := new(atomic.Int64)
	n, err := strconv.Atoi(nth)
	if err != nil {
		n = 1
	}
	left.Store(int64(n))
	return func(step string) {
		if step == name && left.Add(-1) == 0 {
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}
}()
