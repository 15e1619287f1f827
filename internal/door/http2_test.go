package door

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// Over HTTP/2, where each request has deadlines of its own, the same holds: a
// stranger's body is bounded, an officer's goes on after the node took its time.
func TestOverHTTP2(t *testing.T) {
	read := make(chan error, 1)
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Officer") != "" {
			if err := Admit(r.Context(), "anna"); err != nil {
				t.Error(err)
			}
			// Longer than the patience with a visitor: this is the node's own time.
			io.ReadFull(r.Body, make([]byte, 1<<10))
			time.Sleep(2500 * time.Millisecond)
		}
		n, err := io.Copy(io.Discard, r.Body)
		read <- err
		if err == nil {
			fmt.Fprint(w, r.Proto, " ", n)
			w.Write(make([]byte, 1<<20))
		}
	})
	s := httptest.NewUnstartedServer(nil)
	s.Config.Handler = NewGuard(Config{Stall: 2 * time.Second, Gate: 2 * time.Second, Rate: 1}, h)
	s.Config.ConnContext = Remember
	s.EnableHTTP2 = true
	s.Listener = New(s.Listener, Limits{Connections: 9, Strangers: 9, PerOwner: 2}, Proxies{})
	s.StartTLS()
	defer s.Close()
	send := func(officer string, body io.Reader) (*http.Response, error) {
		r, err := http.NewRequest("POST", s.URL, body)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Officer", officer)
		return s.Client().Do(r)
	}
	res, err := send("anna", bytes.NewReader(make([]byte, 3<<20)))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(res.Body)
	res.Body.Close()
	if want := fmt.Sprint("HTTP/2.0 ", 3<<20-1<<10); err != nil || !bytes.HasPrefix(b, []byte(want)) || len(b) != len(want)+1<<20 {
		t.Errorf("an officer's file: %d bytes, %v", len(b), err)
	}
	if err := <-read; err != nil {
		t.Errorf("an officer's file: %v", err)
	}
	if res, err := send("", bytes.NewReader(make([]byte, 1<<20))); err == nil {
		res.Body.Close()
	}
	if _, tooLarge := errors.AsType[*http.MaxBytesError](<-read); !tooLarge {
		t.Error("a stranger's large form is read")
	}
	still, hold := io.Pipe()
	defer hold.Close()
	go hold.Write([]byte("x"))
	go func() {
		if res, err := send("", still); err == nil {
			res.Body.Close()
		}
	}()
	if err := <-read; !HungUp(t.Context(), err) {
		t.Errorf("a stranger who stands still: %v", err)
	}
}
