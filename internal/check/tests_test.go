package main

import (
	"strings"
	"testing"
	"time"
)

// A package that passes is one line; of one that fails only what failed is
// shown, and no goroutines when the time limit ended it.
func TestProgress(t *testing.T) {
	clock := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var out strings.Builder
	p := newProgress(&out, func() time.Time { clock = clock.Add(time.Second); return clock }, 3)
	if got, want := p.status(), "check: 1s: 0 of 3 packages done, 0 tests; now: building"; got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
	for _, e := range []event{
		{Action: "start", Package: "entente/wire"},
		{Action: "run", Package: "entente/wire", Test: "TestCall"},
		{Action: "output", Package: "entente/wire", Test: "TestCall", Output: "=== RUN TestCall\n"},
		{Action: "pass", Package: "entente/wire", Test: "TestCall"},
		{Action: "output", Package: "entente/wire", Output: "PASS\n"},
		{Action: "output", Package: "entente/wire", Output: "ok  \tentente/wire\t3.1s\n"},
		{Action: "pass", Package: "entente/wire"},
		{Action: "start", Package: "entente/web"},
		{Action: "run", Package: "entente/web", Test: "TestGood"},
		{Action: "pass", Package: "entente/web", Test: "TestGood"},
		{Action: "run", Package: "entente/web", Test: "TestBad"},
		{Action: "output", Package: "entente/web", Test: "TestBad", Output: "bad_test.go:1: got 1\n"},
		{Action: "fail", Package: "entente/web", Test: "TestBad"},
		{Action: "run", Package: "entente/web", Test: "TestSkips"},
		{Action: "output", Package: "entente/web", Test: "TestSkips", Output: "no browser\n"},
		{Action: "skip", Package: "entente/web", Test: "TestSkips"},
		{Action: "run", Package: "entente/web", Test: "TestHangs"},
		{Action: "output", Package: "entente/web", Test: "TestHangs", Output: "panic: test timed out after 1h0m0s\n\trunning tests:\n\t\tTestHangs (59m)\n\ngoroutine 1 [running]:\nmain.f()\n\ngoroutine 2 [chan receive]:\nmain.g()\n"},
	} {
		p.take(e)
	}
	if got := p.status(); !strings.Contains(got, "1 of 3 packages done, 4 tests; now: web TestHangs (") {
		t.Errorf("status %q", got)
	}
	p.take(event{Action: "output", Package: "entente/web", Output: "FAIL\tentente/web\t3600s\n"})
	p.take(event{Action: "fail", Package: "entente/web"})
	p.take(event{Action: "build-output", ImportPath: "entente/match", Output: "match/a.go:1: undefined: x\n"})
	p.take(event{Action: "build-fail", ImportPath: "entente/match"})
	p.take(event{Action: "fail", Package: "entente/match"})
	want := "ok  \tentente/wire\t3.1s\nbad_test.go:1: got 1\nno browser\npanic: test timed out after 1h0m0s\n\trunning tests:\n\t\tTestHangs (59m)\n\nFAIL\tentente/web\t3600s\nmatch/a.go:1: undefined: x\nFAIL\tentente/match\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
	if p.passed != 2 || p.failed != 3 || p.done != 3 {
		t.Errorf("passed %d, failed %d, done %d", p.passed, p.failed, p.done)
	}
}

// A crash shows its cause and the goroutine that it struck.
func TestBriefCrash(t *testing.T) {
	got := brief("panic: index out of range\n\ngoroutine 7 [running]:\nentente/web.f()\n\ngoroutine 8 [select]:\nother()\nexit status 2\nFAIL\tentente/web\t1s\n")
	want := "panic: index out of range\n\ngoroutine 7 [running]:\nentente/web.f()\n\nexit status 2\nFAIL\tentente/web\t1s\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
