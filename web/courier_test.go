package web

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"entente"
)

// PackPart has two parts for every partner.
func (o *office) PackPart(_ context.Context, by entente.Officer, partner entente.PartyID, after string, begin func(string) io.Writer) (int, error) {
	if err := o.ask(by, entente.OpCourierExport, string(partner)+" "+after); err != nil {
		return 0, err
	}
	end := "second"
	if after == end {
		end = ""
	}
	_, err := io.WriteString(begin(end), "sealed, after "+after)
	return 1, err
}

func (o *office) Unpack(_ context.Context, by entente.Officer, r io.ReaderAt, size int64) (entente.PartyID, int, error) {
	if err := o.ask(by, entente.OpCourierImport, ""); err != nil {
		return "", 0, err
	}
	b, err := io.ReadAll(io.NewSectionReader(r, 0, size))
	if err != nil || string(b) != "a pouch" {
		return "", 0, &entente.Error{Kind: entente.Unverified, Detail: "this is no courier file for us", Hint: "get it again"}
	}
	return borea, 3, nil
}

func TestCourier(t *testing.T) {
	b := serve(t, words())
	c := b.as(t, entente.Supervisor)
	page := c.submit(c.get("/courier"), "/courier", "Pack for \u2068borea-sls\u2069", nil)
	if page.status != 200 || !page.says("Save file 1 of 2") || !page.says("Save file 2 of 2") {
		t.Fatalf("status %d: %s", page.status, text(parseHTML(page.body)))
	}
	for button, want := range map[string]string{"Save file 1 of 2": "sealed, after ", "Save file 2 of 2": "sealed, after second"} {
		got := c.submit(page, "/courier/borea-sls", button, nil)
		name := "to-borea-sls-" + button[len("Save file "):len("Save file ")+1] + ".courier"
		if got.status != 200 || got.body != want || !strings.Contains(got.header.Get("Content-Disposition"), name) {
			t.Errorf("%s: status %d, %q, %s", button, got.status, got.body, got.header.Get("Content-Disposition"))
		}
	}
	got := c.upload("/courier", "from-borea.courier", "application/octet-stream", "a pouch")
	if got.status != 200 || !got.says("The file is from \u2068borea-sls\u2069. Envelopes answered: 3.") || !got.says("Pack the answers") {
		t.Errorf("taking in: status %d: %s", got.status, text(parseHTML(got.body)))
	}
	got = c.upload("/courier", "other.zip", "application/zip", "something else")
	if got.status != http.StatusConflict || !got.says("This is no courier file for us.") || got.says("Envelopes answered") {
		t.Errorf("another file: status %d: %s", got.status, text(parseHTML(got.body)))
	}
}
