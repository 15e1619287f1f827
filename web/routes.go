package web

import (
	"net/http"

	"entente"
)

// route is an address with the operation that it stands for. The operation is
// what outbox and casework will check; here it words a refusal, and the test of
// every role against every page goes by it.
type route struct {
	pattern string
	op      entente.Operation // empty: every officer
	serve   func(*visit) error
}

// routes are the pages behind the gate.
var routes = []route{
	{"GET /{$}", "", (*visit).home},

	{"GET /inbox", entente.OpReadInbox, (*visit).inbox},
	{"GET /messages/{id}", entente.OpReadMessage, (*visit).message},
	{"POST /messages/{id}/acknowledge", entente.OpAcknowledge, (*visit).acknowledge},
	{"POST /messages/{id}/assign", entente.OpAssign, (*visit).assign},
	{"POST /messages/{id}/assess", entente.OpAssess, (*visit).assess},
	{"POST /messages/{id}/note", entente.OpNote, (*visit).note},
	{"GET /messages/{id}/decide", entente.OpDispose, (*visit).decide},
	{"POST /messages/{id}/decide", entente.OpDispose, (*visit).dispose},
	{"GET /messages/{id}/evidence", entente.OpExportEvidence, (*visit).evidence},
	{"GET /messages/{id}/files/{file}", entente.OpFetchAttachment, (*visit).file},

	{"GET /tasks", entente.OpReadTasks, (*visit).tasks},
	{"GET /tasks/{id}", entente.OpReadTasks, (*visit).task},
	{"POST /tasks/{id}/seen", entente.OpDecideTask, (*visit).seeTask},
	{"POST /tasks/{id}/decide", entente.OpDecideTask, (*visit).decideTask},
	{"POST /clearings/{id}/revoke", entente.OpRevokeClearing, (*visit).revokeClearing},

	{"GET /people", entente.OpSearch, (*visit).people},
	{"POST /people", entente.OpSearch, (*visit).lookUp},
	{"GET /holdings/{source}/{number}", entente.OpReadHoldings, (*visit).holding},
	{"GET /travel/{event}", entente.OpReadTravel, (*visit).travel},

	{"GET /cases", entente.OpReadCases, (*visit).cases},
	{"GET /cases/new", entente.OpCase, (*visit).newCase},
	{"POST /cases/new", entente.OpCase, (*visit).openCase},
	{"GET /cases/{id}", entente.OpReadCases, (*visit).caseFile},
	{"GET /cases/{id}/correct", entente.OpCase, (*visit).correctCase},
	{"POST /cases/{id}/correct", entente.OpCase, (*visit).recordCase},
	{"POST /cases/{id}/assess", entente.OpCase, (*visit).assessCase},
	{"POST /cases/{id}/flag", entente.OpCase, (*visit).addFlag},
	{"POST /cases/{id}/link", entente.OpCase, (*visit).linkMessage},
	{"POST /cases/{id}/unlink", entente.OpCase, (*visit).unlinkMessage},
	{"POST /cases/{id}/assign", entente.OpCase, (*visit).assignCase},
	{"POST /cases/{id}/close", entente.OpCase, (*visit).closeCase},
	{"POST /cases/{id}/reopen", entente.OpCase, (*visit).reopenCase},

	{"GET /watches", entente.OpReadWatches, (*visit).watches},
	{"GET /watches/new", entente.OpWatch, (*visit).newWatch},
	{"POST /watches/new", entente.OpWatch, (*visit).openWatch},
	{"GET /watches/{id}", entente.OpReadWatches, (*visit).watch},
	{"GET /watches/{id}/correct", entente.OpWatch, (*visit).correctWatch},
	{"POST /watches/{id}/correct", entente.OpWatch, (*visit).recordWatch},
	{"POST /watches/{id}/continue", entente.OpWatch, (*visit).continueWatch},
	{"POST /watches/{id}/end", entente.OpWatch, (*visit).endWatch},

	{"GET /lists", entente.OpReadHoldings, (*visit).heldLists},
	{"GET /lists/{source}", entente.OpReadHoldings, (*visit).edition},
	{"GET /feeds", entente.OpReadTravel, (*visit).feeds},
	{"GET /feeds/{id}", entente.OpReadTravel, (*visit).feeding},
	{"GET /import", entente.OpImport, (*visit).intake},
	{"POST /import/list", entente.OpImport, (*visit).importList},
	{"POST /import/travel", entente.OpFeed, (*visit).importTravel},
	{"GET /import/{run}", entente.OpImport, (*visit).importing},
	{"POST /import/{run}/meant", entente.OpImport, (*visit).meant},

	{"GET /drafts", entente.OpReadDrafts, (*visit).drafts},
	{"GET /drafts/new", entente.OpDraft, (*visit).compose},
	{"POST /drafts/new", entente.OpDraft, (*visit).write},
	{"GET /drafts/{id}", entente.OpReadDrafts, (*visit).draft},
	{"GET /drafts/{id}/edit", entente.OpDraft, (*visit).edit},
	{"POST /drafts/{id}/edit", entente.OpDraft, (*visit).rewrite},
	{"POST /drafts/{id}/submit", entente.OpSubmit, (*visit).submit},
	{"POST /drafts/{id}/withdraw", entente.OpDraft, (*visit).withdraw},
	{"GET /drafts/{id}/files/{file}", entente.OpFetchAttachment, (*visit).draftFile},
	{"POST /drafts/{id}/files", entente.OpAddAttachment, (*visit).attach},
	{"POST /drafts/{id}/files/{file}/remove", entente.OpAddAttachment, (*visit).detach},
	{"GET /release", entente.OpRelease, (*visit).releases},
	{"POST /drafts/{id}/release", entente.OpRelease, (*visit).release},
	{"POST /drafts/{id}/return", entente.OpReturn, (*visit).giveBack},

	{"GET /obligations", entente.OpReadObligations, (*visit).obligations},
	{"GET /queue", entente.OpReadQueue, (*visit).queue},
	{"GET /courier", entente.OpCourierExport, (*visit).courier},
	{"POST /courier", entente.OpCourierImport, (*visit).unpack},
	{"POST /courier/{partner}", entente.OpCourierExport, (*visit).packParts},
	{"POST /courier/{partner}/part", entente.OpCourierExport, (*visit).packPart},
	{"POST /queue/lines/{partner}/retry", entente.OpRetry, (*visit).retry},
	{"POST /queue/dead/{id}/seen", entente.OpRetry, (*visit).takeNote},
	{"POST /queue/dead/{id}/again", entente.OpRetry, (*visit).offerAgain},
	{"POST /queue/held/{partner}/{id}", entente.OpRelease, (*visit).decideHeld},

	{"GET /agreements", entente.OpReadAgreement, (*visit).agreements},
	{"GET /agreements/{id}", entente.OpReadAgreement, (*visit).agreement},
	{"POST /agreements/{id}/level", entente.OpChangeLevel, (*visit).changeLevel},
	{"POST /agreements/{id}/outage", entente.OpDeclareOutage, (*visit).declareOutage},
	{"GET /partners", entente.OpReadParties, (*visit).partners},

	{"GET /access", entente.OpReadAccessLog, (*visit).access},
	{"GET /ledgers", entente.OpVerify, (*visit).ledgers},
	{"GET /refusals", entente.OpVerify, (*visit).refusals},

	{"GET /officers", entente.OpReadOfficers, (*visit).officers},
	{"POST /officers", entente.OpManageOfficers, (*visit).addOfficer},
	{"POST /officers/{officer}/invite", entente.OpManageOfficers, (*visit).invite},
	{"POST /officers/{officer}/role", entente.OpManageOfficers, (*visit).setRole},
	{"POST /officers/{officer}/disable", entente.OpManageOfficers, (*visit).disable},
	{"POST /officers/{officer}/confirm", entente.OpConfirmOfficers, (*visit).confirmOfficer},
	{"POST /officers/{officer}/refuse", entente.OpConfirmOfficers, (*visit).refuseOfficer},
	{"POST /officers/{officer}/enable", entente.OpManageOfficers, (*visit).enable},
	{"GET /node", entente.OpNodeStatus, (*visit).node},

	{"GET /account", "", (*visit).account},
	{"POST /account/purpose", "", (*visit).state},
	{"POST /account/password", entente.OpManageCredentials, (*visit).changePassword},
	{"POST /account/token", entente.OpManageCredentials, (*visit).newToken},
	{"POST /account/revoke", entente.OpManageCredentials, (*visit).revoke},
	{"POST /account/everywhere", entente.OpManageCredentials, (*visit).signOutEverywhere},
	{"POST /account/passkey", entente.OpManageCredentials, (*visit).beginRegistration},
	{"POST /account/passkey/answer", entente.OpManageCredentials, (*visit).finishRegistration},
}

// gates are the pages before it.
var gates = []route{
	{"GET /signin", "", (*visit).signInPage},
	{"POST /signin", "", (*visit).signIn},
	{"POST /signin/passkey", "", (*visit).beginPasskey},
	{"POST /signin/passkey/answer", "", (*visit).finishPasskey},
	{"POST /signout", "", (*visit).signOut},
	{"GET /invitation", "", (*visit).invitation},
	{"POST /invitation", "", (*visit).redeem},
	{"POST /invitation/passkey", "", (*visit).beginRedeem},
	{"POST /invitation/passkey/answer", "", (*visit).finishRedeem},
	{"POST /appearance", "", (*visit).appearance},
}

func (d *desk) mux() *http.ServeMux {
	m := http.NewServeMux()
	m.Handle("GET /static/", d.assets)
	for _, r := range gates {
		m.HandleFunc(r.pattern, func(w http.ResponseWriter, req *http.Request) {
			v := d.visit(w, req)
			err := v.recognise()
			if err == nil {
				err = r.serve(v)
			}
			if err != nil {
				v.fail(err)
			}
		})
	}
	for _, r := range routes {
		m.HandleFunc(r.pattern, func(w http.ResponseWriter, req *http.Request) {
			v := d.visit(w, req)
			if !v.admit() {
				return
			}
			err := v.judge(r)
			if err == nil {
				err = v.once(r.op, r.serve)
			}
			if v.end != nil {
				v.end()
			}
			if err != nil {
				v.failOperation(r.op, err)
			}
		})
	}
	m.HandleFunc("/", func(w http.ResponseWriter, req *http.Request) {
		if v := d.visit(w, req); v.admit() {
			v.fail(&entente.Error{Kind: entente.NotFound, Detail: "there is nothing at this address", Hint: "go back, or start from the navigation"})
		}
	})
	return m
}
