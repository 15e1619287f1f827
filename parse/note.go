package parse

import "entente"

// note checks the body of a note.
func (c *checker) note(p *path, n entente.Note) { c.text(p.dot("text"), n.Text, maxText) }
