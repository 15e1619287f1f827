package lists

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

// element is one XML element of a record, with all that it holds.
type element struct {
	name     string
	text     string
	children []*element
	attrs    []xml.Attr
}

// all takes out the children with this name, so that what stays was not read.
func (e *element) all(name string) []*element {
	var out []*element
	e.children = slices.DeleteFunc(e.children, func(c *element) bool {
		if c.name == name {
			out = append(out, c)
		}
		return c.name == name
	})
	return out
}

// take takes out the first child with this name and gives its text, or "".
func (e *element) take(name string) string {
	for i, c := range e.children {
		if c.name == name && len(c.children) == 0 {
			e.children = slices.Delete(e.children, i, i+1)
			return c.text
		}
	}
	return ""
}

// rest keeps in the remarks what nobody took.
func (e *element) rest(to *entry, path string) {
	for _, c := range e.children {
		to.remark(path+c.name, c.text)
		for _, a := range c.attrs {
			to.remark(path+c.name+" "+a.Name.Local, a.Value)
		}
		c.rest(to, path+c.name+" ")
	}
}

// parseElement reads one record. Entities other than the five of XML itself,
// and anything but elements and text, are refused.
func parseElement(raw []byte) (*element, error) {
	d := xml.NewDecoder(bytes.NewReader(raw))
	var open []*element
	var root *element
	for n := 0; ; {
		tok, err := d.Token()
		if err != nil {
			if errors.Is(err, io.EOF) && root != nil && len(open) == 0 {
				return root, nil
			}
			return nil, errors.New("it is not well-formed XML")
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if n++; n > maxNodes {
				return nil, errors.New("it has more than " + strconv.Itoa(maxNodes) + " elements")
			}
			if len(open) >= MaxDepth {
				return nil, errors.New("it nests deeper than " + strconv.Itoa(MaxDepth) + " levels")
			}
			e := &element{name: t.Name.Local, attrs: slices.Clone(t.Attr)}
			if len(open) > 0 {
				top := open[len(open)-1]
				top.children = append(top.children, e)
			} else {
				root = e
			}
			open = append(open, e)
		case xml.EndElement:
			top := open[len(open)-1]
			top.text = strings.TrimSpace(top.text)
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				top := open[len(open)-1]
				top.text += string(t)
			}
		case xml.Directive, xml.ProcInst:
			return nil, errors.New("it holds declarations that lists have no use for")
		}
	}
}
