package web

import (
	"net/url"
	"strconv"
	"strings"

	"entente"
	"entente/casework"
)

// accessLog is one page of the access log.
type accessLog struct {
	About   *form // the thing that is asked about; empty: all
	Entries []entente.AccessEntry
	Next    string // address of the older ones
}

// pageOfEntries is how many entries of the access log one page lists.
const pageOfEntries = 100

func (v *visit) access() error {
	before, err := strconv.ParseInt(v.r.URL.Query().Get("before"), 10, 64)
	if err != nil || before < 0 {
		before = 0
	}
	log := accessLog{About: newForm(url.Values{"object": {strings.TrimSpace(v.r.URL.Query().Get("object"))}})}
	about := log.About.get("object")
	log.Entries, err = v.Casework.AccessLog(v.ctx(), v.officer, about, before, pageOfEntries)
	if err != nil {
		return err
	}
	if n := len(log.Entries); n == pageOfEntries && log.Entries[n-1].Seq > 0 {
		log.Next = at("/access", "object", about, "before", strconv.FormatInt(log.Entries[n-1].Seq, 10))
	}
	return v.ok(v.p.T("Access log"), accessPage(v.p, log))
}

// ledgers recomputes every ledger, when asked: it reads all of them.
func (v *visit) ledgers() error {
	if v.r.URL.Query().Get("verify") == "" {
		return v.ok(v.p.T("Ledgers"), ledgersPage(v.p, nil, false))
	}
	checks, err := v.Casework.Verify(v.ctx(), v.officer)
	if err != nil {
		return err
	}
	return v.ok(v.p.T("Ledgers"), ledgersPage(v.p, checks, true))
}

func (v *visit) refusals() error {
	list, err := v.Casework.Refusals(v.ctx(), v.officer)
	if err != nil {
		return err
	}
	return v.ok(v.p.T("What we refused"), refusalsPage(v.p, list))
}

func failing(checks []casework.Check) int {
	n := 0
	for _, c := range checks {
		if !c.Holds {
			n++
		}
	}
	return n
}

// deed says what an entry tells of. Signing in and changing how one signs in are
// one operation and two deeds.
func (p *page) deed(a entente.Access) string {
	switch {
	case a.Operation != entente.OpManageCredentials:
		return term(p, operationWords, a.Operation)
	case strings.HasPrefix(a.Object, "sign-in"):
		return p.T("signed in")
	}
	return p.T("changed how to sign in")
}
