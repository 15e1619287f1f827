package lists

import (
	"slices"
	"strconv"

	"entente"
)

// maxWaiting is how many bytes of records wait for others with their number.
const maxWaiting = 64 << 20

// waiting is a record that was read and not handed over yet.
type waiting struct {
	e    *entry // nil: a report without a record
	rec  Record // that report
	size int
}

// emit takes an entry that was read. Lists repeat a number for each further name
// or date of a person, so entries with one number are joined to the first. The
// last 64 MiB of records wait for this; an entry whose number was handed over
// before is reported and not used.
func (r *reader) emit(e *entry) error {
	e.births(r.opt.Grade)
	if old := r.byID[e.number]; old != nil {
		old.e.join(e)
		return nil
	}
	w := &waiting{e: e}
	if e.number != "" {
		r.byID[e.number] = w
	}
	return r.wait(w)
}

// wait queues a record, and hands over the oldest when too much waits.
func (r *reader) wait(w *waiting) error {
	w.size = 512
	if w.e != nil {
		w.size += w.e.size + 200*(len(w.e.subject.Names)+len(w.e.subject.Births)+len(w.e.addresses)+len(w.e.aside))
	}
	r.queue = append(r.queue, w)
	r.queued += w.size
	for r.queued > maxWaiting {
		if err := r.deliver(); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) deliverAll() error {
	for len(r.queue) > 0 {
		if err := r.deliver(); err != nil {
			return err
		}
	}
	return nil
}

// deliver hands over the record that has waited longest.
func (r *reader) deliver() error {
	w := r.queue[0]
	r.queue[0], r.queue = nil, r.queue[1:]
	r.queued -= w.size
	if w.e == nil {
		return r.hand(w.rec)
	}
	delete(r.byID, w.e.number)
	if w.e.rows > 0 {
		w.e.remark("Records with this number", strconv.Itoa(w.e.rows+1))
	}
	rec := w.e.record(r.opt)
	if rec.Holding.ID != "" && !r.once(rec.Holding.ID) {
		w.e.whole("an earlier record has the same number and stands too far above it to be joined: sort the file by its numbers")
		rec = Record{Where: w.e.where, Aside: w.e.aside}
	}
	return r.hand(rec)
}

// join adds what another record with the same number says. Where the two
// contradict each other, what came first stays and the other is reported.
func (e *entry) join(o *entry) {
	before := e.size
	had := len(e.subject.Names) + len(e.subject.Births) + len(e.subject.Documents) + len(e.subject.Identifiers) + len(e.subject.Nationalities) + len(e.addresses) + len(e.reasons)
	e.contradictions(o)
	for _, n := range o.subject.Names {
		if n.Use == "full" && len(e.subject.Names) > 0 {
			n.Use = "alias"
		}
		e.name(n.Text, n.Use)
	}
	for _, b := range o.subject.Births {
		e.claim(b)
	}
	for _, n := range o.subject.Nationalities {
		e.subject.Nationalities = add(e, "nationality", e.subject.Nationalities, n, string(n))
	}
	for _, d := range o.subject.Documents {
		e.document(d.Type, d.Number, d.Country)
	}
	for _, i := range o.subject.Identifiers {
		e.identifier(i.Kind, i.Value)
	}
	for _, s := range o.addresses {
		e.addresses = add(e, "address", e.addresses, s, s)
	}
	for _, s := range o.reasons {
		e.reasons = add(e, "reason", e.reasons, s, s)
	}
	for _, s := range o.remarks {
		if !slices.Contains(e.remarks, s) {
			e.remark("", s)
		}
	}
	e.aside = append(e.aside, o.aside[:min(len(o.aside), max(0, maxAsides-len(e.aside)))]...)
	e.more += o.more + max(0, len(o.aside)-maxAsides)
	now := len(e.subject.Names) + len(e.subject.Births) + len(e.subject.Documents) + len(e.subject.Identifiers) + len(e.subject.Nationalities) + len(e.addresses) + len(e.reasons)
	if now != had || e.size != before {
		e.rows += o.rows + 1
	}
}

// contradictions reports what two records with one number say differently.
func (e *entry) contradictions(o *entry) {
	told := func(field, first, other string) {
		o.report(field, "an earlier record with the same number says another, which stays: "+first, other)
		e.remark(field, other)
	}
	switch {
	case !e.sure && o.sure:
		e.kind, e.sure = o.kind, true
	case o.sure && e.kind != o.kind:
		told("kind", string(e.kind), string(o.kind))
	}
	a, b := &e.subject, o.subject
	switch {
	case a.Sex == "":
		a.Sex = b.Sex
	case b.Sex != "" && a.Sex != b.Sex:
		told("sex", string(a.Sex), string(b.Sex))
	}
	switch {
	case a.Residence == "":
		a.Residence = b.Residence
	case b.Residence != "" && a.Residence != b.Residence:
		told("residence", a.Residence, b.Residence)
	}
	if len(a.Births) > 0 && len(b.Births) > 0 && !agree(a.Births, b.Births) {
		o.report("birth", "an earlier record with the same number has another year of birth; both are used", b.Births[0].Date.String())
	}
}

// agree reports whether two lists of births have a year in common.
func agree(a, b []entente.Birth) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Date.Year == y.Date.Year {
				return true
			}
		}
	}
	return false
}
