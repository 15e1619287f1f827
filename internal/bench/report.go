package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
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
	Unit  string  `json:"unit"` // "s", "/s", "B"
	Floor float64 `json:"floor,omitempty"`
	// Reached is how much of the floor was reached, 1 being all: floor/value of
	// times, value/floor of rates. It is the median of the rounds' ratios.
	Reached float64 `json:"reached,omitempty"`
	Aim     string  `json:"aim,omitempty"`
	Note    string  `json:"note,omitempty"`
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

func (r Report) table(out io.Writer) error {
	fmt.Fprintln(out, r.Machine)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	group := ""
	for _, f := range r.Figures {
		if f.Group != group {
			group = f.Group
			fmt.Fprintf(w, "\n%s\tmeasured\tfloor\tof the floor\taim\n", strings.ToUpper(group))
		}
		floor, reached := "", ""
		if f.Floor > 0 {
			floor = quantity(f.Floor, f.Unit)
		}
		if f.Reached > 0 {
			reached = strconv.FormatFloat(100*f.Reached, 'f', 0, 64) + " %"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", f.Name, quantity(f.Value, f.Unit), floor, reached, f.Aim)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, f := range r.Figures {
		if f.Note != "" {
			fmt.Fprintf(out, "\n%s: %s\n", f.Name, f.Note)
		}
	}
	return nil
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
