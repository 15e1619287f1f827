package sqlstore

import (
	"time"

	"entente"
)

func scanOfficer(r row) (o entente.Officer, err error) {
	return o, r.scan(&o.ID, &o.Name, &o.Role, &o.Added, &o.Disabled)
}

func (t *tx) PutOfficer(o entente.Officer) error {
	return t.put(officerTable, o.ID, o.Name, o.Role, o.Added, o.Disabled)
}

func (t *tx) Officer(id entente.OfficerID) (entente.Officer, error) {
	return oneOf(t, officerTable, "officer", scanOfficer, ` where id = $1`, id)
}

func (t *tx) Officers() ([]entente.Officer, error) {
	return rows(t, officerTable, scanOfficer, ` order by id`)
}

func scanCredential(r row) (c entente.Credential, err error) {
	return c, r.scan(&c.ID, &c.Officer, &c.Kind, &c.Label, &c.Data, &c.Added, &c.Used)
}

func (t *tx) PutCredential(c entente.Credential) error {
	return t.put(credentialTable, c.ID, c.Officer, c.Kind, c.Label, c.Data, c.Added, c.Used)
}

func (t *tx) Credential(id string) (entente.Credential, error) {
	return oneOf(t, credentialTable, "credential", scanCredential, ` where id = $1`, id)
}

func (t *tx) Credentials(of entente.OfficerID) ([]entente.Credential, error) {
	return rows(t, credentialTable, scanCredential, ` where officer = $1 order by added, id`, of)
}

func (t *tx) DropCredential(id string) error {
	_, err := t.erase(credentialTable, `delete from credential where id = $1`, id)
	return err
}

func (t *tx) PutSession(s entente.Session) error {
	return t.put(sessionTable, s.Token, s.Officer, s.Created, s.Seen, s.Expires)
}

func (t *tx) Session(token entente.Digest) (entente.Session, error) {
	return oneOf(t, sessionTable, "session", func(r row) (s entente.Session, err error) {
		return s, r.scan(&s.Token, &s.Officer, &s.Created, &s.Seen, &s.Expires)
	}, ` where token = $1`, token)
}

func (t *tx) DropSession(token entente.Digest) error {
	return t.do(`delete from session where token = $1`, token)
}

func (t *tx) DropSessions(of entente.OfficerID, expiredBy time.Time) error {
	if of != "" {
		if err := t.do(`delete from session where officer = $1`, of); err != nil {
			return err
		}
	}
	if expiredBy.IsZero() {
		return nil
	}
	return t.do(`delete from session where expires <= $1`, expiredBy)
}
