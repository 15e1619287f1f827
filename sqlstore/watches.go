package sqlstore

import "entente"

func (t *tx) PutWatch(w entente.Watch) error {
	body, err := encode(w)
	if err != nil {
		return err
	}
	return t.revise("watch", w.Version,
		`insert into watch (id, version, ended, opened, body) values ($1, $2, $3, $4, $5)`,
		`update watch set version = $2, ended = $3, opened = $4, body = $5`,
		w.ID, w.Version, w.Ended != nil, w.Opened, body)
}

func (t *tx) Watch(id entente.WatchID) (entente.Watch, error) {
	return one(t, "watch", scanBody[entente.Watch], `select body from watch where id = $1`, id)
}

func (t *tx) Watches(active bool) ([]entente.Watch, error) {
	if active {
		return list(t, scanBody[entente.Watch], `select body from watch where ended = 0 order by opened desc, id desc`)
	}
	return list(t, scanBody[entente.Watch], `select body from watch order by opened desc, id desc`)
}
