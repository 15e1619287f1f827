package entente

// Disposition says what came of the message that it answers.
type Disposition struct {
	Outcome Outcome  `json:"outcome"`
	Reason  string   `json:"reason"`
	Credit  string   `json:"credit,omitzero"`  // what the tip led to, if the recipient may say so
	Answers []Answer `json:"answers,omitzero"` // one for each question of the tip
}

func (*Disposition) Kind() Kind { return KindDisposition }

// Headline is the outcome's code.
func (d *Disposition) Headline() string { return string(d.Outcome) }

// Answer answers one question, or refuses to.
type Answer struct {
	Question string `json:"question"`         // Question.ID of the message answered
	Text     string `json:"text,omitzero"`    // the answer
	Refused  string `json:"refused,omitzero"` // the reason; one of the two is present
}

// Outcome is what came of a message.
type Outcome string

// The outcomes follow the lead status codes of NIEM's screening domain
// (LeadStatusCategoryCode), in words; the code stands in Outcomes.
const (
	OutcomeActed         Outcome = "acted"          // it led to a measure
	OutcomeOpened        Outcome = "opened"         // an assessment or investigation was opened
	OutcomeKnown         Outcome = "known"          // already known here
	OutcomeReserved      Outcome = "reserved"       // kept on file, watched for
	OutcomeReferred      Outcome = "referred"       // belongs to another agency of ours, which has it now
	OutcomeNoLink        Outcome = "no-link"        // looked into; no link to the agreement's objective found
	OutcomeNotUseful     Outcome = "not-useful"     // not likely to succeed, or too little to go on
	OutcomeTooLate       Outcome = "too-late"       // not timely
	OutcomeNotOurs       Outcome = "not-ours"       // not a matter for us
	OutcomeNoMeans       Outcome = "no-means"       // not looked into, for lack of means
	OutcomeCannotConfirm Outcome = "cannot-confirm" // nothing can be said
)

// Outcomes lists the outcomes with the nearest NIEM LeadStatusCategoryCode and
// a sentence for the desk.
var Outcomes = []struct {
	Outcome Outcome
	NIEM    string
	Words   string
}{
	{OutcomeActed, "ASN", "It led to a measure."},
	{OutcomeOpened, "ASN", "An assessment or investigation was opened."},
	{OutcomeKnown, "RVW", "Already known here."},
	{OutcomeReserved, "PRP", "Kept on file and watched for."},
	{OutcomeReferred, "ROA", "Another of our agencies has it now."},
	{OutcomeNoLink, "NA4", "Looked into; no link found."},
	{OutcomeNotUseful, "NA1", "Too little to go on."},
	{OutcomeTooLate, "NA3", "It came too late."},
	{OutcomeNotOurs, "NA2", "Not a matter for us."},
	{OutcomeNoMeans, "NA6", "Not looked into, for lack of means."},
	{OutcomeCannotConfirm, "NA4", "Nothing can be said."},
}
