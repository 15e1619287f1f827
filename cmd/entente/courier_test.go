package main

import "testing"

// Parts of one post stand side by side, in the order in which they are unpacked.
func TestPartName(t *testing.T) {
	for _, x := range []struct {
		out  string
		n    int
		want string
	}{{"out.zip", 1, "out.zip"}, {"out.zip", 2, "out-2.zip"}, {"a.b/out", 3, "a.b/out-3"}, {"for albia.tar.gz", 10, "for albia.tar-10.gz"}} {
		if got := partName(x.out, x.n); got != x.want {
			t.Errorf("part %d of %s is %s, want %s", x.n, x.out, got, x.want)
		}
	}
}
