package web

import (
	"errors"
	"hash"
	"io"
	"mime/multipart"
	"net/url"

	"entente"
	kept "entente/internal/spool"
	"entente/lists"
)

// spool is files that an officer sent, kept on disk until they are read.
type spool struct{ kept.Files }

func (s *spool) close() { s.Close() }

func (s *spool) lists() []lists.File { return s.Lists() }

func (s *spool) digest() entente.Digest { return s.Digest() }

func (s *spool) names() string { return s.Names() }

// head is the beginning of the first file, by which its format is told.
func (s *spool) head() []byte {
	b, _ := s.All[0].Head(4096)
	return b
}

// Bounds of an upload.
const (
	mostFiles    = 4
	longestField = 2000 // bytes of a field beside the files
	mostParts    = 32
)

// upload reads a form with files: what was typed into values, the files to disk
// as they come.
func (v *visit) upload() (url.Values, *spool, error) {
	v.r.Body = v.whole // no plain form: each file has its own bound
	parts, err := v.r.MultipartReader()
	if err != nil {
		return nil, nil, &entente.Error{Kind: entente.Invalid, Detail: "no file came with the form", Hint: "choose a file first", Cause: err}
	}
	values, s := url.Values{}, &spool{}
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			key := takeKey(values)
			if err := v.begin(key, v.digestOf(values, s.digest())); err != nil {
				s.close()
				return nil, nil, err
			}
			return values, s, nil
		}
		if err == nil && n >= mostParts {
			err = &entente.Error{Kind: entente.Invalid, Detail: "the form has too many fields"}
		}
		if err == nil {
			err = s.take(part, values)
		}
		if err != nil {
			s.close()
			return nil, nil, broken(err)
		}
	}
}

// broken words what happens when a browser stops sending half way.
func broken(err error) error {
	if _, ok := errors.AsType[*entente.Error](err); ok {
		return err
	}
	return &entente.Error{Kind: entente.Invalid, Detail: "the file did not arrive whole, and nothing of it was used", Hint: "send it again", Cause: err}
}

func (s *spool) take(part *multipart.Part, values url.Values) error {
	if part.FormName() != "file" {
		b, err := io.ReadAll(io.LimitReader(part, longestField+1))
		if len(b) > longestField {
			return &entente.Error{Kind: entente.Invalid, Detail: "a field of the form is too long", Hint: "shorten what you wrote beside the file"}
		}
		values.Add(part.FormName(), string(b))
		return err
	}
	if part.FileName() == "" {
		return nil // none was chosen here
	}
	if len(s.All) == mostFiles {
		return &entente.Error{Kind: entente.Invalid, Field: "file", Detail: "more than four files came with the form", Hint: "no list has more than four files: import each list by itself"}
	}
	x, err := s.Add(part.FileName(), io.LimitReader(part, lists.MaxBytes+1))
	if err == nil && x.Size > lists.MaxBytes {
		err = &entente.Error{Kind: entente.Invalid, Field: "file", Detail: "the file is larger than 8 GiB", Hint: "import it in parts, each as a source of its own"}
	}
	return err
}

// nextFile reads a form up to its file, and gives the key that stood before it.
func nextFile(parts *multipart.Reader) (key string, file *multipart.Part, err error) {
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		if err == nil && n >= mostParts {
			err = &entente.Error{Kind: entente.Invalid, Detail: "the form has too many fields"}
		}
		if err != nil || part.FormName() == "file" {
			return key, part, err
		}
		if part.FormName() == keyField {
			b, err := io.ReadAll(io.LimitReader(part, longestField))
			if err != nil {
				return "", nil, err
			}
			key = string(b)
		}
	}
}

// summed works out the digest of a file as it is read.
type summed struct {
	io.Reader
	h hash.Hash
}

func (s *summed) Read(b []byte) (int, error) {
	n, err := s.Reader.Read(b)
	s.h.Write(b[:n])
	return n, err
}

func (s *summed) digest() entente.Digest { return entente.Digest(s.h.Sum(nil)) }
