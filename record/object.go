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
// value gives what stands in the place of a name in the pattern, or in the query.
// It may be anything: the log checks it first.
func Object(pattern string, value func(name string) string) string {
	_, path, found := strings.Cut(pattern, " ")
	if !found {
		path = pattern
	}
	path = strings.TrimPrefix(path, "/api/v1")
	part := strings.Split(strings.Trim(path, "/"), "/")
	switch part[0] {
	case "holdings":
		if len(part) > 2 {
			return "holding " + named(part[1], value) + "/" + named(part[2], value)
		}
	case "access":
		return strings.TrimSuffix("access log of "+value("object"), " of ")
	}
	if kind := kinds[part[0]]; kind != "" && len(part) > 1 {
		if strings.HasPrefix(part[1], "{") {
			return kind + " " + named(part[1], value)
		}
	}
	return "address " + path
}

func named(part string, value func(string) string) string {
	return value(strings.Trim(part, "{}"))
}
