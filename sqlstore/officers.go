package sqlstore

import (
	"time"

	"entente"
)

const officerColumns = `select id, name, role, added, disabled from officer`

func scanOfficer(r row) (o entente.Officer, err error) {
	return o, r.scan(&o.ID, &o.Name, &o.Role, &o.Added, &o.Disabled)
}

func (t *tx) PutOfficer(o entente.Officer) error {
	return t.do(`insert into officer (id, name, role, added, disabled) values ($1, $2, $3, $4, $5)
		on conflict (id) do update set name = excluded.name, role = excluded.role, added = excluded.added, disabled = excluded.disabled`,
		o.ID, o.Name, o.Role, o.Added, o.Disabled)
}

func (t *tx) Officer(id entente.OfficerID) (entente.Officer, error) {
	return one(t, "officer", scanOfficer, officerColumns+` where id = $1`, id)
}

func (t *tx) Officers() ([]entente.Officer, error) {
	return list(t, scanOfficer, officerColumns+` order by id`)
}

const credentialColumns = `select id, officer, kind, label, data, added, used from credential`

func scanCredential(r row) (c entente.Credential, err error) {
	return c, r.scan(&c.ID, &c.Officer, &c.Kind, &c.Label, &c.Data, &c.Added, &c.Used)
}

func (t *tx) PutCredential(c entente.Credential) error {
	return t.do(`insert into credential (id, officer, kind, label, data, added, used) values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (id) do update set officer = excluded.officer, kind = excluded.kind, label = excluded.label, data = excluded.data, added = excluded.added, used = excluded.used`,
		c.ID, c.Officer, c.Kind, c.Label, c.Data, c.Added, c.Used)
}

func (t *tx) Credential(id string) (entente.Credential, error) {
	return one(t, "credential", scanCredential, credentialColumns+` where id = $1`, id)
}

func (t *tx) Credentials(of entente.OfficerID) ([]entente.Credential, error) {
	return list(t, scanCredential, credentialColumns+` where officer = $1 order by added, id`, of)
}

func (t *tx) DropCredential(id string) error {
	return t.do(`delete from credential where id = $1`, id)
}

func (t *tx) PutSession(s entente.Session) error {
	return t.do(`insert into session (token, officer, created, seen, expires) values ($1, $2, $3, $4, $5)
		on conflict (token) do update set officer = excluded.officer, created = excluded.created, seen = excluded.seen, expires = excluded.expires`,
		s.Token, s.Officer, s.Created, s.Seen, s.Expires)
}

func (t *tx) Session(token entente.Digest) (entente.Session, error) {
	return one(t, "session", func(r row) (s entente.Session, err error) {
		return s, r.scan(&s.Token, &s.Officer, &s.Created, &s.Seen, &s.Expires)
	}, `select token, officer, created, seen, expires from session where token = $1`, token)
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
