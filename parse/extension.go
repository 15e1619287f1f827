package parse

import (
	"strings"

	"entente"
)

// Bounds of a list of extensions.
const (
	maxExtensions     = 16
	maxExtensionName  = 100
	maxExtensionValue = 4 << 10
)

// extensions checks the list of extensions that a header, a statement or a
// descriptor carries: names rising, each once. What an extension means is not
// looked at.
func (c *checker) extensions(p *path, list []entente.Extension) {
	c.few(p, len(list), maxExtensions)
	last := ""
	for i, e := range list {
		p := p.at(i)
		c.extensionName(p.dot("name"), e.Name)
		if e.Name <= last {
			c.bad(p.dot("name"), "the names do not rise, each once", "put the extensions into the order of their names")
		}
		last = e.Name
		if len(e.Value) > maxExtensionValue {
			c.bad(p.dot("value"), "the value has more than 4096 bytes", "")
		}
	}
}

// extensionName holds a name to the two forms: a word of the protocol, or "x-" and
// the domain name of its maker.
func (c *checker) extensionName(p *path, name string) {
	domain, own := strings.CutPrefix(name, "x-")
	if !own {
		c.slug(p, name)
		return
	}
	labels := strings.Split(domain, ".")
	good := len(name) <= maxExtensionName && len(labels) > 1
	for _, l := range labels {
		good = good && isLabel(l)
	}
	if !good {
		c.bad(p, "after x- it is not a domain name in lower case", "write it as in \"x-albia.example\"")
	}
}

// isLabel reports whether s is one label of a domain name (RFC 1123, section 2.1)
// in lower case.
func isLabel(s string) bool {
	if s == "" || len(s) > 63 || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}
