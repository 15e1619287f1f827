package main

// point is a corner of a line from a sum of bits to bits.
type point struct{ x, y float64 }

// bent reads a line of straight pieces, level beyond its ends, as match does.
func bent(points []point, x float64) float64 {
	if x <= points[0].x {
		return points[0].y
	}
	for i, p := range points[1:] {
		if x <= p.x {
			q := points[i]
			return q.y + (p.y-q.y)*(x-q.x)/(p.x-q.x)
		}
	}
	return points[len(points)-1].y
}
