package web

import (
	"context"
	"errors"
	"strings"
	"testing"

	"entente"
	"entente/casework"
)

func (o *office) Alarms(context.Context) ([]casework.Alarm, error) { return o.alarms, o.alarmsFail }

// No page hides an alarm, from no role; and a page whose alarms cannot be read says so.
func TestEveryPageShowsTheAlarms(t *testing.T) {
	ledger := "entente/north-star/albia-ncc/borea-sls"
	all := []casework.AlarmKind{casework.AlarmGrown, casework.AlarmEnded, casework.AlarmSplit, casework.AlarmCompare, casework.AlarmPerson, casework.AlarmEdition}
	for _, role := range entente.Roles {
		b := serve(t, words())
		for _, k := range all {
			b.office.alarms = append(b.office.alarms, casework.Alarm{Kind: k, Partner: borea, Ledger: ledger})
		}
		c := b.as(t, role)
		for _, r := range routes {
			method, path := pathOf(r)
			if method != "GET" {
				continue
			}
			got := c.get(path)
			if !strings.Contains(got.body, "<main") {
				continue // a file, or a way to another page
			}
			if n := strings.Count(got.body, `role="alert"`); n < len(all) || !got.says("records of our ledger "+ledger) || strings.Contains(got.body, "%!") {
				t.Errorf("%s as %s shows %d alarms, want %d", r.pattern, role, n, len(all))
			}
		}
		b.office.alarms, b.office.alarmsFail = nil, errors.New("the store is gone")
		if got := c.get("/inbox"); !got.says("Whether there is an alarm cannot be read") {
			t.Errorf("a page as %s says nothing of alarms that cannot be read", role)
		}
	}
}
