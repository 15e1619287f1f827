package courier

import (
	"slices"
	"time"

	"entente"
	"entente/parse"
)

// AnswersKey is the setting under which a node keeps its answers to what a
// partner's couriers brought until it packs for him. If that file is lost, the
// partner sends again whatever waits for an answer, and gets the same answers.
func AnswersKey(partner entente.PartyID) string { return "courier-answers:" + string(partner) }

// What is kept at the most. Post that is packed in parts is packed within
// minutes; answers to what is much older are not awaited any more, or the newer
// file brings the question again.
const (
	answersFor = 24 * time.Hour
	maxAnswers = 64 << 20 // bytes, about, as they are packed
)

// answers is what is kept there, by the order in which the files were taken in.
type answers struct {
	Files []answered `json:"files,omitzero"`
}

type answered struct {
	Made        time.Time    `json:"made"` // the partner's file
	Settlements []settlement `json:"settlements,omitzero"`
}

// AddAnswers puts the answers to a file that was made at a time to those that
// are kept, and lets go what is not awaited any more. Of two answers to one
// envelope the later counts.
func AddAnswers(kept []byte, made time.Time, ss []entente.Settlement) ([]byte, error) {
	var a answers
	if len(kept) > 0 {
		var err error
		if a, err = parse.Canonical[answers](kept, 2*maxAnswers); err != nil {
			return nil, err
		}
	}
	latest := answered{Made: made.UTC().Truncate(time.Microsecond)}
	room := maxAnswers
	again := map[entente.Digest]bool{}
	for _, s := range ss {
		again[s.Envelope] = true
		if room -= sizeOf(s); room < 0 {
			break // the partner asks again
		}
		latest.Settlements = append(latest.Settlements, settlement(s))
	}
	keep := []answered{latest}
	for i := len(a.Files) - 1; i >= 0; i-- {
		f := a.Files[i]
		f.Settlements = slices.DeleteFunc(f.Settlements, func(s settlement) bool { return again[s.Envelope] })
		for _, s := range f.Settlements {
			room -= sizeOf(entente.Settlement(s))
		}
		if room < 0 {
			break
		}
		if len(f.Settlements) > 0 && f.Made.Sub(latest.Made).Abs() <= answersFor {
			keep = append(keep, f)
		}
	}
	slices.Reverse(keep)
	return parse.Encode(answers{keep})
}

// sizeOf is about what an answer takes in a manifest.
func sizeOf(s entente.Settlement) int { return 128 + (len(s.Receipt)+len(s.Refusal))*4/3 }

// DecodeAnswers reads what AddAnswers wrote; nothing gives nothing.
func DecodeAnswers(kept []byte) ([]entente.Settlement, error) {
	if len(kept) == 0 {
		return nil, nil
	}
	a, err := parse.Canonical[answers](kept, 2*maxAnswers)
	if err != nil {
		return nil, err
	}
	var out []entente.Settlement
	for _, f := range a.Files {
		for _, s := range f.Settlements {
			out = append(out, entente.Settlement(s))
		}
	}
	return out, nil
}
