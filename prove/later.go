package prove

import (
	"strings"

	"entente"
	"entente/parse"
)

// isLater reports whether an error is about this version and not about the
// evidence: a version, kind or critical extension that it does not know.
func isLater(err error) bool {
	switch entente.ReasonOf(err) {
	case entente.ReasonVersion, entente.ReasonKind, entente.ReasonExtension:
		return true
	}
	return false
}

// judge asks, when every signature has been checked, whether this version knows
// all that decides what they mean.
func (c *checker) judge() error {
	if err := parse.JudgeExtensions(entente.This, "extensions", c.header.Extensions); err != nil {
		return in(nameEnvelope, err)
	}
	if c.statement == nil {
		return nil
	}
	if err := parse.Judge(entente.This, *c.statement); err != nil {
		return in(nameParts, err)
	}
	return nil
}

// unknown completes the report of evidence that this version cannot judge: what
// was proven before that point stands.
func (c *checker) unknown(err error) Report {
	r := &c.report
	r.Later = fault(err)
	if c.header.ID != "" {
		r.Envelope, r.Header = &c.digest, &c.header
	}
	c.answers()
	for _, ch := range c.allChains() {
		if len(ch) > 0 {
			c.fingerprint(ch)
		}
	}
	return *r
}

// writeLater writes the third verdict.
func (r Report) writeLater(b *strings.Builder) {
	b.WriteString("THIS VERSION CANNOT JUDGE THIS EVIDENCE. That says nothing against it.\n\n")
	item(b, "", r.Later)
	if r.Header != nil {
		b.WriteString("\n")
		r.writeMessage(b)
	}
	if len(r.Proven) == 0 {
		b.WriteString("\nNothing was proven before that point.\n")
		return
	}
	section(b, "Proven before that point", r.Proven)
	r.writeFingerprints(b)
}
