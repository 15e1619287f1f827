package sqlstore_test

import (
	"errors"
	"testing"
	"time"

	"entente"
	"entente/parse"
	"entente/sqlstore"
)

// A noun that is put comes back as it was: every field, every byte.
func TestNounsComeBackWhole(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		keeps(t, s, entente.Tx.PutLevel, func(tx entente.Tx, c entente.LevelChange) (entente.LevelChange, error) {
			return first(tx.LevelChanges(c.Agreement))
		})
		keeps(t, s, entente.Tx.PutOfficer, func(tx entente.Tx, o entente.Officer) (entente.Officer, error) { return tx.Officer(o.ID) })
		keeps(t, s, entente.Tx.PutCredential, func(tx entente.Tx, c entente.Credential) (entente.Credential, error) { return tx.Credential(c.ID) })
		keeps(t, s, entente.Tx.PutSession, func(tx entente.Tx, x entente.Session) (entente.Session, error) { return tx.Session(x.Token) })
		keeps(t, s, entente.Tx.PutFleeting, func(tx entente.Tx, f entente.Fleeting) (entente.Fleeting, error) { return tx.Fleeting(f.Key) })
		keeps(t, s, entente.Tx.PutDeed, func(tx entente.Tx, d entente.Deed) (entente.Deed, error) { return tx.Deed(d.Key, d.Step) })
		keeps(t, s, entente.Tx.PutLine, func(tx entente.Tx, l entente.Line) (entente.Line, error) { return tx.Line(l.Partner) })
		keeps(t, s, entente.Tx.PutHead, func(tx entente.Tx, h entente.LedgerHead) (entente.LedgerHead, error) {
			got, err := tx.Head(h.Origin)
			if len(got.Tail)+len(got.Lacks) != 0 {
				t.Errorf("Tail = %v, Lacks = %v: neither is ever stored", got.Tail, got.Lacks)
			}
			got.Tail, got.Lacks = h.Tail, h.Lacks
			return got, err
		})
		keeps(t, s, entente.Tx.Enqueue, func(tx entente.Tx, q entente.QueueItem) (entente.QueueItem, error) { return tx.Queued(q.Message) })
		keeps(t, s, func(tx entente.Tx, g entente.Gap) error { return tx.PutGaps([]entente.Gap{g}) },
			func(tx entente.Tx, g entente.Gap) (entente.Gap, error) { return tx.Gap(g.Origin, g.Seq) })
		keeps(t, s, func(tx entente.Tx, r entente.Receipt) error { return tx.PutReceipt(id(1), r) },
			func(tx entente.Tx, r entente.Receipt) (entente.Receipt, error) { return tx.Receipt(id(1)) })
		keeps(t, s, func(tx entente.Tx, r entente.Refusal) error { return tx.PutRefusal(entente.Incoming, r) },
			func(tx entente.Tx, r entente.Refusal) (entente.Refusal, error) { return tx.Refusal(r.Envelope) })
		keeps(t, s, func(tx entente.Tx, a entente.Assessment) error { a.Version = 1; return tx.PutAssessment(a) },
			func(tx entente.Tx, a entente.Assessment) (entente.Assessment, error) {
				got, err := tx.Assessment(a.Message)
				got.Version = a.Version
				return got, err
			})
		keeps(t, s, func(tx entente.Tx, a entente.AttachmentRecord) error {
			a.Held = 0
			return errors.Join(tx.PutAttachment(a), tx.AppendPiece(a.Handle, 0, make([]byte, 7)))
		}, func(tx entente.Tx, a entente.AttachmentRecord) (entente.AttachmentRecord, error) {
			got, err := tx.Attachment(a.Handle)
			if got.Held != 7 {
				t.Errorf("Held = %d, want 7", got.Held)
			}
			got.Held = a.Held
			return got, err
		})
	})
}

// keeps puts a filled noun, reads it back in another transaction and compares.
func keeps[T any](t *testing.T, s entente.Store, in func(entente.Tx, T) error, out func(entente.Tx, T) (T, error)) {
	t.Helper()
	want := filled[T](1)
	put(t, s, func(tx entente.Tx) error { return in(tx, want) })
	same(t, get(t, s, func(tx entente.Tx) (T, error) { return out(tx, want) }), want)
}

func first[T any](all []T, err error) (T, error) {
	var zero T
	if err != nil || len(all) == 0 {
		return zero, errors.Join(err, errors.New("the list is empty"))
	}
	return all[0], nil
}

func TestDraftsAndMessagesComeBackWhole(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		d := filled[entente.Draft](1)
		d.Version = 1
		f := filed(2, entente.Outgoing)
		put(t, s, func(tx entente.Tx) error { return errors.Join(tx.PutDraft(d), tx.PutMessage(f)) })
		same(t, get(t, s, func(tx entente.Tx) (entente.Draft, error) { return tx.Draft(d.ID) }), d)
		same(t, get(t, s, func(tx entente.Tx) (entente.Filed, error) { return tx.Message(f.Message.Header.ID) }), f)
		listed := get(t, s, func(tx entente.Tx) ([]entente.Filed, error) { return tx.Messages(entente.MessageQuery{}) })
		f.Envelope = nil
		same(t, listed, []entente.Filed{f})
	})
}

// Two partners may use one id. Each finds its own message by it, whichever came
// first; here the second has another name.
func TestOneIDTwoPartners(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		early, late := filed(1, entente.Incoming), filed(2, entente.Incoming)
		late.Name, late.Thread, late.Message.Header.ID, late.Message.Header.From = id(2), id(2), id(1), "cadia-fiu"
		put(t, s, func(tx entente.Tx) error { return errors.Join(tx.PutMessage(early), tx.PutMessage(late)) })
		with := func(p entente.PartyID, id entente.MessageID) entente.Filed {
			return get(t, s, func(tx entente.Tx) (entente.Filed, error) { return tx.MessageWith(p, id) })
		}
		same(t, with(early.Partner(), id(1)), early)
		same(t, with("cadia-fiu", id(1)), late)
		same(t, get(t, s, func(tx entente.Tx) (entente.Filed, error) { return tx.Message(id(2)) }), late)
		same(t, len(get(t, s, func(tx entente.Tx) ([]entente.Filed, error) { return tx.Threads([]entente.MessageID{id(1)}) })), 1)
		// Its name here is no id of Cadia's, and a third message with the id is refused.
		err := s.View(t.Context(), func(tx entente.Tx) error { _, err := tx.MessageWith("cadia-fiu", id(2)); return err })
		if !errors.Is(err, entente.NotFound) {
			t.Errorf("found by our name as if it were an id: %v", err)
		}
		late.Name = id(3)
		err = s.Update(t.Context(), func(tx entente.Tx) error { return tx.PutMessage(late) })
		if !errors.Is(err, entente.Conflict) {
			t.Errorf("the id a second time with one partner: %v, want a conflict", err)
		}
	})
}

// filed gives a message, number n, in which every field is filled.
func filed(n int, d entente.Direction) entente.Filed {
	f := filled[entente.Filed](n)
	f.Direction = d
	f.Name, f.Message.Header.ID, f.Message.Statement.ID, f.Thread = id(n), id(n), id(n), id(n)
	f.Message.Statement.Kind = entente.KindTip
	payload, err := parse.Encode(f.Message.Statement)
	if err != nil {
		panic(err)
	}
	f.Payload, f.Digest = payload, entente.DigestOf(f.Envelope)
	return f
}

// A draft that nobody has filled in yet can be kept and read.
func TestUnfinishedDraft(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		d := entente.Draft{ID: id(1), Version: 1, State: entente.DraftOpen, Statement: entente.Statement{
			Tip: &entente.Tip{Subjects: []entente.Subject{{Births: []entente.Birth{{}}}}}, Attachments: []entente.Attachment{{}},
		}}
		put(t, s, func(tx entente.Tx) error { return tx.PutDraft(d) })
		same(t, get(t, s, func(tx entente.Tx) (entente.Draft, error) { return tx.Draft(d.ID) }), d)
	})
}

// Get-like methods answer NotFound, lists an empty list.
func TestNothingThere(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		gets := map[string]func(entente.Tx) error{
			"Party":             func(tx entente.Tx) error { _, err := tx.Party("albia-ncc"); return err },
			"Agreement":         func(tx entente.Tx) error { _, err := tx.Agreement("north-star", 1); return err },
			"Agreement, newest": func(tx entente.Tx) error { _, err := tx.Agreement("north-star", 0); return err },
			"Draft":             func(tx entente.Tx) error { _, err := tx.Draft(id(1)); return err },
			"Message":           func(tx entente.Tx) error { _, err := tx.Message(id(1)); return err },
			"Assessment":        func(tx entente.Tx) error { _, err := tx.Assessment(id(1)); return err },
			"Receipt":           func(tx entente.Tx) error { _, err := tx.Receipt(id(1)); return err },
			"Refusal":           func(tx entente.Tx) error { _, err := tx.Refusal(entente.Digest{1}); return err },
			"ReceiptedAt":       func(tx entente.Tx) error { _, err := tx.ReceiptedAt(entente.Channel{}, 0); return err },
			"Gap":               func(tx entente.Tx) error { _, err := tx.Gap("o", 0); return err },
			"Hashes":            func(tx entente.Tx) error { _, err := tx.Hashes("o", []int64{0}); return err },
			"Attachment":        func(tx entente.Tx) error { _, err := tx.Attachment("h"); return err },
			"Piece":             func(tx entente.Tx) error { _, err := tx.Piece("h", 0); return err },
			"Officer":           func(tx entente.Tx) error { _, err := tx.Officer("anna.kern"); return err },
			"Credential":        func(tx entente.Tx) error { _, err := tx.Credential("c"); return err },
			"Session":           func(tx entente.Tx) error { _, err := tx.Session(entente.Digest{1}); return err },
			"Fleeting":          func(tx entente.Tx) error { _, err := tx.Fleeting(entente.Digest{1}); return err },
			"Setting":           func(tx entente.Tx) error { _, err := tx.Setting("k"); return err },
			"Queued":            func(tx entente.Tx) error { _, err := tx.Queued(id(1)); return err },
			"SetQueued":         func(tx entente.Tx) error { return tx.SetQueued(entente.QueueItem{Message: id(1)}) },
			"Holding":           func(tx entente.Tx) error { _, err := tx.Holding("list/1"); return err },
			"Event":             func(tx entente.Tx) error { _, err := tx.Event("e"); return err },
			"Watch":             func(tx entente.Tx) error { _, err := tx.Watch("w"); return err },
			"Case":              func(tx entente.Tx) error { _, err := tx.Case("c"); return err },
			"Hit":               func(tx entente.Tx) error { _, err := tx.Hit("h"); return err },
			"SetHit":            func(tx entente.Tx) error { return tx.SetHit(entente.Hit{ID: "h"}) },
			"Clearing":          func(tx entente.Tx) error { _, err := tx.Clearing("c"); return err },
			"Task":              func(tx entente.Tx) error { _, err := tx.Task("t"); return err },
			"AppendPiece":       func(tx entente.Tx) error { return tx.AppendPiece("h", 0, []byte("a")) },
		}
		for name, ask := range gets {
			if err := s.Update(t.Context(), ask); !errors.Is(err, entente.NotFound) {
				t.Errorf("%s: error = %v, want NotFound", name, err)
			}
		}
		lists := map[string]func(entente.Tx) (int, error){
			"PartyEditions":   func(tx entente.Tx) (int, error) { return count(tx.PartyEditions("albia-ncc")) },
			"Parties":         func(tx entente.Tx) (int, error) { return count(tx.Parties()) },
			"AgreementEpochs": func(tx entente.Tx) (int, error) { return count(tx.AgreementEpochs("north-star")) },
			"Agreements":      func(tx entente.Tx) (int, error) { return count(tx.Agreements()) },
			"LevelChanges":    func(tx entente.Tx) (int, error) { return count(tx.LevelChanges("north-star")) },
			"Drafts":          func(tx entente.Tx) (int, error) { return count(tx.Drafts(entente.DraftQuery{})) },
			"Messages":        func(tx entente.Tx) (int, error) { return count(tx.Messages(entente.MessageQuery{})) },
			"Threads":         func(tx entente.Tx) (int, error) { return count(tx.Threads([]entente.MessageID{id(1)})) },
			"Threads of none": func(tx entente.Tx) (int, error) { return count(tx.Threads(nil)) },
			"Refusals":        func(tx entente.Tx) (int, error) { return count(tx.Refusals(entente.Outgoing, 0)) },
			"Heads":           func(tx entente.Tx) (int, error) { return count(tx.Heads()) },
			"Hashes of none":  func(tx entente.Tx) (int, error) { return count(tx.Hashes("o", nil)) },
			"Records":         func(tx entente.Tx) (int, error) { return count(tx.Records("o", 0, 10)) },
			"Queue":           func(tx entente.Tx) (int, error) { return count(tx.Queue("", 0)) },
			"DeadLetters":     func(tx entente.Tx) (int, error) { return count(tx.DeadLetters()) },
			"Due":             func(tx entente.Tx) (int, error) { return count(tx.Due("", at(1), 0)) },
			"QueuedAs":        func(tx entente.Tx) (int, error) { return count(tx.QueuedAs(entente.QueueHeld, "")) },
			"Gaps":            func(tx entente.Tx) (int, error) { return count(tx.Gaps("", 0, 0)) },
			"Lines":           func(tx entente.Tx) (int, error) { return count(tx.Lines()) },
			"AttachmentsOf":   func(tx entente.Tx) (int, error) { return count(tx.AttachmentsOf(entente.Digest{1})) },
			"Attachments":     func(tx entente.Tx) (int, error) { return count(tx.Attachments("", "")) },
			"Officers":        func(tx entente.Tx) (int, error) { return count(tx.Officers()) },
			"Credentials":     func(tx entente.Tx) (int, error) { return count(tx.Credentials("anna.kern")) },
			"AccessLog":       func(tx entente.Tx) (int, error) { return count(tx.AccessLog(0, 0)) },
			"AccessTo":        func(tx entente.Tx) (int, error) { return count(tx.AccessTo("case c", 0, 0)) },
			"Holdings":        func(tx entente.Tx) (int, error) { return count(tx.Holdings(entente.HoldingQuery{})) },
			"Editions":        func(tx entente.Tx) (int, error) { return count(tx.Editions("list")) },
			"Editions of all": func(tx entente.Tx) (int, error) { return count(tx.Editions("")) },
			"Aside":           func(tx entente.Tx) (int, error) { return count(tx.Aside("list", 1)) },
			"Feedings":        func(tx entente.Tx) (int, error) { return count(tx.Feedings(0)) },
			"FeedAside":       func(tx entente.Tx) (int, error) { return count(tx.FeedAside("f")) },
			"Watches":         func(tx entente.Tx) (int, error) { return count(tx.Watches(false)) },
			"Cases":           func(tx entente.Tx) (int, error) { return count(tx.Cases(entente.CaseQuery{})) },
			"Entries":         func(tx entente.Tx) (int, error) { return count(tx.Entries("c")) },
			"Flags":           func(tx entente.Tx) (int, error) { return count(tx.Flags("c")) },
			"Hits":            func(tx entente.Tx) (int, error) { return count(tx.Hits(entente.HitQuery{})) },
			"Clearings":       func(tx entente.Tx) (int, error) { return count(tx.Clearings(entente.Target{})) },
			"Tasks":           func(tx entente.Tx) (int, error) { return count(tx.Tasks(entente.TaskQuery{})) },
			"Unscreened":      func(tx entente.Tx) (int, error) { return count(tx.Unscreened(0)) },
			"CountFleeting":   func(tx entente.Tx) (int, error) { return tx.CountFleeting("k", entente.Digest{1}) },
		}
		for name, ask := range lists {
			if n := get(t, s, ask); n != 0 {
				t.Errorf("%s lists %d, want none", name, n)
			}
		}
		drops := map[string]func(entente.Tx) error{
			"Dequeue":        func(tx entente.Tx) error { return tx.Dequeue(id(1)) },
			"DropAttachment": func(tx entente.Tx) error { return tx.DropAttachment("h") },
			"DropCredential": func(tx entente.Tx) error { return tx.DropCredential("c") },
			"DropSession":    func(tx entente.Tx) error { return tx.DropSession(entente.Digest{1}) },
			"DropSessions":   func(tx entente.Tx) error { return tx.DropSessions("anna.kern", at(1)) },
			"DropFleeting":   func(tx entente.Tx) error { return tx.DropFleeting(entente.Digest{1}) },
			"SweepFleeting":  func(tx entente.Tx) error { return tx.SweepFleeting("k", at(1), 0) },
			"DropEvents":     func(tx entente.Tx) error { _, err := tx.DropEvents(at(1), 10); return err },
			"Screened":       func(tx entente.Tx) error { return tx.Screened(id(1)) },
		}
		for name, drop := range drops {
			if err := s.Update(t.Context(), drop); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		same(t, get(t, s, func(tx entente.Tx) (entente.LedgerHead, error) { return tx.Head("o") }), entente.LedgerHead{Origin: "o"})
		same(t, get(t, s, func(tx entente.Tx) (entente.Line, error) { return tx.Line("borea-sls") }), entente.Line{Partner: "borea-sls"})
	})
}

func count[T any](all []T, err error) (int, error) { return len(all), err }

// Zero times and missing bytes come back as they were.
func TestZeroValues(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(tx.PutOfficer(entente.Officer{ID: "anna.kern"}), tx.PutAttachment(entente.AttachmentRecord{Handle: "h"}), tx.PutSetting("k", nil))
		})
		same(t, get(t, s, func(tx entente.Tx) (entente.Officer, error) { return tx.Officer("anna.kern") }), entente.Officer{ID: "anna.kern"})
		same(t, get(t, s, func(tx entente.Tx) (entente.AttachmentRecord, error) { return tx.Attachment("h") }), entente.AttachmentRecord{Handle: "h"})
		same(t, get(t, s, func(tx entente.Tx) ([]byte, error) { return tx.Setting("k") }), []byte(nil))
	})
}

// A time in another zone is the same moment in UTC, to the microsecond.
func TestTimesAreUTCMicroseconds(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		in := time.Date(2011, 3, 4, 10, 0, 0, 123456789, time.FixedZone("", 3600))
		put(t, s, func(tx entente.Tx) error { return tx.PutOfficer(entente.Officer{ID: "anna.kern", Added: in}) })
		got := get(t, s, func(tx entente.Tx) (entente.Officer, error) { return tx.Officer("anna.kern") }).Added
		if want := time.Date(2011, 3, 4, 9, 0, 0, 123456000, time.UTC); got != want {
			t.Errorf("time = %v, want %v", got, want)
		}
	})
}

// Both engines refuse the text that one of them cannot keep, and go on.
func TestTextThatCannotBeKept(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		for _, bad := range []string{"a\x00b", "a\xffb"} {
			put(t, s, func(tx entente.Tx) error {
				wantKind(t, tx.PutLine(entente.Line{Partner: "borea-sls", LastError: bad}), entente.Invalid)
				return tx.PutSetting("after", []byte("kept"))
			})
			get(t, s, func(tx entente.Tx) ([]byte, error) { return tx.Setting("after") })
			err := s.Update(t.Context(), func(tx entente.Tx) error {
				return tx.PutDraft(entente.Draft{ID: id(1), Version: 1, Statement: entente.Statement{Note: &entente.Note{Text: "a\xffb"}}})
			})
			wantKind(t, err, entente.Invalid)
		}
	})
}
