package spool

import (
	"crypto/sha256"
	"errors"
	"hash"
	"io"

	"entente"
	"entente/lists"
)

// Files are those that somebody sent, each a Temp: an import reads them twice, and
// they may be larger than memory.
type Files struct{ All []File }

// File is one of them.
type File struct {
	Name   string
	Size   int64
	Digest entente.Digest
	temp   *Temp
}

// Add takes a file to disk to its end, and works out its digest on the way. An
// error of r is given as it is; one of the disk is Unavailable.
func (s *Files) Add(name string, r io.Reader) (File, error) {
	t, err := New("")
	if err != nil {
		return File{}, err
	}
	w := &disk{t, sha256.New(), nil}
	n, err := io.Copy(w, r)
	if w.full != nil {
		err = w.full
	}
	x := File{Name: name, Size: n, Digest: entente.Digest(w.h.Sum(nil)), temp: t}
	s.All = append(s.All, x)
	return x, err
}

// disk tells a failure of the disk from one of the sender.
type disk struct {
	f    io.Writer
	h    hash.Hash
	full error
}

func (d *disk) Write(b []byte) (int, error) {
	n, err := d.f.Write(b)
	d.h.Write(b[:n])
	d.full = err
	return n, err
}

// Close ends all of them.
func (s *Files) Close() error {
	var errs []error
	for _, x := range s.All {
		errs = append(errs, x.temp.Close())
	}
	s.All = nil
	return errors.Join(errs...)
}

// Reader gives a file from its beginning.
func (x File) Reader() *io.SectionReader { return io.NewSectionReader(x.temp, 0, x.Size) }

// Head gives the beginning of a file, by which its format is told.
func (x File) Head(n int) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(x.Reader(), int64(n)))
	return b, Full(err)
}

// Lists gives the files from their beginning, for package lists.
func (s *Files) Lists() []lists.File {
	var all []lists.File
	for _, x := range s.All {
		all = append(all, lists.File{Name: x.Name, Data: x.Reader()})
	}
	return all
}

// parts gives what tells the edition that the files are.
func (s *Files) parts() []lists.Part {
	var all []lists.Part
	for _, x := range s.All {
		all = append(all, lists.Part{Name: x.Name, Digest: x.Digest})
	}
	return all
}

// Names gives the names of the files as one.
func (s *Files) Names() string { return lists.NamesOf(s.parts()) }

// Digest tells the edition that the files are, in whatever order they came.
func (s *Files) Digest() entente.Digest { return lists.DigestOf(s.parts()) }
