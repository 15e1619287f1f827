package parse

import "entente"

// Access reads an entry of the access log.
func Access(b []byte) (entente.Access, error) {
	a, err := Canonical[entente.Access](b, MaxAccess)
	if err != nil {
		return entente.Access{}, err
	}
	if err := checkAccess(a); err != nil {
		return entente.Access{}, err
	}
	return a, nil
}

// EncodeAccess checks an entry of the access log and encodes it.
func EncodeAccess(a entente.Access) ([]byte, error) {
	if err := checkAccess(a); err != nil {
		return nil, err
	}
	return Encode(a)
}

func checkAccess(a entente.Access) error {
	c := &checker{reason: entente.ReasonMalformed}
	var p *path
	c.utc(p.dot("at"), a.At)
	c.line(p.dot("officer"), string(a.Officer), maxWord)
	oneOf(c, p.dot("role"), a.Role, entente.Roles)
	oneOf(c, p.dot("operation"), a.Operation, entente.Operations)
	c.maybeLine(p.dot("object"), a.Object, maxLabel)
	c.maybeLine(p.dot("purpose"), a.Purpose, maxName)
	return c.Err()
}
