package outbox

import "entente"

// BoundCourier has courier files carry about n bytes, until the test ends.
func BoundCourier(t interface{ Cleanup(func()) }, n int) {
	was := courierBytes
	courierBytes = n
	t.Cleanup(func() { courierBytes = was })
}

// HasRoom reports whether a kind needs something of its own on the way out.
func HasRoom(k entente.Kind) bool { _, ok := rooms[k]; return ok }
