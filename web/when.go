package web

import "time"

// Times are told in words, with the exact UTC time beside them: words for
// urgency, figures because two agencies sit in two time zones.

// exact writes a time so that nobody can read it in two ways.
func exact(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04 UTC")
}

// day writes a date.
func day(t time.Time) string { return t.UTC().Format("2006-01-02") }

// machine writes a time for the datetime attribute.
func machine(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// span is a duration in the largest unit that still tells something.
type span struct {
	n    int
	unit int // 0 minutes, 1 hours, 2 days
}

func spanOf(d time.Duration) span {
	d = d.Abs()
	switch {
	case d < time.Hour:
		return span{int(d / time.Minute), 0}
	case d < 48*time.Hour:
		return span{int(d / time.Hour), 1}
	}
	return span{int(d / (24 * time.Hour)), 2}
}

// ago tells a time in words: "3 hours ago", "in 2 days".
func (p *page) ago(t time.Time) string {
	s := spanOf(p.now.Sub(t))
	switch {
	case s.n == 0:
		return p.T("just now")
	case t.After(p.now):
		return p.T([...]string{"in %d minutes", "in %d hours", "in %d days"}[s.unit], s.n)
	}
	return p.T([...]string{"%d minutes ago", "%d hours ago", "%d days ago"}[s.unit], s.n)
}

// due tells a deadline in words: "due in 3 hours", "overdue by 2 days".
func (p *page) due(t time.Time) string {
	s := spanOf(p.now.Sub(t))
	switch {
	case s.n == 0 && p.now.After(t):
		return p.T("overdue since just now")
	case s.n == 0:
		return p.T("due now")
	case p.now.After(t):
		return p.T([...]string{"overdue by %d minutes", "overdue by %d hours", "overdue by %d days"}[s.unit], s.n)
	}
	return p.T([...]string{"due in %d minutes", "due in %d hours", "due in %d days"}[s.unit], s.n)
}

// length tells how long something may take: "4 hours", "30 days".
func (p *page) length(d time.Duration) string {
	s := spanOf(d)
	return p.T([...]string{"within %d minutes", "within %d hours", "within %d days"}[s.unit], s.n)
}
