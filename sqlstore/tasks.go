package sqlstore

import "entente"

func (t *tx) PutTask(k entente.Task) error {
	body, err := encode(k)
	if err != nil {
		return err
	}
	return t.revise("task", k.Version,
		`insert into task (id, version, kind, owner, target_kind, target, casefile, decided, due, body) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		`update task set version = $2, kind = $3, owner = $4, target_kind = $5, target = $6, casefile = $7, decided = $8, due = $9, body = $10`,
		k.ID, k.Version, k.Kind, k.Owner, k.Target.Kind, k.Target.ID, k.Case, k.Decided != nil, k.Due, body)
}

func (t *tx) Task(id entente.TaskID) (entente.Task, error) {
	return one(t, "task", scanBody[entente.Task], `select body from task where id = $1`, id)
}

func (t *tx) Tasks(q entente.TaskQuery) ([]entente.Task, error) {
	var w where
	if q.Open {
		w.and("decided = 0")
	}
	equals(&w, "kind", q.Kind)
	equals(&w, "owner", q.Owner)
	w.target(q.Target)
	held(&w, "casefile", q.Case)
	if !q.Due.IsZero() {
		w.and("due <= ?", q.Due)
	}
	w.text.WriteString(" order by due, id")
	w.page(q.Limit)
	return list(t, scanBody[entente.Task], `select body from task`+w.text.String(), w.args...)
}
