package prove

import (
	"fmt"

	"entente"
)

// saysAcknowledgement sums an acknowledgement up.
func saysAcknowledgement(s entente.Statement) []string {
	return []string{fmt.Sprintf("A person in the role %s has seen that message.", s.Acknowledgement.Role)}
}
