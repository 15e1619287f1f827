package web

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"net/http"
	"strconv"

	"entente"
	"entente/casework"
	kept "entente/internal/spool"
)

// Courier is what leaves and comes in files, for partners with no network
// between them.
type Courier interface {
	// PackPart writes one part of what waits; begin is told where it ends before
	// anything is written. Empty: it is the last.
	PackPart(ctx context.Context, by entente.Officer, partner entente.PartyID, after string, begin func(end string) io.Writer) (int, error)
	Unpack(ctx context.Context, by entente.Officer, r io.ReaderAt, size int64) (from entente.PartyID, answered int, err error)
}

const (
	maxPouch = 16 << 30 // bytes of a file that is taken in
	maxParts = 1000     // of what waits for one partner
)

// pouch is the page of the courier.
type pouch struct {
	Partners []casework.Partner
	To       entente.PartyID // for whom the parts are
	Parts    []string        // where each begins; empty: none was asked for
	Form     *form
	From     entente.PartyID // whose file was taken in; empty: none was
	Answered int
}

func (v *visit) courier() error { return v.showCourier(http.StatusOK, pouch{Form: newForm(nil)}) }

func (v *visit) showCourier(status int, c pouch) error {
	if err := v.needCourier(entente.OpCourierExport); err != nil {
		return err
	}
	all, err := v.Casework.Partners(v.ctx(), v.officer)
	if err != nil {
		return err
	}
	for _, p := range all {
		if !p.Self {
			c.Partners = append(c.Partners, p)
		}
	}
	v.show(status, v.p.T("Courier"), courierPage(v.p, c))
	return nil
}

func (v *visit) needCourier(op entente.Operation) error {
	if err := v.need(op); err != nil {
		return err
	}
	if v.Courier == nil {
		return &entente.Error{Kind: entente.Unavailable, Detail: "this node packs no courier files", Hint: "use the command line at the machine itself"}
	}
	return nil
}

// nowhere takes nothing: who packs into it learns where a part ends.
type nowhere struct{}

func (nowhere) Write([]byte) (int, error) { return 0, errors.New("only its end was asked for") }

// packParts finds out into how many files goes what waits for a partner. A browser
// saves one at a time.
func (v *visit) packParts() error {
	if err := v.needCourier(entente.OpCourierExport); err != nil {
		return err
	}
	c := pouch{To: entente.PartyID(v.r.PathValue("partner")), Form: newForm(nil)}
	for after := ""; ; {
		if len(c.Parts) == maxParts {
			return &entente.Error{Kind: entente.Unavailable, Detail: "more waits for this partner than a thousand files hold", Hint: "pack with the command line: entente courier pack"}
		}
		c.Parts = append(c.Parts, after)
		known := false
		_, err := v.Courier.PackPart(v.ctx(), v.officer, c.To, after, func(end string) io.Writer {
			after, known = end, true
			return nowhere{}
		})
		if err != nil && !known {
			return err
		}
		if after == "" {
			return v.showCourier(http.StatusOK, c)
		}
	}
}

// packPart hands out one part. Nothing leaves the queue: that is what the
// partner's receipts do when they come back.
func (v *visit) packPart() error {
	if err := v.needCourier(entente.OpCourierExport); err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(values.Get("part"))
	if err != nil || n < 1 || n > maxParts {
		return &entente.Error{Kind: entente.Invalid, Detail: "the form is not whole", Hint: "open the page Courier again"}
	}
	partner, begun := entente.PartyID(v.r.PathValue("partner")), false
	_, err = v.Courier.PackPart(v.ctx(), v.officer, partner, values.Get("after"), func(string) io.Writer {
		begun = true
		v.save("to-" + string(partner) + "-" + strconv.Itoa(n) + ".courier")
		return v.w
	})
	if err != nil && begun {
		// Part of it may have left: only a broken connection tells the browser that it is not whole.
		v.fault("pack a courier file", err, "to", partner)
		panic(http.ErrAbortHandler)
	}
	return err
}

// unpack takes in a file that a courier brought. It is kept aside first, since it
// is read from many places; what is in it is sealed.
func (v *visit) unpack() error {
	if err := v.needCourier(entente.OpCourierImport); err != nil { // before anything is put on disk
		return err
	}
	f, err := kept.New("")
	if err != nil {
		return err
	}
	defer f.Close()
	n, err := v.pouchInto(f)
	if err != nil {
		return err
	}
	from, answered, err := v.Courier.Unpack(v.ctx(), v.officer, f, n)
	c := pouch{Form: newForm(nil), From: from, Answered: answered}
	if errors.Is(err, entente.Invalid) || errors.Is(err, entente.Unverified) {
		c.From = ""
		c.Form.note("file", err)
		return v.showCourier(v.status(err), c)
	}
	if err != nil {
		return err
	}
	return v.showCourier(http.StatusOK, c)
}

// pouchInto copies the file of the form.
func (v *visit) pouchInto(w io.Writer) (int64, error) {
	none := func(err error) error {
		return &entente.Error{Kind: entente.Invalid, Field: "file", Detail: "no file came with the form", Hint: "choose a file first", Cause: notEnd(err)}
	}
	v.r.Body = v.whole // no plain form: the file has its own bound
	parts, err := v.r.MultipartReader()
	if err != nil {
		return 0, none(err)
	}
	key, part, err := nextFile(parts)
	if err != nil || part.FileName() == "" {
		return 0, none(err)
	}
	file := &summed{part, sha256.New()}
	n, err := io.Copy(w, io.LimitReader(file, maxPouch+1))
	if err != nil {
		return n, broken(err)
	}
	if n > maxPouch {
		return n, &entente.Error{Kind: entente.Invalid, Field: "file", Detail: "the file is larger than 16 GiB", Hint: "ask the partner to pack less at once"}
	}
	return n, v.begin(key, v.digestOf(nil, file.digest()))
}
