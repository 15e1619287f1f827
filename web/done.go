package web

// deeds are what a page says after an action, by the word that the address
// carries from the action to the page. The address chooses among these
// sentences and cannot bring its own.
var deeds = map[string]string{
	"acknowledged":        "Acknowledged. The sender will see that a person has seen it.",
	"assigned":            "Assigned.",
	"assessed":            "Your assessment is kept. It stays here.",
	"noted":               "Your note is on its way.",
	"note-waits":          "Your note waits for release: the agreement wants a second officer.",
	"decided":             "Decided. The outcome is on its way to the sender.",
	"decision-waits":      "Your decision waits for release: the agreement wants a second officer.",
	"saved":               "Saved.",
	"saved-open":          "Saved as a draft. Some required fields are still empty: fill them in before you submit it.",
	"submitted":           "Submitted. It waits for a second officer.",
	"withdrawn":           "Withdrawn. Nothing left.",
	"attached":            "The file is encrypted and attached.",
	"detached":            "The file is taken off.",
	"released":            "Released. It is sealed, in the ledger and on its way.",
	"returned":            "Returned to its author with your reason.",
	"retry":               "The next attempt happens now.",
	"seen":                "Noted: you have seen it.",
	"outage":              "Declared. The partners are being told.",
	"level":               "Declared. It acts at once, and the parties concerned are being told.",
	"level-held":          "Declared. It acts at once. Messages that waited and do not pass any more are held: see below.",
	"held-sent":           "Sent. The messages are on their way.",
	"held-withdrawn":      "Withdrawn. The partner is being told that these messages will not come.",
	"offered-again":       "The message is offered to the partner again.",
	"role":                "The role is changed.",
	"purpose":             "Noted. It goes into the access log with what you open.",
	"asked":               "Asked for. It holds once a supervisor or an overseer has confirmed it.",
	"confirmed":           "Confirmed. It holds from now on.",
	"not-confirmed":       "Refused. Nothing changes, and no invitation counts.",
	"disabled":            "The account is closed. Whoever was signed in with it is signed out.",
	"enabled":             "The account is open again.",
	"task-seen":           "It is with you. It waits for your decision.",
	"task-decided":        "Decided, and on record.",
	"clearing-revoked":    "Taken back. He hits again.",
	"case-opened":         "The file is open.",
	"case-assessed":       "Your assessment is in the timeline.",
	"flagged":             "Noted as a reason for concern.",
	"linked":              "The message is in the file.",
	"unlinked":            "The message is out of the file. The timeline keeps that it was in it.",
	"case-closed":         "Closed. Its watches go on.",
	"case-reopened":       "The file is open again.",
	"corrected":           "Corrected. It is looked for from now on.",
	"watch-opened":        "The watch is open. It hits from now on.",
	"watch-goes-on":       "The watch goes on.",
	"watch-end-announced": "The end is announced. A second person must agree.",
	"signed-out":          "You are signed out.",
	"password":            "Your password is changed. Sign in with the new one.",
	"revoked":             "It no longer lets anybody in.",
	"passkey":             "The passkey is added.",
	"everywhere":          "You are signed out everywhere.",
}

// said is what the page says of the action before it, if anything.
func (p *page) said() string {
	if s, ok := deeds[p.done]; ok {
		return p.T(s)
	}
	return ""
}
