package outbox

import (
	"entente"
	"entente/policy"
)

// mayWrite holds that an officer writes by hand only what his role sends: a
// releaser who may release alone what he wrote is not thereby one who decides.
// Notices state facts of the node and are never written by hand.
func mayWrite(by entente.Officer, k entente.Kind) error {
	if r := rooms[k]; r.byNode != "" {
		return &entente.Error{Kind: entente.Denied, Field: "kind", Detail: "a " + string(k) + " is not written by hand", Hint: r.byNode}
	}
	return policy.Check(by, policy.Sends(k))
}
