package node

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// What a visitor sends, and what a panic says of content, does not get into the log.
func TestFaults(t *testing.T) {
	for line, want := range map[string]string{
		"http: TLS handshake error from 192.0.2.7:4711: EOF\n":                       "",
		"http: panic serving 192.0.2.7:4711: Арсен Кадаев\ngoroutine 7 [running]:\n": "goroutine 7",
	} {
		var log bytes.Buffer
		if _, err := fmt.Fprint(faults{slog.New(slog.NewJSONHandler(&log, nil))}, line); err != nil {
			t.Fatal(err)
		}
		got := log.String()
		if strings.Contains(got, "192.0.2.7") || strings.Contains(got, "Кадаев") || !strings.Contains(got, want) || (want == "" && got != "") {
			t.Errorf("%q is logged as %q", line, got)
		}
	}
}
