package wire

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"entente"
)

func noise(n int) []byte {
	b := make([]byte, n)
	rand.NewChaCha8([32]byte{1}).Read(b)
	return b
}

// expect makes Borea wait for a file, of which it holds some already.
func (w *town) expect(content []byte, held int) entente.Digest {
	id := entente.DigestOf(content)
	w.desk.mu.Lock()
	defer w.desk.mu.Unlock()
	w.desk.files[id] = &file{bytes.Clone(content[:held]), int64(len(content))}
	return id
}

func TestSendFile(t *testing.T) {
	w := meet(t, Options{}, Options{})
	content := noise(3<<20 + 17)
	id, size := w.expect(content, 0), int64(len(content))
	n, err := w.client.SendFile(t.Context(), w.to, id, 0, size, bytes.NewReader(content))
	if err != nil || n != size {
		t.Fatalf("got %d, %v; want %d", n, err, size)
	}
	if !bytes.Equal(w.desk.files[id].bytes, content) {
		t.Error("what arrived is not what was sent")
	}
	held, whole, err := w.client.FileHeld(t.Context(), w.to, id)
	if err != nil || held != size || whole != size {
		t.Errorf("FileHeld: got %d of %d, %v", held, whole, err)
	}
	if n, err := w.client.SendFile(t.Context(), w.to, id, size, size, strings.NewReader("")); err != nil || n != size {
		t.Errorf("sending what is left of a whole file: got %d, %v", n, err)
	}
}

// A line that breaks at any point leaves what has arrived, and the rest follows.
func TestSendFileResumes(t *testing.T) {
	w := meet(t, Options{}, Options{})
	content := noise(500_000)
	id, size := w.expect(content, 0), int64(len(content))
	_, err := w.client.SendFile(t.Context(), w.to, id, 0, size, io.MultiReader(bytes.NewReader(content[:200_000]), badDisk{}))
	want(t, err, entente.Unavailable)
	for {
		held, _, err := w.client.FileHeld(t.Context(), w.to, id)
		if err != nil {
			t.Fatal(err)
		}
		n, err := w.client.SendFile(t.Context(), w.to, id, held, size, bytes.NewReader(content[held:]))
		if errors.Is(err, entente.Conflict) {
			continue // the broken upload was still being put away
		}
		if err != nil || n != size {
			t.Fatalf("got %d, %v; want %d", n, err, size)
		}
		break
	}
	if !bytes.Equal(w.desk.files[id].bytes, content) {
		t.Error("what arrived is not what was sent")
	}
}

type badDisk struct{}

func (badDisk) Read([]byte) (int, error) { return 0, errors.New("the disk broke") }

// The same with the connection cut under it.
func TestSendFileConnectionCut(t *testing.T) {
	var mu sync.Mutex
	var conns []net.Conn
	w := meet(t, Options{}, Options{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := new(net.Dialer).DialContext(ctx, network, address)
		mu.Lock()
		defer mu.Unlock()
		conns = append(conns, c)
		return c, err
	}})
	content := noise(2 << 20)
	id, size := w.expect(content, 0), int64(len(content))
	cut := readerFunc(func(p []byte) (int, error) {
		mu.Lock()
		defer mu.Unlock()
		for _, c := range conns {
			c.Close()
		}
		return copy(p, content[1<<20:]), nil
	})
	_, err := w.client.SendFile(t.Context(), w.to, id, 0, size, io.MultiReader(bytes.NewReader(content[:1<<20]), cut))
	want(t, err, entente.Unavailable)
	for {
		held, _, err := w.client.FileHeld(t.Context(), w.to, id)
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.client.SendFile(t.Context(), w.to, id, held, size, bytes.NewReader(content[held:]))
		if err == nil {
			break
		}
		want(t, err, entente.Conflict)
	}
	if !bytes.Equal(w.desk.files[id].bytes, content) {
		t.Error("what arrived is not what was sent")
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestSendFileRefused(t *testing.T) {
	w := meet(t, Options{MaxFile: 1000}, Options{})
	content := noise(900)
	id := w.expect(content, 100)
	_, err := w.client.SendFile(t.Context(), w.to, id, 50, 900, bytes.NewReader(content[50:]))
	if e := want(t, err, entente.Conflict); e.Field != "offset" {
		t.Errorf("a wrong offset: got field %q", e.Field)
	}
	_, err = w.client.SendFile(t.Context(), w.to, id, 100, 1001, bytes.NewReader(content))
	if e := want(t, err, entente.Invalid); e.Reason != entente.ReasonTooLarge || e.Field != "size" {
		t.Errorf("over the limit: got %q, %q", e.Field, e.Reason)
	}
	_, err = w.client.SendFile(t.Context(), w.to, entente.DigestOf(nil), 0, 900, bytes.NewReader(content))
	want(t, err, entente.NotFound)
	_, err = w.client.SendFile(t.Context(), w.to, id, 901, 900, bytes.NewReader(content))
	want(t, err, entente.Invalid)
	_, _, err = w.client.FileHeld(t.Context(), w.to, entente.DigestOf(nil))
	want(t, err, entente.NotFound)
}

// A body that goes on after the end that was announced is cut off there.
func TestPutTooMuch(t *testing.T) {
	w := meet(t, Options{}, Options{})
	id := w.expect(noise(10), 0)
	r := w.request("PUT", filesPath+id.String(), typeFile, "")
	r.Header.Set(HeaderOffset, "0")
	r.Header.Set(HeaderSize, "10")
	r.ContentLength, r.Body = -1, io.NopCloser(zeros{})
	resp, body := w.raw(t, r)
	if p, err := readProblem([]byte(body)); err != nil || p.Reason != entente.ReasonTooLarge || resp.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("got %s %s", resp.Status, body)
	}
	if n := len(w.desk.files[id].bytes); n > 10 {
		t.Errorf("%d bytes were put away, want at most 10", n)
	}
}

func TestFetchFile(t *testing.T) {
	w := meet(t, Options{}, Options{})
	content := noise(2<<20 + 5)
	id := w.expect(content, len(content))
	for _, offset := range []int{0, 1, 1 << 20, len(content) - 1} {
		r, err := w.client.FetchFile(t.Context(), w.to, id, int64(offset))
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(got, content[offset:]) {
			t.Errorf("from %d: got %d bytes, %v", offset, len(got), err)
		}
		r.Close()
	}
	_, err := w.client.FetchFile(t.Context(), w.to, id, int64(len(content)))
	want(t, err, entente.Invalid)
	_, err = w.client.FetchFile(t.Context(), w.to, id, -1)
	want(t, err, entente.Invalid)
	half := w.expect(noise(100), 50)
	_, err = w.client.FetchFile(t.Context(), w.to, half, 0)
	want(t, err, entente.NotFound)
}

// A file that the partner cannot read to its end breaks off here, too: it never
// looks whole.
func TestFetchFileThatEndsEarly(t *testing.T) {
	w := meet(t, Options{}, Options{})
	content := noise(1 << 20)
	id := w.expect(content, len(content))
	w.desk.open = func(_ context.Context, whole []byte) io.Reader { return bytes.NewReader(whole[:len(whole)-7]) }
	r, err := w.client.FetchFile(t.Context(), w.to, id, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got, err := io.ReadAll(r)
	want(t, err, entente.Unavailable)
	if len(got) >= len(content) {
		t.Errorf("got %d bytes", len(got))
	}
}

func TestStrangeFiles(t *testing.T) {
	id := entente.DigestOf(nil)
	part := func(status int, length, contentRange, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", typeFile)
			w.Header().Set("Content-Range", contentRange)
			if length != "" {
				w.Header().Set("Content-Length", length)
			}
			w.WriteHeader(status)
			io.WriteString(w, body)
			http.NewResponseController(w).Flush()
		}
	}
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		ok     bool
	}{
		"fine":              {part(206, "3", "bytes 2-4/5", "abc"), true},
		"the whole":         {part(200, "5", "bytes 0-4/5", "abcde"), false},
		"another part":      {part(206, "3", "bytes 1-3/5", "abc"), false},
		"not to the end":    {part(206, "2", "bytes 2-3/5", "ab"), false},
		"no length":         {part(206, "", "bytes 2-4/5", "abc"), false},
		"no range":          {part(206, "3", "", "abc"), false},
		"over our limit":    {part(206, "1000", "bytes 2-1001/1002", "abc"), false},
		"beyond all bounds": {part(206, "9223372036854775807", "bytes 2--9223372036854775808/-9223372036854775807", "abc"), false},
	} {
		w := hostile(t, test.answer, Options{MaxFile: 1000})
		r, err := w.client.FetchFile(t.Context(), w.to, id, 2)
		if test.ok {
			b, _ := io.ReadAll(r)
			if err != nil || string(b) != "abc" {
				t.Errorf("%s: got %q, %v", name, b, err)
			}
			continue
		}
		if !errors.Is(err, entente.Unavailable) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	for name, headers := range map[string][2]string{"none": {"", ""}, "negative": {"-1", "5"}, "more than all": {"6", "5"}, "words": {"five", "5"}, "padded": {"05", "5"}} {
		w := hostile(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set(HeaderHeld, headers[0])
			w.Header().Set(HeaderSize, headers[1])
		}, Options{})
		_, _, err := w.client.FileHeld(t.Context(), w.to, id)
		want(t, err, entente.Unavailable)
		_ = name
	}
	for name, body := range map[string]string{"more": `{"held":11}`, "less": `{"held":1}`, "negative": `{"held":-1}`} {
		w := hostile(t, say(200, typeJSON, body), Options{})
		if _, err := w.client.SendFile(t.Context(), w.to, id, 2, 10, strings.NewReader("abc")); !errors.Is(err, entente.Unavailable) {
			t.Errorf("held %s: got %v", name, err)
		}
	}
}

func TestHeaderForms(t *testing.T) {
	for s, want := range map[string]int64{"0": 0, "10": 10, "9007199254740991": 1<<53 - 1, "9007199254740992": -1, "": -1, "+1": -1, "-1": -1, "01": -1, " 1": -1, "1e3": -1, "9223372036854775808": -1} {
		n, ok := decimal(s)
		if !ok {
			n = -1
		}
		if n != want {
			t.Errorf("decimal(%q): got %d, want %d", s, n, want)
		}
	}
	for s, want := range map[string]int64{"bytes=0-": 0, "bytes=7-": 7, "bytes=7-9": -1, "bytes=-7": -1, "bytes=-": -1, "bytes=1-,5-": -1, "Bytes=1-": -1, "": -1, "bytes=1- ": -1} {
		n, ok := rangeFrom(http.Header{"Range": {s}})
		if !ok {
			n = -1
		}
		if n != want {
			t.Errorf("rangeFrom(%q): got %d, want %d", s, n, want)
		}
	}
	if n, ok := rangeFrom(http.Header{}); !ok || n != 0 {
		t.Error("no range is not the whole file")
	}
	if _, ok := rangeFrom(http.Header{"Range": {"bytes=0-", "bytes=0-"}}); ok {
		t.Error("two ranges are understood")
	}
}
