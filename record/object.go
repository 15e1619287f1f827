package record

import "strings"

// kinds of things that addresses name by an id, as objects of the access log.
var kinds = map[string]string{
	"messages": "message", "drafts": "draft", "cases": "case", "watches": "watch",
	"tasks": "task", "clearings": "clearing", "travel": "event",
}

// Object names what a request is about by the pattern of its address, for a
// request that is refused before anything of it is read: "message 0196…" for
// "POST /messages/{id}/decide", and the pattern itself where it names no such thing.
// value gives what stands in the place of a name in the pattern.
func Object(pattern string, value func(name string) string) string {
	_, path, found := strings.Cut(pattern, " ")
	if !found {
		path = pattern
	}
	path = strings.TrimPrefix(path, "/api/v1")
	part := strings.Split(strings.Trim(path, "/"), "/")
	if kind := kinds[part[0]]; kind != "" && len(part) > 1 {
		if name, ok := strings.CutPrefix(part[1], "{"); ok {
			return kind + " " + value(strings.TrimSuffix(name, "}"))
		}
	}
	return "address " + path
}
