package policy

import "entente"

func (t *Terms) explainHandling() []string {
	c := t.a.Handling
	says := []string{"Every message says itself how it may be handled. Where its author says nothing else:"}
	for _, l := range []struct{ label, words string }{
		{"TLP " + string(c.TLP), tlpWords[c.TLP]},
		{"PAP " + string(c.PAP), papWords[c.PAP]},
		{"onward " + string(c.Onward), onwardWords[c.Onward]},
		{"court-use " + string(c.CourtUse), courtWords[c.CourtUse]},
	} {
		if l.words != "" {
			says = append(says, l.label+": "+l.words+".")
		}
	}
	if len(c.Purposes) > 0 {
		says = append(says, "It may be used only for "+list(words(c.Purposes), "and")+".")
	}
	if len(says) == 1 {
		return []string{"Every message says itself how it may be handled; the agreement has no default."}
	}
	return says
}

// What the labels mean, in a line each: TLP 2.0 (FIRST, 2022), PAP, and ours.
var (
	tlpWords = map[entente.TLP]string{
		entente.TLPRed: "for its recipients alone", entente.TLPAmberStrict: "stays inside the recipient's organisation",
		entente.TLPAmber: "for those in the recipient's organisation and its clients who need it",
		entente.TLPGreen: "for the recipient's community, and not in public", entente.TLPClear: "may be shown to anyone",
	}
	papWords = map[entente.PAP]string{
		entente.PAPRed: "only passive use that nobody outside can notice", entente.PAPAmber: "passive checks with others are allowed",
		entente.PAPGreen: "active measures are allowed, as long as the subject does not notice", entente.PAPClear: "no limit on measures",
	}
	onwardWords = map[entente.Onward]string{
		entente.OnwardOriginator: "may be passed to a third party only when the originator has agreed, each time",
		entente.OnwardNever:      "may not be passed on", entente.OnwardParties: "may be passed on among the parties of the agreement",
	}
	courtWords = map[entente.CourtUse]string{
		entente.CourtUseAsk: "may be used in proceedings only when the originator has agreed",
		entente.CourtUseNo:  "may not be used in proceedings", entente.CourtUseYes: "may be used in proceedings",
	}
)
