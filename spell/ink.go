package spell

import "strings"

// ink keeps short strings side by side in few pieces of memory. What it has
// handed out never changes.
type ink struct{ b strings.Builder }

// room makes sure that so many bytes will stand in one piece.
func (k *ink) room(n int) {
	if k.b.Cap()-k.b.Len() < n {
		k.b.Reset()
		k.b.Grow(n)
	}
}

const leastRoom = 48

// keep returns s as a string.
func (k *ink) keep(s []byte) string {
	if k.b.Cap()-k.b.Len() < len(s) {
		k.room(max(len(s), leastRoom))
	}
	from := k.b.Len()
	k.b.Write(s)
	return k.b.String()[from:]
}

func (k *ink) keepText(s string) string {
	k.room(len(s))
	from := k.b.Len()
	k.b.WriteString(s)
	return k.b.String()[from:]
}

// same returns s as a string: old, where it is the same.
func (k *ink) same(old string, s []byte) string {
	if old == string(s) {
		return old
	}
	return k.keep(s)
}
