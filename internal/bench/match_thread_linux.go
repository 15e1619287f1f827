package main

import (
	"syscall"
	"time"
	"unsafe"
)

// threadTime is the processor time that this thread has used: what a measure
// on a busy machine must be taken in. The caller holds the thread. Getrusage
// would do, but counts in ticks of milliseconds.
func threadTime() time.Duration {
	const clockThread = 3 // CLOCK_THREAD_CPUTIME_ID
	var t syscall.Timespec
	if _, _, e := syscall.RawSyscall(syscall.SYS_CLOCK_GETTIME, clockThread, uintptr(unsafe.Pointer(&t)), 0); e != 0 {
		return 0
	}
	return time.Duration(t.Nano())
}
