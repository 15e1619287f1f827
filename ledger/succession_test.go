package ledger_test

import (
	"slices"
	"strings"
	"testing"

	"entente/ledger"
)

var usual = bounds{writes: 2, forgeries: 1, files: 1, editions: 3}

// proposed is the rule of docs/protocol.md.
var proposed = rules{name: "proposed", take: "anchor", end: "root", fetch: true, bounds: usual}

// variant is the rule with one clause changed, and what must then go wrong.
func variant(name string, change func(*rules), broken ...string) rules {
	r := proposed
	r.name, r.broken = name, broken
	change(&r)
	return r
}

var ruleSets = []rules{
	proposed,
	variant("partner restored, too", func(r *rules) { r.bounds = bounds{1, 1, 1, 2, true} }),
	variant("before end notes", func(r *rules) {
		r.take, r.end, r.lag, r.lossy, r.reuseNumbers, r.bounds = "always", "none", true, true, true, bounds{1, 1, 1, 2, false}
	}, thiefFiled, otherHand, newKey, mailDies, noRecovery),
	variant("N1 an old key is dead once the next edition is known", func(r *rules) { r.dead = true }, mailDies),
	variant("N2 the end note is a place without a root", func(r *rules) { r.end, r.fetch = "size", false }, noRecovery),
	variant("N3 records are taken before the digests are fetched", func(r *rules) { r.fetch = false }, thiefFiled),
	variant("N4 taken back whenever the store was restored", func(r *rules) { r.take, r.lossy = "flag", true }, otherHand),
	variant("N5 the anchor lags behind what was handed out", func(r *rules) { r.lag = true }, ownFork),
	variant("N6 the same edition goes on after an incomplete restore", func(r *rules) { r.lossy = true }, ownFork),
	variant("N7 an edition number is used again after a restore", func(r *rules) { r.reuseNumbers = true }, ownFork),
}

// TestSuccession visits every state of each rule set. The product's rule holds;
// each variant that leaves out one of its clauses is found to be broken.
func TestSuccession(t *testing.T) {
	for _, r := range ruleSets {
		t.Run(r.name, func(t *testing.T) {
			m := &model{rules: r, counts: map[string]ledger.Succession{}}
			found := map[string][]string{}
			states := 0
			for _, honest := range []bool{false, true} {
				states += m.explore(honest, found)
				if len(r.broken) > 0 && missing(r.broken, found) == nil {
					break
				}
			}
			for _, why := range missing(r.broken, found) {
				t.Errorf("the checker does not find that this goes wrong: %s", why)
			}
			for why, trace := range found {
				if !slices.Contains(r.broken, why) && len(r.broken) == 0 {
					t.Errorf("%s: %s", why, strings.Join(trace, " > "))
				}
			}
			t.Logf("%d states", states)
		})
	}
}

// missing lists what was to be found and was not.
func missing(want []string, found map[string][]string) (out []string) {
	for _, w := range want {
		if found[w] == nil {
			out = append(out, w)
		}
	}
	return out
}

// explore visits every state, breadth first, and keeps the shortest trace to each
// property that does not hold. A broken rule set is left as soon as all that must
// go wrong has.
func (m *model) explore(honest bool, found map[string][]string) int {
	type origin struct {
		from state
		by   string
	}
	seen := map[state]origin{start: {}}
	for todo := []state{start}; len(todo) > 0; todo = todo[1:] {
		s := todo[0]
		if why := m.check(s, honest); why != "" {
			if found[why] == nil {
				trace := []string{}
				for at := s; at != start; at = seen[at].from {
					trace = append(trace, seen[at].by)
				}
				slices.Reverse(trace)
				found[why] = trace
			}
			if len(m.broken) > 0 && missing(m.broken, found) == nil {
				break
			}
			continue
		}
		for _, next := range m.steps(s, honest) {
			if _, ok := seen[next.to]; !ok {
				seen[next.to] = origin{s, next.name}
				todo = append(todo, next.to)
			}
		}
	}
	return len(seen)
}
