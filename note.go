package entente

import "strings"

// Note is word between desks, on the thread of the message that it answers, or
// on its own.
type Note struct {
	Text string `json:"text"`
}

func (*Note) Kind() Kind { return KindNote }

// Headline is the first line, cut to 80 characters.
func (n *Note) Headline() string {
	line := n.Text
	if i := strings.IndexAny(line, "\r\n"); i >= 0 {
		line = line[:i]
	}
	if r := []rune(line); len(r) > 80 {
		return string(r[:79]) + "…"
	}
	return line
}
