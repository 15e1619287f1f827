package main

import "math"

// share makes a figure of how many of so many, with the interval in which the
// true share lies 95 times of 100 (Wilson's, which holds for few and for shares
// near 0 and 1 too).
func share(group, name string, n, of int) Figure {
	f := Figure{Group: group, Name: name, Of: of, Value: float64(n) / float64(max(1, of))}
	f.Low, f.High = wilson(f.Value, float64(of))
	return f
}

// percent writes a share in hundredths.
func (f Figure) percent() Figure {
	f.Value, f.Low, f.High, f.Unit = 100*f.Value, 100*f.Low, 100*f.High, "%"
	return f
}

// aim says what a figure should reach, and puts it into the summary.
func (f Figure) aim(aim string) Figure {
	f.Aim, f.Summary = aim, true
	return f
}

// wilson is the score interval of a share p of n (E. B. Wilson, 1927).
func wilson(p, n float64) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	const z = 1.96
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, middle-half), min(1, middle+half)
}
