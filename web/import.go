package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"entente"
	"entente/lists"
	"entente/passage"
	"entente/screen"
)

// intake is the page on which lists and travel are taken in.
type intake struct {
	List, Travel *form
	Runs         []takingState
}

func (v *visit) intake() error {
	f := newForm(nil)
	f.set("source", v.r.URL.Query().Get("source"))
	f.set("format", v.r.URL.Query().Get("format"))
	return v.showIntake(http.StatusOK, f, newForm(nil))
}

func (v *visit) showIntake(status int, list, travel *form) error {
	v.show(status, v.p.T("Import"), intakePage(v.p, intake{list, travel, v.takings.recent()}))
	return nil
}

// importList takes the files of a list and starts reading them.
func (v *visit) importList() error {
	values, s, err := v.upload()
	if err != nil {
		return err
	}
	f := newForm(values)
	f.mustWrite("source")
	in := screen.Import{
		Options: lists.Options{Source: entente.SourceID(f.get("source")), Split: f.get("split"), Dates: lists.DateOrder(f.get("dates"))},
		Format:  f.format(s, func(name string, head []byte) (string, bool) { return lists.Detect(name, head) }, lists.Formats),
		File:    s.names(), Delist: f.get("delist") != "",
	}
	if !f.good() {
		s.close()
		return v.showIntake(http.StatusUnprocessableEntity, f, newForm(nil))
	}
	if r := v.takings.begun(v.officer.ID, v.key); r != nil {
		s.close()
		return v.redirect("/import/" + r.ID)
	}
	in.Digest = s.digest()
	in.Open = func() ([]lists.File, error) { return s.lists(), nil }
	r, err := v.startImport(in, s)
	if f.conflict(err) {
		s.close()
		return v.showIntake(v.status(err), f, newForm(nil))
	}
	return v.redirect("/import/" + r.ID)
}

// conflict notes that something is under way already.
func (f *form) conflict(err error) bool {
	if err != nil {
		f.note("source", err)
	}
	return err != nil
}

func (v *visit) startImport(in screen.Import, s *spool) (*taking, error) {
	r := &taking{Name: string(in.Source), File: in.File, By: v.officer.ID, Key: v.key, Started: v.Now().Truncate(time.Second)}
	if err := v.takings.begin(r); err != nil {
		return nil, err
	}
	d, by, ctx := v.desk, v.officer, v.ctx()
	var work func(context.Context)
	work = func(ctx context.Context) {
		e, err := d.Screen.Import(ctx, by, in, func(e entente.Edition) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.edition = e
		})
		r.mu.Lock()
		r.edition = e
		r.mu.Unlock()
		d.failed(err)
		var again func()
		if !in.Delist {
			again = func() {
				in.Delist = true
				d.background(ctx, work)
			}
		}
		r.finish(err, d.Now(), again, s.close)
	}
	d.background(ctx, work)
	return r, nil
}

// failed logs what is nobody's fault but the node's.
func (d *desk) failed(err error) {
	if err != nil && statusOf(err) == http.StatusInternalServerError {
		d.Log.Error("take in a file", "err", err)
	}
}

// importTravel takes a file of travel events and starts reading it.
func (v *visit) importTravel() error {
	values, s, err := v.upload()
	if err != nil {
		return err
	}
	f := newForm(values)
	f.mustWrite("feed")
	if _, err := entente.ParsePartyID(f.get("feed")); err != nil && f.get("feed") != "" {
		f.fault("feed", "a feed is named by lower-case letters, digits and single hyphens", "name it as in \"north-airport-api\"")
	}
	from := screen.Source{Feed: entente.FeedID(f.get("feed")), File: s.names()}
	from.Format = f.format(s, func(_ string, head []byte) (string, bool) { return passage.Detect(head) }, passage.Formats)
	if len(s.All) > 1 {
		f.fault("file", "several files came", "send travel files one by one")
	}
	if r := v.takings.begun(v.officer.ID, v.key); r != nil {
		s.close()
		return v.redirect("/import/" + r.ID)
	}
	var r *taking
	if f.good() {
		r, err = v.startFeed(from, s)
		if err != nil {
			f.note("feed", err)
		}
	}
	if !f.good() {
		s.close()
		return v.showIntake(http.StatusUnprocessableEntity, newForm(nil), f)
	}
	return v.redirect("/import/" + r.ID)
}

func (v *visit) startFeed(from screen.Source, s *spool) (*taking, error) {
	r := &taking{Travel: true, Name: string(from.Feed), File: from.File, By: v.officer.ID, Key: v.key, Started: v.Now().Truncate(time.Second)}
	if err := v.takings.begin(r); err != nil {
		return nil, err
	}
	d, by := v.desk, v.officer
	d.background(v.ctx(), func(ctx context.Context) {
		f, err := d.Screen.Feed(ctx, by, from, s.All[0].Reader(), func(f entente.Feeding) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.feeding = f
		})
		r.mu.Lock()
		r.feeding = f
		r.mu.Unlock()
		d.failed(err)
		r.finish(err, d.Now(), nil, s.close)
	})
	return r, nil
}

// format is that which was chosen, or which the file shows.
func (f *form) format(s *spool, detect func(string, []byte) (string, bool), known []string) string {
	if len(s.All) == 0 {
		f.must("no file came with the form", "choose a file", []string{"file"})
		return ""
	}
	chosen := f.get("format")
	if chosen == "" {
		found, ok := detect(s.All[0].Name, s.head())
		if !ok {
			f.fault("format", "the file does not show what it is", "choose its format")
		}
		return found
	}
	if !slices.Contains(known, chosen) {
		f.fault("format", "this is no format", "choose one of: "+strings.Join(known, ", "))
	}
	return chosen
}

// lookEvery is how often, in seconds, the page of a taking that is under way loads
// itself anew.
const lookEvery = "2"

// importing is the page of a taking: how far it is, and what came of it.
func (v *visit) importing() error {
	r, err := v.takings.find(v.r.PathValue("run"))
	if err != nil {
		return err
	}
	s := r.state()
	if s.Done.IsZero() {
		v.w.Header().Set("Refresh", lookEvery) // HTML, 7.4.5: works without scripts
	}
	return v.ok(s.Name, runPage(v.p, s))
}

// meant says that the removals of a list that seems cut short are meant.
func (v *visit) meant() error {
	r, err := v.takings.find(v.r.PathValue("run"))
	if err != nil {
		return err
	}
	if s := r.state(); !r.repeat() && errors.Is(s.Err, entente.Conflict) {
		return &entente.Error{Kind: entente.Conflict, Detail: "the files are not here any more", Hint: "import the list again, and tick that the removals are meant"}
	}
	return v.redirect("/import/" + r.ID)
}

// repeat starts it anew. False: it cannot.
func (r *taking) repeat() bool {
	r.mu.Lock()
	again := r.again
	if again != nil {
		r.again, r.free, r.err, r.done = nil, nil, nil, time.Time{}
	}
	r.mu.Unlock()
	if again != nil {
		again()
	}
	return again != nil
}
