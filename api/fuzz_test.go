package api

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"entente"
	"entente/record"
)

// FuzzAnswer holds that whatever answers in the place of a node, the client gives
// what was said or an error of a kind, and never a name of a file that leads away.
func FuzzAnswer(f *testing.F) {
	f.Add(200, "application/json", "", []byte(`{"id":"x","released":true}`))
	f.Add(200, "application/jsonl", "", []byte("{\"value\":{}}\n{\"done\":true,\"value\":{\"number\":3}}\n"))
	f.Add(422, "application/problem+json", "", []byte(`{"kind":"invalid","detail":"no"}`))
	f.Add(503, "text/html", `attachment; filename="../../etc/passwd"`, []byte("<html>"))
	f.Fuzz(func(t *testing.T, status int, media, disposition string, body []byte) {
		c, err := New("http://localhost", "x", &http.Client{Transport: spy(func(r *http.Request) (*http.Response, error) {
			if r.Body != nil {
				io.Copy(io.Discard, r.Body)
			}
			h := http.Header{"Content-Type": {media}, "Content-Disposition": {disposition}}
			return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(bytes.NewReader(body)), Request: r}, nil
		})})
		if err != nil {
			t.Fatal(err)
		}
		check := func(err error) {
			t.Helper()
			if _, ok := errors.AsType[*entente.Error](err); err != nil && !ok {
				t.Errorf("an error without words: %v", err)
			}
		}
		_, err = c.Note(ctx, aMessage, "x")
		check(err)
		_, err = c.Message(ctx, aMessage, "")
		check(err)
		_, err = c.ImportList(ctx, "x", ListOptions{}, nil, nil)
		check(err)
		name, r, err := c.FetchAttachment(ctx, aMessage, aDigest)
		check(err)
		if err == nil {
			r.Close()
			if name == "" || len(name) > 200 || cleanName(name) != name {
				t.Errorf("a file is called %q", name)
			}
		}
	})
}

// FuzzUpload holds that whatever comes as the files of a list is taken whole or
// refused as a problem that is no fault of the node, and that no more than so many
// files are taken.
func FuzzUpload(f *testing.F) {
	f.Add("text/csv", []byte("name\nMira\n"))
	f.Add("multipart/form-data; boundary=x", []byte("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nname\nMira\r\n--x--\r\n"))
	f.Add("multipart/form-data", []byte("--x"))
	f.Add("multipart/form-data; boundary=x", []byte("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../a\"\r\n\r\n"))
	n := &node{}
	h, err := Handler(Config{Officers: n, Accounts: n, Outbox: fakeOutbox{n}, Desk: fakeDesk{n}, Screen: fakeScreen{n}, Courier: fakeCourier{n}})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, media string, body []byte) {
		n.asked, n.body = nil, nil
		r := httptest.NewRequest("POST", prefix+"/lists/albia-ports?format=csv", bytes.NewReader(body))
		r.Header = http.Header{"Authorization": {"Bearer " + string(entente.Operator)}, "Content-Type": {media}, KeyHeader: {"0123456789abcdef"}}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		switch {
		case w.Code == http.StatusOK && n.asked == nil:
			t.Errorf("it says that it took %q", body)
		case w.Code != http.StatusOK && n.asked != nil:
			t.Errorf("it refuses what it took: %d %s", w.Code, w.Body)
		case !slices.Contains([]int{200, 400, 413, 422, 503}, w.Code):
			t.Errorf("status %d: %s", w.Code, w.Body)
		}
	})
}

// FuzzKey holds that a key is what its check lets pass, in quotation marks or not.
func FuzzKey(f *testing.F) {
	f.Add("0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7")
	f.Add(`"0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7"`)
	f.Add(`""""""""""""""""""""`)
	f.Fuzz(func(t *testing.T, said string) {
		key, err := keyOf(&http.Request{Header: http.Header{KeyHeader: {said}}})
		if err == nil && (record.CheckKey(key) != nil || key != said && `"`+key+`"` != said) {
			t.Errorf("%q is read as %q", said, key)
		}
	})
}
