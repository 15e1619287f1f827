package web

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// said shows a text of other people, sign by sign as it came; signs that would
// not be seen are named. It is written by hand because a template may add white
// space, and here none may be added.
func said(text string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		for _, r := range runs(text) {
			out := templ.EscapeString(r.text)
			if r.hidden {
				out = `<span class="hidden-sign">` + out + `</span>`
			}
			if _, err := io.WriteString(w, out); err != nil {
				return err
			}
		}
		return nil
	})
}

// byteBlock shows bytes exactly. A newline after <pre> is dropped by browsers
// (HTML, 13.1.2.5), so one is put there to be dropped.
func byteBlock(labelledBy, text string) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		if _, err := io.WriteString(w, `<pre class="bytes" tabindex="0" translate="no" dir="ltr" aria-labelledby="`+labelledBy+"\">\n"); err != nil {
			return err
		}
		if err := said(text).Render(ctx, w); err != nil {
			return err
		}
		_, err := io.WriteString(w, "</pre>")
		return err
	})
}
