package entente

// Match is how well two subjects fit. It proposes; a person decides.
type Match struct {
	Score    float64    `json:"score"` // calibrated: of many matches scored .8, about eight in ten are one person
	Band     Band       `json:"band"`
	Evidence []Evidence `json:"evidence"` // strongest first, what spoke against last
}

// Band is a match's score in a word, for a person who must decide.
type Band string

const (
	BandStrong   Band = "strong"   // 0.95 and more
	BandProbable Band = "probable" // 0.75 to 0.95: opens a task
	BandPossible Band = "possible" // 0.25 to 0.75: shown to whoever asks
	BandBelow    Band = "below"    // kept on record with its reason
)

// Bands lists the bands, strongest first.
var Bands = []Band{BandStrong, BandProbable, BandPossible, BandBelow}

// Floor is the least score of a band.
func (b Band) Floor() float64 {
	switch b {
	case BandStrong:
		return 0.95
	case BandProbable:
		return 0.75
	case BandPossible:
		return 0.25
	}
	return 0
}

// BandOf puts a score into words.
func BandOf(score float64) Band {
	for _, b := range Bands {
		if score >= b.Floor() {
			return b
		}
	}
	return BandBelow
}

// Evidence is one reason for a score, or against it. A missing value is never
// evidence.
type Evidence struct {
	Field  string  `json:"field"`  // one of EvidenceFields
	Rule   string  `json:"rule"`   // how the two values were compared: "same", "day and month swapped"
	Asked  string  `json:"asked"`  // the value in the question, as written
	Held   string  `json:"held"`   // the value that it met, as written
	Weight float64 `json:"weight"` // in bits: +1 doubles the odds that both are one person, -1 halves them
}

// EvidenceFields lists what two subjects are compared by.
var EvidenceFields = []string{"name", "birth", "place", "nationality", "document", "identifier", "sex"}
