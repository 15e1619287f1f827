package lists

import "strings"

// names adds a name, and one in another script that stands behind it in
// brackets: "Arsen Kadaev (Арсен Кадаев)".
func names(e *entry, text, use string) {
	s := strings.TrimRight(strings.TrimSpace(text), " ,;")
	if head, tail, ok := strings.Cut(s, "("); ok {
		inner, after, closed := strings.Cut(tail, ")")
		if a, b := scriptOf(head), scriptOf(inner); closed && strings.TrimSpace(after) == "" && a != "" && b != "" && a != b {
			e.name(strings.TrimRight(head, " ,;"), use)
			e.name(inner, use)
			return
		}
	}
	e.name(s, use)
}
