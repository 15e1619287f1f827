package web

import (
	"bytes"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"entente"
)

// FuzzUpload holds that whatever a browser sends as a form with files is taken
// within its bounds, every file whole, or refused in words; nothing stays open.
func FuzzUpload(f *testing.F) {
	field := func(name, rest, value string) string {
		return "--x\r\nContent-Disposition: form-data; name=\"" + name + "\"" + rest + "\r\n\r\n" + value + "\r\n"
	}
	key := field(keyField, "", "0123456789abcdef")
	f.Add("x", []byte(key+field("source", "", "ports")+field("file", `; filename="a.csv"`, "name\nMira")+"--x--\r\n"))
	f.Add("x", []byte(key+strings.Repeat(field("file", `; filename="a"`, ""), mostFiles+1)+"--x--\r\n"))
	f.Add("x", []byte(key+field("source", "", strings.Repeat("y", longestField+1))+"--x--\r\n"))
	f.Add("x", []byte(key+field("file", `; filename="a"`, "cut")))
	f.Add("", []byte("--\r\n"))
	d := &desk{Config: Config{Now: time.Now, Log: slog.New(slog.DiscardHandler)}, words: words(), takings: &takings{}}
	f.Fuzz(func(t *testing.T, boundary string, body []byte) {
		r := httptest.NewRequest("POST", "/import/list", bytes.NewReader(body))
		r.Header.Set("Content-Type", "multipart/form-data; boundary="+boundary)
		v := d.visit(httptest.NewRecorder(), r)
		values, s, err := v.upload()
		if v.end != nil {
			v.end()
		}
		if err != nil {
			if s != nil || entente.KindOf(err) == nil {
				t.Errorf("%v, with files %v", err, s)
			}
			return
		}
		defer s.close()
		if len(s.All) > mostFiles || len(values) > mostParts || values.Has(keyField) {
			t.Errorf("%d files and %d fields", len(s.All), len(values))
		}
		for name, of := range values {
			for _, v := range of {
				if len(v) > longestField {
					t.Errorf("%s has %d bytes", name, len(v))
				}
			}
		}
		for _, x := range s.All {
			var b bytes.Buffer
			if _, err := b.ReadFrom(x.Reader()); err != nil || int64(b.Len()) != x.Size || entente.DigestOf(b.Bytes()) != x.Digest || !bytes.Contains(body, b.Bytes()) {
				t.Errorf("%s was not kept as it came: %v", x.Name, err)
			}
		}
	})
}
