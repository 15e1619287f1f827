package scenario

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"entente"
	"entente/casework"
)

// SameDuties compares what every two agencies owe each other, as each computes it
// from its own store: the same obligations, in the same states, with the same
// times. It leaves out what one side alone can know: a message without a receipt.
// It returns how many obligations there are, met ones too.
func SameDuties(ctx context.Context, now time.Time, agencies ...*Agency) (int, error) {
	all := 0
	lists := map[entente.PartyID]map[string][]string{}
	for _, a := range agencies {
		list, err := duties(ctx, a, now)
		if err != nil {
			return 0, err
		}
		lists[a.ID] = list
	}
	for i, a := range agencies {
		for _, b := range agencies[i+1:] {
			at, there := lists[a.ID][pair(a.ID, b.ID)], lists[b.ID][pair(a.ID, b.ID)]
			if !slices.Equal(at, there) {
				return 0, fmt.Errorf("what %s and %s owe each other differs:\nat %s\n  %s\nat %s\n  %s", a.ID, b.ID, a.ID, strings.Join(at, "\n  "), b.ID, strings.Join(there, "\n  "))
			}
			all += len(at)
		}
	}
	return all, nil
}

func pair(a, b entente.PartyID) string { return string(min(a, b)) + " " + string(max(a, b)) }

// duties gives what one agency finds that is owed, a line each, by pair of parties.
func duties(ctx context.Context, a *Agency, now time.Time) (map[string][]string, error) {
	lines := map[string][]string{}
	filter := casework.Filter{Limit: 1000}
	for {
		items, err := a.Node.Desk.Inbox(ctx, a.Officer(entente.Overseer), filter)
		if err != nil {
			return nil, err
		}
		for _, i := range items {
			for _, o := range i.Obligations {
				if o.Waiting {
					continue
				}
				line, err := duty(ctx, a, o, now)
				if err != nil {
					return nil, err
				}
				p := pair(o.Debtor, o.Creditor)
				lines[p] = append(lines[p], line)
			}
			if filter.Before == "" || i.Filed.Name < filter.Before {
				filter.Before = i.Filed.Name
			}
		}
		if len(items) < filter.Limit {
			break
		}
	}
	for p := range lines {
		slices.Sort(lines[p])
	}
	return lines, nil
}

// duty writes an obligation with the ids by which both parties know its messages.
func duty(ctx context.Context, a *Agency, o entente.Obligation, now time.Time) (line string, err error) {
	err = a.Store.View(ctx, func(tx entente.Tx) error {
		of, err := tx.Message(o.Message)
		if err != nil {
			return err
		}
		stamp := func(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }
		line = fmt.Sprintf("%s: %s owes the %s since %s, due %s: %s", of.Message.Header.ID, o.Debtor, o.Kind, stamp(o.Since), stamp(o.Due), o.State(now))
		if o.Met == nil {
			return nil
		}
		by, err := tx.Message(o.Met.By)
		line += fmt.Sprintf(", by %s, received %s, written %s, counts %s %s", by.Message.Header.ID, stamp(o.Met.Received), stamp(o.Met.Written), stamp(o.Met.At), o.Met.Under)
		return err
	})
	return line, err
}
