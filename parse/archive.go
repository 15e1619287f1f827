package parse

import (
	"bytes"
	"hash/crc32"
	"io"
	"strconv"
	"strings"

	"entente"
)

// An archive is a ZIP file that any program opens, of which only one form
// exists for given files: stored, in the order given, with no times, comments or
// extras. So equal content has equal bytes, and nothing can hide between files.
//
// The checksums in it are CRC-32. They find damage and no malice: anyone can
// make a changed archive whose checksums hold. What must be authentic is
// signed, or named by a digest in what is signed.

// File is one file of an archive.
type File struct {
	Name string
	Size int64
	Open func() (io.ReadCloser, error) // from its start; may be called again
}

// Limits of an archive.
const (
	MaxFiles    = 1000
	maxFileName = 200
	maxArchive  = 1 << 50
)

// FileOf makes a file of bytes in memory.
func FileOf(name string, b []byte) File {
	return File{Name: name, Size: int64(len(b)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(b)), nil
	}}
}

// Bytes reads a whole file of at most max bytes.
func (f File) Bytes(max int64) ([]byte, error) {
	if f.Size > max {
		return nil, archiveError(f.Name, "the file has more than "+strconv.FormatInt(max, 10)+" bytes", entente.ReasonTooLarge)
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b := make([]byte, f.Size)
	_, err = io.ReadFull(r, b)
	return b, err
}

// WriteArchive writes files into an archive. Each is opened and read twice,
// first for its checksum; one that differs the second time is a Conflict.
func WriteArchive(w io.Writer, files []File) error {
	entries, err := survey(files)
	if err != nil {
		return err
	}
	for i, e := range entries {
		if _, err := w.Write(e.local()); err != nil {
			return unwritten(err)
		}
		sum, err := e.pour(w, files[i])
		if err == nil && sum != e.crc {
			err = changed(e.name)
		}
		if err != nil {
			return err
		}
	}
	if _, err := w.Write(tail(entries)); err != nil {
		return unwritten(err)
	}
	return nil
}

// survey checks the files and computes where each will stand.
func survey(files []File) ([]entry, error) {
	entries := make([]entry, len(files))
	for i, f := range files {
		entries[i] = entry{name: f.Name, size: uint64(max(f.Size, 0))}
		if f.Size < 0 {
			return nil, archiveError(f.Name, "a size cannot be negative", "")
		}
	}
	if err := checkEntries(entries); err != nil {
		return nil, err
	}
	for i, f := range files {
		sum, err := entries[i].pour(io.Discard, f)
		if err != nil {
			return nil, err
		}
		entries[i].crc = sum
	}
	place(entries)
	return entries, nil
}

// pour copies the content of a file, which must have exactly its size, and
// gives its checksum.
func (e entry) pour(w io.Writer, f File) (uint32, error) {
	r, err := f.Open()
	if err != nil {
		return 0, err
	}
	defer r.Close()
	sum := crc32.NewIEEE()
	in := &source{r: r}
	n, err := io.Copy(io.MultiWriter(sum, w), io.LimitReader(in, f.Size))
	if err != nil && in.err == nil {
		return 0, unwritten(err)
	}
	if err == nil && n == f.Size {
		var more [1]byte
		if k, _ := io.ReadFull(in, more[:]); k == 0 && in.err == nil {
			return sum.Sum32(), nil
		}
	}
	if in.err != nil {
		return 0, in.err
	}
	return 0, changed(e.name)
}

// source remembers how reading failed, to tell it from how writing failed.
type source struct {
	r   io.Reader
	err error
}

func (s *source) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// checkEntries holds the list of an archive to its rules.
func checkEntries(entries []entry) error {
	if len(entries) == 0 {
		return archiveError("archive", "the archive holds no file", entente.ReasonMalformed)
	}
	if len(entries) > MaxFiles {
		return archiveError("archive", "the archive holds more than "+strconv.Itoa(MaxFiles)+" files", entente.ReasonTooLarge)
	}
	seen := make(map[string]bool, len(entries))
	for _, e := range entries {
		switch {
		case !isFileName(e.name):
			return archiveError("archive", "the name of a file is not made of lower-case letters, digits, dots, hyphens, underscores and single slashes", entente.ReasonMalformed)
		case seen[e.name]:
			return archiveError(e.name, "the file stands there twice", entente.ReasonMalformed)
		case e.size > maxArchive:
			return archiveError(e.name, "the file is too large", entente.ReasonTooLarge)
		}
		seen[e.name] = true
	}
	return nil
}

// isFileName accepts relative paths that stay below where they are unpacked, on
// every system.
func isFileName(s string) bool {
	if len(s) > maxFileName || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789._-/") != "" {
		return false
	}
	for part := range strings.SplitSeq(s, "/") {
		if part == "" || part[0] == '.' || part[len(part)-1] == '.' {
			return false
		}
	}
	return true
}

func archiveError(field, detail string, reason entente.Reason) error {
	return &entente.Error{Kind: entente.Invalid, Field: field, Detail: detail, Reason: reason}
}

func changed(name string) error {
	return &entente.Error{Kind: entente.Conflict, Field: name, Detail: "the file changed while it was put into the archive", Hint: "try again"}
}

func unwritten(err error) error {
	return &entente.Error{Kind: entente.Unavailable, Detail: "the archive could not be written", Hint: "check that there is room on the disk", Cause: err}
}
