//go:build unix

package node_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"entente"
	"entente/api"
	"entente/internal/scenario"
)

// On a full disk everybody is told so in words, at the desk and at the API; the log
// says it once, and once that there is room again; and the operator still sees the
// status of the node, who must know that no entry was made.
//
// The disk is the process's own limit on the size of files, so this test runs in a
// process of its own.
func TestDiskFull(t *testing.T) {
	const child = "NODE_TEST_DISK_FULL"
	if os.Getenv(child) == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestDiskFull$", "-test.v")
		cmd.Env = append(os.Environ(), child+"=1")
		if out, err := cmd.CombinedOutput(); err != nil || !bytes.Contains(out, []byte("it was full, and went on")) {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	var log lines
	setup := scenario.Albia
	setup.Dir, setup.DeskAddr, setup.Log = t.TempDir(), "127.0.0.1:0", slog.New(slog.NewTextHandler(&log, nil))
	clock := scenario.NewClock(scenario.FirstDay)
	a, err := scenario.New(t.Context(), clock, setup)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	as := func(r entente.Role) *api.Client {
		token, _, err := a.Node.SignIn.NewToken(t.Context(), a.Officer(r), "test")
		if err != nil {
			t.Fatal(err)
		}
		c, err := api.New(a.Desk, token, nil)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	analyst, operator := as(entente.Analyst), as(entente.Operator)

	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		t.Fatal(err)
	}
	now := was
	now.Cur = 600 << 10
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &now); err != nil {
		t.Fatal(err)
	}
	told := 0
	for range 5000 {
		if _, err := analyst.Inbox(t.Context(), api.InboxQuery{}); err != nil {
			e, _ := errors.AsType[*entente.Error](err)
			if !errors.Is(err, entente.Unavailable) || !strings.Contains(e.Detail, "disk") || !strings.Contains(e.Hint, "frees space") {
				t.Fatalf("on a full disk an officer is told: %v, next: %q", err, e.Hint)
			}
			if told++; told == 20 {
				break
			}
		}
	}
	if told < 20 {
		t.Fatal("the disk does not get full")
	}
	s, err := operator.Status(t.Context())
	if err != nil || len(s.Warnings) == 0 || !strings.Contains(s.Warnings[0], "disk") || !strings.Contains(s.Warnings[0], "could not be entered in the access log") {
		t.Errorf("the status: %v, %v", s.Warnings, err)
	}
	if _, err := analyst.Status(t.Context()); !errors.Is(err, entente.Unavailable) && !errors.Is(err, entente.Denied) {
		t.Errorf("the status, for an analyst: %v", err)
	}
	resp, err := http.Get(a.Desk + "/signin")
	if err != nil {
		t.Fatal(err)
	}
	io.Copy(io.Discard, resp.Body)
	resp.Body.Close()
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		t.Fatal(err)
	}
	clock.Advance(time.Minute)
	if _, err := analyst.Inbox(t.Context(), api.InboxQuery{}); err != nil {
		t.Errorf("with room again: %v", err)
	}
	if s, err := operator.Status(t.Context()); err != nil || len(s.Warnings) > 0 {
		t.Errorf("the status, with room again: %v, %v", s.Warnings, err)
	}
	if full, again := log.count("the disk is full"), log.count("room again"); full != 1 || again != 1 || log.count("level=ERROR") != 1 {
		t.Errorf("the log says %d times that it is full and %d times that there is room:\n%s", full, again, log.String())
	}
	t.Log("it was full, and went on")
}

// lines is a log that several write to.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (l *lines) count(what string) int { return strings.Count(l.String(), what) }
