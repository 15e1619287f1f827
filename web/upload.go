package web

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"mime/multipart"
	"net/url"
	"os"

	"entente"
	"entente/lists"
)

// spool is files that an officer sent, kept on disk until they are read: an
// import reads them twice, and they may be larger than memory. They have no name
// there any more, so that nothing stays behind when the node is killed.
type spool struct {
	files []spooled
}

type spooled struct {
	name   string
	size   int64
	digest entente.Digest
	f      *os.File
}

func (s *spool) close() {
	for _, x := range s.files {
		x.f.Close()
		os.Remove(x.f.Name()) // where an open file could not be removed before
	}
	s.files = nil
}

// reader gives a file from its beginning.
func (x spooled) reader() io.Reader { return io.NewSectionReader(x.f, 0, x.size) }

// lists gives the files from their beginning, for package lists.
func (s *spool) lists() []lists.File {
	var all []lists.File
	for _, x := range s.files {
		all = append(all, lists.File{Name: x.name, Data: x.reader()})
	}
	return all
}

// parts gives what tells the edition that the files are.
func (s *spool) parts() []lists.Part {
	var all []lists.Part
	for _, x := range s.files {
		all = append(all, lists.Part{Name: x.name, Digest: x.digest})
	}
	return all
}

func (s *spool) digest() entente.Digest { return lists.DigestOf(s.parts()) }

func (s *spool) names() string { return lists.NamesOf(s.parts()) }

// head is the beginning of the first file, by which its format is told.
func (s *spool) head() []byte {
	r := bufio.NewReader(s.files[0].reader())
	b, _ := r.Peek(4096)
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
		b, err := io.ReadAll(io.LimitReader(part, longestField))
		values.Add(part.FormName(), string(b))
		return err
	}
	if part.FileName() == "" {
		return nil // none was chosen here
	}
	if len(s.files) == mostFiles {
		return &entente.Error{Kind: entente.Invalid, Field: "file", Detail: "more than four files came with the form", Hint: "no list has more than four files: import each list by itself"}
	}
	f, err := os.CreateTemp("", "entente-upload-")
	if err != nil {
		return &entente.Error{Kind: entente.Unavailable, Detail: "the node has no place to keep the file", Hint: "ask the operator whether the disk is full", Cause: err}
	}
	os.Remove(f.Name())
	x := spooled{name: part.FileName(), f: f}
	x.size, x.digest, err = keep(f, part)
	s.files = append(s.files, x)
	return err
}

// keep writes a file to disk, and works out its digest on the way.
func keep(f *os.File, r io.Reader) (int64, entente.Digest, error) {
	h := sha256.New()
	w := &disk{f, h, nil}
	n, err := io.Copy(w, io.LimitReader(r, lists.MaxBytes+1))
	switch {
	case w.full != nil:
		err = &entente.Error{Kind: entente.Unavailable, Detail: "the node could not keep the file", Hint: "ask the operator whether the disk is full", Cause: w.full}
	case err == nil && n > lists.MaxBytes:
		err = &entente.Error{Kind: entente.Invalid, Field: "file", Detail: "the file is larger than 8 GiB", Hint: "import it in parts, each as a source of its own"}
	}
	return n, entente.Digest(h.Sum(nil)), err
}

// disk tells a failure of the disk from one of the browser.
type disk struct {
	f    *os.File
	h    hash.Hash
	full error
}

func (d *disk) Write(b []byte) (int, error) {
	n, err := d.f.Write(b)
	d.h.Write(b[:n])
	d.full = err
	return n, err
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
