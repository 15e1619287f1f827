package lists

import (
	"errors"
	"io"
	"strconv"
	"strings"
)

// objects hands each line of a file of JSON lines to use. Empty lines say nothing.
func (r *reader) objects(in io.Reader, use func(line) error) error {
	text, err := newLines(in)
	if err != nil {
		return err
	}
	r.sum.Charset = text.charset
	for n := 0; ; {
		l, err := text.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		first := strings.TrimSpace(l.text)
		if first == "" && l.why == "" {
			continue
		}
		if n++; n == 1 && l.why == "" && first[0] != '{' {
			return invalid("file", "its first line is not a JSON object", "choose the format that fits the file")
		}
		switch {
		case l.why != "":
			err = r.lost("line "+strconv.Itoa(l.at), "", l.why, l.text)
		case l.open && !strings.HasSuffix(first, "}"):
			err = errCut
		default:
			err = use(l)
		}
		if err != nil {
			return err
		}
	}
}
