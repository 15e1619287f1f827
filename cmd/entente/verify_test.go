package main

import (
	"bytes"
	"strings"
	"testing"
)

// Scripts ask the exit code: 0 holds, 1 does not hold, 3 cannot be judged.
func TestVerifyExitCodes(t *testing.T) {
	for file, want := range map[string]int{"holds.zip": 0, "forged.zip": 1, "later-kind.zip": 3, "../keys.json": 1} {
		var out, errs bytes.Buffer
		got := run(t.Context(), []string{"verify", "../../testdata/vectors/evidence/" + file}, strings.NewReader(""), &out, &errs, func(string) string { return "" })
		if got != want {
			t.Errorf("%s: exit code %d, want %d: %s%s", file, got, want, out.String(), errs.String())
		}
		if want == 3 && (!strings.Contains(out.String(), "Proven before that point") || !strings.Contains(errs.String(), "newer version")) {
			t.Errorf("%s: it says %s%s", file, out.String(), errs.String())
		}
	}
}
