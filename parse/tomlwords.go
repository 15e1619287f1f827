package parse

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"entente"

	"github.com/pelletier/go-toml/v2"
)

// explainTOML turns an error of the TOML package into one of ours: which line it
// is, what is wrong with it, and what to write. Of a text that a partner wrote
// nothing is repeated.
func explainTOML(text []byte, err error, reason entente.Reason) error {
	out := &entente.Error{Kind: entente.Invalid, Detail: "it is not TOML", Reason: reason, Cause: err}
	e, ok := errors.AsType[*toml.DecodeError](err)
	if !ok {
		return out
	}
	n, _ := e.Position()
	at := "line " + strconv.Itoa(n) + ": "
	if reason != "" {
		out.Detail = at + "the line cannot be read"
		return out
	}
	lines := strings.Split(string(text), "\n")
	detail, hint := wrongLine(lines, n, e.Error())
	out.Detail, out.Hint = at+detail, hint
	return out
}

var (
	bareValue  = regexp.MustCompile(`^\s*([A-Za-z0-9_-]+)\s*=\s*([^"'\[{#\s][^#]*?)\s*(?:#.*)?$`)
	assignment = regexp.MustCompile(`^\s*([A-Za-z0-9_."-]+)\s*=`)
	trueValue  = regexp.MustCompile(`^(?:true|false|[+-]?(?:0|[1-9][0-9_]*)(?:\.[0-9]+)?)$`)
)

// wrongLine says what is wrong with a line, from what people write by mistake.
func wrongLine(lines []string, n int, told string) (detail, hint string) {
	line := ""
	if n >= 1 && n <= len(lines) {
		line = strings.TrimRight(lines[n-1], "\r")
	}
	trimmed := strings.TrimSpace(line)
	switch m := bareValue.FindStringSubmatch(line); {
	case strings.Contains(told, "already") || strings.Contains(told, "duplicate") || strings.Contains(told, "redefine"):
		return "this key stands there twice", "keep one of the two, or put several values into one list"
	case strings.ContainsAny(line, "\u201c\u201d\u201e\u00ab\u00bb") && !strings.Contains(line, "\""):
		return "these are not the quotation marks of a keyboard", "write \" before and after the text"
	case m != nil && !trueValue.MatchString(m[2]) && !strings.Contains(m[2], "\""):
		return "the value is not in quotes", "write " + m[1] + " = \"" + short(m[2]) + "\""
	case strings.Count(strings.Join(lines, "\n"), `"""`)%2 == 1 && strings.Contains(strings.Join(lines[:min(n, len(lines))], "\n"), `"""`):
		return "a text that begins with three quotation marks does not end", "write \"\"\" behind it"
	case strings.Count(strings.ReplaceAll(line, `\"`, ""), `"`)%2 == 1:
		return "a quotation mark is missing", "write \" before and after the text; write \\\" for one inside of it"
	case strings.HasPrefix(trimmed, "[") && strings.Count(trimmed, "[") != strings.Count(trimmed, "]"):
		return "a bracket is missing", "write [name] or [[name]]"
	case trimmed != "" && !strings.HasPrefix(trimmed, "[") && !strings.HasPrefix(trimmed, "#") && !assignment.MatchString(line):
		return "this is neither a header nor a field", "write  name = \"value\"  ; begin the line with # if it is a remark"
	case strings.HasSuffix(trimmed, "="):
		return "the value is missing", "write it behind the equals sign, or take the line out"
	case strings.Count(line, "[") != strings.Count(line, "]"), strings.Count(line, "{") != strings.Count(line, "}"):
		return "a bracket is missing", "close every [ with ] and every { with }; write a comma between entries"
	}
	return "the line cannot be read", "look for a missing quotation mark, comma or bracket, here and in the line above"
}

func short(s string) string {
	if len(s) > 60 {
		return "…"
	}
	return s
}
