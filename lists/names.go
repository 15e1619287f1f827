package lists

import (
	"regexp"
	"strings"
)

// names adds a name, and those in another script that stand behind it in
// brackets: "Arsen Kadaev (Арсен Кадаев)", "Арсен (Arsen; Arsyen)", "Arsen
// (original script: Арсен)".
func names(e *entry, text, use string) {
	s := strings.TrimRight(strings.TrimSpace(text), " ,;")
	head, inner, ok := inBrackets(s)
	if !ok {
		e.name(s, use)
		return
	}
	e.name(strings.TrimRight(head, " ,;"), use)
	for one := range strings.SplitSeq(inner, ";") {
		e.name(one, use)
	}
}

var originalScript = regexp.MustCompile(`(?i)^\s*(?:in )?original script:`)

// inBrackets parts a text from what stands in brackets at its end, if that is in
// another script.
func inBrackets(s string) (head, inner string, ok bool) {
	head, tail, ok := strings.Cut(s, "(")
	if !ok {
		return "", "", false
	}
	inner, after, closed := strings.Cut(tail, ")")
	inner = originalScript.ReplaceAllString(inner, "")
	a, b := scriptOf(head), scriptOf(inner)
	return head, inner, closed && strings.TrimSpace(after) == "" && a != "" && b != "" && a != b
}
