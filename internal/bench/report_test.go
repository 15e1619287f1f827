package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestQuantile(t *testing.T) {
	values := []int64{5, 1, 4, 2, 3, 9, 8, 7, 6, 10}
	for _, tt := range []struct {
		q    float64
		want int64
	}{{0, 1}, {0.1, 1}, {0.5, 5}, {0.99, 10}, {1, 10}} {
		if got := quantile(values, tt.q); got != tt.want {
			t.Errorf("quantile %v: got %d, want %d", tt.q, got, tt.want)
		}
	}
	if got := median([]int64{7}); got != 7 {
		t.Errorf("median of one value: got %d", got)
	}
}

// The share of the floor is taken round by round: two rounds on a machine that
// was slow in one of them say the same.
func TestReachedIsOfTheSameRound(t *testing.T) {
	ms := time.Millisecond
	f := took("g", "n", []time.Duration{10 * ms, 40 * ms, 20 * ms}, []time.Duration{5 * ms, 20 * ms, 10 * ms})
	if f.Value != 0.020 || f.Floor != 0.010 || f.Reached != 0.5 {
		t.Errorf("got %+v", f)
	}
	f = rate("g", "n", []float64{50, 200, 100}, []float64{100, 400, 200})
	if f.Value != 100 || f.Floor != 200 || f.Reached != 0.5 {
		t.Errorf("got %+v", f)
	}
}

func TestQuantity(t *testing.T) {
	for _, tt := range []struct {
		v    float64
		unit string
		want string
	}{
		{1.5, "s", "1.50 s"},
		{0.0123, "s", "12.3 ms"},
		{456e-6, "s", "456 µs"},
		{7e-9, "s", "7.00 ns"},
		{123.4, "/s", "123 /s"},
		{3 << 20, "B", "3.00 MiB"},
	} {
		if got := quantity(tt.v, tt.unit); got != tt.want {
			t.Errorf("quantity(%v, %q): got %q, want %q", tt.v, tt.unit, got, tt.want)
		}
	}
}

// A whole run, small, so that the program cannot rot between two measurements.
func TestRun(t *testing.T) {
	var out bytes.Buffer
	o := quiet
	o.only, o.json, o.profile = "tip,ledger", true, t.TempDir()
	if err := run(t.Context(), o, &out); err != nil {
		t.Fatal(err)
	}
	var r Report
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Figures) != 4+8 {
		t.Errorf("got %d figures, want 12", len(r.Figures))
	}
	for _, f := range r.Figures {
		if f.Value <= 0 || f.Floor <= 0 || f.Reached <= 0 {
			t.Errorf("nothing was measured: %+v", f)
		}
	}
	out.Reset()
	if err := r.text(&out); err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Figures {
		if !strings.Contains(out.String(), f.Name+" ") {
			t.Errorf("the table lacks %q", f.Name)
		}
	}
}
