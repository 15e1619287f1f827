package api

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"entente"
	"entente/passage"
	"entente/policy"
	"entente/screen"
)

// FeedFormat is a format of travel events.
type FeedFormat string

// maxFeed bounds one upload of travel events, in bytes.
const maxFeed = 16 << 30

// feedUpload is travel events as they are sent.
type feedUpload struct {
	Feed   entente.FeedID `path:"feed" doc:"Where the events come from."`
	Format FeedFormat     `query:"format" doc:"Absent: told by the first bytes."`
	File   string         `query:"file" maxLength:"200" doc:"The file's name, for the record; absent: a feed over the interface." example:"xb117.edi"`
	At     time.Time      `query:"at" doc:"When it first came in, if that was not now: two-digit years are read by it."`
	Upload
}

func (s *server) travel() {
	const tag = "Lists and feeds"
	answer(s, route{
		id: "listFeedings", method: http.MethodGet, path: "/feeds", op: entente.OpReadTravel, tag: tag,
		summary: "List what travel events came in of late",
	}, func(ctx context.Context, by entente.Officer, _ *struct{}) ([]entente.Feeding, error) {
		return s.cfg.Desk.Feedings(ctx, by)
	})
	answer(s, route{
		id: "readFeedingAside", method: http.MethodGet, path: "/feedings/{feeding}/aside", op: entente.OpReadTravel, tag: tag,
		summary: "Read what of a feeding could not be used",
	}, func(ctx context.Context, by entente.Officer, in *struct {
		Feeding string `path:"feeding" pattern:"^[0-9a-f-]{36}$" doc:"The feeding." example:"0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7"`
	},
	) ([]entente.SetAside, error) {
		return s.cfg.Desk.FeedAside(ctx, by, in.Feeding)
	})
	r := route{
		id: "feedTravel", method: http.MethodPost, path: "/feeds/{feed}", op: entente.OpFeed, tag: tag,
		summary: "Screen travel events",
		about:   "The body is the feed itself: PAXLST, PNRGOV, machine-readable zones, a table, or our own events, one a line. It is screened as it comes; what was stored before an upload broke off stays, and the same events again change nothing.",
	}
	op := r.operation()
	op.RequestBody = fileBody("The feed.", "*/*")
	huma.Register(s.api, op, func(ctx context.Context, in *feedUpload) (*reply[entente.Feeding], error) {
		f, err := s.feed(ctx, s.officer(ctx), in)
		if err != nil {
			return nil, s.fail(ctx, r.id, err)
		}
		return &reply[entente.Feeding]{repeated(ctx), f}, nil
	})
}

func (s *server) feed(ctx context.Context, by entente.Officer, in *feedUpload) (entente.Feeding, error) {
	from := screen.Source{Feed: in.Feed, Format: string(in.Format), At: in.At}
	if in.File != "" {
		from.File = cleanName(in.File)
	}
	if policy.Check(by, entente.OpFeed) != nil { // refused on record, before anything is read
		return s.cfg.Screen.Feed(ctx, by, from, strings.NewReader(""), nil)
	}
	body := bufio.NewReaderSize(candid{&bounded{in.body, maxFeed}}, detectBytes)
	if from.Format == "" {
		head, err := body.Peek(4096)
		if err != nil && !errors.Is(err, io.EOF) {
			return entente.Feeding{}, err
		}
		var ok bool
		if from.Format, ok = passage.Detect(head); !ok {
			return entente.Feeding{}, &entente.Error{Kind: entente.Invalid, Field: "format", Detail: "the feed does not tell its format", Hint: "say which it is: " + strings.Join(passage.Formats, ", ")}
		}
	}
	return s.cfg.Screen.Feed(ctx, by, from, body, nil)
}

// candid tells why a feed ended before its end.
type candid struct{ io.Reader }

func (b candid) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = brokeOff(err)
	}
	return n, err
}
