package outbox_test

import (
	"crypto/sha256"
	"io"
	"testing"

	"entente"
	"entente/outbox"
)

// Who releases can open the files before they leave, and gets the very bytes
// that the recipient gets; so can the overseer, and nobody who may not read the
// draft. The digest on the page is that of the file that leaves.
func TestOpenDraftFile(t *testing.T) {
	w := newWorld(t, nil)
	const page = "Страница первая.\n"
	d := w.draft(north, page)
	file := d.Statement.Attachments[0]
	open := func(by entente.Officer) (string, error) {
		a, r, err := w.borea.out.OpenDraftFile(w.ctx, by, d.ID, file.Digest)
		if err != nil {
			return "", err
		}
		if a != file {
			t.Errorf("%s opens %+v, not %+v", by.ID, a, file)
		}
		b, err := io.ReadAll(r)
		return string(b), err
	}
	seen := map[entente.OfficerID]string{}
	for _, by := range []entente.Officer{analyst, second, releaser, supervisor, overseer} {
		got, err := open(by)
		w.ok(err)
		seen[by.ID] = got
	}
	_, err := open(operator)
	w.want(err, entente.Denied, "an operator opens a file")

	handle := look(w, w.borea, func(tx entente.Tx) (string, error) {
		files, err := tx.Attachments("", d.ID)
		return files[0].Handle, err
	})
	sum := sha256.New()
	_, err = io.Copy(sum, outbox.OpenFile(w.ctx, w.borea.store, handle, 0))
	w.ok(err)
	if entente.Digest(sum.Sum(nil)) != file.Digest {
		t.Error("the digest that is shown is not that of the file that leaves")
	}

	_, err = w.borea.out.Release(w.ctx, releaser, d.ID, d.Digest())
	w.ok(err)
	w.exchange(w.borea)
	w.carry(w.borea)
	_, r, err := w.albia.desk.OpenAttachment(w.ctx, analyst, d.ID, file.Digest)
	w.ok(err)
	arrived, err := io.ReadAll(r)
	w.ok(err)
	if string(arrived) != page {
		t.Fatalf("the recipient gets %q", arrived)
	}
	for who, got := range seen {
		if got != string(arrived) {
			t.Errorf("%s was shown %q, the recipient gets %q", who, got, arrived)
		}
	}
	again, err := open(overseer)
	if err != nil || again != page {
		t.Errorf("afterwards the overseer gets %q, %v", again, err)
	}
}

// Files of what is still being written are its author's and the overseer's, and
// an attempt is on record with the purpose of the draft.
func TestOpenFileOfOpenDraft(t *testing.T) {
	w := newWorld(t, nil)
	d := w.draft(north, "a page")
	w.ok(w.borea.out.Return(w.ctx, releaser, d.ID, "Grade the source."))
	d, err := w.borea.out.Write(w.ctx, analyst, entente.Draft{ID: d.ID, Version: d.Version + 1, To: d.To, Agreement: d.Agreement, Statement: d.Statement})
	w.ok(err)
	file := d.Statement.Attachments[0].Digest
	for _, x := range []struct {
		by      entente.Officer
		want    error
		purpose string
	}{
		{analyst, nil, string(d.Statement.Purpose)},
		{overseer, nil, "oversight"},
		{releaser, entente.Denied, string(d.Statement.Purpose)},
		{second, entente.Denied, string(d.Statement.Purpose)},
	} {
		_, _, err := w.borea.out.OpenDraftFile(w.ctx, x.by, d.ID, file)
		if x.want == nil {
			w.ok(err)
		} else {
			w.want(err, x.want, string(x.by.ID)+" opens a file of a draft that is being written")
		}
		log := look(w, w.borea, func(tx entente.Tx) ([]entente.AccessEntry, error) { return tx.AccessLog(0, 1) })
		got := log[0].Access
		if got.Officer != x.by.ID || got.Operation != entente.OpFetchAttachment || got.Denied != (x.want != nil) || got.Purpose != x.purpose {
			t.Errorf("on record is %+v", got)
		}
	}
	_, _, err = w.borea.out.OpenDraftFile(w.ctx, analyst, d.ID, entente.DigestOf([]byte("another")))
	w.want(err, entente.NotFound, "a file of something else")
}
