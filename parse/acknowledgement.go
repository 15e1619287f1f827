package parse

import "entente"

// acknowledgement checks the body of an acknowledgement.
func (c *checker) acknowledgement(p *path, a entente.Acknowledgement) {
	oneOf(c, p.dot("role"), a.Role, entente.Roles)
}
