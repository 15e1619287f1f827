package main

import (
	"math"
	"slices"
)

// point is a corner of the line from a sum of bits to log odds in bits.
type point struct{ x, y float64 }

// line finds the rising line that turns scores into the log odds (base 2) that
// are seen: scores are put into bins, and bins that fall are put together
// (pool adjacent violators).
func line(scores []float64, right []bool, weights []float64, bins int) []point {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case scores[a] < scores[b]:
			return -1
		case scores[a] > scores[b]:
			return 1
		}
		return a - b
	})
	type bin struct{ x, right, n float64 }
	var all []bin
	rights, wrongs := 0.0, 0.0
	for i, r := range right {
		if r {
			rights += weights[i]
		} else {
			wrongs += weights[i]
		}
	}
	// A bin holds so much of the right and of the wrong that both ends are fine.
	var b bin
	mass := 0.0
	for _, i := range order {
		w := weights[i]
		b.x += w * scores[i]
		b.n += w
		if right[i] {
			b.right += w
			mass += w / rights
		} else {
			mass += w / wrongs
		}
		if mass > 2/float64(bins) && b.n >= 100 {
			all = append(all, b)
			b, mass = bin{}, 0
		}
	}
	if b.n > 0 {
		all = append(all, b)
	}
	var pooled []bin
	for _, b := range all {
		pooled = append(pooled, b)
		for k := len(pooled) - 1; k > 0 && pooled[k-1].right*pooled[k].n >= pooled[k].right*pooled[k-1].n; k-- {
			p := pooled[k-1]
			pooled[k-1] = bin{p.x + pooled[k].x, p.right + pooled[k].right, p.n + pooled[k].n}
			pooled = pooled[:k]
		}
	}
	points := make([]point, len(pooled))
	for i, b := range pooled {
		points[i] = point{b.x / b.n, math.Log2((b.right + 0.5) / (b.n - b.right + 0.5))}
	}
	return slices.CompactFunc(points, func(a, b point) bool { return math.Abs(b.x-a.x) < 1e-6 })
}

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
