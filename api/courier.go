package api

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"entente"
	kept "entente/internal/spool"
	"entente/policy"
)

// maxCourier bounds a courier file, in bytes.
const maxCourier = 16 << 30

// Unpacked says what was in a courier file.
type Unpacked struct {
	From     entente.PartyID `json:"from" doc:"Who packed it."`
	Answered int             `json:"answered" doc:"How many of its envelopes were answered; the answers wait for the next file to that party." example:"3"`
}

// courierEnd is the header that says where a part of the post ends.
const courierEnd = "Entente-Courier-End"

type packing struct {
	PartnerPath
	After string `query:"after" maxLength:"64" doc:"Where the file before ended, as its answer said; empty: this is the first."`
}

func (s *server) courier() {
	const tag = "Queue and courier"
	download(s, route{
		id: "packCourier", method: http.MethodPost, path: "/partners/{partner}/courier", op: entente.OpCourierExport, tag: tag,
		again:   "It only reads: nothing leaves the queue before receipts come back.",
		summary: "Pack what waits for a partner into a file", about: "For partners with no network between them. Nothing leaves the queue before the partner's receipts come back. Where more waits than one file holds, the answer has the header " + courierEnd + ": ask for the next file with it as after.",
	}, fileMedia, func(ctx context.Context, by entente.Officer, in *packing, begin func(string, int64), w io.Writer) error {
		begin("to-"+string(in.Partner)+".courier", 0)
		_, err := s.cfg.Courier.PackPart(ctx, by, in.Partner, in.After, func(end string) io.Writer {
			if f, ok := w.(*fileWriter); ok && end != "" {
				f.ctx.SetHeader(courierEnd, end)
			}
			return w
		})
		return err
	})
	r := route{
		id: "unpackCourier", method: http.MethodPost, path: "/courier", op: entente.OpCourierImport, tag: tag,
		summary: "Take in a file that a courier brought", about: "The body is the file. The same file twice changes nothing.",
	}
	op := r.operation()
	op.RequestBody = fileBody("The courier file.", fileMedia)
	huma.Register(s.api, op, func(ctx context.Context, in *struct{ Upload }) (*reply[Unpacked], error) {
		u, err := s.unpack(ctx, s.officer(ctx), in.body)
		if err != nil {
			return nil, s.fail(ctx, r.id, err)
		}
		return &reply[Unpacked]{repeated(ctx), u}, nil
	})
}

// unpack keeps the file aside first: it is read from many places. What is in it
// is sealed.
func (s *server) unpack(ctx context.Context, by entente.Officer, body io.Reader) (Unpacked, error) {
	if policy.Check(by, entente.OpCourierImport) != nil {
		// Whoever may not is refused, on record, before he fills the disk.
		_, _, err := s.cfg.Courier.Unpack(ctx, by, strings.NewReader(""), 0)
		return Unpacked{}, err
	}
	f, err := kept.New("")
	if err != nil {
		return Unpacked{}, err
	}
	defer f.Close()
	n, err := io.Copy(f, io.LimitReader(body, maxCourier+1))
	if err != nil {
		return Unpacked{}, &entente.Error{Kind: entente.Unavailable, Detail: "the upload broke off", Hint: "send the file again", Cause: errors.New(err.Error())}
	}
	if n > maxCourier {
		return Unpacked{}, &entente.Error{Kind: entente.Invalid, Field: "file", Detail: "the file is larger than 16 GiB", Hint: "ask the partner to pack less at once", Reason: entente.ReasonTooLarge}
	}
	from, answered, err := s.cfg.Courier.Unpack(ctx, by, f, n)
	return Unpacked{from, answered}, err
}

// noCourier is a node without a courier.
type noCourier struct{}

func (noCourier) PackPart(context.Context, entente.Officer, entente.PartyID, string, func(string) io.Writer) (int, error) {
	return 0, errNoCourier()
}

func (noCourier) Unpack(context.Context, entente.Officer, io.ReaderAt, int64) (entente.PartyID, int, error) {
	return "", 0, errNoCourier()
}

func errNoCourier() error {
	return &entente.Error{Kind: entente.Unavailable, Detail: "this node packs no courier files", Hint: "use the command line at the machine itself"}
}
