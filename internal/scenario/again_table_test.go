package scenario_test

import (
	"strings"
	"time"

	"entente"
	"entente/api"
	"entente/internal/scenario"
)

var nothing = entente.Outcomes[0].Outcome

// repeatable says of each operation how it is asked for.
var repeatable = map[string]repeated{
	"addToken": {entente.Analyst, true, func(r *repeats) func(*api.Client) (any, error) {
		return func(c *api.Client) (any, error) { return c.AddToken(r.ctx, "laptop") }
	}},
	"revokeCredential": {entente.Releaser, false, func(r *repeats) func(*api.Client) (any, error) {
		_, err := r.as(entente.Releaser, "").AddToken(r.ctx, "to be revoked")
		r.ok(err)
		held, err := r.as(entente.Releaser, "").Credentials(r.ctx)
		r.ok(err)
		id := held[len(held)-1].ID
		return none(func(c *api.Client) error { return c.RevokeCredential(r.ctx, id) })
	}},
	"writeDraft": {entente.Analyst, true, func(r *repeats) func(*api.Client) (any, error) {
		return func(c *api.Client) (any, error) { return c.WriteDraft(r.ctx, r.note()) }
	}},
	"changeDraft": {entente.Analyst, false, func(r *repeats) func(*api.Client) (any, error) {
		d := r.draft(false)
		return func(c *api.Client) (any, error) {
			return c.ChangeDraft(r.ctx, d.ID, api.DraftChange{NewDraft: r.note(), Version: d.Version})
		}
	}},
	"addAttachment": {entente.Analyst, true, func(r *repeats) func(*api.Client) (any, error) {
		d := r.draft(false)
		return func(c *api.Client) (any, error) {
			return c.AddAttachment(r.ctx, d.ID, "a.txt", "text/plain", strings.NewReader("the file"))
		}
	}},
	"removeAttachment": {entente.Analyst, true, func(r *repeats) func(*api.Client) (any, error) {
		d := r.draft(false)
		a, err := r.as(entente.Analyst, "").AddAttachment(r.ctx, d.ID, "a.txt", "text/plain", strings.NewReader("the file"))
		r.ok(err)
		return none(func(c *api.Client) error { return c.RemoveAttachment(r.ctx, d.ID, a.Digest) })
	}},
	"submitDraft": {entente.Analyst, false, func(r *repeats) func(*api.Client) (any, error) {
		d := r.draft(false)
		return func(c *api.Client) (any, error) { return c.Submit(r.ctx, d.ID, d.Version) }
	}},
	"releaseDraft": {entente.Releaser, false, func(r *repeats) func(*api.Client) (any, error) {
		d := r.draft(true)
		p, err := r.as(entente.Releaser, "").Draft(r.ctx, d.ID)
		r.ok(err)
		return func(c *api.Client) (any, error) { return c.Release(r.ctx, d.ID, *p.Digest) }
	}},
	"returnDraft": {entente.Releaser, false, func(r *repeats) func(*api.Client) (any, error) {
		d := r.draft(true)
		return none(func(c *api.Client) error { return c.Return(r.ctx, d.ID, "Say more.") })
	}},
	"withdrawDraft": {entente.Analyst, false, func(r *repeats) func(*api.Client) (any, error) {
		d := r.draft(false)
		return none(func(c *api.Client) error { return c.Withdraw(r.ctx, d.ID) })
	}},
	"sendMessage": {entente.Analyst, true, func(r *repeats) func(*api.Client) (any, error) {
		return func(c *api.Client) (any, error) { return c.Send(r.ctx, r.note()) }
	}},
	"acknowledgeMessage": {entente.Analyst, true, func(r *repeats) func(*api.Client) (any, error) {
		return none(func(c *api.Client) error { return c.Acknowledge(r.ctx, r.letter) })
	}},
	"assignMessage": {entente.Supervisor, true, func(r *repeats) func(*api.Client) (any, error) {
		to := r.albia.Officer(entente.Analyst).ID
		return none(func(c *api.Client) error { return c.Assign(r.ctx, r.letter, to) })
	}},
	"assessMessage": {entente.Analyst, false, func(r *repeats) func(*api.Client) (any, error) {
		m, err := r.as(entente.Analyst, "").Message(r.ctx, r.letter, "")
		r.ok(err)
		version := 0
		if m.Assessment != nil {
			version = m.Assessment.Version
		}
		return func(c *api.Client) (any, error) {
			return c.Assess(r.ctx, r.letter, api.AssessmentChange{Text: "Known.", Version: version})
		}
	}},
	"disposeMessage": {entente.Analyst, true, func(r *repeats) func(*api.Client) (any, error) {
		m, err := r.as(entente.Analyst, "").Message(r.ctx, r.letter, "")
		r.ok(err)
		d := entente.Disposition{Outcome: nothing, Reason: "Nothing found."}
		for _, q := range m.Statement.Tip.Questions {
			d.Answers = append(d.Answers, entente.Answer{Question: q.ID, Text: "No."})
		}
		return func(c *api.Client) (any, error) { return c.Dispose(r.ctx, r.letter, d) }
	}},
	"writeNote": {entente.Analyst, true, func(r *repeats) func(*api.Client) (any, error) {
		return func(c *api.Client) (any, error) { return c.Note(r.ctx, r.letter, "We look into it.") }
	}},
	"retryPartner": {entente.Operator, true, func(r *repeats) func(*api.Client) (any, error) {
		return none(func(c *api.Client) error { return c.Retry(r.ctx, r.borea.ID) })
	}},
	"noteDeadLetter": {entente.Operator, true, func(r *repeats) func(*api.Client) (any, error) {
		id := r.dead()
		return none(func(c *api.Client) error { return c.TakeNote(r.ctx, id) })
	}},
	"declareLevel": {entente.Supervisor, true, func(r *repeats) func(*api.Client) (any, error) {
		return func(c *api.Client) (any, error) {
			return c.DeclareLevel(r.ctx, "north-star", api.LevelDeclaration{Level: entente.Open, Reason: "Talks went well."})
		}
	}},
	"offerAgain": {entente.Operator, false, func(r *repeats) func(*api.Client) (any, error) {
		id := r.dead()
		return none(func(c *api.Client) error { return c.OfferAgain(r.ctx, id) })
	}},
	"sendHeld": {entente.Releaser, false, func(r *repeats) func(*api.Client) (any, error) {
		d := r.held()
		return none(func(c *api.Client) error { return c.SendHeld(r.ctx, r.borea.ID, d) })
	}},
	"withdrawHeld": {entente.Releaser, false, func(r *repeats) func(*api.Client) (any, error) {
		d := r.held()
		return none(func(c *api.Client) error { return c.WithdrawHeld(r.ctx, r.borea.ID, d) })
	}},
	"declareOutage": {entente.Supervisor, true, func(r *repeats) func(*api.Client) (any, error) {
		return none(func(c *api.Client) error {
			return c.DeclareOutage(r.ctx, "north-star", api.OutageDeclaration{From: scenario.FirstDay.Add(-48 * time.Hour), Until: scenario.FirstDay.Add(-24 * time.Hour)})
		})
	}},
	"unpackCourier": {entente.Operator, true, func(r *repeats) func(*api.Client) (any, error) {
		b := r.post()
		return func(c *api.Client) (any, error) { return c.Unpack(r.ctx, reader(b)) }
	}},
	"setOfficer": {entente.Operator, true, func(r *repeats) func(*api.Client) (any, error) {
		return func(c *api.Client) (any, error) {
			return c.SetOfficer(r.ctx, "nora.berg", api.OfficerChange{Name: "Nora Berg", Role: entente.Analyst})
		}
	}},
	"inviteOfficer": {entente.Operator, true, func(r *repeats) func(*api.Client) (any, error) {
		id, _ := r.fresh()
		return func(c *api.Client) (any, error) { return c.Invite(r.ctx, id) }
	}},
	"confirmOfficer": {entente.Supervisor, false, func(r *repeats) func(*api.Client) (any, error) {
		id, seen := r.fresh()
		return none(func(c *api.Client) error { return c.ConfirmOfficer(r.ctx, id, seen) })
	}},
	"refuseOfficer": {entente.Supervisor, false, func(r *repeats) func(*api.Client) (any, error) {
		id, seen := r.fresh()
		return none(func(c *api.Client) error { return c.RefuseOfficer(r.ctx, id, seen) })
	}},
	"importList": {entente.Operator, true, func(r *repeats) func(*api.Client) (any, error) {
		return func(c *api.Client) (any, error) {
			files := []api.ListFile{{Name: "ports.csv", Data: strings.NewReader("name,born\nMira Halvorsen,1979\n")}}
			return c.ImportList(r.ctx, "albia-ports", api.ListOptions{}, files, nil)
		}
	}},
	"feedTravel": {entente.Operator, true, func(r *repeats) func(*api.Client) (any, error) {
		return func(c *api.Client) (any, error) {
			return c.Feed(r.ctx, "north-airport", "csv", "", time.Time{}, strings.NewReader("name,birth date,nationality\nMira Halvorsen,1979-03-02,XA\n"))
		}
	}},
	"openCase": {entente.Analyst, true, func(r *repeats) func(*api.Client) (any, error) {
		return func(c *api.Client) (any, error) {
			return c.OpenCase(r.ctx, api.NewCase{Title: "Harbour", Purpose: "terrorism-prevention", Subjects: []api.Person{mira()}})
		}
	}},
	"assessCase": {entente.Analyst, true, onCase(func(r *repeats, c *api.Client, id entente.CaseID) error { return c.AssessCase(r.ctx, id, "Known.") })},
	"flagCase": {entente.Analyst, true, onCase(func(r *repeats, c *api.Client, id entente.CaseID) error {
		return c.FlagCase(r.ctx, id, api.NewFlag{Kind: entente.FlagKinds[0], Text: "Seen at the harbour."})
	})},
	"linkMessage": {entente.Analyst, false, onCase(func(r *repeats, c *api.Client, id entente.CaseID) error { return c.LinkMessage(r.ctx, id, r.letter) })},
	"unlinkMessage": {entente.Analyst, false, func(r *repeats) func(*api.Client) (any, error) {
		id := r.openCase()
		r.ok(r.as(entente.Analyst, "").LinkMessage(r.ctx, id, r.letter))
		return none(func(c *api.Client) error { return c.UnlinkMessage(r.ctx, id, r.letter, "Somebody else.") })
	}},
	"assignCase": {entente.Analyst, true, onCase(func(r *repeats, c *api.Client, id entente.CaseID) error {
		return c.AssignCase(r.ctx, id, api.CaseOwner{Role: entente.Analyst})
	})},
	"correctCase": {entente.Analyst, true, onCase(func(r *repeats, c *api.Client, id entente.CaseID) error {
		return c.CorrectCase(r.ctx, id, api.CaseCorrection{Subjects: []api.Person{mira()}, Reason: "Her passport."})
	})},
	"closeCase": {entente.Analyst, false, onCase(func(r *repeats, c *api.Client, id entente.CaseID) error {
		return c.CloseCase(r.ctx, id, api.CaseClosing{Outcome: nothing, Reason: "Nothing found."})
	})},
	"closeCaseUndecided": {entente.Supervisor, false, onCase(func(r *repeats, c *api.Client, id entente.CaseID) error {
		return c.CloseCaseUndecided(r.ctx, id, api.CaseOverride{Outcome: nothing, Reason: "Nothing found.", Despite: "The flight was cancelled."})
	})},
	"reopenCase": {entente.Analyst, false, func(r *repeats) func(*api.Client) (any, error) {
		id := r.closedCase()
		return none(func(c *api.Client) error { return c.ReopenCase(r.ctx, id, "Something new.") })
	}},
	"revokeClearing": {entente.Analyst, false, func(r *repeats) func(*api.Client) (any, error) {
		id := r.clearing()
		return none(func(c *api.Client) error { return c.RevokeClearing(r.ctx, id, "It was her.") })
	}},
	"openWatch": {entente.Analyst, true, func(r *repeats) func(*api.Client) (any, error) {
		return func(c *api.Client) (any, error) { return c.OpenWatch(r.ctx, watchFor()) }
	}},
	"correctWatch": {entente.Analyst, true, func(r *repeats) func(*api.Client) (any, error) {
		id := r.openWatch()
		return none(func(c *api.Client) error {
			return c.CorrectWatch(r.ctx, id, api.WatchCorrection{Subject: mira(), Reason: "Her passport."})
		})
	}},
	"continueWatch": {entente.Analyst, true, func(r *repeats) func(*api.Client) (any, error) {
		id := r.openWatch()
		return none(func(c *api.Client) error {
			return c.ContinueWatch(r.ctx, id, api.WatchTerm{Review: r.inADay(100), Reason: "Borea asks."})
		})
	}},
	"endWatch": {entente.Analyst, true, func(r *repeats) func(*api.Client) (any, error) {
		id := r.openWatch()
		return none(func(c *api.Client) error {
			return c.EndWatch(r.ctx, id, api.WatchEnd{On: r.inADay(30), Reason: "Borea asks."})
		})
	}},
	"seeTask": {entente.Analyst, true, func(r *repeats) func(*api.Client) (any, error) {
		id := r.task()
		return none(func(c *api.Client) error { return c.SeeTask(r.ctx, id) })
	}},
	"decideTask": {entente.Analyst, false, func(r *repeats) func(*api.Client) (any, error) {
		id := r.task()
		return none(func(c *api.Client) error {
			return c.DecideTask(r.ctx, id, api.TaskDecision{Answer: entente.VerdictSame, Reason: "Her passport."})
		})
	}},
}

func onCase(do func(*repeats, *api.Client, entente.CaseID) error) func(*repeats) func(*api.Client) (any, error) {
	return func(r *repeats) func(*api.Client) (any, error) {
		id := r.openCase()
		return none(func(c *api.Client) error { return do(r, c, id) })
	}
}
