package record

import "testing"

func TestObject(t *testing.T) {
	value := func(name string) string { return "<" + name + ">" }
	for pattern, want := range map[string]string{
		"POST /messages/{id}/decide":      "message <id>",
		"/api/v1/drafts/{draft}/release":  "draft <draft>",
		"GET /holdings/{source}/{number}": "holding <source>/<number>",
		"GET /lists/{source}":             "address /lists/{source}",
		"GET /access":                     "access log of <object>",
		"POST /officers/{officer}/role":   "address /officers/{officer}/role",
		"GET /cases/new":                  "address /cases/new",
		"GET /cases":                      "address /cases",
		"/":                               "address /",
	} {
		if got := Object(pattern, value); got != want {
			t.Errorf("%s: %q, want %q", pattern, got, want)
		}
	}
}
