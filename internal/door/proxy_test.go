package door

import (
	"errors"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"entente"
)

func believe(t *testing.T, says string, addresses ...string) Proxies {
	t.Helper()
	p, err := ParseProxies(addresses, says)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestParseProxies(t *testing.T) {
	for name, x := range map[string]struct {
		addresses []string
		says      string
		good      bool
	}{
		"none":              {nil, "", true},
		"one":               {[]string{"127.0.0.1"}, SaysForwarded, true},
		"a network, and v6": {[]string{"10.2.0.0/24", "::1"}, SaysProxyProtocol, true},
		"no address":        {[]string{"proxy.albia.example"}, SaysForwarded, false},
		"no way":            {[]string{"127.0.0.1"}, "", false},
		"another way":       {[]string{"127.0.0.1"}, "x-real-ip", false},
		"nobody":            {nil, SaysXForwardedFor, false},
	} {
		_, err := ParseProxies(x.addresses, x.says)
		if (err == nil) != x.good || err != nil && !errors.Is(err, entente.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// One hop is believed, of a trusted proxy alone, in the header that is set.
func TestVisitor(t *testing.T) {
	for name, x := range map[string]struct {
		says, peer, header, value string
		want                      string // empty: refused
	}{
		"nobody is trusted":      {"", "127.0.0.1:9", "X-Forwarded-For", "192.0.2.7", "127.0.0.1:9"},
		"a stranger forges":      {SaysXForwardedFor, "198.51.100.1:9", "X-Forwarded-For", "192.0.2.7", "198.51.100.1:9"},
		"another header":         {SaysXForwardedFor, "127.0.0.1:9", "Forwarded", "for=192.0.2.7", "127.0.0.1:9"},
		"one hop":                {SaysXForwardedFor, "127.0.0.1:9", "X-Forwarded-For", "203.0.113.1, 192.0.2.7", "192.0.2.7:0"},
		"with a port":            {SaysXForwardedFor, "127.0.0.1:9", "X-Forwarded-For", "192.0.2.7:443", "192.0.2.7:443"},
		"IPv6":                   {SaysXForwardedFor, "127.0.0.1:9", "X-Forwarded-For", "2001:db8::7", "[2001:db8::7]:0"},
		"nonsense":               {SaysXForwardedFor, "127.0.0.1:9", "X-Forwarded-For", "192.0.2.7, unknown", ""},
		"an empty last":          {SaysXForwardedFor, "127.0.0.1:9", "X-Forwarded-For", "192.0.2.7,", ""},
		"Forwarded":              {SaysForwarded, "127.0.0.1:9", "Forwarded", "for=203.0.113.1;proto=https, For=192.0.2.7 ; by=10.0.0.1", "192.0.2.7:0"},
		"Forwarded, quoted":      {SaysForwarded, "127.0.0.1:9", "Forwarded", `proto=https;for="[2001:db8::7]:443"`, "[2001:db8::7]:443"},
		"Forwarded, escaped":     {SaysForwarded, "127.0.0.1:9", "Forwarded", `for="192.0\.2.7"`, "192.0.2.7:0"},
		"a comma in quotes":      {SaysForwarded, "127.0.0.1:9", "Forwarded", `for=192.0.2.7;host="a,for=198.51.100.1"`, "192.0.2.7:0"},
		"for twice":              {SaysForwarded, "127.0.0.1:9", "Forwarded", "for=192.0.2.7;for=192.0.2.8", ""},
		"no for":                 {SaysForwarded, "127.0.0.1:9", "Forwarded", "proto=https", ""},
		"unquoted IPv6":          {SaysForwarded, "127.0.0.1:9", "Forwarded", "for=[2001:db8::7]", ""},
		"an open quote":          {SaysForwarded, "127.0.0.1:9", "Forwarded", `for="192.0.2.7`, ""},
		"broken before the last": {SaysForwarded, "127.0.0.1:9", "Forwarded", `for=", for=192.0.2.7`, ""},
		"hidden":                 {SaysForwarded, "127.0.0.1:9", "Forwarded", "for=_secret", ""},
		"no header":              {SaysForwarded, "127.0.0.1:9", "Forwarded", "", "127.0.0.1:9"},
	} {
		p := Proxies{}
		if x.says != "" {
			p = believe(t, x.says, "127.0.0.1")
		}
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = x.peer
		if x.value != "" {
			r.Header.Set(x.header, x.value)
		}
		got, ok := p.visitor(r)
		if ok != (x.want != "") || ok && got != x.want {
			t.Errorf("%s: %q %v, want %q", name, got, ok, x.want)
		}
	}
}

// Behind a proxy of one address, visitors are told apart and bounded as if there
// were none.
func TestBehindAProxy(t *testing.T) {
	for says, head := range map[string]func(from string) (before, header string){
		SaysProxyProtocol: func(from string) (string, string) {
			return "PROXY TCP4 " + from + " 10.0.0.1 4711 8080\r\n", ""
		},
		"proxy-protocol, version 2": func(from string) (string, string) {
			b := []byte("\r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x0c")
			for part := range strings.SplitSeq(from, ".") {
				n := 0
				for _, c := range part {
					n = 10*n + int(c-'0')
				}
				b = append(b, byte(n))
			}
			return string(append(b, 10, 0, 0, 1, 0x12, 0x67, 0x1f, 0x90)), ""
		},
		SaysForwarded:     func(from string) (string, string) { return "", "Forwarded: for=" + from + "\r\n" },
		SaysXForwardedFor: func(from string) (string, string) { return "", "X-Forwarded-For: " + from + "\r\n" },
	} {
		t.Run(says, func(t *testing.T) {
			p := believe(t, strings.Split(says, ",")[0], "127.0.0.1")
			inTown(t, Limits{Connections: 20, Strangers: 6, PerOwner: 4}, Config{Proxies: p}, func(w *town) {
				half := func(from string) {
					before, header := head(from)
					c := w.dial("127.0.0.1:1")
					go io.WriteString(c, before+"POST / HTTP/1.1\r\nHost: localhost\r\n"+header+"Content-Length: 10\r\n\r\nx")
					time.Sleep(time.Millisecond)
				}
				half("198.51.100.1")
				for range 50 {
					half("192.0.2.7")
				}
				w.door.mu.Lock()
				if n := w.door.from["198.51.100.1"]; n != 1 {
					t.Errorf("the stranger from elsewhere was crowded out: %v", w.door.from)
				}
				w.door.mu.Unlock()
				before, header := head("203.0.113.9")
				status, body := w.ask(w.dial("127.0.0.1:1"), before+"GET / HTTP/1.1\r\nHost: localhost\r\nOfficer: anna\r\n"+header+"\r\n")
				if status != 200 || !strings.Contains(body, "from 203.0.113.9:") {
					t.Errorf("an officer: %d %s", status, body)
				}
			})
		})
	}
}

// A trusted proxy that does not announce its visitors is refused, and a stranger
// who announces somebody is.
func TestAnnouncementsAreStrict(t *testing.T) {
	p := believe(t, SaysProxyProtocol, "127.0.0.1")
	inTown(t, Limits{Connections: 20, Strangers: 6}, Config{Proxies: p}, func(w *town) {
		if status, body := w.ask(w.dial("127.0.0.1:1"), asOfficer); status == 200 {
			t.Errorf("a proxy that says nothing: %d %s", status, body)
		}
		if status, body := w.ask(w.dial("192.0.2.7:1"), "PROXY TCP4 203.0.113.9 10.0.0.1 4711 8080\r\n"+asOfficer); status == 200 {
			t.Errorf("a stranger who announces: %d %s", status, body)
		}
		if status, body := w.ask(w.dial("192.0.2.7:1"), asOfficer); status != 200 || !strings.Contains(body, "from 192.0.2.7:1") {
			t.Errorf("whoever comes by no proxy: %d %s", status, body)
		}
	})
}

func FuzzForwarded(f *testing.F) {
	for _, s := range []string{"for=192.0.2.7", `for="[2001:db8::7]:443";proto=https`, "for=a, for=b", `for="a\"b"`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if said, ok := forwardedFor(s); ok {
			// What is believed stands in the last element: cutting the header there loses it.
			if said == "" {
				t.Errorf("%q says nothing and is believed", s)
			}
			if addrPort, ok := node(said); ok {
				if again, ok := node(addrPort); !ok || again != addrPort {
					t.Errorf("%q gives %q, and that %q", s, addrPort, again)
				}
			}
		}
	})
}
