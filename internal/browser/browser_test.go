package browser

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestMain(m *testing.M) { os.Exit(Main(m)) }

// A page that does everything that the desk must not do is found out.
func TestFaults(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /good", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte(`<!doctype html><title>good</title><link rel=icon href="data:,"><p id=a>hello</p><a href="/none">next</a>`))
	})
	mux.HandleFunc("GET /bad", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; connect-src *")
		w.Write([]byte(`<!doctype html><title>bad</title><style>p{color:red}</style><script src="/bad.js"></script>`))
	})
	mux.HandleFunc("GET /bad.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		w.Write([]byte(`console.error("oh"); fetch("http://outside.example/").catch(() => { document.title = "cut off" }); throw new Error("dear")`))
	})
	s := httptest.NewServer(mux)
	defer s.Close()
	b := Start(t)
	tab := b.Tab(t, Desktop)

	if got := tab.Open(s.URL + "/good"); got != 200 {
		t.Errorf("status %d, want 200", got)
	}
	if got := tab.Text("#a"); got != "hello" {
		t.Errorf("text %q, want hello", got)
	}
	if got := tab.Follow(chromedp.Click(chromedp.CSS("a"))); got != 404 {
		t.Errorf("status %d, want 404", got)
	}
	if f := tab.Faults(); len(f) != 0 {
		t.Errorf("a good page has faults: %q", f)
	}

	tab.Open(s.URL + "/bad")
	Eval[bool](tab, `new Promise(done => setInterval(() => document.title == "cut off" && done(true), 10))`)
	all := strings.Join(tab.Faults(), "\n")
	for _, want := range []string{"console:", "exception:", "content security policy: style-src", "did not load:"} {
		if !strings.Contains(all, want) {
			t.Errorf("no fault with %q among:\n%s", want, all)
		}
	}
}

func TestViews(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte(`<!doctype html><meta name=viewport content="width=device-width"><link rel=icon href="data:,"><title>off</title><script>document.title = "on"</script>`))
	}))
	defer s.Close()
	// One tab, in any order: nothing of one view is left in the next.
	tab := Start(t).Tab(t, Phone)
	see := `[innerWidth, matchMedia("(prefers-color-scheme: dark)").matches, matchMedia("(pointer: coarse)").matches, document.title].join(" ")`
	for want, v := range map[string]View{
		"1280 false false on": Desktop,
		"390 false true on":   Phone,
		"800 true false off":  {Width: 800, Height: 600, Dark: true, NoScript: true},
	} {
		tab.View(v)
		tab.Open(s.URL)
		if got := Eval[string](tab, see); got != want {
			t.Errorf("%+v sees %q, want %q", v, got, want)
		}
	}
	tab.View(Desktop)
	tab.Open(s.URL)
	dark := Desktop
	dark.Dark = true
	tab.View(dark) // colours change on the page that is open
	if got := Eval[string](tab, see); got != "1280 true false on" {
		t.Errorf("after it grew dark the page sees %q", got)
	}
}

// Tabs are people: what one signs in to, the other does not have.
func TestTabsShareNoCookies(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		http.SetCookie(w, &http.Cookie{Name: "who", Value: "me"})
		_, err := r.Cookie("who")
		if err == nil {
			w.Write([]byte(`<!doctype html><p>known`))
		}
	}))
	defer s.Close()
	b := Start(t)
	one, two := b.Tab(t, Desktop), b.Tab(t, Desktop)
	one.Open(s.URL)
	one.Open(s.URL)
	two.Open(s.URL)
	if one.Text("p") != "known" || two.Text("p") != "" {
		t.Errorf("first tab %q, second %q; want known and nothing", one.Text("p"), two.Text("p"))
	}
}

func TestFind(t *testing.T) {
	if _, ok := find(func(string) (string, error) { return "", errors.New("none") }); ok {
		t.Error("found a browser where there is none")
	}
	got, ok := find(func(n string) (string, error) {
		if n == "google-chrome" {
			return "/opt/" + n, nil
		}
		return "", errors.New("none")
	})
	if !ok || got != "/opt/google-chrome" {
		t.Errorf("found %q, %v", got, ok)
	}
}
