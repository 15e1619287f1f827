package table

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

// Lines reads a text line by line, each bounded, in the character set that its
// first letters beyond ASCII show. Lines end in LF, CR LF or, in a file without
// LF, in CR.
type Lines struct {
	r       *bufio.Reader
	most    int  // bytes of a line
	end     byte // of a line
	charset string
	guessed Charset // for lines that are not UTF-8; without a page: not known yet
	proven  bool    // letters beyond ASCII came as UTF-8
	at      int     // number of the last line
	back    []Line  // lines to be read again
}

// Line is one line, without its end.
type Line struct {
	Text string
	At   int
	Why  string // why it cannot be read; empty: it can
	Open bool   // the file ends before the line does
}

// NewLines begins to read a text whose lines have at most so many bytes.
func NewLines(in io.Reader, most int) (*Lines, error) {
	r, charset, err := Decode(in)
	if err != nil {
		return nil, err
	}
	l := &Lines{r: r, most: most, end: '\n', charset: charset, proven: charset != UTF8}
	head, _ := r.Peek(sniffed) // an error comes again when it is read to there
	if text := bytes.TrimRight(head, "\r\n"); bytes.IndexByte(text, '\n') < 0 && bytes.IndexByte(text, '\r') >= 0 {
		l.end = '\r'
	}
	l.guess(head)
	return l, nil
}

// Charset returns the name of the character set in which the text was read so far.
func (l *Lines) Charset() string { return l.charset }

// Remark says that the character set was guessed; "": it was not.
func (l *Lines) Remark() string {
	if l.guessed.page == nil {
		return ""
	}
	return "the file does not say its character set and is not UTF-8; it was read as " + l.charset + ": check a few names, or save it as UTF-8"
}

// Head returns the first bytes that were not read yet, for telling what a file is.
func (l *Lines) Head() []byte {
	b, _ := l.r.Peek(4096)
	return b
}

// guess decides on the character set by the first letters beyond ASCII: UTF-8,
// unless more lines with such letters are not valid in it than are.
func (l *Lines) guess(b []byte) {
	if l.proven || l.guessed.page != nil || ascii(b) {
		return
	}
	valid, invalid := 0, 0
	for line := range bytes.SplitAfterSeq(b, []byte{l.end}) {
		switch {
		case ascii(line):
		case utf8.Valid(line):
			valid++
		case line[len(line)-1] == l.end || valid+invalid == 0: // the last may end inside a letter
			invalid++
		}
	}
	if l.proven = valid >= invalid; !l.proven {
		l.guessed = Guess(b)
		l.charset = l.guessed.Name
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

// Back gives lines back, to be read again before all others.
func (l *Lines) Back(lines ...Line) {
	for i := len(lines) - 1; i >= 0; i-- {
		l.back = append(l.back, lines[i])
	}
}

// Next returns the next line, or io.EOF.
func (l *Lines) Next() (Line, error) {
	if n := len(l.back); n > 0 {
		out := l.back[n-1]
		l.back = l.back[:n-1]
		return out, nil
	}
	var buf []byte
	long, open := false, false
	for {
		part, err := l.r.ReadSlice(l.end)
		if len(buf) <= l.most {
			buf = append(buf, part...)
		}
		long = long || len(buf) > l.most+2
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if errors.Is(err, io.EOF) && len(buf) == 0 {
			return Line{}, io.EOF
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return Line{}, err
		}
		open = err != nil
		break
	}
	l.at++
	out := l.text(buf, long)
	out.Open = open
	return out, nil
}

// text makes a line of its bytes. Of one that is too long the beginning is kept,
// to be shown.
func (l *Lines) text(b []byte, long bool) Line {
	out := Line{At: l.at}
	if b = bytes.Trim(b, "\r\n"); long || len(b) > l.most {
		out.Why = "the line is too long"
		b = b[:min(len(b), shown)]
	}
	if l.guess(b); l.guessed.page == nil {
		if out.Text = string(b); !utf8.Valid(b) && out.Why == "" {
			out.Why = "the line is not valid UTF-8, in which the file is written"
		}
		return out
	}
	text, ok := l.guessed.Text(b)
	if out.Text = text; !ok && out.Why == "" {
		out.Why = "the line is not valid " + l.charset
	}
	return out
}

const shown = 200 // bytes of a line that is too long
