package prove

import (
	"fmt"
	"strings"

	"entente"
)

// saysContent sums a statement up. The whole of it stands in statement.json.
func saysContent(s entente.Statement) []Line {
	lines := []Line{{fmt.Sprintf("A %s for the purpose %s. The whole of it stands in %s.", s.Kind, s.Purpose, nameStatement)}}
	add := func(format string, args ...any) { lines = append(lines, Line{fmt.Sprintf(format, args...)}) }
	if s.Re != "" {
		add("It answers message %s.", s.Re)
	}
	switch {
	case s.Tip != nil:
		add("Title: %s", s.Tip.Title)
		add("Text: %s", s.Tip.Text)
		for _, claim := range s.Tip.Claims {
			add("Claim, %s, graded %s (%s): %s", claim.Nature, claim.Grade, claim.Grade.Words(), claim.Text)
		}
		for _, q := range s.Tip.Questions {
			add("Question: %s", q.Text)
		}
	case s.Acknowledgement != nil:
		add("A person in the role %s has seen that message.", s.Acknowledgement.Role)
	case s.Disposition != nil:
		add("Outcome: %s. Reason: %s", s.Disposition.Outcome, s.Disposition.Reason)
	case s.Note != nil:
		add("Text: %s", s.Note.Text)
	case s.Notice != nil:
		add("Notice of %s.", strings.Join(strings.Fields(fmt.Sprintf("%s %s", s.Notice.What, s.Notice.Level)), " "))
		if s.Notice.Reason != "" {
			add("Reason: %s", s.Notice.Reason)
		}
		if s.Notice.What == entente.NoticeOutage {
			add("The node of the sender could not be reached from %s until %s.", utc(s.Notice.From), utc(s.Notice.Until))
		}
	}
	return lines
}
