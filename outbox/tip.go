package outbox

import (
	"entente"
	"entente/parse"
)

// prepareTip writes the countries of a tip as the protocol does. Its author
// chooses precedence and caveats.
func prepareTip(s *entente.Statement) {
	if s.Tip == nil {
		return
	}
	written := *s.Tip
	written.Subjects = parse.Countries(s.Tip.Subjects)
	s.Tip = &written
}
