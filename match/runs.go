package match

import "slices"

// runs keeps runs of numbers that grow. Each lies in one chunk with room to
// grow by half; when it moves, its place is used again.
type runs struct {
	heads  chunked[head]
	unused []uint32   // heads
	chunks [][]uint32 // fixed chunks, and one of its own for each long run
	fill   int        // of the last fixed chunk
	last   int        // the last fixed chunk
	gaps   [classes][]uint32
}

// head says where a run lies.
type head struct {
	at   uint32 // chunk<<chunkBits | place
	size uint32 // class<<26 | numbers in it
}

const (
	chunkBits = 14
	chunkSize = 1 << chunkBits
	classes   = 48
	sizeMask  = 1<<26 - 1
)

// room is the capacity of each class: 2, 3, 4, 6, 8, 12, 16, …
var room = func() (r [classes]int) {
	r[0], r[1] = 2, 3
	for i := 2; i < classes; i++ {
		r[i] = 2 * r[i-2]
	}
	return r
}()

func (r *runs) get(id uint32) []uint32 {
	h := r.heads.at(int(id))
	at := int(h.at & (chunkSize - 1))
	return r.chunks[h.at>>chunkBits][at : at+int(h.size&sizeMask)]
}

// make starts a run with two numbers.
func (r *runs) make(a, b uint32) uint32 {
	var id uint32
	if n := len(r.unused); n > 0 {
		id, r.unused = r.unused[n-1], r.unused[:n-1]
	} else {
		id = uint32(r.heads.add())
	}
	at := r.place(0)
	space := r.space(at, 2)
	space[0], space[1] = a, b
	*r.heads.at(int(id)) = head{at, 2}
	return id
}

func (r *runs) space(at uint32, n int) []uint32 {
	i := int(at & (chunkSize - 1))
	return r.chunks[at>>chunkBits][i : i+n]
}

// place finds room for a run of a class.
func (r *runs) place(class int) uint32 {
	if n := len(r.gaps[class]); n > 0 {
		at := r.gaps[class][n-1]
		r.gaps[class] = r.gaps[class][:n-1]
		return at
	}
	size := room[class]
	if size > chunkSize/4 {
		r.chunks = append(r.chunks, make([]uint32, size))
		return uint32(len(r.chunks)-1) << chunkBits
	}
	if len(r.chunks) == 0 || r.fill+size > chunkSize {
		r.chunks = append(r.chunks, make([]uint32, chunkSize))
		r.last, r.fill = len(r.chunks)-1, 0
	}
	at := uint32(r.last)<<chunkBits | uint32(r.fill)
	r.fill += size
	return at
}

func (r *runs) add(id, n uint32) {
	h := r.heads.at(int(id))
	class, size := int(h.size>>26), int(h.size&sizeMask)
	if r.space(h.at, size)[size-1] == n {
		return
	}
	if size == room[class] {
		at := r.place(class + 1)
		copy(r.space(at, size), r.space(h.at, size))
		r.gaps[class] = append(r.gaps[class], h.at)
		h.at = at
		class++
	}
	r.space(h.at, size+1)[size] = n
	h.size = uint32(class)<<26 | uint32(size+1)
}

// remove takes a number out and returns how many are left. The others keep
// their order.
func (r *runs) remove(id, n uint32) int {
	h := r.heads.at(int(id))
	list := r.get(id)
	if i := slices.Index(list, n); i >= 0 {
		copy(list[i:], list[i+1:])
		h.size--
	}
	return int(h.size & sizeMask)
}

func (r *runs) free(id uint32) {
	h := r.heads.at(int(id))
	class := int(h.size >> 26)
	r.gaps[class] = append(r.gaps[class], h.at)
	r.unused = append(r.unused, id)
}

// chunked is a slice that grows without being copied.
type chunked[T any] struct {
	chunks [][]T
	n      int
}

const (
	pageBits = 12
	pageSize = 1 << pageBits
)

func (c *chunked[T]) at(i int) *T { return &c.chunks[i>>pageBits][i&(pageSize-1)] }

// add appends a zero value and returns its place.
func (c *chunked[T]) add() int {
	if c.n>>pageBits == len(c.chunks) {
		c.chunks = append(c.chunks, make([]T, pageSize))
	}
	c.n++
	return c.n - 1
}
