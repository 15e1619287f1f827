package match

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The table does what a map of slices does.
func TestTableIsAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var got table
		want := map[uint64][]uint32{}
		for range rapid.IntRange(0, 300).Draw(t, "steps") {
			// Few shards and few low halves, so that slots get in each other's way.
			hash := uint64(rapid.IntRange(0, 1).Draw(t, "shard"))<<63 | uint64(rapid.Uint32Range(0, 12).Draw(t, "hash"))<<28
			n := rapid.Uint32Range(0, 40).Draw(t, "number")
			if rapid.IntRange(0, 3).Draw(t, "what") == 0 {
				got.remove(hash, n)
				want[hash] = slices.DeleteFunc(want[hash], func(m uint32) bool { return m == n })
			} else if !slices.Contains(want[hash], n) {
				got.add(hash, n)
				want[hash] = append(want[hash], n)
			}
			var one [1]uint32
			for h, list := range want {
				if g := got.get(h, &one); !slices.Equal(g, list) || got.count(h) != len(list) {
					t.Fatalf("%x: %v, want %v", h, g, list)
				}
			}
		}
	})
}

func TestRunsGrowLong(t *testing.T) {
	var got table
	const n = 50_000
	for i := range uint32(n) {
		got.add(7, i)
		got.add(1<<63|9, i*2)
	}
	var one [1]uint32
	list := got.get(7, &one)
	if len(list) != n || !slices.IsSorted(list) || list[n-1] != n-1 {
		t.Errorf("%d numbers", len(list))
	}
}
