package passage

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// lines reads a text by lines, none of them longer than a bound.
type lines struct {
	r    *bufio.Reader
	most int
	n    int // of the line at hand, from 1
}

func newLines(r io.Reader, most int) *lines {
	return &lines{r: bufio.NewReaderSize(r, max(most, 4096)), most: most}
}

// next gives a line without its end, and io.EOF after the last. long tells that
// there was more of it than the bound. The bytes are good until the next call.
func (l *lines) next() (line []byte, long bool, err error) {
	line, err = l.r.ReadSlice('\n')
	if len(line) == 0 && err != nil {
		return nil, false, err
	}
	l.n++
	if errors.Is(err, bufio.ErrBufferFull) {
		return line[:l.most:l.most], true, l.skip()
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, false, err
	}
	line = bytes.TrimRight(line, "\r\n")
	if l.n == 1 {
		line = bytes.TrimPrefix(line, []byte("\uFEFF"))
	}
	if len(line) > l.most {
		return line[:l.most], true, nil
	}
	return line, false, nil
}

// skip reads to the end of a line that is too long.
func (l *lines) skip() error {
	for {
		_, err := l.r.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		return err
	}
}

// head gives the first bytes, for telling what a file is.
func (l *lines) head() []byte {
	b, _ := l.r.Peek(min(4096, l.r.Size()))
	return b
}
