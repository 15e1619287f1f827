package parse

import "entente"

// HasBody reports whether there are rules for the body of a kind.
func HasBody(k entente.Kind) bool { return bodies[k] != nil }
