package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"entente"
	guard "entente/internal/door"
	"entente/record"
)

// maxForm bounds what a form may send, in bytes: the largest statement of the
// protocol with room for the names of its fields. Files are streamed apart.
const maxForm = 4 << 20

// maxFields bounds how many fields a form may send: more than the largest tip has.
const maxFields = 20_000

// visit is one request.
type visit struct {
	*desk
	w http.ResponseWriter
	r *http.Request
	p *page
	// officer is who asks; zero on the pages before the gate.
	officer entente.Officer
	whole   io.ReadCloser // the body without the bound of a form, for files
	key     string        // of the form that was sent
	end     func()        // of what is done for that key; nil: nothing was begun
}

func (d *desk) visit(w http.ResponseWriter, r *http.Request) *visit {
	whole := r.Body
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	return &visit{desk: d, w: w, r: r, p: d.newPage(r), whole: whole}
}

func (v *visit) ctx() context.Context { return v.r.Context() }

// admit finds out who asks. False: nobody, and the answer is given.
func (v *visit) admit() bool {
	o, err := v.SignIn.FromRequest(v.r)
	switch {
	case err == nil:
		v.officer, v.p.officer, v.p.why = o, o, stated(v.r, o)
		v.r = v.r.WithContext(record.ForPurpose(v.ctx(), v.p.why))
		if err := guard.Admit(v.ctx(), string(o.ID)); err != nil {
			v.fail(err)
			return false
		}
		return true
	case !errors.Is(err, entente.Denied):
		v.fail(err)
	case v.r.Method == http.MethodGet || v.r.Method == http.MethodHead:
		v.redirect("/signin?next=" + url.QueryEscape(v.r.URL.RequestURI()))
	default:
		if err := v.recognise(); err != nil {
			v.fail(err)
		} else {
			v.askAgain()
		}
	}
	return false
}

// recognise tells a device on which somebody signed in before from a stranger's,
// for the bounds before the gate.
func (v *visit) recognise() error {
	if known := v.SignIn.Known(v.r); known != "" {
		return guard.Admit(v.ctx(), known)
	}
	return nil
}

// askAgain answers a form that was sent after the session had ended: what was
// typed comes back, to be sent again once the officer has signed in elsewhere.
func (v *visit) askAgain() {
	var kept url.Values
	if err := v.r.ParseForm(); err == nil && len(v.r.PostForm) <= maxFields {
		kept = v.r.PostForm
	}
	v.show(http.StatusUnauthorized, v.p.T("Your session has ended"), sessionEnded(v.p, v.r.URL.RequestURI(), kept))
}

// show draws a page. It is drawn whole before the first byte leaves, so that
// what fails half way is an error page and not half a page.
func (v *visit) show(status int, title string, body templ.Component) {
	v.p.title = title
	v.countTasks()
	v.lookForAlarms()
	var b bytes.Buffer
	if err := frame(v.p, body).Render(v.ctx(), &b); err != nil {
		v.fault("draw a page", err, "pattern", v.r.Pattern)
		http.Error(v.w, "The page could not be drawn.", http.StatusInternalServerError)
		return
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.Header().Set("Content-Language", v.p.lang)
	v.w.WriteHeader(status)
	v.w.Write(withKeys(b.Bytes()))
}

// countTasks looks how many tasks wait for the officer's role. A page is not
// less true for the figure beside its menu that could not be read.
func (v *visit) countTasks() {
	if v.officer.ID == "" || !v.p.may(entente.OpReadTasks) {
		return
	}
	n, err := v.Casework.TasksWaiting(v.ctx(), v.officer)
	if err != nil {
		v.fault("count tasks", err)
	}
	v.p.tasks = n
}

func (v *visit) ok(title string, body templ.Component) error {
	v.show(http.StatusOK, title, body)
	return nil
}

// redirect sends the browser on with a GET (RFC 9110, section 15.4.4).
func (v *visit) redirect(to string) error {
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
	return nil
}

// done sends the browser on after an action; the page there says what was done.
func (v *visit) done(to, what string) error {
	sep := "?"
	if strings.Contains(to, "?") {
		sep = "&"
	}
	return v.redirect(to + sep + "done=" + what)
}

// home is the first page that the officer's role may see.
func (v *visit) home() error {
	for _, e := range v.p.nav() {
		return v.redirect(e.Path)
	}
	return v.redirect("/account")
}

// form reads what was typed.
func (v *visit) form() (url.Values, error) {
	err := v.r.ParseForm()
	if guard.HungUp(v.ctx(), err) {
		return nil, &entente.Error{Kind: entente.Unavailable, Detail: "the form did not arrive whole", Hint: "send it again; nothing of it was used", Cause: err}
	}
	if err != nil {
		return nil, &entente.Error{Kind: entente.Invalid, Detail: "the form could not be read", Hint: "it may be too long: at most 4 MiB are accepted; put long material into an attached file", Cause: err}
	}
	if len(v.r.PostForm) > maxFields {
		return nil, &entente.Error{Kind: entente.Invalid, Detail: "the form has too many fields", Hint: "put long material into an attached file"}
	}
	if key := takeKey(v.r.PostForm); key != "" {
		v.key = key
	}
	return v.r.PostForm, nil
}

// hasFiles reports whether the form came with files.
func (v *visit) hasFiles() bool {
	media, _, err := mime.ParseMediaType(v.r.Header.Get("Content-Type"))
	return err == nil && media == "multipart/form-data"
}

func (v *visit) id() entente.MessageID { return entente.MessageID(v.r.PathValue("id")) }
