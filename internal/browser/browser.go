// Package browser drives a real Chromium in tests: without a window, cut off
// from every network but loopback, each tab with cookies of its own. What a page
// complains of (a refused script, an exception, a warning) is kept for the test.
//
// Only tests import it.
package browser

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// names are what Chromium is called where it is installed, Debian's name first.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// Browser is a running Chromium.
type Browser struct {
	ctx context.Context
}

// running is the Chromium of this test process: to start one takes longer than
// most tests, so all share it, each with tabs of its own.
var running struct {
	once   sync.Once
	within bool // Main will stop it
	stop   func()
	chrome *Browser
	err    error
}

// Main runs the tests of a package, and stops the browser if one of them started
// it. It is for TestMain, and gives the code to exit with.
func Main(m *testing.M) int {
	running.within = true
	code := m.Run()
	if running.stop != nil {
		running.stop()
	}
	return code
}

// Start gives the Chromium of this test process, which the first call starts.
// Without one the test fails: a test of pages that nobody looked at proves nothing.
func Start(t testing.TB) *Browser {
	t.Helper()
	if !running.within {
		t.Fatal("nobody would stop the browser: give this package a TestMain with os.Exit(browser.Main(m))")
	}
	running.once.Do(func() { running.chrome, running.stop, running.err = start() })
	if running.err != nil {
		t.Fatal(running.err)
	}
	return running.chrome
}

func start() (*Browser, func(), error) {
	path, ok := find(exec.LookPath)
	if !ok {
		return nil, nil, errors.New("no Chromium on this machine: install chromium (Debian: apt-get install chromium) or run the README's test command")
	}
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options(path)...)
	ctx, closeBrowser := chromedp.NewContext(alloc)
	if err := chromedp.Do(ctx); err != nil {
		stop()
		return nil, nil, fmt.Errorf("%s does not start: %w; start it by hand with --headless --no-sandbox to see why", path, err)
	}
	return &Browser{ctx}, func() { closeBrowser(); stop() }, nil
}

// find gives the path of the first browser that is there.
func find(look func(string) (string, error)) (string, bool) {
	for _, n := range names {
		if path, err := look(n); err == nil {
			return path, true
		}
	}
	return "", false
}

func options(path string) []chromedp.ExecAllocatorOption {
	return append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		// Tests run as root in containers, where the sandbox cannot; the pages are our own.
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		// No name resolves but the machine itself: what a page asks of the outside fails, and shows.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1"),
		chromedp.Flag("no-proxy-server", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-domain-reliability", true),
		chromedp.Flag("disable-field-trial-config", true),
		chromedp.Flag("no-pings", true),
		chromedp.Flag("disable-features", "Translate,BlinkGenPropertyTrees,OptimizationHints,MediaRouter,AutofillServerCommunication,CertificateTransparencyComponentUpdater"),
		// The same pixels on every machine.
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("font-render-hinting", "none"),
		chromedp.Flag("lang", "en-GB"),
	)
}
