package api

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente"
	"entente/lists"
	"entente/screen"
)

// An import tells how far it is, and ends with the edition.
func TestImportSteps(t *testing.T) {
	n, _, as := serve(t)
	var told []entente.Edition
	progress := func(e entente.Edition) { told = append(told, e) }
	files := func() []ListFile { return []ListFile{{"a.csv", strings.NewReader("name;born\nMira;1979\n")}} }
	got, err := as(entente.Analyst).ImportList(ctx, "albia-ports", ListOptions{}, files(), progress)
	if err != nil {
		t.Fatal(err)
	}
	if !cmp.Equal(got, full[entente.Edition]()) || len(told) != 1 || told[0].Read != 1 {
		t.Errorf("got %+v, told %+v", got, told)
	}
	if string(n.body) != "a.csv: name;born\nMira;1979\n" || n.asked[2] != "csv" {
		t.Errorf("the node got %q as %v", n.body, n.asked[2])
	}

	// What fails on the way is told as what it is, in words of the node or none.
	n.late = &entente.Error{Kind: entente.Conflict, Detail: "it lacks many", Hint: "say that it is meant"}
	_, err = as(entente.Analyst).ImportList(ctx, "albia-ports", ListOptions{}, files(), progress)
	if e, _ := errors.AsType[*entente.Error](err); e == nil || e.Kind != entente.Conflict || e.Hint != "say that it is meant" {
		t.Errorf("got %+v", err)
	}
	n.late = errors.New("SECRET")
	_, err = as(entente.Analyst).ImportList(ctx, "albia-ports", ListOptions{}, files(), nil)
	if kindOf(err) != entente.Unavailable || strings.Contains(fmt.Sprintf("%+v", err), "SECRET") || !strings.Contains(n.log.String(), "SECRET") {
		t.Errorf("got %+v, logged %s", err, &n.log)
	}
}

// A program may send the file as the body, and is answered once, as the document
// says.
func TestImportBody(t *testing.T) {
	n, _, as := serve(t)
	paths, schemas := documented(t), compile(t)
	status, _, raw := request(t, as(entente.Operator), "POST", "/lists/albia-ports?name=..%2Fports.csv", "text/csv", "name\nMira\n")
	if status != http.StatusOK || string(n.body) != "ports.csv: name\nMira\n" {
		t.Errorf("%d %s; the node got %q", status, raw, n.body)
	}
	schemas.check(t, paths["importList"], []byte(raw))
	want := []any{lists.Options{Source: "albia-ports"}, "csv", "ports.csv", entente.DigestOf([]byte("name\nMira\n")), false}
	if !cmp.Equal(n.asked[1:], want) {
		t.Error(cmp.Diff(want, n.asked[1:]))
	}
	n.late = &entente.Error{Kind: entente.Conflict, Detail: "it lacks many"}
	if status, p, raw := request(t, as(entente.Operator), "POST", "/lists/albia-ports", "", "name\nMira\n"); status != http.StatusConflict || p.Detail != "it lacks many" {
		t.Errorf("%d %s", status, raw)
	}
}

// Several files are one list, and the same ones in another order are the same.
func TestImportFiles(t *testing.T) {
	n, _, as := serve(t)
	sdn := `1,"KADAEV, Arsen","individual","X",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ` + "\n"
	alt := `1,2,"aka","KADAYEV, Arsen",-0- ` + "\n"
	var digests []any
	for _, files := range [][]ListFile{
		{{"sdn.csv", strings.NewReader(sdn)}, {"alt.csv", strings.NewReader(alt)}},
		{{"alt.csv", strings.NewReader(alt)}, {"sdn.csv", strings.NewReader(sdn)}},
		{{"alt.csv", strings.NewReader(sdn)}, {"sdn.csv", strings.NewReader(alt)}},
	} {
		o := ListOptions{Format: "ofac"}
		if len(digests) < 2 {
			o.Format = "" // the files tell it
		}
		if _, err := as(entente.Analyst).ImportList(ctx, "ofac-sdn", o, files, nil); err != nil {
			t.Fatal(err)
		}
		if n.asked[2] != "ofac" {
			t.Errorf("read as %v", n.asked[2])
		}
		digests = append(digests, n.asked[4])
	}
	if digests[0] != digests[1] || digests[0] == digests[2] {
		t.Errorf("digests %v", digests)
	}
}

// What is no upload of a list is refused before anything is asked of the node,
// and leaves no file behind.
func TestImportRefuses(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	n, _, as := serve(t)
	form := func(write func(*multipart.Writer)) (media, body string) {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		write(w)
		w.Close()
		return w.FormDataContentType(), b.String()
	}
	part := func(names ...string) func(*multipart.Writer) {
		return func(w *multipart.Writer) {
			for _, name := range names {
				p, _ := w.CreateFormFile("file", name)
				io.WriteString(p, "name\nMira\n")
			}
		}
	}
	for name, tc := range map[string]struct {
		query  string
		write  func(*multipart.Writer)
		status int
		field  string
	}{
		"no file":          {write: func(*multipart.Writer) {}, status: 422, field: "file"},
		"a field":          {write: func(w *multipart.Writer) { w.WriteField("delist", "true") }, status: 422, field: "file"},
		"too many":         {write: part(strings.Split("a b c d e f g h i", " ")...), status: 422, field: "file"},
		"unknown format":   {write: func(w *multipart.Writer) { p, _ := w.CreateFormFile("file", "x"); io.WriteString(p, "\x00") }, status: 422, field: "format"},
		"no such format":   {query: "?format=xls", write: part("a"), status: 422, field: "query.format"},
		"no such order":    {query: "?dates=ymd", write: part("a"), status: 422, field: "query.dates"},
		"no such option":   {query: "?purge=true", write: part("a"), status: 422},
		"no such grade":    {query: "?grade=G9", write: part("a"), status: 422, field: "query.grade"},
		"a separator long": {query: "?split=12345678901", write: part("a"), status: 422, field: "query.split"},
	} {
		n.asked = nil
		media, body := form(tc.write)
		status, p, raw := request(t, as(entente.Analyst), "POST", "/lists/albia-ports"+tc.query, media, body)
		if status != tc.status || (tc.field != "" && p.Field != tc.field) || n.asked != nil {
			t.Errorf("%s: %d %s; the node was asked %v", name, status, raw, n.asked)
		}
	}
	if status, _, raw := request(t, as(entente.Analyst), "POST", "/lists/Not_A_List", "", "name\n"); status != 422 {
		t.Errorf("a list of a bad name: %d %s", status, raw)
	}
	media, body := form(part("a", "b"))
	if status, p, raw := request(t, as(entente.Analyst), "POST", "/lists/albia-ports", media, body[:len(body)-60]); status != 503 || n.asked != nil {
		t.Errorf("cut off: %d %+v %s", status, p, raw)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Uploads are bounded, all files together.
func TestSpoolIsBounded(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	for n, fits := range map[int]bool{10: true, 11: false, 5000: false} {
		s, err := spool(strings.NewReader(strings.Repeat("x", n)), "text/csv", "a", 10)
		e, _ := errors.AsType[*entente.Error](err)
		if fits != (err == nil) || (!fits && (e == nil || e.Reason != entente.ReasonTooLarge)) {
			t.Errorf("%d bytes: %v", n, err)
		}
		if fits {
			s.remove()
		}
	}
	if left, _ := os.ReadDir(os.TempDir()); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// A form is read to the end of the body and no further than the bound, whatever
// stands behind its last part.
func TestSpoolReadsToTheEnd(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	p, _ := w.CreateFormFile("file", "a.csv")
	io.WriteString(p, "name\nMira\n")
	w.Close()
	body := strings.NewReader(form.String() + strings.Repeat(" ", 1<<20))
	s, err := spool(body, w.FormDataContentType(), "", 2<<20)
	if err != nil || body.Len() != 0 || s.names() != "a.csv" {
		t.Fatalf("%v, %d bytes are left", err, body.Len())
	}
	s.remove()
	if _, err := spool(io.MultiReader(&form, zeros{}), w.FormDataContentType(), "", 1<<20); kindOf(err) != entente.Invalid {
		t.Errorf("an endless form: %v", err)
	}
}

// Whoever may not is refused before he sends anything.
func TestFeedsDenied(t *testing.T) {
	n, srv, as := serve(t)
	srv.Client().Transport.(*http.Transport).ExpectContinueTimeout = time.Hour
	if _, err := as(entente.Overseer).ImportList(ctx, "albia-ports", ListOptions{}, []ListFile{{"a", zeros{}}}, nil); kindOf(err) != entente.Denied {
		t.Errorf("a list: %v", err)
	}
	if _, err := as(entente.Overseer).Feed(ctx, "ostvik", "", "", when, zeros{}); kindOf(err) != entente.Denied {
		t.Errorf("a feed: %v", err)
	}
	if n.body != nil {
		t.Errorf("%d bytes arrived", len(n.body))
	}
}

// A feed tells its format by its first bytes, and reaches the node whole.
func TestFeedFormat(t *testing.T) {
	n, _, as := serve(t)
	feed := "surname,given names,document,nationality\n" + strings.Repeat("KADAEV,ARSEN,B1,XB\n", 1<<16)
	if _, err := as(entente.Operator).Feed(ctx, "ostvik-airport", "", "", time.Time{}, strings.NewReader(feed)); err != nil {
		t.Fatal(err)
	}
	if from := n.asked[1].(screen.Source); from.Format != "csv" || from.File != "" || string(n.body) != feed {
		t.Errorf("%+v, %d bytes", from, len(n.body))
	}
	n.asked = nil
	_, err := as(entente.Operator).Feed(ctx, "ostvik-airport", "", "", time.Time{}, strings.NewReader("hello"))
	if e, _ := errors.AsType[*entente.Error](err); e == nil || e.Field != "format" || n.asked != nil {
		t.Errorf("no format: %v, asked %v", err, n.asked)
	}
	n.body = nil
	_, err = as(entente.Operator).Feed(ctx, "ostvik-airport", "csv", "", time.Time{}, io.MultiReader(strings.NewReader(feed), broken{}))
	if err == nil {
		t.Error("a feed that broke off was taken for whole")
	}
}

// Nobody is looked up without a purpose, or without being named.
func TestSearchIsStrict(t *testing.T) {
	n, _, as := serve(t)
	for body, status := range map[string]int{
		`{"subject":{"names":[{"text":"Mira Volna"}]},"purpose":"file 7"}`:                               200,
		`{"subject":{"documents":[{"type":"passport","number":"B1"}]},"purpose":"file 7"}`:               200,
		`{"subject":{"names":[{"text":"Mira Volna"}]}}`:                                                  422,
		`{"subject":{"names":[{"text":"Mira Volna"}]},"purpose":""}`:                                     422,
		`{"subject":{"names":[{"text":"Mira Volna","born":"1979"}]},"purpose":"x"}`:                      422,
		`{"subject":{"names":[{"text":""}]},"purpose":"x"}`:                                              422,
		`{"subject":{"names":[{"text":"M"}],"births":[{"date":"1979-13"}]},"purpose":"x"}`:               422,
		`{"subject":{"names":[{"text":"M"}]},"purpose":"x","purpose":"y"}`:                               400,
		`{"subject":{"names":[` + strings.Repeat(`{"text":"M"},`, 50) + `{"text":"M"}]},"purpose":"x"}`:  422,
		`{"subject":{"names":[{"text":"` + strings.Repeat("M", smallBody) + `"}]},"purpose":"too long"}`: 413,
	} {
		n.asked = nil
		got, _, raw := request(t, as(entente.Analyst), "POST", "/search", "application/json", body)
		if got != status || (n.asked != nil) != (status == 200) {
			t.Errorf("%.80s: %d, want %d: %.300s; the node was asked %v", body, got, status, raw, n.asked)
		}
	}
}
