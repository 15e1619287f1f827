package wire

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"sync"

	"entente"
)

// FileHeld asks how much of a file is at the partner, and how large the whole
// is (0: it does not know).
func (c *Client) FileHeld(ctx context.Context, with entente.Party, file entente.Digest) (held, size int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, c.opts.Timeouts.Call)
	defer cancel()
	l, r, err := c.request(ctx, with, http.MethodHead, filesPath+file.String())
	if err != nil {
		return 0, 0, err
	}
	if err := l.calls.take(ctx); err != nil {
		return 0, 0, broken(with.ID, err)
	}
	defer l.calls.leave()
	resp, err := c.ask(l, r, with.ID, http.StatusOK, "")
	if err != nil {
		return 0, 0, err
	}
	defer resp.Body.Close()
	held, a := number(resp.Header, HeaderHeld)
	size, b := number(resp.Header, HeaderSize)
	if !a || !b || size > 0 && held > size {
		return 0, 0, strange(with.ID, errors.New("it does not say how much it has"))
	}
	return held, size, nil
}

// SendFile sends the bytes from offset on of a file that has size bytes: all
// that r gives. It tells how much the partner has then. Where offset is not what
// the partner has, it is a Conflict: ask FileHeld and go on from there.
func (c *Client) SendFile(ctx context.Context, to entente.Party, file entente.Digest, offset, size int64, r io.Reader) (int64, error) {
	if offset < 0 || offset > size {
		return 0, bad("offset", "it is not within the file", entente.ReasonMalformed)
	}
	ctx, watch := withWatch(ctx, c.opts.Timeouts)
	defer watch.stop()
	l, req, err := c.request(ctx, to, http.MethodPut, filesPath+file.String())
	if err != nil {
		return 0, err
	}
	if err := l.files.take(ctx); err != nil {
		return 0, broken(to.ID, err)
	}
	defer l.files.leave()
	watch.connecting()
	body := &outgoing{watch: watch, turn: make(chan struct{}, 1), r: io.LimitReader(r, size-offset)}
	body.give()
	defer body.Close()
	req.Body = body
	req.ContentLength = -1 // r may give less
	req.Header.Set("Content-Type", typeFile)
	req.Header.Set(HeaderOffset, strconv.FormatInt(offset, 10))
	req.Header.Set(HeaderSize, strconv.FormatInt(size, 10))
	h, err := answerOf[held](c, l, req, to.ID)
	if err != nil {
		return 0, err
	}
	if h.Held < offset || h.Held > size {
		return 0, strange(to.ID, errors.New("it has more or less than it was sent"))
	}
	return h.Held, nil
}

// FetchFile gives a file from offset to its end. Reading it fails with
// Unavailable when the connection breaks off or stands still: what was read is
// good, and the rest is fetched from there. The caller closes it.
func (c *Client) FetchFile(ctx context.Context, from entente.Party, file entente.Digest, offset int64) (io.ReadCloser, error) {
	if offset < 0 || offset >= c.opts.MaxFile {
		return nil, bad("offset", "it is not within the file", entente.ReasonMalformed)
	}
	ctx, watch := withWatch(ctx, c.opts.Timeouts)
	l, r, err := c.request(ctx, from, http.MethodGet, filesPath+file.String())
	if err == nil {
		err = l.files.take(ctx)
	}
	if err != nil {
		watch.stop()
		return nil, broken(from.ID, err)
	}
	watch.connecting()
	r.Header.Set("Range", "bytes="+strconv.FormatInt(offset, 10)+"-")
	resp, err := c.part(l, r, from.ID, offset)
	if err != nil {
		watch.stop()
		l.files.leave()
		return nil, err
	}
	watch.rest()
	return &incoming{body: resp.Body, left: resp.ContentLength, from: from.ID, ctx: ctx, watch: watch, leave: sync.OnceFunc(l.files.leave)}, nil
}

// part asks for a part of a file, and makes sure that it is what comes.
func (c *Client) part(l *line, r *http.Request, from entente.PartyID, offset int64) (*http.Response, error) {
	resp, err := c.ask(l, r, from, http.StatusPartialContent, typeFile)
	if err != nil {
		return nil, err
	}
	n := resp.ContentLength
	if n <= 0 || n > c.opts.MaxFile-offset || !only(resp.Header, "Content-Range", contentRange(offset, offset+n)) {
		resp.Body.Close()
		return nil, strange(from, errors.New("it is not the part of the file that was asked for"))
	}
	return resp, nil
}

// incoming is a file on its way in.
type incoming struct {
	body  io.ReadCloser
	left  int64
	from  entente.PartyID
	ctx   context.Context
	watch *watch
	leave func() // gives the place in the line back
}

func (i *incoming) Read(p []byte) (int, error) {
	if i.left == 0 {
		return 0, io.EOF
	}
	i.watch.start()
	defer i.watch.rest()
	n, err := i.body.Read(p[:min(int64(len(p)), i.left)])
	i.left -= int64(n)
	switch {
	case err == io.EOF && i.left > 0:
		err = broken(i.from, io.ErrUnexpectedEOF)
	case err != nil && err != io.EOF:
		err = broken(i.from, ended(i.ctx, err))
	}
	return n, err
}

func (i *incoming) Close() error {
	i.watch.stop()
	defer i.leave()
	return i.body.Close()
}
