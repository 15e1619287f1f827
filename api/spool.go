package api

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"strings"

	"entente"
	kept "entente/internal/spool"
	"entente/lists"
)

// Bounds of an upload of lists.
const (
	maxLists     = 16 << 30 // bytes, all files together
	maxListFiles = 8
	detectBytes  = 64 << 10 // of a file's beginning
)

// spooled is what was uploaded, kept on disk until it is read.
type spooled struct{ kept.Files }

// spool takes a body to temporary files: one that is the file itself, or each
// part of multipart/form-data that has a file name.
func spool(body io.Reader, media, name string, most int64) (s *spooled, err error) {
	s = &spooled{}
	defer func() {
		if err != nil {
			s.remove()
		}
	}()
	body = &bounded{body, most}
	kind, params, _ := mime.ParseMediaType(media)
	if kind != "multipart/form-data" {
		return s, s.take(cleanName(name), body)
	}
	parts := multipart.NewReader(body, params["boundary"])
	for {
		p, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF) && len(s.All) > 0:
			// To the end of the body, so that the time limit for reading it ends, too.
			if _, err := io.Copy(io.Discard, body); err != nil {
				return s, brokeOff(err)
			}
			return s, nil
		case errors.Is(err, io.EOF):
			return s, &entente.Error{Kind: entente.Invalid, Field: "file", Detail: "no file was sent", Hint: "send each file as a part with a file name"}
		case err != nil:
			return s, brokeOff(err)
		case p.FileName() == "":
			return s, &entente.Error{Kind: entente.Invalid, Field: "file", Detail: "a part of the form has no file name", Hint: "send files alone; everything else stands in the address"}
		case len(s.All) == maxListFiles:
			return s, &entente.Error{Kind: entente.Invalid, Field: "file", Detail: fmt.Sprintf("more than %d files were sent", maxListFiles), Hint: "import each list by itself", Reason: entente.ReasonTooLarge}
		}
		if err := s.take(cleanName(p.FileName()), p); err != nil {
			return s, err
		}
	}
}

func (s *spooled) take(name string, r io.Reader) error {
	if _, err := s.Add(name, r); err != nil {
		return brokeOff(err)
	}
	return nil
}

// brokeOff tells why an upload is not whole.
func brokeOff(err error) error {
	if e, ok := errors.AsType[*entente.Error](err); ok {
		return e
	}
	return &entente.Error{Kind: entente.Unavailable, Detail: "the upload broke off", Hint: "send the files again; nothing was changed", Cause: err}
}

func (s *spooled) remove() { s.Close() }

// open gives the files from their beginning.
func (s *spooled) open() ([]lists.File, error) { return s.Lists(), nil }

// format is what was said of the files, or what they say themselves.
func (s *spooled) format(said string) (string, error) {
	if said != "" {
		return said, nil
	}
	for _, f := range s.All {
		head, err := f.Head(detectBytes)
		if err != nil {
			return "", err
		}
		format, ok := lists.Detect(f.Name, head)
		if !ok || (said != "" && said != format) {
			return "", &entente.Error{Kind: entente.Invalid, Field: "format", Detail: "the files do not tell their format", Hint: "say which it is: " + strings.Join(lists.Formats, ", ")}
		}
		said = format
	}
	return said, nil
}

func (s *spooled) names() string { return s.Names() }

func (s *spooled) digest() entente.Digest { return s.Digest() }

// bounded refuses what comes after so many bytes.
type bounded struct {
	io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p[:min(int64(len(p)), b.left+1)])
	if b.left -= int64(n); b.left < 0 {
		return 0, &entente.Error{Kind: entente.Invalid, Field: "file", Detail: "the upload is larger than this node takes", Hint: "send it in parts", Reason: entente.ReasonTooLarge}
	}
	return n, err
}
