package web

import (
	"strconv"
	"strings"

	"entente"
)

// What finding people is called on a page: bands, evidence, tasks, files.

var bandWords = map[entente.Band]string{
	entente.BandStrong: "strong", entente.BandProbable: "probable", entente.BandPossible: "possible", entente.BandBelow: "below the line",
}

// weakWords say why a search shows somebody who is no match; weakMeanings what to
// make of it.
var weakWords = map[entente.Weak]string{
	entente.WeakNumber:  "Same number, other person",
	entente.WeakName:    "Same name, common",
	entente.WeakBirth:   "Same day of birth",
	entente.WeakDiffers: "Same name, another field differs",
	entente.WeakPart:    "Only a part of the name",
}

var weakMeanings = map[entente.Weak]string{
	entente.WeakNumber:  "The document or identifier is the same, but the rest speaks against it.",
	entente.WeakName:    "Every word that you asked for is met. The name alone does not tell who is meant.",
	entente.WeakBirth:   "The names could not be compared.",
	entente.WeakDiffers: "Every word that you asked for is met, but the birth date or another field is not.",
	entente.WeakPart:    "Some words are met, others are not.",
}

// bandMeanings say what a band proposes to a person who must decide.
var bandMeanings = map[entente.Band]string{
	entente.BandStrong:   "Very likely the same person. Only a person decides it.",
	entente.BandProbable: "Probably the same person.",
	entente.BandPossible: "It may be the same person; as much speaks against it.",
	entente.BandBelow:    "Probably somebody else.",
}

var evidenceWords = map[string]string{
	"name": "Name", "birth": "Born", "place": "Place", "nationality": "Nationality", "document": "Document", "identifier": "Reached by", "sex": "Sex",
}

// ruleWords are the rules by which package match compares, as it writes them.
var ruleWords = map[string]string{
	"same": "same", "differs": "differs", "same number": "same number", "nearly the same number": "nearly the same number",
	"other spelling": "other spelling", "other script": "other script", "short form": "short form", "initial": "initial",
	"letters differ": "letters differ", "written together": "written together",
	"place of birth the same": "place of birth the same", "place of birth in the same area": "place of birth in the same area", "place of birth differs": "place of birth differs",
	"residence the same": "residence the same", "residence in the same area": "residence in the same area", "residence differs": "residence differs",
	"same phone": "same phone", "same email": "same e-mail", "same handle": "same handle", "same account": "same account", "same vehicle": "same vehicle", "same other": "same",
	"day and month swapped": "day and month swapped", "year off by one": "year off by one", "one digit of the year differs": "one digit of the year differs",
	"one digit of the day differs": "one digit of the day differs", "one digit of the month differs": "one digit of the month differs",
	"same year and month, day not known": "same year and month, day not known", "same year, only the year is known": "same year, only the year is known",
	"same year, 1 January may stand for the year": "same year, 1 January may stand for the year",
	"same month, another day":                     "same month, another day", "same year, another day and month": "same year, another day and month",
	"contradicting: a year apart": "contradicting: a year apart",
}

var targetWords = map[entente.TargetKind]string{
	entente.TargetWatch: "watch", entente.TargetCase: "case", entente.TargetHolding: "list", "feed": "travel feed",
}

// taskWords are the questions of tasks in a word, to choose among them.
var taskWords = map[entente.TaskKind]string{
	entente.TaskHit: "Matches", entente.TaskReopen: "Closed files", entente.TaskLink: "Messages", entente.TaskWatch: "Watches",
}

var caseWords = map[entente.CaseState]string{entente.CaseOpen: "open", entente.CaseClosed: "closed"}

var flagWords = map[string]string{
	"tip": "tip", "travel": "travel", "list": "list", "contact": "contact", "threat": "threat", "weapon": "weapon", "money": "money", "statement": "statement", "other": "other",
}

var entryWords = map[string]string{
	"opened": "opened", "assessment": "assessment", "message": "message", "flag": "reason for concern", "hit": "match", "decision": "decision",
	"watch": "watch", "closed": "closed", "reopened": "opened again", "assigned": "given on",
}

var verdictWords = map[entente.VerdictCode]string{
	entente.VerdictSame: "The same person", entente.VerdictOther: "Somebody else", entente.VerdictUnclear: "Cannot be told",
	entente.VerdictContinue: "The watch goes on", entente.VerdictEnd: "The watch ends",
}

// verdictMeanings say what an answer does.
var verdictMeanings = map[entente.VerdictCode]string{
	entente.VerdictSame:     "It goes into the file as a reason for concern. A closed file opens.",
	entente.VerdictOther:    "He is cleared and does not hit here again. It stays on record and can be taken back.",
	entente.VerdictUnclear:  "It stays on record. He hits again when he is seen again.",
	entente.VerdictContinue: "Until its next review. An announced end is taken back.",
	entente.VerdictEnd:      "It is announced, and takes effect when a second person has agreed and its day has come.",
}

var travelWords = map[string]string{
	"booking": "booking", "departure": "departure", "arrival": "arrival", "crossing": "border crossing", "document": "document check",
}

var holdingWords = map[entente.HoldingKind]string{
	entente.HoldingPerson: "person", entente.HoldingOrganisation: "organisation", entente.HoldingVessel: "vessel", entente.HoldingAircraft: "aircraft", entente.HoldingOther: "other",
}

// rule says a rule of a match in the reader's language, as far as the desk
// knows it; what it does not know is English.
func (p *page) rule(rule string) (words string, known bool) {
	if w, ok := ruleWords[rule]; ok {
		return p.T(w), true
	}
	if n, ok := strings.CutPrefix(rule, "contradicting: "); ok {
		if years, err := strconv.Atoi(strings.TrimSuffix(n, " years apart")); err == nil {
			return p.T("contradicting: %d years apart", years), true
		}
	}
	return rule, false
}

// speaks says what a weight in bits means to a person: four bits make it
// sixteen times as likely, which is much; half a bit is next to nothing.
func (p *page) speaks(bits float64) string {
	switch {
	case bits >= 8:
		return p.T("speaks strongly for")
	case bits >= 2:
		return p.T("speaks for")
	case bits > 0.5:
		return p.T("speaks a little for")
	case bits >= -0.5:
		return p.T("says little")
	case bits > -2:
		return p.T("speaks a little against")
	case bits > -6:
		return p.T("speaks against")
	}
	return p.T("speaks strongly against")
}

// side is the class of a weight: for, against or neither.
func side(bits float64) string {
	switch {
	case bits > 0.5:
		return "for"
	case bits < -0.5:
		return "against"
	}
	return "neither"
}

// partMet is one part of a name that met one of the other, or stood alone.
type partMet struct {
	Asked, Held string
	Rule        string // empty: only one side has it
}

// partsMet takes the evidence of a name apart, as package match writes it: which
// part met which by which rule. False: it is written in another way.
func partsMet(rule string) (list []partMet, ok bool) {
	for _, s := range strings.Split(rule, "; ") {
		asked, onlyAsked := strings.CutPrefix(s, "only asked: ")
		held, onlyHeld := strings.CutPrefix(s, "only held: ")
		same, isSame := strings.CutSuffix(s, " same")
		switch {
		case onlyAsked:
			list = append(list, partMet{Asked: asked})
		case onlyHeld:
			list = append(list, partMet{Held: held})
		case strings.HasSuffix(s, ")"):
			open := strings.LastIndex(s, " (")
			x, y, two := strings.Cut(s[:max(open, 0)], " = ")
			if !two {
				return nil, false
			}
			list = append(list, partMet{x, y, s[open+2 : len(s)-1]})
		case isSame:
			list = append(list, partMet{same, same, "same"})
		default:
			return nil, false
		}
	}
	return list, true
}

// number writes a figure as the reader's language does.
func (p *page) number(n int) string { return p.printer.Sprintf("%d", n) }
