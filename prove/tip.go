package prove

import (
	"fmt"

	"entente"
)

// saysTip sums a tip up.
func saysTip(s entente.Statement) []string {
	t := s.Tip
	says := []string{"Title: " + t.Title, "Text: " + t.Text}
	for _, c := range t.Claims {
		says = append(says, fmt.Sprintf("Claim, %s, graded %s (%s): %s", c.Nature, c.Grade, c.Grade.Words(), c.Text))
	}
	for _, q := range t.Questions {
		says = append(says, "Question: "+q.Text)
	}
	return says
}
