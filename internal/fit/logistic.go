package main

import (
	"math"
	"slices"
)

// logistic fits log odds (natural) that are linear in x by Newton's method.
// sign holds each weight to be no less than 0 (+1), no more than 0 (−1) or
// free (0): what agrees must never speak against. It begins at start.
func logistic(x [][]float64, y []bool, weight []float64, sign []int, start []float64, ridge float64) []float64 {
	n := len(sign)
	w := slices.Clone(start)
	held := make([]bool, n) // at 0, for its sign came out wrong
	for range 4 * n {
		for range 100 {
			if newton(x, y, weight, w, held, ridge) < 1e-6 {
				break
			}
		}
		wrong, worst := -1, 0.0
		for i, s := range sign {
			if v := float64(-s) * w[i]; v > worst {
				wrong, worst = i, v
			}
		}
		if wrong < 0 {
			break
		}
		w[wrong], held[wrong] = 0, true
	}
	return w
}

// newton takes one step and returns how far it went.
func newton(x [][]float64, y []bool, weight, w []float64, held []bool, ridge float64) float64 {
	n := len(w)
	h := make([][]float64, n)
	for i := range h {
		h[i] = make([]float64, n+1)
		h[i][i] = ridge
		h[i][n] = -ridge * w[i]
	}
	for k, row := range x {
		z := 0.0
		for i, v := range row {
			z += w[i] * v
		}
		p := 1 / (1 + math.Exp(-z))
		e := -p
		if y[k] {
			e++
		}
		e *= weight[k]
		v := weight[k] * max(p*(1-p), 1e-9)
		for i, a := range row {
			if a == 0 {
				continue
			}
			h[i][n] += e * a
			for j, b := range row {
				h[i][j] += v * a * b
			}
		}
	}
	for i := range h {
		if held[i] {
			clear(h[i])
			h[i][i] = 1
		}
		for j := range n {
			if held[j] && j != i {
				h[i][j] = 0
			}
		}
	}
	step := solve(h)
	far := 0.0
	for _, s := range step {
		far = max(far, math.Abs(s))
	}
	short := 1 / max(1, far) // no step is longer than 1, so that none jumps over the hill
	for i, s := range step {
		w[i] += s * short
	}
	return far
}

// solve is Gauss's elimination with pivots.
func solve(h [][]float64) []float64 {
	n := len(h)
	for i := range n {
		p := i
		for k := i; k < n; k++ {
			if math.Abs(h[k][i]) > math.Abs(h[p][i]) {
				p = k
			}
		}
		h[i], h[p] = h[p], h[i]
		for k := range n {
			if k == i || h[i][i] == 0 {
				continue
			}
			f := h[k][i] / h[i][i]
			for j := i; j <= n; j++ {
				h[k][j] -= f * h[i][j]
			}
		}
	}
	s := make([]float64, n)
	for i := range s {
		if h[i][i] != 0 {
			s[i] = h[i][n] / h[i][i]
		}
	}
	return s
}
