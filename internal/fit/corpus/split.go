package corpus

// Split says what a person is for, so that nothing is measured on what it was
// learned from.
type Split int

const (
	Train     Split = iota // the weights
	Calibrate              // the probabilities
	Dev                    // neither
)

// SplitOf puts a person wholly into one part.
func SplitOf(id string) Split {
	switch Share(id, 5) {
	case 0:
		return Dev
	case 1:
		return Calibrate
	}
	return Train
}
