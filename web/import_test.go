package web

import (
	"bytes"
	"crypto/rand"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"entente"
)

// sent is a form with files, as a browser sends it: fields and files in order,
// "name=value" and "file:name=content".
func (c *client) sent(to string, parts ...string) reply {
	c.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if !strings.HasPrefix(strings.Join(parts, " "), keyField) {
		w.WriteField(keyField, rand.Text())
	}
	for _, p := range parts {
		name, value, _ := strings.Cut(p, "=")
		part, err := w.CreateFormField(name)
		if file, ok := strings.CutPrefix(name, "file:"); ok {
			part, err = w.CreateFormFile("file", file)
		}
		if err != nil {
			c.t.Fatal(err)
		}
		io.WriteString(part, value)
	}
	w.Close()
	req, err := http.NewRequest("POST", c.base+to, &b)
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Content-Type", w.FormDataContentType())
	req.AddCookie(&http.Cookie{Name: cookieName, Value: c.cookie})
	return c.do(req)
}

// settled is the page of a taking once it is done.
func (c *client) settled(at string) reply {
	c.t.Helper()
	for {
		if got := c.get(at); got.header.Get("Refresh") == "" {
			return got
		}
	}
}

// A list goes in while its page shows how far it is; what came of it says so.
func TestImportAList(t *testing.T) {
	b := serve(t, words())
	b.office.gate = make(chan struct{})
	c := b.as(t, entente.Operator)
	got := c.sent("/import/list", "source=ports", "format=", "file:sdn.csv=name,born\nMira,1970\n", "file:alt.csv=other")
	if got.status != 303 || !strings.HasPrefix(got.to, "/import/") {
		t.Fatalf("status %d to %q: %s", got.status, got.to, text(parseHTML(got.body)))
	}
	b.office.gate <- struct{}{} // it has read, and shown how far it is
	page := c.settled(got.to)
	if !page.says("ports done") || !page.says("It is edition 4 of the list now.") || !page.says("New 2") {
		t.Errorf("when it is done: %s", text(parseHTML(page.body)))
	}
	if b.office.read != "sdn.csv=name,born\nMira,1970\n;alt.csv=other;" {
		t.Errorf("read the second time: %q", b.office.read)
	}
	if strings.Contains(page.body, "/lists/ports") {
		t.Error("the operator is led to content")
	}
	if !b.as(t, entente.Analyst).get("/import").says("ports sdn.csv, alt.csv emil.roth done") {
		t.Error("the page does not list what was taken in")
	}
}

// While it is under way the page loads itself anew, and the same list cannot be
// taken in twice at once.
func TestImportUnderWay(t *testing.T) {
	b := serve(t, words())
	b.office.gate = make(chan struct{})
	c := b.as(t, entente.Analyst)
	got := c.sent("/import/list", "source=ports", "file:ports.csv=name,born\nMira,1970\n")
	page := c.get(got.to)
	if page.header.Get("Refresh") != "2" || !page.says("ports under way") {
		t.Errorf("under way: refresh %q: %s", page.header.Get("Refresh"), text(parseHTML(page.body)))
	}
	second := c.sent("/import/list", "source=ports", "file:ports.csv=name,born\n")
	if second.status != 409 || !second.says("This is being taken in already. Wait until it is done.") {
		t.Errorf("twice at once: status %d", second.status)
	}
	close(b.office.gate)
	if page = c.settled(got.to); !page.says("done") || !strings.Contains(page.body, `href="/lists/ports"`) {
		t.Errorf("when it is done: %s", text(parseHTML(page.body)))
	}
}

// A file that seems cut short takes nobody off until a person says that it is meant.
func TestShortList(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Supervisor)
	got := c.sent("/import/list", "source=ports", "format=csv", "file:ports.csv=short")
	page := c.settled(got.to)
	if !page.says("This edition of ports lacks 40 of the 50 records that are held; nobody was taken off.") {
		t.Fatalf("the page: %s", text(parseHTML(page.body)))
	}
	again := c.submit(page, got.to, "These removals are meant", nil)
	if again.to != got.to {
		t.Fatalf("meant: status %d to %q", again.status, again.to)
	}
	if page = c.settled(got.to); !page.says("Taken off 1") || page.says("These removals are meant") {
		t.Errorf("afterwards: %s", text(parseHTML(page.body)))
	}
	if twice := c.post(got.to+"/meant", nil); twice.status != 303 || twice.to != got.to {
		t.Errorf("meant twice: status %d", twice.status)
	}
}

func TestImportTravel(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	got := c.sent("/import/travel", "feed=ostvik-airport", "format=json", "file:day.json={}")
	page := c.settled(got.to)
	if b.office.read != "{}" || !page.says("Whatever it met waits under Tasks.") || !strings.Contains(page.body, "/feeds/"+theFeed) {
		t.Errorf("read %q: %s", b.office.read, text(parseHTML(page.body)))
	}
	aside := c.get("/feeds/" + theFeed)
	for _, want := range []string{"ostvik-airport", "Events 187", "The date is not one that exists. birth 8 times", "line 17 900 31 Feb 1970", "and 3 more", "An earlier record of this file has the same number. 1 time"} {
		if !aside.says(want) {
			t.Errorf("the page does not say %q: %s", want, text(parseHTML(aside.body)))
		}
	}
}

// What cannot be taken says what to do, and nothing is read.
func TestUploadsThatFail(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Analyst)
	for _, x := range []struct {
		name, to string
		parts    []string
		says     string
	}{
		{"no file", "/import/list", []string{"source=ports"}, "The file: No file came with the form. Choose a file."},
		{"no name", "/import/list", []string{"file:a.csv=name,born\n"}, "Name of the list: It is empty."},
		{"unknown", "/import/list", []string{"source=ports", "file:a.bin=\x00\x01"}, "Format: The file does not show what it is. Choose its format."},
		{"no format", "/import/list", []string{"source=ports", "format=word", "file:a.csv=x"}, "Format: This is no format."},
		{"five files", "/import/list", []string{"source=p", "file:a=1", "file:b=2", "file:c=3", "file:d=4", "file:e=5"}, "More than four files came with the form."},
		{"feed", "/import/travel", []string{"feed=Ostvik Airport", "format=csv", "file:a.csv=x"}, "Where it comes from: A feed is named by lower-case letters"},
		{"two files", "/import/travel", []string{"feed=ostvik", "format=csv", "file:a.csv=x", "file:b.csv=x"}, "The file: Several files came. Send travel files one by one."},
	} {
		got := c.sent(x.to, x.parts...)
		if got.status != 422 || !got.says(x.says) {
			t.Errorf("%s: status %d does not say %q: %s", x.name, got.status, x.says, text(parseHTML(got.body)))
		}
	}
	if strings.Contains(b.office.asked(), "holding.import") || strings.Contains(b.office.asked(), "travel.feed") {
		t.Errorf("something was read: %s", b.office.asked())
	}
	if got := c.get("/import/" + string(mid(1))); got.status != 404 || !got.says("What came of it stands with the lists and the travel feeds.") {
		t.Errorf("a taking that is forgotten: status %d", got.status)
	}
}
