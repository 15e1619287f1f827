package web

import (
	"bytes"
	"context"
	"io"
	"mime"
	"net/http"

	"entente"
	"entente/prove"
)

// save sends bytes that the browser keeps as a file and never shows: whatever
// they claim to be, they are another party's (ASVS 5.0, 5.4).
func (v *visit) save(name string) {
	h := v.w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
}

// file hands out an attachment of a message, decrypted, as a download.
func (v *visit) file() error { return v.handOut(v.Casework.OpenAttachment) }

// draftFile hands out a file before it leaves: the releaser sees all that does.
func (v *visit) draftFile() error { return v.handOut(v.Outbox.OpenDraftFile) }

// opener decrypts a file of a message or of a draft.
type opener func(context.Context, entente.Officer, entente.MessageID, entente.Digest) (entente.Attachment, io.Reader, error)

func (v *visit) handOut(open opener) error {
	digest, err := entente.ParseDigest(v.r.PathValue("file"))
	if err != nil {
		return &entente.Error{Kind: entente.NotFound, Detail: "there is no such file", Cause: err}
	}
	a, r, err := open(v.ctx(), v.officer, v.id(), digest)
	if err != nil {
		return err
	}
	v.save(a.Name)
	if _, err := io.Copy(v.w, r); err != nil {
		// Part of it may have left: only a broken connection tells the browser that it is not whole.
		v.fault("hand out a file", err, "message", v.id())
		panic(http.ErrAbortHandler)
	}
	return nil
}

// evidence hands out what proves a message to anyone, offline. It is made whole
// first, so that what fails is an error page.
func (v *visit) evidence() error {
	var b bytes.Buffer
	if err := v.Casework.Evidence(v.ctx(), v.officer, v.id(), prove.Extent(v.r.URL.Query().Get("show")), &b); err != nil {
		return err
	}
	v.save("evidence-" + string(v.id()) + ".zip")
	_, err := b.WriteTo(v.w)
	return err
}
