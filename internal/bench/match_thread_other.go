//go:build !linux

package main

import "time"

var begun = time.Now()

// threadTime is the time that has passed, where a thread's own is not known.
func threadTime() time.Duration { return time.Since(begun) }
