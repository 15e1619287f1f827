package main

import (
	"fmt"
	"runtime"
	"time"
)

// answerSize is about as much memory as ten answers hold, recordSize as one
// person does.
const (
	answerSize = 4096
	recordSize = 128
	lookUps    = 6 // words of a name, and pairs of them
	keysHeld   = 8 // by which one person is found
)

// lookUpAndCopy is the floor of a question to an index of so many: to look up
// each word of the name and each pair of them in a hash table of that size, and
// to copy as much memory as the ten answers hold.
func lookUpAndCopy(people int) time.Duration {
	runtime.LockOSThread() // whose time is taken
	defer runtime.UnlockOSThread()
	table := make(map[uint64]uint32, people)
	for i := range people {
		table[spread(i)] = uint32(i)
	}
	const rounds = 20_000
	from, to := make([]byte, answerSize), make([]byte, answerSize)
	sum := uint32(0)
	start := threadTime()
	for i := range rounds {
		for k := range lookUps {
			sum += table[spread((i*lookUps+k)*7919%people)]
		}
		from[i%answerSize] = byte(sum)
		copy(to, from)
	}
	return max(1, (threadTime()-start)/rounds)
}

// insertAndCopy is the floor of taking people into an index: to put each of
// their keys into a hash table, and to copy what is known of them. It gives the
// time of one, and of all.
func insertAndCopy(people int) (one, all time.Duration) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	const last = 10_000
	table := map[uint64]uint32{}
	records := make([]byte, people*recordSize)
	var record [recordSize]byte
	start, late := threadTime(), time.Duration(0)
	for i := range people {
		if i == people-last {
			late = threadTime()
		}
		for k := range keysHeld {
			table[spread(i*keysHeld+k)] = uint32(i)
		}
		copy(records[i*recordSize:], record[:])
	}
	end := threadTime()
	return max(1, (end-late)/time.Duration(min(last, people))), max(1, end-start)
}

// spread makes a number that looks like a hash.
func spread(i int) uint64 {
	x := uint64(i) + 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// floorNote says what the floor of a question is.
func floorNote(people int) string {
	return fmt.Sprintf("the floor of a question looks %d keys up in a hash table of %d and copies %d bytes; that of taking somebody in puts %d keys into one and copies %d bytes", lookUps, people, answerSize, keysHeld, recordSize)
}
