package api

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"entente"
)

// request sends raw bytes as an analyst and gives status and problem.
func request(t testing.TB, c *Client, method, path, media, body string) (int, Problem, string) {
	t.Helper()
	r, err := http.NewRequest(method, c.base.String()+prefix+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+c.token)
	r.Header.Set(KeyHeader, rand.Text())
	if media != "" {
		r.Header.Set("Content-Type", media)
	}
	res, err := c.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	var p Problem
	if res.StatusCode/100 != 2 {
		if ct := res.Header.Get("Content-Type"); ct != "application/problem+json" {
			t.Errorf("%s %s: a failure of type %q: %s", method, path, ct, b)
		}
		if err := json.Unmarshal(b, &p); err != nil {
			t.Errorf("%s %s: %v: %s", method, path, err, b)
		}
	}
	return res.StatusCode, p, string(b)
}

// A draft with one thing wrong at a time. Nothing of it reaches the node, and
// nothing of what was sent is repeated but names of fields.
func TestStrict(t *testing.T) {
	good, err := json.Marshal(full[NewDraft]())
	if err != nil {
		t.Fatal(err)
	}
	with := func(old, new string) string {
		out := strings.Replace(string(good), old, new, 1)
		if out == string(good) {
			t.Fatalf("%q is not in the draft", old)
		}
		return out
	}
	n, _, as := serve(t)
	analyst := as(entente.Analyst)
	if status, p, _ := request(t, analyst, "POST", "/drafts", "application/json", string(good)); status != http.StatusCreated {
		t.Fatalf("unspoilt: %d %+v", status, p)
	}
	for _, tc := range []struct {
		name, media, body string
		status            int
		field             string
		reason            entente.Reason
	}{
		{name: "unknown field", body: with(`"to":`, `"secret":"SECRET","to":`), status: 422, field: "secret", reason: entente.ReasonUnknownField},
		{name: "unknown field below", body: with(`"category":`, `"colour":"SECRET","category":`), status: 422, field: "statement.tip.colour", reason: entente.ReasonUnknownField},
		{name: "attachments with keys", body: with(`"kind":`, `"attachments":[],"kind":`), status: 422, field: "statement.attachments", reason: entente.ReasonUnknownField},
		{name: "a field twice", body: with(`"to":`, `"to":"SECRET","to":`), status: 400, reason: entente.ReasonDuplicateField},
		{name: "a field twice below", body: with(`"category":`, `"category":"SECRET","category":`), status: 400, reason: entente.ReasonDuplicateField},
		{name: "another case", body: with(`"category":`, `"Category":`), status: 422},
		{name: "missing field", body: with(`"title":`, `"titel":`), status: 422},
		{name: "wrong type", body: with(`"to":"albia-ncc"`, `"to":7`), status: 422, field: "to"},
		{name: "not of the list", body: with(`"kind":"tip"`, `"kind":"SECRET"`), status: 422, field: "statement.kind"},
		{name: "later kind", body: with(`"kind":"tip"`, `"kind":"recall"`), status: 422, field: "statement.kind"},
		{name: "not a party", body: with(`"to":"albia-ncc"`, `"to":"SECRET!"`), status: 422, field: "to"},
		{name: "not a time", body: with(`2011-03-04T09:30:00.123456Z`, `SECRET`), status: 422, field: "expires"},
		{name: "not a date", body: with(`"date":"1986-03-14"`, `"date":"1986-99-99"`), status: 422},
		{name: "not a grade", body: with(`"grade":"B2"`, `"grade":"G7"`), status: 422},
		{name: "null", body: `null`, status: 422},
		{name: "a list", body: `[]`, status: 422},
		{name: "not JSON", body: `SECRET`, status: 400},
		{name: "cut off", body: string(good[:len(good)-1]), status: 400},
		{name: "more behind it", body: string(good) + `{}`, status: 400},
		{name: "not UTF-8", body: with("some Tip.title", "SECRET\xff"), status: 400},
		{name: "nothing", body: ``, status: 400},
		{name: "a form", media: "application/x-www-form-urlencoded", body: string(good), status: 415},
		{name: "a text", media: "text/plain", body: string(good), status: 415},
		{name: "deep", body: strings.Repeat("[", 1<<20), status: 400},
		{name: "large", body: `"` + strings.Repeat("A", statementBody) + `"`, status: 413, reason: entente.ReasonTooLarge},
	} {
		n.asked = nil
		media := tc.media
		if media == "" {
			media = "application/json"
		}
		status, p, raw := request(t, analyst, "POST", "/drafts", media, tc.body)
		if status != tc.status || p.Kind != "invalid" || p.Status != status || p.Detail == "" {
			t.Errorf("%s: %d, want %d: %s", tc.name, status, tc.status, raw)
		}
		if (tc.field != "" && p.Field != tc.field) || p.Reason != tc.reason {
			t.Errorf("%s: field %q reason %q, want %q %q: %s", tc.name, p.Field, p.Reason, tc.field, tc.reason, raw)
		}
		if strings.Contains(raw, "SECRET") || len(raw) > 4000 {
			t.Errorf("%s: what was sent is repeated: %.300s", tc.name, raw)
		}
		if n.asked != nil {
			t.Errorf("%s: it reached the node", tc.name)
		}
	}
}

func TestStrictAddresses(t *testing.T) {
	n, _, as := serve(t)
	analyst := as(entente.Analyst)
	for _, tc := range []struct {
		method, path string
		status       int
	}{
		{"GET", "/inbox?unknown=1", 422},
		{"GET", "/inbox?limit=0", 422},
		{"GET", "/inbox?limit=501", 422},
		{"GET", "/inbox?limit=many", 422},
		{"GET", "/inbox?kind=tip,secret", 422},
		{"GET", "/inbox?direction=sideways", 422},
		{"GET", "/messages/7", 422},
		{"GET", "/messages/" + strings.ToUpper(string(aMessage)), 422},
		{"GET", "/messages/" + string(aMessage) + "/attachments/abc", 422},
		{"GET", "/agreements/North_Star", 422},
		{"GET", "/messages/..%2F..%2Fdrafts", 422},
		{"GET", "/nothing", 404},
		{"PATCH", "/drafts", 404},
		{"GET", "/drafts/", 404},
		{"POST", "/drafts/" + string(aMessage) + "/attachments", 422}, // no name
	} {
		status, p, raw := request(t, analyst, tc.method, tc.path, "", "")
		if status != tc.status || p.Detail == "" {
			t.Errorf("%s %s: %d, want %d: %s", tc.method, tc.path, status, tc.status, raw)
		}
		if n.asked != nil {
			t.Errorf("%s %s reached the node", tc.method, tc.path)
		}
	}
}

// Whatever a body holds, it is taken or refused with a problem; and what is
// taken says the same when it is written again.
func FuzzBody(f *testing.F) {
	good, err := json.Marshal(full[NewDraft]())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"to":"albia-ncc","agreement":"north-star","statement":{"kind":"note","purpose":"p","note":{"text":"x"}}}`))
	f.Add([]byte(`{"to":"a","to":"b"}`))
	f.Add([]byte(`{"statement":{"tip":{"places":[{"name":"x","geometry":{"type":"Point","coordinates":[1,2]}}]}}}`))
	f.Add([]byte("\xff"))
	n, _, as := serve(f)
	analyst := as(entente.Analyst)
	f.Fuzz(func(t *testing.T, body []byte) {
		n.asked = nil
		status, p, raw := request(t, analyst, "POST", "/drafts", "application/json", string(body))
		switch status {
		case http.StatusCreated:
			var in NewDraft
			if err := jsonFormat.Unmarshal(body, &in); err != nil {
				t.Fatalf("taken, but: %v", err)
			}
			var again bytes.Buffer
			if err := jsonFormat.Marshal(&again, in); err != nil {
				t.Fatal(err)
			}
			var back NewDraft
			if err := jsonFormat.Unmarshal(again.Bytes(), &back); err != nil {
				t.Errorf("%s is written as %s, which is refused: %v", body, &again, err)
			}
		case http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusRequestEntityTooLarge:
			if p.Kind != "invalid" || n.asked != nil {
				t.Errorf("%s, and the node was asked %v", raw, n.asked)
			}
		default:
			t.Errorf("%d: %s", status, raw)
		}
	})
}
