package sqlstore

import "entente"

func (t *tx) PutTask(k entente.Task) error {
	body, err := encode(k)
	if err != nil {
		return err
	}
	return t.revise("task", k.Version, taskTable, k.ID, k.Version, k.Kind, k.Owner, k.Target.Kind, k.Target.ID, k.Case, k.Decided != nil, k.Due, body)
}

func (t *tx) Task(id entente.TaskID) (entente.Task, error) {
	return oneOf(t, taskTable, "task", scanBody[entente.Task], ` where id = $1`, id)
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
	return rows(t, taskTable, scanBody[entente.Task], w.text.String(), w.args...)
}
