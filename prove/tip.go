package prove

import (
	"fmt"

	"entente"
)

// saysTip sums a tip up.
func saysTip(s entente.Statement) []string {
	t := s.Tip
	var says []string
	if t.Title != "" {
		says = append(says, "Title: "+t.Title)
	}
	if t.Text != "" {
		says = append(says, "Text: "+t.Text)
	}
	for _, c := range t.Claims {
		says = append(says, fmt.Sprintf("Claim, %s, graded %s (%s): %s", c.Nature, c.Grade, c.Grade.Words(), c.Text))
	}
	for _, q := range t.Questions {
		says = append(says, "Question: "+q.Text)
	}
	if line := t.TearLine; line != nil {
		says = append(says, fmt.Sprintf("Tear line, TLP:%s: %s", line.TLP, line.Text))
	}
	return says
}
