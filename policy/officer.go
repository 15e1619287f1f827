package policy

import (
	"slices"
	"strings"

	"entente"
)

// The two answers of the table; they are equally wide so that its columns stand.
const (
	may = true
	not = false
)

// table decides every operation for every role.
//
// An overseer reads everything and changes nothing; he does confirm whom an
// operator lets in, so that no operator becomes somebody else alone. An operator runs the machine
// and sees no content: what he carries by courier is sealed, and of the lists and
// feeds that he loads he is told how many, not whom. A releaser may write
// drafts, too; somebody else then releases them.
var table = []struct {
	analyst, releaser, supervisor, overseer, operator bool
	operation                                         entente.Operation
}{
	// analyst, releaser, supervisor, overseer, operator
	{may, may, may, may, not, entente.OpReadInbox},
	{may, may, may, may, not, entente.OpReadMessage},
	{may, may, may, not, not, entente.OpAcknowledge},
	{may, not, not, not, not, entente.OpAssess},
	{may, not, not, not, not, entente.OpDispose},
	{not, not, may, not, not, entente.OpAssign},
	{may, may, may, may, not, entente.OpFetchAttachment},
	{may, may, not, not, not, entente.OpAddAttachment},
	{may, may, not, not, not, entente.OpDraft},
	{may, may, may, may, not, entente.OpReadDrafts},
	{may, may, not, not, not, entente.OpSubmit},
	{not, may, not, not, not, entente.OpRelease},
	{not, may, not, not, not, entente.OpReturn},
	{may, may, may, not, not, entente.OpNote},
	{may, may, may, may, may, entente.OpReadQueue},
	{not, not, may, not, may, entente.OpRetry},
	{may, may, may, may, not, entente.OpReadAgreement},
	{not, not, not, not, may, entente.OpManageAgreements},
	{not, not, may, not, not, entente.OpChangeLevel},
	{not, not, may, not, not, entente.OpDeclareOutage},
	{may, may, may, may, may, entente.OpReadParties},
	{not, not, not, not, may, entente.OpManageParties},
	{not, not, not, not, may, entente.OpDecideRestore},
	{not, not, not, may, not, entente.OpReadAccessLog},
	{not, not, not, may, not, entente.OpVerify},
	{not, not, not, may, not, entente.OpExportEvidence},
	{not, not, may, not, may, entente.OpCourierExport},
	{not, not, may, not, may, entente.OpCourierImport},
	{may, may, may, may, not, entente.OpReadObligations},
	{not, not, may, may, may, entente.OpReadOfficers},
	{not, not, not, not, may, entente.OpManageOfficers},
	{not, not, may, may, not, entente.OpConfirmOfficers},
	{not, not, may, may, may, entente.OpNodeStatus},
	{may, may, may, may, may, entente.OpManageCredentials},
	{may, not, may, may, not, entente.OpSearch},
	{may, not, may, may, not, entente.OpReadHoldings},
	{may, not, may, not, may, entente.OpImport},
	{may, not, may, not, may, entente.OpFeed},
	{may, not, may, may, not, entente.OpReadTravel},
	{may, not, may, may, not, entente.OpReadTasks},
	{may, not, may, not, not, entente.OpDecideTask},
	{may, not, may, may, not, entente.OpReadWatches},
	{may, not, may, not, not, entente.OpWatch},
	{may, not, may, may, not, entente.OpReadCases},
	{may, not, may, not, not, entente.OpCase},
	{not, not, may, not, not, entente.OpCloseUndecided},
	{may, not, may, not, not, entente.OpRevokeClearing},
}

// reading lists the operations that change nothing. A repeat of one is another
// look, with its own entry in the access log; that of any other is no second act.
var reading = []entente.Operation{
	entente.OpReadInbox, entente.OpReadMessage, entente.OpFetchAttachment, entente.OpReadDrafts, entente.OpReadQueue,
	entente.OpReadAgreement, entente.OpReadParties, entente.OpReadAccessLog, entente.OpVerify, entente.OpExportEvidence,
	entente.OpCourierExport, entente.OpReadObligations, entente.OpReadOfficers, entente.OpNodeStatus, entente.OpSearch,
	entente.OpReadHoldings, entente.OpReadTravel, entente.OpReadTasks, entente.OpReadWatches, entente.OpReadCases,
}

// Changes reports whether an operation changes what the node holds.
func Changes(op entente.Operation) bool { return !slices.Contains(reading, op) }

// May reports whether the role may ask for the operation. What the table does
// not know is forbidden.
func May(r entente.Role, op entente.Operation) bool {
	return slices.Contains(rolesFor(op), r)
}

// rolesFor lists the roles that may ask for an operation.
func rolesFor(op entente.Operation) []entente.Role {
	var roles []entente.Role
	for _, row := range table {
		if row.operation != op {
			continue
		}
		for i, yes := range []bool{row.analyst, row.releaser, row.supervisor, row.overseer, row.operator} {
			if yes {
				roles = append(roles, entente.Roles[i])
			}
		}
	}
	return roles
}

// Check gives nil when the officer may ask for the operation, and otherwise an
// error of kind Denied whose hint names the roles that may.
func Check(o entente.Officer, op entente.Operation) error {
	if !o.Disabled.IsZero() {
		return &entente.Error{Kind: entente.Denied, Field: string(op), Detail: "this account is not in use any more", Hint: "ask the operator of your node"}
	}
	if May(o.Role, op) {
		return nil
	}
	detail := "an officer without a role may do nothing"
	if o.Role != "" {
		detail = article(string(o.Role)) + " may not do this (" + string(op) + ")"
	}
	hint := "no role may"
	if roles := rolesFor(op); len(roles) > 0 {
		hint = "ask " + list(articles(roles), "or")
	}
	return &entente.Error{Kind: entente.Denied, Field: string(op), Detail: detail, Hint: hint}
}

func articles(roles []entente.Role) []string {
	named := make([]string, len(roles))
	for i, r := range roles {
		named[i] = article(string(r))
	}
	return named
}

// article puts "a" or "an" before a word.
func article(word string) string {
	if word != "" && strings.ContainsRune("aeiou", rune(word[0])) {
		return "an " + word
	}
	return "a " + word
}
