package outbox

// BoundCourier has courier files carry about n bytes, until the test ends.
func BoundCourier(t interface{ Cleanup(func()) }, n int) {
	was := courierBytes
	courierBytes = n
	t.Cleanup(func() { courierBytes = was })
}
