package lists

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// sniffed is how much of a file is looked at to find its charset.
const sniffed = 64 << 10

// decode gives a reader of the text without its byte order mark. UTF-16 becomes
// UTF-8 here; charsets of one byte a letter are left to the lines.
func decode(in io.Reader) (*bufio.Reader, string, error) {
	r := bufio.NewReaderSize(in, sniffed)
	head, err := r.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, "", err
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, err = r.Discard(3)
		return r, "UTF-8", noEOF(err)
	case bytes.HasPrefix(head, []byte("\xff\xfe")), len(head) == 4 && head[1] == 0 && head[3] == 0 && head[0] != 0:
		return wide(r, unicode.LittleEndian), "UTF-16LE", nil
	case bytes.HasPrefix(head, []byte("\xfe\xff")), len(head) == 4 && head[0] == 0 && head[2] == 0 && head[1] != 0:
		return wide(r, unicode.BigEndian), "UTF-16BE", nil
	}
	return r, "UTF-8", nil
}

func wide(r io.Reader, e unicode.Endianness) *bufio.Reader {
	return bufio.NewReaderSize(unicode.UTF16(e, unicode.UseBOM).NewDecoder().Reader(r), sniffed)
}

func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// lines reads a text line by line, each bounded.
type lines struct {
	r       *bufio.Reader
	charset string
	byted   encoding.Encoding // for lines that are not UTF-8; nil: not known yet
	proven  bool              // letters beyond ASCII came as UTF-8
	at      int               // number of the last line
	back    []line            // lines to be read again
}

// line is one line, without its end.
type line struct {
	text string
	at   int
	why  string // why it cannot be read; empty: it can
	open bool   // the file ends before the line does
}

func newLines(in io.Reader) (*lines, error) {
	r, charset, err := decode(in)
	if err != nil {
		return nil, err
	}
	l := &lines{r: r, charset: charset, proven: charset != "UTF-8"}
	head, err := r.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, err
	}
	l.guess(head)
	return l, nil
}

// guess settles the charset by the first letters beyond ASCII: UTF-8, unless
// more lines with such letters are not valid in it than are.
func (l *lines) guess(b []byte) {
	if l.proven || l.byted != nil || ascii(b) {
		return
	}
	valid, invalid := 0, 0
	for line := range bytes.Lines(b) {
		switch {
		case ascii(line):
		case utf8.Valid(line):
			valid++
		case line[len(line)-1] == '\n' || valid+invalid == 0: // the last may end inside a letter
			invalid++
		}
	}
	if l.proven = valid >= invalid; l.proven {
		return
	}
	l.byted, l.charset = charmap.Windows1252, "windows-1252"
	if cyrillic(b) {
		l.byted, l.charset = charmap.Windows1251, "windows-1251"
	}
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// cyrillic tells windows-1251 from windows-1252. Both use the same bytes for
// letters: in Cyrillic they stand in whole words, in Western names alone among
// letters of ASCII.
func cyrillic(b []byte) bool {
	together, alone := 0, 0
	for i, c := range b {
		if c < 0xc0 {
			continue
		}
		near := i > 0 && b[i-1] >= 0xc0 || i+1 < len(b) && b[i+1] >= 0xc0
		if near {
			together++
		} else {
			alone++
		}
	}
	return together > 2*alone
}

// next gives the next line, or io.EOF.
func (l *lines) next() (line, error) {
	if n := len(l.back); n > 0 {
		out := l.back[n-1]
		l.back = l.back[:n-1]
		return out, nil
	}
	var buf []byte
	long, open := false, false
	for {
		part, err := l.r.ReadSlice('\n')
		if long = long || len(buf)+len(part) > MaxRecord; !long {
			buf = append(buf, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if errors.Is(err, io.EOF) && len(buf) == 0 && !long {
			return line{}, io.EOF
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return line{}, err
		}
		open = err != nil
		break
	}
	l.at++
	out := l.text(buf, long)
	out.open = open
	return out, nil
}

func (l *lines) text(b []byte, long bool) line {
	out := line{at: l.at}
	if long {
		out.why = "the line is too long"
		return out
	}
	b = bytes.TrimSuffix(b, []byte("\n"))
	b = bytes.TrimSuffix(b, []byte("\r"))
	if l.guess(b); l.byted == nil {
		if out.text = string(b); !utf8.Valid(b) {
			out.why = "the line is not valid UTF-8, in which the file is written"
		}
		return out
	}
	text, err := l.byted.NewDecoder().Bytes(b)
	if err != nil {
		out.why = "the line is not valid " + l.charset
	}
	out.text = string(text)
	return out
}
