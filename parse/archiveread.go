package parse

import (
	"bytes"
	"errors"
	"hash/crc32"
	"io"

	"entente"
)

// ReadArchive reads the list of an archive of the given size. It refuses every
// archive that WriteArchive would not have written, byte for byte; the bytes of
// the files are held to their checksums as they are read, and the last of them
// come out only if they fit.
func ReadArchive(r io.ReaderAt, size int64) ([]File, error) {
	if size > maxArchive {
		return nil, archiveError("archive", "the archive is too large", entente.ReasonTooLarge)
	}
	entries, err := readTail(r, size)
	if err != nil {
		return nil, err
	}
	files := make([]File, len(entries))
	for i, e := range entries {
		want := e.local()
		got := make([]byte, len(want))
		if err := readAt(r, got, int64(e.offset)); err != nil {
			return nil, err
		}
		if !bytes.Equal(got, want) {
			return nil, archiveError(e.name, "its header is not in canonical form", entente.ReasonMalformed)
		}
		start := int64(e.offset) + int64(len(want))
		files[i] = File{Name: e.name, Size: int64(e.size), Open: func() (io.ReadCloser, error) {
			return io.NopCloser(&checked{r: io.NewSectionReader(r, start, int64(e.size)), left: int64(e.size), want: e.crc, name: e.name}), nil
		}}
	}
	return files, nil
}

// checked reads a file of an archive. A piece that completes a wrong checksum is
// held back, so that who reads exactly Size bytes learns of it too.
type checked struct {
	r         io.Reader
	left      int64
	sum, want uint32
	name      string
	err       error // found before; it stays
}

func (c *checked) Read(b []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	if c.left == 0 {
		return 0, io.EOF
	}
	n, err := c.r.Read(b[:min(int64(len(b)), c.left)])
	c.sum = crc32.Update(c.sum, crc32.IEEETable, b[:n])
	c.left -= int64(n)
	if c.left == 0 && c.sum != c.want || c.left > 0 && err == io.EOF {
		clear(b[:n])
		c.err = archiveError(c.name, "the file is damaged: its checksum does not hold", entente.ReasonMalformed)
		return 0, c.err
	}
	if err == io.EOF {
		err = nil
	}
	return n, err
}

func readAt(r io.ReaderAt, b []byte, at int64) error {
	n, err := r.ReadAt(b, at)
	switch {
	case n == len(b):
		return nil
	case err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF):
		return archiveError("archive", "the archive is cut off", entente.ReasonMalformed)
	}
	return &entente.Error{Kind: entente.Unavailable, Detail: "the archive could not be read", Hint: "check the disk or the medium", Cause: err}
}
