package api

import (
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"entente"
	"entente/screen"
)

// Search asks whom a person may be, best first.
func (c *Client) Search(ctx context.Context, l LookUp) (screen.SearchResult, error) {
	return call[screen.SearchResult](ctx, c, http.MethodPost, "/search", nil, l)
}

// Holding reads what is held on one subject of a list, and what met it.
func (c *Client) Holding(ctx context.Context, id entente.HoldingID) (HoldingView, error) {
	source, number, _ := strings.Cut(string(id), "/")
	return get[HoldingView](ctx, c, at("holdings", source, number), nil)
}

// Lists lists the lists that are held, each with its newest edition.
func (c *Client) Lists(ctx context.Context) ([]entente.Edition, error) {
	return get[[]entente.Edition](ctx, c, "/lists", nil)
}

// List reads an edition of a list; number 0: the newest.
func (c *Client) List(ctx context.Context, source entente.SourceID, number int) (ListView, error) {
	v := url.Values{}
	if number != 0 {
		v.Set("number", strconv.Itoa(number))
	}
	return get[ListView](ctx, c, at("lists", string(source)), v)
}

// ListFile is one file of a list, read as it is sent.
type ListFile struct {
	Name string
	Data io.Reader
}

// ImportList imports an edition of a list. progress, if it is not nil, is told
// how far the node is once it has the files.
func (c *Client) ImportList(ctx context.Context, source entente.SourceID, o ListOptions, files []ListFile, progress func(entente.Edition)) (entente.Edition, error) {
	v := url.Values{}
	set(v, "format", string(o.Format))
	set(v, "grade", string(o.Grade))
	set(v, "split", o.Split)
	set(v, "dates", string(o.Dates))
	if o.Delist {
		v.Set("delist", "true")
	}
	r, w := io.Pipe()
	defer r.Close() // whoever still writes ends
	form := multipart.NewWriter(w)
	go func() { w.CloseWithError(writeForm(form, files)) }()
	res, err := c.requestAs(ctx, linesMedia, http.MethodPost, at("lists", string(source)), v, r, form.FormDataContentType())
	if err != nil {
		return entente.Edition{}, err
	}
	return steps(c, res, progress)
}

func writeForm(form *multipart.Writer, files []ListFile) error {
	for _, f := range files {
		part, err := form.CreateFormFile("file", f.Name)
		if err != nil {
			return err
		}
		if _, err := io.Copy(part, f.Data); err != nil {
			return err
		}
	}
	return form.Close()
}

// steps reads the lines of a long operation.
func steps[T any](c *Client, res *http.Response, progress func(T)) (last T, err error) {
	defer res.Body.Close()
	lines := jsontext.NewDecoder(res.Body)
	for {
		var s Step[T]
		if err := json.UnmarshalDecode(lines, &s); err != nil {
			return last, c.unreachable(err)
		}
		last = s.Value
		switch {
		case s.Problem != nil:
			return last, s.Problem.asError()
		case s.Done:
			return last, nil
		case progress != nil:
			progress(last)
		}
	}
}

// Feedings lists what travel events came in of late.
func (c *Client) Feedings(ctx context.Context) ([]entente.Feeding, error) {
	return get[[]entente.Feeding](ctx, c, "/feeds", nil)
}

// FeedAside reads what of a feeding could not be used.
func (c *Client) FeedAside(ctx context.Context, id string) ([]entente.SetAside, error) {
	return get[[]entente.SetAside](ctx, c, at("feedings", id, "aside"), nil)
}

// Feed sends travel events, which are screened as they come. Format, file and at
// may be empty.
func (c *Client) Feed(ctx context.Context, feed entente.FeedID, format FeedFormat, file string, when time.Time, r io.Reader) (entente.Feeding, error) {
	v := url.Values{}
	set(v, "format", string(format))
	set(v, "file", file)
	if !when.IsZero() {
		v.Set("at", when.UTC().Format(time.RFC3339Nano))
	}
	return upload[entente.Feeding](ctx, c, at("feeds", string(feed)), v, fileMedia, r)
}

// Tasks lists what people are asked to decide, the earliest due first.
func (c *Client) Tasks(ctx context.Context, q TaskQuery) ([]entente.Task, error) {
	v := url.Values{}
	if q.Open {
		v.Set("open", "true")
	}
	set(v, "kind", string(q.Kind))
	set(v, "owner", string(q.Owner))
	set(v, "case", string(q.Case))
	if q.Limit != 0 {
		v.Set("limit", strconv.Itoa(q.Limit))
	}
	return get[[]entente.Task](ctx, c, "/tasks", v)
}

// Task opens a page of a task, from 1, with the evidence side by side; 0: the first.
func (c *Client) Task(ctx context.Context, id entente.TaskID, page int) (TaskView, error) {
	v := url.Values{}
	if page != 0 {
		v.Set("page", strconv.Itoa(page))
	}
	return get[TaskView](ctx, c, at("tasks", string(id)), v)
}

// SeeTask says that the officer has the task before him.
func (c *Client) SeeTask(ctx context.Context, id entente.TaskID) error {
	return c.do(ctx, http.MethodPost, at("tasks", string(id), "seen"), nil)
}

// DecideTask answers a task.
func (c *Client) DecideTask(ctx context.Context, id entente.TaskID, d TaskDecision) error {
	return c.do(ctx, http.MethodPost, at("tasks", string(id), "decision"), d)
}

// RevokeClearing takes back that a namesake was cleared.
func (c *Client) RevokeClearing(ctx context.Context, id entente.ClearingID, reason string) error {
	return c.do(ctx, http.MethodPost, at("clearings", string(id), "revocation"), Why{reason})
}
