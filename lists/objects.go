package lists

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"entente/table"
)

// objects hands each line of a file of JSON lines to use. Empty lines say nothing.
func (r *reader) objects(in io.Reader, use func(table.Line) error) error {
	text, err := table.NewLines(in, MaxRecord)
	if err != nil {
		return err
	}
	for n := 0; ; {
		l, err := text.Next()
		if r.sum.Charset = text.Charset(); errors.Is(err, io.EOF) {
			r.guessed(text)
			return nil
		}
		if err != nil {
			return err
		}
		first := strings.TrimSpace(l.Text)
		if first == "" && l.Why == "" {
			continue
		}
		if n++; n == 1 && l.Why == "" && first[0] != '{' {
			return invalid("file", "its first line is not a JSON object", "choose the format that fits the file")
		}
		switch {
		case l.Why != "":
			err = r.lost("line "+strconv.Itoa(l.At), "", l.Why, l.Text)
		case l.Open && !strings.HasSuffix(first, "}"):
			err = errCut
		default:
			err = use(l)
		}
		if err != nil {
			return err
		}
	}
}
