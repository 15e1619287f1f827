package ledger_test

import (
	"slices"
	"testing"

	"entente/ledger"
)

// The state space of the receipts for one channel R → S. S answers, rotates (the
// end note says received = m), loses its store, answers again. Answers may be lost
// on the way. A has S's keys of edition 1 from some time on.

const receiptPlaces = 3

type answerOn struct {
	edition int8 // 0: none
	thief   bool
}

type receiptState struct {
	sent, held int
	answers    [receiptPlaces]int8 // the edition under which S answered first
	edition    int8
	received   int // of the end note; -1: none yet
	stolen     bool
	backup     int // held then; -1: none
	lost       bool
	way        [receiptPlaces][3]bool // on the way: by edition 1, by edition 2, by the thief
	knows      int                    // received as R knows it; -1: not yet
	got        [receiptPlaces]answerOn
	forged     bool
}

// receiptRule says whether an answer under an edition counts for a place.
type receiptRule struct {
	name   string
	counts func(knows int, edition int8, place int) bool
	broken []string
}

const (
	forgedReceipt = "a forged receipt beyond the end counts"
	noAnswer      = "an honest message can get no answer that counts"
)

var receiptRules = []receiptRule{
	{"any edition", func(int, int8, int) bool { return true }, []string{forgedReceipt}},
	{"only the newest", func(knows int, e int8, _ int) bool { return (knows < 0) == (e == 1) }, []string{noAnswer}},
	{"exactly the owner of the place", func(knows int, e int8, p int) bool {
		return knows < 0 && e == 1 || knows >= 0 && (e == 1) == (p < knows)
	}, []string{noAnswer}},
	{"proposed", productCounts, nil},
}

// productCounts asks the product.
func productCounts(knows int, e int8, place int) bool {
	s := knowledge(1)
	if knows >= 0 {
		s = knowledge(2, endVector{Number: 2, Received: int64(knows)})
	}
	return ledger.Counts(s, ledger.OfAnswer, edition(int(e)), int64(place)) == ledger.VerdictCounts
}

func (r receiptRule) steps(s receiptState) (out []receiptState) {
	do := func(change func(*receiptState)) {
		t := s
		change(&t)
		out = append(out, t)
	}
	if s.sent < receiptPlaces {
		do(func(t *receiptState) { t.sent++ })
	}
	if s.held < s.sent {
		do(func(t *receiptState) {
			t.answers[s.held], t.way[s.held][s.edition-1], t.held = s.edition, true, s.held+1
		})
	}
	for p := range s.held {
		do(func(t *receiptState) { t.way[p][s.answers[p]-1] = true })
	}
	if s.edition == 1 {
		do(func(t *receiptState) { t.edition, t.received = 2, s.held })
	}
	if s.received >= 0 && s.knows < 0 {
		do(func(t *receiptState) { t.knows = s.received })
	}
	if s.backup < 0 {
		do(func(t *receiptState) { t.backup = s.held })
	}
	if s.backup >= 0 && !s.lost {
		do(func(t *receiptState) {
			t.held, t.lost = s.backup, true
			for p := s.backup; p < receiptPlaces; p++ {
				t.answers[p] = 0
			}
		})
	}
	if !s.stolen {
		do(func(t *receiptState) { t.stolen = true })
	}
	if s.stolen && !s.forged {
		for p := range s.sent {
			do(func(t *receiptState) { t.way[p][2], t.forged = true, true })
		}
	}
	for p := range receiptPlaces {
		for i, by := range []answerOn{{1, false}, {2, false}, {1, true}} {
			if !s.way[p][i] {
				continue
			}
			do(func(t *receiptState) { t.way[p][i] = false })
			if s.got[p].edition == 0 && r.counts(s.knows, by.edition, p) {
				do(func(t *receiptState) { t.way[p][i], t.got[p] = false, by })
			}
		}
	}
	return out
}

// check names what goes wrong when s becomes t.
func (r receiptRule) check(s, t receiptState) string {
	for p := range receiptPlaces {
		if t.got[p] != s.got[p] && t.got[p].thief && t.knows >= 0 && p >= t.knows {
			return forgedReceipt
		}
	}
	if t.held == t.sent && t.received >= 0 && t.knows >= 0 {
		for p := range t.sent {
			if t.got[p].edition == 0 && !r.counts(t.knows, t.answers[p], p) {
				return noAnswer
			}
		}
	}
	return ""
}

// TestSuccessionOfReceipts visits every state of each rule of receipts.
func TestSuccessionOfReceipts(t *testing.T) {
	for _, r := range receiptRules {
		t.Run(r.name, func(t *testing.T) {
			first := receiptState{edition: 1, received: -1, backup: -1, knows: -1}
			seen := map[receiptState]bool{first: true}
			var found []string
			for todo := []receiptState{first}; len(todo) > 0 && (len(found) == 0 || len(r.broken) == 0); todo = todo[1:] {
				for _, next := range r.steps(todo[0]) {
					if why := r.check(todo[0], next); why != "" {
						if !slices.Contains(found, why) {
							found = append(found, why)
						}
						continue
					}
					if !seen[next] {
						seen[next] = true
						todo = append(todo, next)
					}
				}
			}
			if !slices.Equal(found, r.broken) {
				t.Errorf("found %q, want %q", found, r.broken)
			}
			t.Logf("%d states", len(seen))
		})
	}
}
