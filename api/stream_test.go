package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/policy"
	"entente/prove"
)

// slowDesk streams what a test gives it, and takes uploads as a test wants.
type slowDesk struct {
	fakeDesk
	name string
	file io.Reader
	err  error // after the file
}

func (d slowDesk) OpenAttachment(_ context.Context, by entente.Officer, _ entente.MessageID, _ entente.Digest) (entente.Attachment, io.Reader, error) {
	return entente.Attachment{Name: d.name, Media: "text/html", Size: 1}, d.file, policy.Check(by, entente.OpFetchAttachment)
}

func (d slowDesk) Evidence(_ context.Context, _ entente.Officer, _ entente.MessageID, _ prove.Extent, w io.Writer) error {
	if _, err := io.Copy(w, d.file); err != nil {
		return err
	}
	return d.err
}

type slowOutbox struct {
	fakeOutbox
	attach func(io.Reader) error
}

func (o slowOutbox) Attach(_ context.Context, by entente.Officer, _ entente.DraftID, _, _ string, r io.Reader) (entente.Attachment, error) {
	if err := policy.Check(by, entente.OpAddAttachment); err != nil {
		return entente.Attachment{}, err
	}
	return entente.Attachment{}, o.attach(r)
}

// An upload reaches the node while it is still being sent.
func TestUploadStreams(t *testing.T) {
	arrived := make(chan string)
	_, _, as := serve(t, func(c *Config) {
		c.Outbox = slowOutbox{c.Outbox.(fakeOutbox), func(r io.Reader) error {
			b := make([]byte, 5)
			if _, err := io.ReadFull(r, b); err != nil {
				return err
			}
			arrived <- string(b)
			rest, err := io.ReadAll(r)
			arrived <- string(rest)
			return err
		}}
	})
	r, w := io.Pipe()
	done := make(chan error)
	go func() {
		_, err := as(entente.Analyst).AddAttachment(ctx, aMessage, "a", "", r)
		done <- err
	}()
	io.WriteString(w, "first")
	if got := <-arrived; got != "first" {
		t.Errorf("got %q", got)
	}
	io.WriteString(w, "second")
	w.Close()
	if got := <-arrived; got != "second" {
		t.Errorf("got %q", got)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// Whoever may not is told so, however much he is about to send.
func TestUploadDenied(t *testing.T) {
	n, srv, as := serve(t)
	// As http.DefaultTransport does, but however slow the machine.
	srv.Client().Transport.(*http.Transport).ExpectContinueTimeout = time.Hour
	endless := io.MultiReader(strings.NewReader("x"), zeros{})
	_, err := as(entente.Overseer).AddAttachment(ctx, aMessage, "a", "", endless)
	if kindOf(err) != entente.Denied {
		t.Errorf("a file: %v", err)
	}
	_, err = as(entente.Analyst).Unpack(ctx, endless)
	if kindOf(err) != entente.Denied {
		t.Errorf("a courier file: %v", err)
	}
	if n.body != nil {
		t.Errorf("%d bytes arrived", len(n.body))
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { return len(b), nil }

// An upload that breaks off is no file.
func TestUploadBreaks(t *testing.T) {
	var got error
	n, _, as := serve(t, func(c *Config) {
		c.Outbox = slowOutbox{c.Outbox.(fakeOutbox), func(r io.Reader) error {
			_, got = io.Copy(io.Discard, r)
			return got
		}}
	})
	broken := io.MultiReader(strings.NewReader(strings.Repeat("x", 1<<20)), broken{})
	if _, err := as(entente.Analyst).AddAttachment(ctx, aMessage, "a", "", broken); err == nil {
		t.Error("a broken upload succeeded")
	}
	if _, err := as(entente.Supervisor).Unpack(ctx, broken); err == nil {
		t.Error("a broken courier file succeeded")
	}
	if n.body != nil {
		t.Error("it reached the courier")
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("broken") }

// A download that breaks off is an error for whoever reads it, and one that
// fails before it begins is a problem.
func TestDownloadBreaks(t *testing.T) {
	d := slowDesk{}
	n, _, as := serve(t, func(c *Config) {
		d.fakeDesk = c.Desk.(fakeDesk)
		c.Desk = &d
	})
	d.file, d.err = bytes.NewReader(make([]byte, 1<<20)), errors.New("the disk is gone")
	r, err := as(entente.Overseer).Evidence(ctx, aMessage, "")
	if err == nil {
		_, err = io.Copy(io.Discard, r)
		r.Close()
	}
	if err == nil {
		t.Error("half a file was taken for a whole one")
	}
	if !strings.Contains(n.log.String(), "the disk is gone") {
		t.Errorf("the log says %q", &n.log)
	}
	d.file, d.err = strings.NewReader(""), &entente.Error{Kind: entente.NotFound, Detail: "no such message"}
	if _, err := as(entente.Overseer).Evidence(ctx, aMessage, ""); kindOf(err) != entente.NotFound {
		t.Errorf("before it began: %v", err)
	}
	d.file, d.err = strings.NewReader(""), nil
	r, err = as(entente.Overseer).Evidence(ctx, aMessage, "")
	if err != nil {
		t.Fatalf("an empty file: %v", err)
	}
	r.Close()
}

// A file is never shown by a browser, whatever its sender calls it, and never
// written outside of where the officer is.
func TestDownloadIsTame(t *testing.T) {
	d := slowDesk{}
	_, srv, as := serve(t, func(c *Config) {
		d.fakeDesk = c.Desk.(fakeDesk)
		c.Desk = &d
	})
	for sent, want := range map[string]string{
		"letter.pdf":              "letter.pdf",
		"письмо от 4 марта.pdf":   "письмо от 4 марта.pdf",
		`a"; filename="b.html`:    `a"; filename="b.html`,
		"../../.ssh/authorized":   "authorized",
		`..\..\autorun.inf`:       "autorun.inf",
		"..":                      "file",
		"":                        "file",
		"a\r\nSet-Cookie: x=y":    "aSet-Cookie: x=y",
		".bashrc":                 "bashrc",
		"gpj.\u202eexe.pdf":       "gpj.exe.pdf",
		"100% sure.html":          "100% sure.html",
		strings.Repeat("д", 1000): strings.Repeat("д", 100),
	} {
		d.name, d.file = sent, strings.NewReader("<script>alert(1)</script>")
		name, r, err := as(entente.Analyst).FetchAttachment(ctx, aMessage, aDigest)
		if err != nil {
			t.Errorf("%q: %v", sent, err)
			continue
		}
		b, _ := io.ReadAll(r)
		r.Close()
		if name != want || string(b) != "<script>alert(1)</script>" {
			t.Errorf("%q arrives as %q: %s", sent, name, b)
		}
	}
	d.name, d.file = "page.html", strings.NewReader("<script>alert(1)</script>")
	r, err := http.NewRequest("GET", srv.URL+prefix+"/messages/"+string(aMessage)+"/attachments/"+aDigest.String(), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer analyst")
	res, err := srv.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	for name, want := range map[string]string{
		"Content-Type": "application/octet-stream", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
		"Content-Disposition": `attachment; filename=page.html`, "Content-Security-Policy": "sandbox; default-src 'none'",
	} {
		if got := res.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// A file of some size comes through as it was.
func TestLargeFile(t *testing.T) {
	n, _, as := serve(t)
	sent := bytes.Repeat([]byte("0123456789abcdef"), 1<<18) // 4 MiB
	if _, err := as(entente.Analyst).AddAttachment(ctx, aMessage, "a", "", bytes.NewReader(sent)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(n.body, sent) {
		t.Errorf("%d bytes arrived, %d were sent", len(n.body), len(sent))
	}
}

// How much of each file is here is said of the message that is opened.
func TestFilesHeld(t *testing.T) {
	_, _, as := serve(t)
	m, err := as(entente.Analyst).Message(ctx, aMessage, "")
	if err != nil || len(m.Statement.Attachments) == 0 {
		t.Fatal(m, err)
	}
	for _, a := range m.Statement.Attachments {
		if a.Held == nil || *a.Held != 7 || !a.Whole {
			t.Errorf("file %+v", a)
		}
	}
}

// A node without a courier says so.
func TestNoCourier(t *testing.T) {
	_, _, as := serve(t, func(c *Config) { c.Courier = nil })
	if _, _, err := as(entente.Operator).Pack(ctx, aParty, ""); kindOf(err) != entente.Unavailable {
		t.Errorf("pack: %v", err)
	}
	if _, err := as(entente.Operator).Unpack(ctx, strings.NewReader("x")); kindOf(err) != entente.Unavailable {
		t.Errorf("unpack: %v", err)
	}
}
