package entente

// Decision is what an agreement says of one message: may it pass, and why.
type Decision struct {
	Pass     bool
	Reason   Reason    // when it may not pass: the reason of the first finding that does not hold
	Findings []Finding // every clause that was asked, in order
}

// Finding is what one clause said.
type Finding struct {
	Clause string // "scope.tip"
	Line   int    // of the agreement's text; 0: no clause but the protocol
	Holds  bool
	Reason Reason  // when it does not hold
	Says   string  // a sentence: "North Star lets tips pass for terrorism-prevention"
	Values []Value // what the verdict rests on
}

// Value is one value that decided: "subject.nationalities" = ["XB"].
type Value struct {
	Name  string
	Value string
}

// Err gives nil for a decision to pass, and otherwise an error of kind Denied
// that names the clause.
func (d Decision) Err() error {
	if d.Pass {
		return nil
	}
	for _, f := range d.Findings {
		if !f.Holds {
			return &Error{Kind: Denied, Field: f.Clause, Detail: f.Says, Reason: f.Reason}
		}
	}
	return &Error{Kind: Denied, Detail: "no clause lets it pass", Reason: d.Reason}
}
