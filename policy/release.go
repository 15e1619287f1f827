package policy

import (
	"slices"
	"strconv"
	"strings"

	"entente"
)

// checkRelease holds that the release rule names kinds that exist, none of them
// under both lists, and that standing clauses mean something, although none acts
// in this version.
func (t *Terms) checkRelease() error {
	r := t.a.Release
	for _, l := range []struct {
		clause string
		kinds  []entente.Kind
	}{{"release.four-eyes", r.FourEyes}, {"release.single", r.Single}} {
		for _, k := range l.kinds {
			if !known(k) {
				return t.badKind(l.clause, k)
			}
		}
	}
	for _, k := range r.Single {
		if slices.Contains(r.FourEyes, k) {
			return t.bad("release.single", string(k)+" stands under four-eyes, too", "say once whether one or two people release it")
		}
	}
	for i, s := range r.Standing {
		if err := t.checkStanding("release.standing["+strconv.Itoa(i)+"]", s); err != nil {
			return err
		}
	}
	return nil
}

func (t *Terms) checkStanding(clause, s string) error {
	kind, when, ok := strings.Cut(s, " where ")
	if !ok || !known(entente.Kind(kind)) {
		return t.bad(clause, "a standing clause begins with a kind of message and \"where\"", "for example: \"encounter where request.kind == 'travel-notice'\"")
	}
	_, err := t.compileRule(clause, when, standingSchema)
	return err
}

func (t *Terms) badKind(clause string, k entente.Kind) error {
	return t.bad(clause, "there is no kind of message "+strconv.Quote(string(k)), "the kinds are: "+list(words(allKinds()), "and"))
}
