package casework

import (
	"slices"

	"entente"
)

// owed computes what is owed and not met over every tip that is filed, both ways.
func (d *Desk) owed(tx entente.Tx) ([]entente.Obligation, error) {
	var out []entente.Obligation
	q := entente.MessageQuery{Kinds: []entente.Kind{entente.KindTip}, Limit: 500}
	for {
		page, err := tx.Messages(q)
		if err != nil {
			return nil, err
		}
		items, err := itemsOf(tx, page)
		if err != nil {
			return nil, err
		}
		for _, i := range items {
			for _, o := range i.Obligations {
				if o.Pending() {
					out = append(out, o)
				}
			}
		}
		if len(page) < q.Limit {
			break
		}
		q.Before = page[len(page)-1].Name
	}
	slices.SortStableFunc(out, entente.Obligation.Compare)
	return out, nil
}
