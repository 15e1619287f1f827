package web

import (
	"strings"

	"entente"
	"entente/casework"
)

// What the protocol's codes are called on a page. A code without a word is
// shown as it is: an agreement's purposes are its own.

var roleWords = map[entente.Role]string{
	entente.Analyst: "analyst", entente.Releaser: "releaser", entente.Supervisor: "supervisor",
	entente.Overseer: "overseer", entente.Operator: "operator",
}

// roleDuties say what a role is for.
var roleDuties = map[entente.Role]string{
	entente.Analyst:    "drafts, assesses and answers",
	entente.Releaser:   "approves what leaves",
	entente.Supervisor: "sees what is overdue and reassigns",
	entente.Overseer:   "reads and verifies everything and changes nothing",
	entente.Operator:   "runs the machine and sees no content",
}

var kindWords = map[entente.Kind]string{
	entente.KindTip: "Tip", entente.KindAcknowledgement: "Acknowledgement", entente.KindDisposition: "Outcome",
	entente.KindNote: "Note", entente.KindNotice: "Notice",
}

var draftWords = map[entente.DraftState]string{
	entente.DraftOpen: "being written", entente.DraftSubmitted: "waits for release", entente.DraftReturned: "returned to its author",
	entente.DraftReleased: "released", entente.DraftWithdrawn: "withdrawn",
}

var levelWords = map[entente.Level]string{
	entente.Open: "open", entente.Restricted: "restricted", entente.WarningsOnly: "warnings only", entente.Suspended: "suspended",
}

// towardsWords say for whom a level is declared.
var towardsWords = map[entente.Towards]string{
	entente.TowardsPair: "towards the recipient alone", entente.TowardsAll: "towards each other party",
}

// levelMeanings say what still passes.
var levelMeanings = map[entente.Level]string{
	entente.Open:         "Everything in scope passes.",
	entente.Restricted:   "Tips of PRIORITY and above pass, and all that the levels below let pass.",
	entente.WarningsOnly: "Notes on threads that exist pass, and all that the level below lets pass.",
	entente.Suspended:    "Only threats to life, what is owed for earlier messages, and notices pass.",
}

var papMeanings = map[entente.PAP]string{
	entente.PAPRed: "only passive, offline use", entente.PAPAmber: "passive checks elsewhere",
	entente.PAPGreen: "active measures short of the subject’s notice", entente.PAPClear: "no restriction",
}

var tlpMeanings = map[entente.TLP]string{
	entente.TLPRed: "for the named recipients only", entente.TLPAmberStrict: "for the recipient’s organisation only",
	entente.TLPAmber: "for the recipient’s organisation and its clients", entente.TLPGreen: "for the community", entente.TLPClear: "for everyone",
}

var onwardWords = map[entente.Onward]string{
	entente.OnwardNever: "never", entente.OnwardOriginator: "ask the originator each time", entente.OnwardParties: "free among the parties of the agreement",
}

var courtWords = map[entente.CourtUse]string{
	entente.CourtUseNo: "no", entente.CourtUseAsk: "ask first", entente.CourtUseYes: "yes",
}

var attestationWords = map[string]string{
	"lawful":       "Obtained under the law of the sender’s country.",
	"third-party":  "Passed on with the originator’s consent.",
	"open-source":  "Publicly available.",
	"not-attested": "The sender attests nothing.",
}

var natureWords = map[entente.Nature]string{entente.NatureFact: "fact", entente.NatureAssessment: "assessment"}

var nameUseWords = map[string]string{
	"": "full name", "full": "full name", "alias": "alias", "maiden": "name at birth", "mrz": "as in a passport’s machine-readable zone",
	"nickname": "nickname", "religious": "religious name",
}

var sexWords = map[entente.Sex]string{"M": "male", "F": "female", "X": "X (unspecified)"}

var documentWords = map[string]string{
	"passport": "passport", "identity-card": "identity card", "visa": "visa", "residence-permit": "residence permit",
	"driving-licence": "driving licence", "other": "other",
}

var identifierWords = map[string]string{
	"phone": "phone", "email": "e-mail", "handle": "handle", "account": "account", "vehicle": "vehicle", "other": "other",
}

var owedWords = map[entente.ObligationKind]string{
	entente.OwesAcknowledgement: "Acknowledgement", entente.OwesDisposition: "Outcome",
}

var owedStateWords = map[entente.ObligationState]string{
	entente.ObligationOpen: "open", entente.ObligationOverdue: "overdue", entente.ObligationMet: "met", entente.ObligationLate: "met late",
	entente.ObligationWaiting: "not delivered yet", entente.ObligationClaimed: "late, said to be written in time", entente.ObligationVoid: "void",
}

// allowanceWords say why an answer counts from when it was written.
var allowanceWords = map[entente.Allowance]string{
	entente.AllowedCourier: "It counts from then: a courier brought it, and the agreement allows for that.",
	entente.AllowedOutage:  "It counts from then: the node that was to receive it was out of reach.",
}

var underwayWords = map[entente.UnderwayState]string{
	entente.AnswerSent: "answered, on its way", entente.AnswerPutOff: "answer put off", entente.AnswerRefused: "answer refused",
}

var noticeWords = map[entente.NoticeWhat]string{
	entente.NoticeLevel: "Change of level", entente.NoticeKey: "New descriptor", entente.NoticeCustody: "Custody of an attachment", entente.NoticeWithdrawn: "A message is withdrawn",
	entente.NoticeOutage: "Outage",
}

var changeWords = map[casework.Change]string{
	casework.ChangeNew: "a new officer", casework.ChangeRole: "another role", casework.ChangeOpened: "the account opened again",
	casework.ChangeInvitation: "an invitation, with which somebody sets a new password or passkey",
}

// operationWords say what an entry of the access log tells of.
var operationWords = map[entente.Operation]string{
	entente.OpReadInbox: "looked at the inbox", entente.OpReadMessage: "opened a message", entente.OpAcknowledge: "acknowledged",
	entente.OpAssess: "assessed", entente.OpDispose: "decided", entente.OpAssign: "assigned", entente.OpFetchAttachment: "took a file",
	entente.OpAddAttachment: "attached a file", entente.OpDraft: "wrote a draft", entente.OpReadDrafts: "looked at drafts",
	entente.OpSubmit: "submitted a draft", entente.OpRelease: "released", entente.OpReturn: "returned a draft", entente.OpNote: "wrote a note",
	entente.OpDecideRestore: "judged records after a restore", entente.OpReadQueue: "looked at the queue", entente.OpRetry: "asked for another try", entente.OpReadAgreement: "read an agreement",
	entente.OpChangeLevel: "changed a level", entente.OpDeclareOutage: "declared an outage", entente.OpReadParties: "looked at the partners", entente.OpReadAccessLog: "read the access log",
	entente.OpVerify: "verified the ledgers", entente.OpExportEvidence: "exported evidence", entente.OpCourierExport: "wrote a courier file",
	entente.OpCourierImport: "read a courier file", entente.OpReadObligations: "looked at the deadlines", entente.OpReadOfficers: "looked at the officers",
	entente.OpManageOfficers: "changed an officer", entente.OpConfirmOfficers: "confirmed an officer", entente.OpNodeStatus: "looked at the node", entente.OpManageCredentials: "signing in",
	entente.OpSearch: "looked a person up", entente.OpReadHoldings: "read a holding", entente.OpImport: "imported a list",
	entente.OpFeed: "took in travel events", entente.OpReadTravel: "read a travel event", entente.OpReadTasks: "looked at tasks",
	entente.OpDecideTask: "answered a task", entente.OpReadWatches: "looked at watches", entente.OpWatch: "changed a watch",
	entente.OpReadCases: "read a case", entente.OpCase: "changed a case", entente.OpCloseUndecided: "closed a case over waiting matches", entente.OpRevokeClearing: "revoked a clearing",
}

// term is the word for a code, or the code.
func term[K ~string](p *page, words map[K]string, code K) string {
	if w, ok := words[code]; ok {
		return p.T(w)
	}
	return string(code)
}

func (p *page) role(r entente.Role) string { return term(p, roleWords, r) }

// outcome is the sentence for an outcome.
func (p *page) outcome(o entente.Outcome) string {
	for _, w := range entente.Outcomes {
		if w.Outcome == o {
			return p.T(w.Words)
		}
	}
	return string(o)
}

// graded says a grading in words; the words of both halves stand in the catalogue.
func (p *page) graded(g entente.Grade) string {
	if !strings.Contains(g.Words(), ", ") {
		return p.T(g.Words())
	}
	return p.T("%s, %s", p.half(g, 0), p.half(g, 1))
}

// half says one half of a grading: 0 the source, 1 the information.
func (p *page) half(g entente.Grade, which int) string {
	return p.T(strings.Split(g.Words(), ", ")[which])
}

var credentialWords = map[string]string{"password": "Password", "passkey": "Passkey", "token": "Command-line token", "invitation": "Invitation"}

func (p *page) kindOfCredential(kind string) string { return term(p, credentialWords, kind) }
