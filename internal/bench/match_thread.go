package main

import (
	"syscall"
	"time"
)

// threadTime is the processor time that this thread has used: what a measure
// on a busy machine must be taken in. The caller holds the thread.
func threadTime() time.Duration {
	const thisThread = 1 // RUSAGE_THREAD of Linux
	var u syscall.Rusage
	if err := syscall.Getrusage(thisThread, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
