package web

import (
	"bytes"
	"crypto/rand"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// A reader of pages: what a browser without scripts makes of the HTML.

func parseHTML(body string) *html.Node {
	n, err := html.Parse(strings.NewReader(body))
	if err != nil {
		panic(err)
	}
	return n
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// all finds the elements for which ok holds, in order.
func all(n *html.Node, ok func(*html.Node) bool) []*html.Node {
	var list []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && ok(d) {
			list = append(list, d)
		}
	}
	return list
}

func tag(name string) func(*html.Node) bool {
	return func(n *html.Node) bool { return n.Data == name }
}

// text is what the element says, with white space as a reader sees it.
func text(n *html.Node) string {
	var b strings.Builder
	visible(n, &b)
	return strings.Join(strings.Fields(b.String()), " ")
}

// visible is the text with a space where a block begins or ends.
func visible(n *html.Node, b *strings.Builder) {
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
		return
	}
	block := !strings.Contains(" a b bdi code span strong time label button ", " "+n.Data+" ")
	if block {
		b.WriteByte(' ')
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		visible(c, b)
	}
	if block {
		b.WriteByte(' ')
	}
}

func rawText(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// says reports whether a page shows a text.
func (r reply) says(want string) bool { return strings.Contains(text(parseHTML(r.body)), want) }

// submit fills the form that has a button of this name in, and presses it.
func (c *client) submit(page reply, at, button string, fill url.Values) reply {
	c.t.Helper()
	for _, f := range all(parseHTML(page.body), tag("form")) {
		for _, b := range all(f, tag("button")) {
			if !strings.HasPrefix(text(b), button) {
				continue
			}
			values := fields(f)
			for k, v := range fill {
				if _, ok := values[k]; !ok {
					c.t.Fatalf("the form at %s has no field %q", at, k)
				}
				values[k] = v
			}
			if name := attr(b, "name"); name != "" {
				values.Set(name, attr(b, "value"))
			}
			to := attr(f, "action")
			if to == "" {
				to = at
			}
			to, _, _ = strings.Cut(to, "#")
			if strings.EqualFold(attr(f, "method"), "get") {
				return c.get(to + "?" + values.Encode())
			}
			return c.post(to, values)
		}
	}
	c.t.Fatalf("the page at %s has no button %q:\n%s", at, button, text(parseHTML(page.body)))
	return reply{}
}

// upload sends a file as a form with enctype multipart/form-data does.
func (c *client) upload(to, name, media, content string) reply {
	c.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	w.WriteField(keyField, rand.Text())
	part, err := w.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {mime.FormatMediaType("form-data", map[string]string{"name": "file", "filename": name})},
		"Content-Type":        {media},
	})
	if err != nil {
		c.t.Fatal(err)
	}
	io.WriteString(part, content)
	w.Close()
	req, err := http.NewRequest("POST", c.base+to, &b)
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Content-Type", w.FormDataContentType())
	req.AddCookie(&http.Cookie{Name: cookieName, Value: c.cookie})
	return c.do(req)
}

// fields are what a browser would send of a form (HTML, 4.10.21.4). Groups of
// which nothing is chosen are there with an empty list, so that a test can choose.
func fields(f *html.Node) url.Values {
	v := url.Values{}
	for _, n := range all(f, func(n *html.Node) bool { return n.Data == "input" || n.Data == "select" || n.Data == "textarea" }) {
		name := attr(n, "name")
		switch {
		case name == "":
		case n.Data == "textarea":
			v.Add(name, strings.ReplaceAll(rawText(n), "\n", "\r\n"))
		case n.Data == "select":
			chosen := ""
			for i, o := range all(n, tag("option")) {
				if i == 0 || hasAttr(o, "selected") {
					chosen = attr(o, "value")
				}
			}
			v.Add(name, chosen)
		case attr(n, "type") == "radio" || attr(n, "type") == "checkbox":
			if v[name] == nil {
				v[name] = []string{}
			}
			if hasAttr(n, "checked") {
				v.Add(name, attr(n, "value"))
			}
		default:
			v.Add(name, attr(n, "value"))
		}
	}
	return v
}

func hasID(id string) func(*html.Node) bool {
	return func(n *html.Node) bool { return attr(n, "id") == id }
}
