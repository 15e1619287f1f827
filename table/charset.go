package table

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// sniffed is how much of a file is looked at to find its character set.
const sniffed = 64 << 10

// UTF8 is the character set of a file that says nothing else.
const UTF8 = "UTF-8"

// Decode returns a reader of the text without its byte order mark, and the name
// of the character set that the first bytes show. UTF-16 becomes UTF-8; character
// sets of one byte a letter are left as they are, under the name UTF8.
func Decode(in io.Reader) (*bufio.Reader, string, error) {
	r := bufio.NewReaderSize(in, sniffed)
	head, err := r.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, "", err
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, err = r.Discard(3)
		return r, UTF8, noEOF(err)
	case bytes.HasPrefix(head, []byte("\xff\xfe")), len(head) == 4 && head[1] == 0 && head[3] == 0 && head[0] != 0:
		return wide(r, unicode.LittleEndian), "UTF-16LE", nil
	case bytes.HasPrefix(head, []byte("\xfe\xff")), len(head) == 4 && head[0] == 0 && head[2] == 0 && head[1] != 0:
		return wide(r, unicode.BigEndian), "UTF-16BE", nil
	}
	return r, UTF8, nil
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

// A Charset decodes bytes that a file, or the header of an XML file, may be
// written in. The zero value is UTF-8.
type Charset struct {
	Name string
	page *charmap.Charmap
}

// Text decodes b. ok is false when b holds bytes that the character set does not
// have; they are U+FFFD in s.
func (c Charset) Text(b []byte) (s string, ok bool) {
	if c.page == nil {
		return string(b), utf8.Valid(b)
	}
	out := make([]byte, 0, len(b)+len(b)/4)
	ok = true
	for _, x := range b {
		r := c.page.DecodeByte(x)
		ok = ok && r != utf8.RuneError
		out = utf8.AppendRune(out, r)
	}
	return string(out), ok
}

// named are the character sets that an XML declaration may name. ISO 8859-1 is
// read as windows-1252, which has letters where ISO 8859-1 has control
// characters: that is how both are used (WHATWG Encoding, section 4.2).
var named = map[string]*charmap.Charmap{
	"iso88591": charmap.Windows1252, "latin1": charmap.Windows1252, "windows1252": charmap.Windows1252, "cp1252": charmap.Windows1252,
	"iso88592": charmap.ISO8859_2, "latin2": charmap.ISO8859_2, "windows1250": charmap.Windows1250, "cp1250": charmap.Windows1250,
	"iso88593": charmap.ISO8859_3, "iso88594": charmap.ISO8859_4, "iso88595": charmap.ISO8859_5, "iso88596": charmap.ISO8859_6,
	"iso88597": charmap.ISO8859_7, "iso88598": charmap.ISO8859_8, "iso88599": charmap.Windows1254, "iso885910": charmap.ISO8859_10,
	"iso885913": charmap.ISO8859_13, "iso885914": charmap.ISO8859_14, "iso885915": charmap.ISO8859_15, "iso885916": charmap.ISO8859_16,
	"windows1251": charmap.Windows1251, "cp1251": charmap.Windows1251, "windows1253": charmap.Windows1253, "windows1254": charmap.Windows1254,
	"windows1255": charmap.Windows1255, "windows1256": charmap.Windows1256, "windows1257": charmap.Windows1257, "windows1258": charmap.Windows1258,
	"koi8r": charmap.KOI8R, "koi8u": charmap.KOI8U, "ibm866": charmap.CodePage866, "cp866": charmap.CodePage866,
}

// CharsetNamed returns the character set that an XML declaration names. ok is false
// when this version does not know it.
func CharsetNamed(name string) (c Charset, ok bool) {
	short := strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == ' ' || r == ':' {
			return -1
		}
		return r
	}, strings.ToLower(name))
	switch page := named[short]; {
	case page != nil:
		return Charset{name, page}, true
	case short == "utf8", short == "usascii", short == "ascii", strings.HasPrefix(short, "utf16"): // what is UTF-16 was decoded before
		return Charset{Name: UTF8}, true
	}
	return Charset{Name: name}, false
}

var declaration = regexp.MustCompile(`^\s*<\?xml[^>]*\sencoding\s*=\s*["']([^"'<>]{1,40})["']`)

// Declared returns the character set that the first bytes of an XML file name;
// "" when they name none.
func Declared(head []byte) string {
	if m := declaration.FindSubmatch(head); m != nil {
		return string(m[1])
	}
	return ""
}
