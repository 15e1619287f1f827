package match

import "entente"

// What stands here is for the commands that learn the weights and measure
// what is missed, not for those who look for people.

// Terms are the bare observations behind a match, for the command that learns
// their weights.
type Terms struct {
	Name                                                            []float64 // empty where one has no name
	Birth, Place, Residence, Nationality, Sex, Document, Identifier int
}

// Observe returns what Compare weighs.
func Observe(asked, held entente.Subject) Terms {
	var m pairing
	t := m.compare(prepare(asked), prepare(held), plainly{})
	o := Terms{nil, int(t.birth), int(t.place), int(t.residence), int(t.nationality), int(t.sex), int(t.document), int(t.identifier)}
	if t.named {
		o.Name = t.name[:]
	}
	return o
}

// Kinds of agreement that the commands name.
const (
	Agrees  = int(agrees)
	Partly  = int(partly)
	Differs = int(differs)
)

// Kinds is how many kinds of dates and of other agreements there are. Kind 0
// is a value that one of the two lacks.
func Kinds() (dates, others int) { return int(dateKinds), int(agreements) }

// nameTermNames are the terms as the source names them, and how a weight may
// be signed: +1 what agrees, -1 what does not, 0 either.
var nameTermNames = [termNames]struct {
	name string
	sign int
}{
	termOne:         {"termOne", 0},
	termSame:        {"termSame", 1},
	termSpelling:    {"termSpelling", 1},
	termOtherScript: {"termOtherScript", 1},
	termNickname:    {"termNickname", 1},
	termTyping:      {"termTyping", 1},
	termJoined:      {"termJoined", 1},
	termInitial:     {"termInitial", 1},
	termMet:         {"termMet", 1},
	termMetLoosely:  {"termMetLoosely", -1},
	termShortOpen:   {"termShortOpen", -1},
	termShortRare:   {"termShortRare", -1},
	termLongOpen:    {"termLongOpen", -1},
	termWhole:       {"termWhole", 1},
	termWholeRare:   {"termWholeRare", 1},
	termSingle:      {"termSingle", 0},
	termSingleRare:  {"termSingleRare", 0},
	termLight:       {"termLight", 1},
	termReadings:    {"termReadings", -1},
	termShort:       {"termShort", -1},
	termFathers:     {"termFathers", -1},
}

// NameTerms names the terms of Terms.Name.
func NameTerms() []string {
	names := make([]string, termNames)
	for i, t := range nameTermNames {
		names[i] = t.name
	}
	return names
}

// NameSigns says which way each term may speak.
func NameSigns() []int {
	signs := make([]int, termNames)
	for i, t := range nameTermNames {
		signs[i] = t.sign
	}
	return signs
}

// DateKinds names the kinds of Terms.Birth.
func DateKinds() []string {
	return []string{"", "dateSame", "dateSwapped", "dateYearOff", "dateYearDigit", "dateDayDigit", "dateMonthDigit", "dateMonth", "dateYear", "dateFirst", "dateSameMonth", "dateSameYear", "dateNear", "dateApart", "dateFar"}
}

// Met reports whether any part of the names met.
func (o Terms) Met() bool { return len(o.Name) > 0 && o.Name[termMet] > 0 }

// Kind says in a few words how the best pair of names fits, for counting what
// is missed.
func (o Terms) Kind() string {
	n := o.Name
	switch {
	case n == nil:
		return "no name"
	case n[termMet] == 0 && n[termInitial] > 0:
		return "initials only"
	case n[termMet] == 0:
		return "no part in common"
	case n[termWhole] == 1:
		return "every part met"
	case n[termShortOpen] == 0:
		return "all of the shorter name met"
	case n[termMet] == 1:
		return "one part met, others differ"
	}
	return "several parts met, others differ"
}
