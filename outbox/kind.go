package outbox

import "entente"

// room is what a kind needs of its own on the way out. A kind that is not here
// needs nothing; entente.Rooms says why.
type room struct {
	prepare  func(*entente.Statement)                              // what a draft is given when it is written; nil: [plain]
	complete func(of, s entente.Statement) error                   // whether it answers the message as a whole
	sent     func(o *Outbox, tx entente.Tx, f entente.Filed) error // what its release changes here
	byNode   string                                                // only the node writes it; the hint for an officer who tries
}

var rooms = map[entente.Kind]room{
	entente.KindTip:         {prepare: prepareTip},
	entente.KindDisposition: {complete: complete},
	entente.KindNotice:      {sent: (*Outbox).noticeSent, byNode: "declare a level or an outage, or rotate a key: the notice goes out with it"},
}

// prepare gives a draft what its kind is given.
func prepare(s *entente.Statement) {
	if p := rooms[s.Kind].prepare; p != nil {
		p(s)
		return
	}
	plain(s)
}

// plain gives an answer or a notice, which has no form in which an officer would
// say so, its precedence and how it is handled where the agreement says nothing.
func plain(s *entente.Statement) {
	if s.Precedence == "" {
		s.Precedence = entente.Routine
	}
	s.Caveats = s.Caveats.Over(plainly)
}

var plainly = entente.Caveats{TLP: entente.TLPAmberStrict, PAP: entente.PAPAmber, Onward: entente.OnwardOriginator, CourtUse: entente.CourtUseAsk}
