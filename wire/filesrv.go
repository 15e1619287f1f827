package wire

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"entente"
)

const filesPath = "/v1/files/"

func fileOf(r *request) (entente.Digest, error) {
	return entente.ParseDigest(strings.TrimPrefix(r.URL.Path, filesPath))
}

func (s *Server) fileHeld(w http.ResponseWriter, r *request) error {
	file, err := fileOf(r)
	if err != nil {
		return err
	}
	held, size, err := s.files.Held(r.Context(), r.from, file)
	if err != nil {
		return err
	}
	w.Header().Set(HeaderHeld, strconv.FormatInt(held, 10))
	w.Header().Set(HeaderSize, strconv.FormatInt(size, 10))
	s.begin(w, http.StatusOK)
	return nil
}

// filePut takes a piece of a file. Whatever came before it broke off stays, and
// the sender asks how much that was.
func (s *Server) filePut(w http.ResponseWriter, r *request) error {
	file, err := fileOf(r)
	if err != nil {
		return err
	}
	offset, size, err := s.pieceOf(r)
	if err != nil {
		return err
	}
	if _, whole, err := s.files.Held(r.Context(), r.from, file); err != nil {
		return err
	} else if whole != 0 && whole != size {
		return bad("size", "the message states another size", entente.ReasonMalformed)
	}
	in := &metered{
		ctx: r.Context(), r: http.MaxBytesReader(w, r.Body, size-offset), meter: r.meter,
		deadline: http.NewResponseController(w).SetReadDeadline, stall: s.opts.Timeouts.Stall,
	}
	n, err := s.files.Add(r.Context(), r.from, file, offset, in)
	if in.err != nil && !errors.Is(in.err, io.EOF) {
		return uploadBroke(in.err)
	}
	if err != nil {
		return err
	}
	return answer(s, w, r, held{n})
}

// pieceOf reads what a PUT says of its body.
func (s *Server) pieceOf(r *request) (offset, size int64, err error) {
	if !only(r.Header, "Content-Type", typeFile) {
		return 0, 0, &entente.Error{Kind: entente.Invalid, Detail: "the body is not " + typeFile, Cause: status(http.StatusUnsupportedMediaType)}
	}
	offset, ok := number(r.Header, HeaderOffset)
	if !ok {
		return 0, 0, bad("offset", "the header "+HeaderOffset+" is missing or not a number", entente.ReasonMalformed)
	}
	size, ok = number(r.Header, HeaderSize)
	switch {
	case !ok:
		return 0, 0, bad("size", "the header "+HeaderSize+" is missing or not a number", entente.ReasonMalformed)
	case size > s.opts.MaxFile:
		return 0, 0, bad("size", "the file is larger than this node takes", entente.ReasonTooLarge)
	case offset > size:
		return 0, 0, bad("offset", "it is after the end of the file", entente.ReasonMalformed)
	case r.ContentLength > size-offset:
		return 0, 0, bad("size", "the body goes on after the end of the file", entente.ReasonTooLarge)
	}
	return offset, size, nil
}

// fileGet gives a file that is here whole.
func (s *Server) fileGet(w http.ResponseWriter, r *request) error {
	file, err := fileOf(r)
	if err != nil {
		return err
	}
	offset, ok := rangeFrom(r.Header)
	if !ok {
		return bad("range", "only \"bytes=N-\" is understood", entente.ReasonMalformed)
	}
	held, size, err := s.files.Held(r.Context(), r.from, file)
	if err != nil {
		return err
	}
	if size == 0 || held < size {
		return &entente.Error{Kind: entente.NotFound, Detail: "the file is not whole here"}
	}
	if offset >= size {
		return &entente.Error{Kind: entente.Invalid, Field: "range", Detail: "it is after the end of the file", Cause: status(http.StatusRequestedRangeNotSatisfiable)}
	}
	in, err := s.files.Open(r.Context(), r.from, file, offset)
	if err != nil {
		return err
	}
	if c, ok := in.(io.Closer); ok {
		defer c.Close()
	}
	return s.pour(w, r, in, offset, size)
}

// pour writes a file from offset on. A part that takes long is fine; a reader
// that stands still is not.
func (s *Server) pour(w http.ResponseWriter, r *request, in io.Reader, offset, size int64) error {
	h := w.Header()
	h.Set("Content-Type", typeFile)
	h.Set("Content-Length", strconv.FormatInt(size-offset, 10))
	h.Set("Content-Range", contentRange(offset, size))
	s.begin(w, http.StatusPartialContent)
	c := http.NewResponseController(w)
	if err := c.Flush(); err != nil {
		return brokeOff(err)
	}
	deadline := c.SetWriteDeadline
	piece := make([]byte, min(64<<10, r.meter.bytes.Burst())) // no piece waits long for the meter
	for left := size - offset; left > 0; {
		deadline(time.Time{}) // our own disk may take its time
		n, err := in.Read(piece[:min(left, int64(len(piece)))])
		if n > 0 {
			if err := r.meter.spend(r.Context(), n); err != nil {
				return brokeOff(err)
			}
			deadline(time.Now().Add(s.opts.Timeouts.Stall))
			if err := push(w, c, piece[:n]); err != nil {
				return brokeOff(err)
			}
			left -= int64(n)
		}
		if err != nil && left > 0 {
			return errors.Join(errUnderWay, err)
		}
	}
	return nil
}

// push sends a piece now, however small it is.
func push(w io.Writer, c *http.ResponseController, piece []byte) error {
	if _, err := w.Write(piece); err != nil {
		return err
	}
	return c.Flush()
}

// rangeFrom reads "bytes=N-". Without a range the file is asked for from its start.
func rangeFrom(h http.Header) (int64, bool) {
	v := h.Values("Range")
	if len(v) == 0 {
		return 0, true
	}
	s, a := strings.CutPrefix(v[0], "bytes=")
	s, b := strings.CutSuffix(s, "-")
	n, ok := decimal(s)
	return n, a && b && ok && len(v) == 1
}

// contentRange is the form of Content-Range (RFC 9110, section 14.4) in which a
// file is answered: from offset to its end.
func contentRange(offset, size int64) string {
	return "bytes " + strconv.FormatInt(offset, 10) + "-" + strconv.FormatInt(size-1, 10) + "/" + strconv.FormatInt(size, 10)
}

// number reads a header that holds a number.
func number(h http.Header, name string) (int64, bool) {
	v := h.Values(name)
	if len(v) != 1 {
		return 0, false
	}
	return decimal(v[0])
}

// decimal reads a number in its only form: digits, no sign, no leading zero.
func decimal(s string) (int64, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n >= 0 && n <= maxPlace && strconv.FormatInt(n, 10) == s
}
