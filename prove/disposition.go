package prove

import (
	"fmt"

	"entente"
)

// saysDisposition sums a disposition up.
func saysDisposition(s entente.Statement) []string {
	d := s.Disposition
	says := []string{fmt.Sprintf("Outcome: %s. Reason: %s", d.Outcome, d.Reason)}
	if d.Credit != "" {
		says = append(says, "What it led to: "+d.Credit)
	}
	for _, a := range d.Answers {
		if a.Refused != "" {
			says = append(says, fmt.Sprintf("Question %s is not answered: %s", a.Question, a.Refused))
		} else {
			says = append(says, fmt.Sprintf("Answer to question %s: %s", a.Question, a.Text))
		}
	}
	return says
}
