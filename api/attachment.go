package api

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"entente"
)

// fileMedia is what every file is sent as, whatever its sender claims.
const fileMedia = "application/octet-stream"

func (s *server) attachments() {
	const tag = "Files"
	download(s, route{
		id: "fetchAttachment", method: http.MethodGet, path: "/messages/{message}/attachments/{file}", op: entente.OpFetchAttachment, tag: tag,
		summary: "Fetch a file of a message, decrypted",
	}, fileMedia, func(ctx context.Context, by entente.Officer, in *struct {
		MessagePath
		File entente.Digest `path:"file" doc:"The digest of the file, as the message names it."`
	}, begin func(string, int64), w io.Writer,
	) error {
		a, r, err := s.cfg.Desk.OpenAttachment(ctx, by, in.Message, in.File)
		return sendFile(a, r, err, begin, w)
	})
	download(s, route{
		id: "fetchDraftAttachment", method: http.MethodGet, path: "/drafts/{draft}/attachments/{file}", op: entente.OpFetchAttachment, tag: tag,
		summary: "Fetch a file of a draft, decrypted", about: "Whoever may read the draft may fetch it: the releaser sees all that would leave.",
	}, fileMedia, func(ctx context.Context, by entente.Officer, in *struct {
		DraftPath
		File entente.Digest `path:"file" doc:"The digest of the file, as the draft names it."`
	}, begin func(string, int64), w io.Writer,
	) error {
		a, r, err := s.cfg.Outbox.OpenDraftFile(ctx, by, in.Draft, in.File)
		return sendFile(a, r, err, begin, w)
	})
	s.attach(tag)
	act(s, route{
		id: "removeAttachment", method: http.MethodDelete, path: "/drafts/{draft}/attachments/{file}", op: entente.OpAddAttachment, tag: tag,
		summary: "Take a file off a draft", about: "The draft has a new version afterwards.",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		DraftPath
		File entente.Digest `path:"file" doc:"The digest of the file, as the draft names it."`
	},
	) error {
		return s.cfg.Outbox.Detach(ctx, by, in.Draft, in.File)
	})
}

// sendFile sends what was opened, if it was.
func sendFile(a entente.Attachment, r io.Reader, err error, begin func(string, int64), w io.Writer) error {
	if err != nil {
		return err
	}
	begin(a.Name, 0) // a.Size is that of the encrypted file
	_, err = io.Copy(w, r)
	return err
}

func (s *server) attach(tag string) {
	r := route{
		id: "addAttachment", method: http.MethodPost, path: "/drafts/{draft}/attachments", op: entente.OpAddAttachment, tag: tag, status: http.StatusCreated,
		summary: "Add a file to a draft",
		about:   "The body is the file itself; it is encrypted as it comes. The draft has a new version afterwards.",
	}
	op := r.operation()
	op.RequestBody = fileBody("The file. Its Content-Type is what the recipient is told.", "*/*")
	huma.Register(s.api, op, func(ctx context.Context, in *struct {
		DraftPath
		Upload
		Name  string `query:"name" required:"true" minLength:"1" maxLength:"1000" doc:"What the recipient sees as its name." example:"letter.pdf"`
		Media string `header:"Content-Type" hidden:"true"`
	},
	) (*reply[Attachment], error) {
		a, err := s.cfg.Outbox.Attach(ctx, s.officer(ctx), in.Draft, in.Name, in.Media, in.body)
		if err != nil {
			return nil, s.fail(ctx, r.id, err)
		}
		return &reply[Attachment]{repeated(ctx), attachmentOf(a)}, nil
	})
}

// fileBody describes a body that the code streams.
func fileBody(description, media string) *huma.RequestBody {
	return &huma.RequestBody{
		Description: description, Required: true,
		Content: map[string]*huma.MediaType{media: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}},
	}
}
