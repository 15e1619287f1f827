package prove

import "entente"

// Contents sums a statement up; HasContents reports whether a kind has sentences
// for that, HasRelation whether a relation has.
func Contents(s entente.Statement) []Line { return saysContent(s, 0) }
func HasContents(k entente.Kind) bool     { return contents[k] != nil }
func HasRelation(r entente.Rel) bool      { return relations[r] != "" }
