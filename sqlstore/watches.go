package sqlstore

import "entente"

func (t *tx) PutWatch(w entente.Watch) error {
	body, err := encode(w)
	if err != nil {
		return err
	}
	return t.revise("watch", w.Version, watchTable, w.ID, w.Version, w.Ended != nil, w.Opened, body)
}

func (t *tx) Watch(id entente.WatchID) (entente.Watch, error) {
	return oneOf(t, watchTable, "watch", scanBody[entente.Watch], ` where id = $1`, id)
}

func (t *tx) Watches(active bool) ([]entente.Watch, error) {
	if active {
		return rows(t, watchTable, scanBody[entente.Watch], ` where ended = 0 order by opened desc, id desc`)
	}
	return rows(t, watchTable, scanBody[entente.Watch], ` order by opened desc, id desc`)
}
