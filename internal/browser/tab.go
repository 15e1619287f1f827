package browser

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// patience bounds one step of a test. Machines are noisy: it is there so that a
// test ends, not to measure anything.
const patience = 2 * time.Minute

// View is how a tab sees pages.
type View struct {
	Width, Height int64 // CSS pixels
	Dark          bool  // the reader prefers a dark page
	Touch         bool  // a phone: touch, and a mobile viewport
	NoScript      bool  // scripts are switched off
	Print         bool  // as on paper
}

// How people look at pages. A phone is 390 pixels wide: the narrowest that
// sells. A4 has 96 pixels an inch (CSS Values 4, 6.2).
var (
	Desktop = View{Width: 1280, Height: 900}
	Phone   = View{Width: 390, Height: 844, Touch: true}
	Upright = View{Width: 794, Height: 1123, Print: true}
	Across  = View{Width: 1123, Height: 794, Print: true}
)

// Tab is one tab with its own cookies. Its methods end the test when the
// browser fails.
type Tab struct {
	t      testing.TB
	ctx    context.Context
	mu     sync.Mutex
	faults []string
	status int // of the document that came last
}

// Tab opens a tab and closes it when the test ends.
func (b *Browser) Tab(t testing.TB, v View) *Tab {
	t.Helper()
	p := &Tab{t: t}
	ctx, done := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(p.listen))
	t.Cleanup(done)
	p.ctx = ctx
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	p.Do(chromedp.Func(func(ctx context.Context, s *chromedp.Target) error {
		_, err := cdp.Call(ctx, s, audits.Enable, cdp.Empty{})
		return err
	}))
	p.View(v)
	return p
}

// leave answers the question whether to leave a page with something unsaved: a
// reader who goes on to another page means it.
func (p *Tab) leave() {
	_ = chromedp.Do(p.ctx, chromedp.Func(func(ctx context.Context, s *chromedp.Target) error {
		_, err := cdp.Call(ctx, s, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
		return err
	})) // a tab that is closed meanwhile asks nothing any more
}

// View changes how the tab sees the pages that it opens from now on. The page
// that is open turns dark or light at once; for anything else it is opened again.
func (p *Tab) View(v View) {
	p.t.Helper()
	size := []chromedp.EmulateViewportOption{}
	if v.Touch {
		size = append(size, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait)
	}
	scheme, media := "light", ""
	if v.Dark {
		scheme = "dark"
	}
	if v.Print {
		media = "print"
	}
	p.Do(
		chromedp.EmulateViewport(v.Width, v.Height, size...),
		chromedp.Func(func(ctx context.Context, s *chromedp.Target) error {
			if _, err := cdp.Call(ctx, s, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Media:    media,
				Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
			}); err != nil {
				return err
			}
			_, err := cdp.Call(ctx, s, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: v.NoScript})
			return err
		}),
	)
}

// Language makes the tab ask for pages in a language (BCP 47).
func (p *Tab) Language(tag string) {
	p.t.Helper()
	p.Do(chromedp.Func(func(ctx context.Context, s *chromedp.Target) error {
		_, err := cdp.Call(ctx, s, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: map[string]any{"Accept-Language": tag}})
		return err
	}))
}

// Authenticator gives the tab a security key that makes and uses passkeys
// without asking anybody.
func (p *Tab) Authenticator() {
	p.t.Helper()
	p.Do(chromedp.Func(func(ctx context.Context, s *chromedp.Target) error {
		if _, err := cdp.Call(ctx, s, webauthn.Enable, webauthn.EnableParams{}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, s, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
			HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
		}})
		return err
	}))
}

// Do runs actions in order.
func (p *Tab) Do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, done := context.WithTimeout(p.ctx, patience)
	defer done()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatalf("browser: %v", err)
	}
}

// Open goes to an address and gives the status of the page.
func (p *Tab) Open(url string) int {
	p.t.Helper()
	return p.Follow(chromedp.Navigate(url))
}

// Follow runs actions that lead to another page, waits until that is loaded, and
// gives its status. The page that is left is marked, so that what still happens
// to it is not taken for the next one.
func (p *Tab) Follow(actions ...chromedp.Action[chromedp.Void]) int {
	p.t.Helper()
	ctx, done := context.WithTimeout(p.ctx, patience)
	defer done()
	if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](`void (window.left = true)`)); err != nil {
		p.t.Fatalf("browser: %v", err)
	}
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatalf("browser: %v", err)
	}
	for {
		// Between two pages there is nothing that could be asked: an error only means "not yet".
		there, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`!window.left && document.readyState == "complete"`))
		if err == nil && there {
			p.mu.Lock()
			defer p.mu.Unlock()
			return p.status
		}
		if ctx.Err() != nil {
			p.t.Fatalf("browser: the next page does not come: %v", err)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// Eval evaluates a JavaScript expression in a tab; promises are waited for.
// It works where the page's own scripts are switched off, too.
func Eval[T any](p *Tab, expression string) T {
	p.t.Helper()
	ctx, done := context.WithTimeout(p.ctx, patience)
	defer done()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("browser: %v", err)
	}
	return v
}

// Text is the text of the first element that a CSS selector finds, as a reader
// sees it; empty when there is none.
func (p *Tab) Text(css string) string {
	p.t.Helper()
	q, _ := json.Marshal(css)
	return Eval[string](p, "document.querySelector("+string(q)+")?.innerText ?? ''")
}

// Shot is a PNG of the whole page.
func (p *Tab) Shot() []byte {
	p.t.Helper()
	ctx, done := context.WithTimeout(p.ctx, patience)
	defer done()
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		p.t.Fatalf("browser: %v", err)
	}
	return png
}

// Faults gives what pages complained of since the last call: exceptions,
// errors and warnings of the console, resources that did not load, breaches of
// the content security policy. The status of the page itself is not among them:
// a page that says "not found" is a page.
func (p *Tab) Faults() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := p.faults
	p.faults = nil
	return f
}

func (p *Tab) fault(words ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = append(p.faults, strings.Join(words, " "))
}

// listen runs inside the loop that reads the browser's messages: it only keeps.
func (p *Tab) listen(ev any) {
	switch e := ev.(type) {
	case *page.EventJavascriptDialogOpening:
		go p.leave()
	case *runtime.EventExceptionThrown:
		what := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			what = e.ExceptionDetails.Exception.Description
		}
		p.fault("exception:", what)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			words := []string{"console:"}
			for _, a := range e.Args {
				words = append(words, string(a.Value), a.Description)
			}
			p.fault(words...)
		}
	case *log.EventEntryAdded:
		// The loading of resources is judged below, with the type of each.
		if e.Entry.Source != log.EntrySourceNetwork && (e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning) {
			p.fault("log:", e.Entry.Text, e.Entry.URL)
		}
	case *network.EventResponseReceived:
		if e.Type == network.ResourceTypeDocument {
			p.mu.Lock()
			p.status = int(e.Response.Status)
			p.mu.Unlock()
		} else if e.Response.Status >= 400 {
			p.fault("did not load:", e.Response.URL)
		}
	case *network.EventLoadingFailed:
		if !e.Canceled {
			p.fault("did not load:", string(e.Type), e.ErrorText)
		}
	case *audits.EventIssueAdded:
		if e.Issue.Code == audits.InspectorIssueCodeContentSecurityPolicyIssue {
			p.fault("content security policy:", e.Issue.Details.ContentSecurityPolicyIssueDetails.ViolatedDirective)
		}
	}
}
