package main

import (
	"slices"
	"strconv"
	"time"
)

// Report is what one run measured.
type Report struct {
	Machine string   `json:"machine"`
	Figures []Figure `json:"figures"`
}

// Figure is one measure beside its floor: the median of the rounds.
type Figure struct {
	Group string  `json:"group"` // what belongs together in the table
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit"` // "s", "/s", "B", "%"; empty: a share of 1
	Floor float64 `json:"floor,omitempty"`
	// Reached is how much of the floor was reached, 1 being all: floor/value of
	// times, value/floor of rates. It is the median of the rounds' ratios.
	Reached float64 `json:"reached,omitempty"`
	Of      int     `json:"of,omitempty"`   // how many a share was counted on
	Low     float64 `json:"low,omitempty"`  // of a share: its 95 % interval
	High    float64 `json:"high,omitempty"` //
	Aim     string  `json:"aim,omitempty"`
	Note    string  `json:"note,omitempty"`
	Summary bool    `json:"summary,omitempty"` // stands in the first table
	Details []Table `json:"details,omitempty"` // what the figure is made of
}

// Table breaks figures down. It never names anybody.
type Table struct {
	Title   string   `json:"title"`
	Columns []Column `json:"columns"`
	Rows    []Row    `json:"rows"`
}

// Column is the head of a column of numbers.
type Column struct {
	Name string `json:"name"`
	Unit string `json:"unit"` // as of a figure, or "n": a number of things
}

// Row is a line of a table.
type Row struct {
	Name   string    `json:"name"`
	Values []float64 `json:"values"`
}

// took makes a figure of times in rounds beside the floors of the same rounds.
func took(group, name string, times, floors []time.Duration) Figure {
	f := Figure{Group: group, Name: name, Value: median(times).Seconds(), Unit: "s"}
	if len(floors) > 0 {
		f.Floor = median(floors).Seconds()
		ratios := make([]float64, len(times))
		for i := range times {
			ratios[i] = float64(floors[i]) / float64(times[i])
		}
		f.Reached = median(ratios)
	}
	return f
}

// rate makes a figure of things per second.
func rate(group, name string, rates, floors []float64) Figure {
	ratios := make([]float64, len(rates))
	for i := range rates {
		ratios[i] = rates[i] / floors[i]
	}
	return Figure{Group: group, Name: name, Value: median(rates), Unit: "/s", Floor: median(floors), Reached: median(ratios)}
}

// median gives the middle value; of an even number the lower of the two.
func median[T int64 | float64 | time.Duration](values []T) T { return quantile(values, 0.5) }

// quantile gives the smallest value that at least the share q does not exceed.
func quantile[T int64 | float64 | time.Duration](values []T, q float64) T {
	sorted := slices.Sorted(slices.Values(values))
	at := int(q*float64(len(sorted))+0.999999) - 1
	return sorted[min(max(at, 0), len(sorted)-1)]
}

// quantity writes a value with three digits and a fitting unit.
func quantity(v float64, unit string) string {
	switch unit {
	case "s":
		for _, u := range []struct {
			name string
			of   float64
		}{{"s", 1}, {"ms", 1e-3}, {"µs", 1e-6}} {
			if v >= u.of {
				return digits(v/u.of) + " " + u.name
			}
		}
		return digits(v/1e-9) + " ns"
	case "B":
		return digits(v/(1<<20)) + " MiB"
	case "n":
		return strconv.FormatFloat(v, 'f', 0, 64)
	case "":
		return strconv.FormatFloat(v, 'f', 3, 64)
	case "%":
		if v >= 1 {
			return digits(v) + " %"
		}
		return strconv.FormatFloat(v, 'f', 3, 64) + " %"
	}
	return digits(v) + " " + unit
}

func digits(v float64) string {
	switch {
	case v >= 100:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case v >= 10:
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return strconv.FormatFloat(v, 'f', 2, 64)
}
