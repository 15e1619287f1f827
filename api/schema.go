package api

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"entente"
	"entente/casework"
	"entente/lists"
	"entente/passage"
	"entente/prove"
)

// The nouns of the root package keep their form in the document: closed lists
// are read from where the code keeps them, ids have their pattern.

// word stands in the registry for a type T of the root package.
type word[T any] struct{}

// Schema gives the schema of T, fresh each time: huma writes into it.
func (word[T]) Schema(huma.Registry) *huma.Schema { return words[reflect.TypeFor[T]()]() }

var words = map[reflect.Type]func() *huma.Schema{}

// define gives T a schema.
func define[T any](schema func() *huma.Schema) func(huma.Registry) {
	t := reflect.TypeFor[T]()
	words[t] = schema
	return func(r huma.Registry) { r.RegisterTypeAlias(t, reflect.TypeFor[word[T]]()) }
}

// list is a closed list of words.
func list[T ~string](about string, of ...T) func(huma.Registry) {
	values := make([]any, len(of))
	for i, v := range of {
		values[i] = string(v)
	}
	return define[T](func() *huma.Schema {
		return &huma.Schema{Type: huma.TypeString, Description: about, Enum: values}
	})
}

// form is a string of a certain form.
func form[T any](about, pattern, means string, example any) func(huma.Registry) {
	return define[T](func() *huma.Schema {
		return &huma.Schema{Type: huma.TypeString, Description: about, Pattern: pattern, PatternDescription: means, Examples: []any{example}}
	})
}

// text is a string of at most so many characters.
func text[T ~string](about string, most int, example any) func(huma.Registry) {
	return define[T](func() *huma.Schema {
		return &huma.Schema{Type: huma.TypeString, Description: about, MaxLength: &most, Examples: []any{example}}
	})
}

const (
	slug        = `^[a-z](-?[a-z0-9])+$`
	slugMeans   = "lower-case letters, digits and single hyphens, starting with a letter"
	uuidv7Means = "a UUIDv7 in lower case"
	uuidv7      = `^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`
)

var nouns = []func(huma.Registry){
	form[entente.MessageID]("A UUIDv7, in lower case.", uuidv7, "a UUIDv7 in lower case", "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7"),
	form[entente.PartyID]("The id of a party.", slug, slugMeans, "albia-ncc"),
	form[entente.AgreementID]("The id of an agreement.", slug, slugMeans, "north-star"),
	form[entente.OfficerID]("The id of an officer of this party. It never leaves the node.", `^[a-z0-9._-]{1,60}$`, "1 to 60 lower-case letters, digits, dots, hyphens or underscores", "anna.kern"),
	form[entente.Digest]("A SHA-256 value in hex.", `^[0-9a-f]{64}$`, "64 lower-case hex digits", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
	form[entente.Country]("An ISO 3166-1 alpha-2 code.", `^[A-Z]{2}$`, "two capital letters", "XA"),
	form[entente.Grade]("Admiralty grading: reliability of the source A to F, credibility of the information 1 to 6.", `^[A-F][1-6]$`, "a letter A to F and a digit 1 to 6", "B2"),
	form[entente.PartialDate]("A date of which only the year, or year and month, may be known.", `^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$`, "YYYY, YYYY-MM or YYYY-MM-DD", "1986-03-14"),
	form[entente.Sex]("As passports write it (ICAO 9303-3).", `^[MFX]$`, "M, F or X", "M"),
	text[entente.Purpose]("A purpose that the agreement names.", 200, "terrorism-prevention"),
	list("What a message says.", entente.Kinds...),
	list("What the outside of an envelope tells of the kind.", entente.ClassContent, entente.ClassDuty, entente.ClassDesk),
	list("Orders the queue and sets the deadline of the acknowledgement.", entente.Precedences...),
	list("How much of a message its evidence opens.", prove.Extents...),
	list("Which way a message went: in or out.", entente.Incoming, entente.Outgoing),
	list("Traffic Light Protocol 2.0.", entente.TLPs...),
	list("Permissible Actions Protocol.", entente.PAPs...),
	list("Who may allow that content is passed to a third party.", entente.Onwards...),
	list("Whether content may be used in proceedings.", entente.CourtUses...),
	list("Whether a claim is fact or somebody's assessment.", entente.NatureFact, entente.NatureAssessment),
	list("What came of a message.", outcomes()...),
	list("What a notice is about.", entente.NoticeLevel, entente.NoticeKey, entente.NoticeCustody, entente.NoticeWithdrawn, entente.NoticeOutage),
	list("How far an agreement is open.", entente.Levels...),
	list("For which pairs of parties a level is declared.", entente.TowardsPair, entente.TowardsAll),
	list("What an envelope without a receipt waits for.", entente.QueueWaiting, entente.QueueHeld, entente.QueuePutOff, entente.QueueDead),
	list("What an officer is at the desk.", entente.Roles...),
	list("What an officer may ask of the node.", entente.Operations...),
	list("What waits to be confirmed about an officer.", casework.Changes...),
	list("Where a draft stands on its way out.", entente.DraftOpen, entente.DraftSubmitted, entente.DraftReturned, entente.DraftReleased, entente.DraftWithdrawn),
	list("What is owed.", entente.OwesAcknowledgement, entente.OwesDisposition),
	list("Where an obligation stands.", entente.ObligationWaiting, entente.ObligationOpen, entente.ObligationOverdue, entente.ObligationMet, entente.ObligationLate, entente.ObligationClaimed, entente.ObligationVoid),
	list("Why an answer counts from when it was written.", entente.AllowedCourier, entente.AllowedOutage),
	list("Where an answer without a receipt stands.", entente.AnswerSent, entente.AnswerPutOff, entente.AnswerRefused),
	form[entente.SourceID]("The id of a list.", slug, slugMeans, "ofac-sdn"),
	text[entente.HoldingID]("A list and the record's own number in it.", 300, "ofac-sdn/36"),
	form[entente.FeedID]("The id of a feed of travel events.", slug, slugMeans, "ostvik-airport"),
	text[entente.EventID]("Made from what the event says: the same event twice is one.", 100, "3b9f6c0d2a514e77"),
	form[entente.LocalTime]("A time or day at the place it speaks of.", `^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?$`, "YYYY-MM-DDThh:mm or YYYY-MM-DD", "2012-07-17T15:20"),
	form[entente.TaskID]("A UUIDv7, in lower case.", uuidv7, uuidv7Means, "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b8"),
	form[entente.HitID]("A UUIDv7, in lower case.", uuidv7, uuidv7Means, "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b9"),
	form[entente.WatchID]("A UUIDv7, in lower case.", uuidv7, uuidv7Means, "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4ba"),
	form[entente.CaseID]("A UUIDv7, in lower case.", uuidv7, uuidv7Means, "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4bb"),
	form[entente.FlagID]("A UUIDv7, in lower case.", uuidv7, uuidv7Means, "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4bc"),
	form[entente.ClearingID]("A UUIDv7, in lower case.", uuidv7, uuidv7Means, "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4bd"),
	list("A score in a word.", entente.Bands...),
	list("Why a search shows somebody who is no match, in the order in which they are listed: the same document or identifier, but the rest speaks against it; every word asked for is met, but so many are called so that the name cannot tell who is meant; born on the same day where a name could not be read; every word is met, but another field differs; some words are met.", entente.Weaks...),
	list("What a match may point at.", entente.TargetWatch, entente.TargetCase, entente.TargetHolding),
	list("What is listed. Only persons are matched by name.", entente.HoldingPerson, entente.HoldingOrganisation, entente.HoldingVessel, entente.HoldingAircraft, entente.HoldingOther),
	list("What a person is asked.", taskKinds()...),
	list("The answer to a task.", entente.VerdictSame, entente.VerdictOther, entente.VerdictUnclear, entente.VerdictContinue, entente.VerdictEnd),
	list("Whether a file is worked on.", entente.CaseOpen, entente.CaseClosed),
	list("A format of lists.", as[ListFormat](lists.Formats)...),
	list("A format of travel events.", as[FeedFormat](passage.Formats)...),
	list("How a date of three numbers is meant.", lists.DayFirst, lists.MonthFirst),
	text[entente.Reason]("Why something was refused: a code of the protocol.", 40, entente.ReasonScope),
}

// as gives plain words a type.
func as[T ~string](words []string) []T {
	out := make([]T, len(words))
	for i, w := range words {
		out[i] = T(w)
	}
	return out
}

func taskKinds() []entente.TaskKind {
	all := make([]entente.TaskKind, len(entente.TaskKinds))
	for i, k := range entente.TaskKinds {
		all[i] = k.Kind
	}
	return all
}

func nameWords(r huma.Registry) {
	for _, n := range nouns {
		n(r)
	}
}

func outcomes() []entente.Outcome {
	all := make([]entente.Outcome, len(entente.Outcomes))
	for i, o := range entente.Outcomes {
		all[i] = o.Outcome
	}
	return all
}
