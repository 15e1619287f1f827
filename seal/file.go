package seal

import (
	"io"

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
