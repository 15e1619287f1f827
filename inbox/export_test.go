package inbox

import "entente"

// Heeds reports whether a message of a kind changes something here.
func Heeds(k entente.Kind) bool { return heeds[k] != nil }
