package seal

import (
	"bytes"
	"io"
	"sync"

	"filippo.io/age"

	"entente"
)

// EncryptFile encrypts an attachment to w as an age file, under a post-quantum
// hybrid identity of its own. Close the writer to finish it. The key goes into
// the statement, and is lost with it.
func EncryptFile(w io.Writer) (io.WriteCloser, entente.AttachmentKey, error) {
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		return nil, "", err
	}
	e, err := age.Encrypt(w, id.Recipient())
	if err != nil {
		return nil, "", err
	}
	return e, entente.AttachmentKey(id.String()), nil
}

// ContentSize returns the size of the content of an age file of size bytes, as
// EncryptFile writes it: a header for one recipient, a nonce of 16 bytes, and
// pieces of 64 KiB with a tag of 16 bytes each (age-encryption.org/v1). Smaller
// files than that give 0.
func ContentSize(size int64) int64 {
	const piece, tag, nonce = 64 << 10, 16, 16
	size -= int64(fileHeader()) + nonce
	pieces := (size + piece + tag - 1) / (piece + tag)
	return max(size-pieces*tag, 0)
}

// fileHeader is the length of the header of an age file with one recipient. It
// is measured once, because it is age's to choose.
var fileHeader = sync.OnceValue(func() int {
	var b bytes.Buffer
	if w, _, err := EncryptFile(&b); err != nil || w.Close() != nil {
		panic("seal: age cannot write to memory")
	}
	return b.Len() - 2*16 // an empty file: nonce, and the tag of an empty piece
})

// DecryptFile gives the content of an attachment. Bytes come out verified, piece
// by piece, but that none is missing is known only at the end: do not act on
// what was read before io.EOF. A wrong key or a changed or cut file is
// Unverified; a failure of r itself comes back as it is.
func DecryptFile(r io.Reader, key entente.AttachmentKey) (io.Reader, error) {
	id, err := age.ParseHybridIdentity(string(key))
	if err != nil || id.String() != string(key) {
		return nil, &entente.Error{Kind: entente.Invalid, Field: "key", Detail: "it is not the key of an attachment"}
	}
	f := &file{source: &source{r: r}}
	if f.clear, err = age.Decrypt(f.source, id); err != nil {
		return nil, f.explain(err)
	}
	return f, nil
}

// file tells a file that was tampered with from one that cannot be read.
type file struct {
	clear  io.Reader
	source *source
}

func (f *file) Read(p []byte) (int, error) {
	n, err := f.clear.Read(p)
	return n, f.explain(err)
}

func (f *file) explain(err error) error {
	switch {
	case err == nil || err == io.EOF:
		return err
	case f.source.err != nil:
		return f.source.err
	}
	return &entente.Error{Kind: entente.Unverified, Field: "attachment", Detail: "the file is damaged, cut short, or not the one that the key belongs to", Hint: "fetch it again", Cause: err}
}

// source remembers the failure of what it reads from.
type source struct {
	r   io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}
