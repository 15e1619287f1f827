package policy

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"entente"
)

const handlingClause = "handling.default"

// handling holds that a message says itself how it may be handled: nothing
// depends on a default that the recipient would have to look up, and nothing
// contradicts itself.
func (t *Terms) handling(f Facts) entente.Finding {
	c := f.Message.Statement.Caveats
	written := f.Message.Header.Created
	if written.IsZero() {
		written = f.Now
	}
	says := t.caveatsWrong(c)
	if says == "" && !c.Until.IsZero() && !c.Until.After(written) {
		says = "may not be used after " + c.Until.UTC().Format(time.RFC3339) + ", and was not written before that"
	}
	if says != "" {
		return t.no(handlingClause, entente.ReasonHandling, f.its()+" "+says, caveatValues(c)...)
	}
	return t.yes(handlingClause, f.its()+" says how it may be handled", caveatValues(c)...)
}

// caveatsWrong says what is wrong with caveats, or "".
func (t *Terms) caveatsWrong(c entente.Caveats) string {
	var missing []string
	for _, l := range []struct{ name, value string }{
		{"its TLP label", string(c.TLP)}, {"its PAP label", string(c.PAP)}, {"who may pass it on", string(c.Onward)}, {"whether courts may use it", string(c.CourtUse)},
	} {
		if l.value == "" {
			missing = append(missing, l.name)
		}
	}
	if len(missing) > 0 {
		return "does not say " + list(missing, "or")
	}
	return t.caveatsContradict(c)
}

func (t *Terms) caveatsContradict(c entente.Caveats) string {
	switch {
	case !slices.Contains(entente.TLPs, c.TLP):
		return "has the TLP label " + strconv.Quote(string(c.TLP)) + ", which does not exist"
	case !slices.Contains(entente.PAPs, c.PAP):
		return "has the PAP label " + strconv.Quote(string(c.PAP)) + ", which does not exist"
	case !slices.Contains(entente.Onwards, c.Onward):
		return "has the onward rule " + strconv.Quote(string(c.Onward)) + ", which does not exist"
	case !slices.Contains(entente.CourtUses, c.CourtUse):
		return "has the court use " + strconv.Quote(string(c.CourtUse)) + ", which does not exist"
	case c.Onward == entente.OnwardParties && staysHome(c.TLP):
		return "is TLP " + string(c.TLP) + ", which stays with its recipient, and yet free among the parties"
	}
	for _, p := range c.Purposes {
		if !t.lists(p) {
			return "is limited to the purpose " + strconv.Quote(string(p)) + ", which " + t.name() + " does not list"
		}
	}
	return ""
}

// staysHome reports whether a label keeps content with its recipients (RED) or
// inside their organisation (AMBER+STRICT): TLP 2.0, definitions a and b.
func staysHome(l entente.TLP) bool { return l == entente.TLPRed || l == entente.TLPAmberStrict }

func caveatValues(c entente.Caveats) []entente.Value {
	var values []entente.Value
	add := func(name, value string) {
		if value != "" {
			values = append(values, entente.Value{Name: name, Value: value})
		}
	}
	add("tlp", string(c.TLP))
	add("pap", string(c.PAP))
	add("onward", string(c.Onward))
	add("court-use", string(c.CourtUse))
	add("purposes", strings.Join(words(c.Purposes), ", "))
	if !c.Until.IsZero() {
		add("until", c.Until.UTC().Format(time.RFC3339))
	}
	return values
}

// checkDefaults holds the agreement's own defaults to the same: a default that
// no message could carry would stop them all.
func (t *Terms) checkDefaults() error {
	c := t.a.Handling.Over(entente.Caveats{TLP: entente.TLPClear, PAP: entente.PAPClear, Onward: entente.OnwardNever, CourtUse: entente.CourtUseNo})
	if says := t.caveatsWrong(c); says != "" {
		return t.bad(handlingClause, "a message with this default "+says, "")
	}
	return nil
}
