package sqlstore_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"entente"
	"entente/sqlstore"
)

func TestDraftVersions(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		d := entente.Draft{ID: id(1), Version: 1, State: entente.DraftOpen}
		put(t, s, func(tx entente.Tx) error { return tx.PutDraft(d) })
		for _, v := range []int{0, 1, 3} {
			d.Version, d.Returned = v, "not this"
			wantKind(t, s.Update(t.Context(), func(tx entente.Tx) error { return tx.PutDraft(d) }), entente.Conflict)
		}
		d.Version, d.Returned = 2, "this"
		put(t, s, func(tx entente.Tx) error { return tx.PutDraft(d) })
		same(t, get(t, s, func(tx entente.Tx) (entente.Draft, error) { return tx.Draft(d.ID) }), d)
		d.ID, d.Version = id(2), 2
		wantKind(t, s.Update(t.Context(), func(tx entente.Tx) error { return tx.PutDraft(d) }), entente.Conflict)
	})
}

func TestDraftQueries(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(
				tx.PutDraft(entente.Draft{ID: id(1), Version: 1, State: entente.DraftOpen, Author: "anna.kern", Changed: at(3)}),
				tx.PutDraft(entente.Draft{ID: id(2), Version: 1, State: entente.DraftSubmitted, Author: "anna.kern", Changed: at(1)}),
				tx.PutDraft(entente.Draft{ID: id(3), Version: 1, State: entente.DraftOpen, Author: "ben.dahl", Changed: at(2)}),
			)
		})
		for _, c := range []struct {
			q    entente.DraftQuery
			want []entente.MessageID
		}{
			{entente.DraftQuery{}, []entente.MessageID{id(1), id(3), id(2)}},
			{entente.DraftQuery{Author: "anna.kern"}, []entente.MessageID{id(1), id(2)}},
			{entente.DraftQuery{States: []entente.DraftState{entente.DraftOpen}}, []entente.MessageID{id(1), id(3)}},
			{entente.DraftQuery{States: []entente.DraftState{entente.DraftOpen, entente.DraftSubmitted}, Author: "ben.dahl"}, []entente.MessageID{id(3)}},
			{entente.DraftQuery{States: []entente.DraftState{entente.DraftReleased}}, nil},
		} {
			got := get(t, s, func(tx entente.Tx) ([]entente.Draft, error) { return tx.Drafts(c.q) })
			same(t, ids(got, func(d entente.Draft) entente.MessageID { return d.ID }), c.want)
		}
	})
}

func ids[T any, ID ~string](all []T, of func(T) ID) []ID {
	var got []ID
	for _, v := range all {
		got = append(got, of(v))
	}
	return got
}

func idOf(f entente.Filed) entente.MessageID { return f.Message.Header.ID }

func TestMessageQueries(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		file := func(n int, d entente.Direction, k entente.Kind, partner entente.PartyID, a entente.AgreementID) entente.Filed {
			f := entente.Filed{Direction: d, Thread: id(n), Payload: fmt.Appendf(nil, `{"kind":%q}`, k)}
			f.Message.Header = entente.Header{ID: id(n), From: partner, To: "albia-ncc", Agreement: a}
			if d == entente.Outgoing {
				f.Message.Header.From, f.Message.Header.To = "albia-ncc", partner
			}
			f.Message.Statement.Kind = k
			return f
		}
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(
				tx.PutMessage(file(1, entente.Incoming, entente.KindTip, "borea-sls", "north-star")),
				tx.PutMessage(file(2, entente.Outgoing, entente.KindNote, "borea-sls", "north-star")),
				tx.PutMessage(file(3, entente.Incoming, entente.KindNote, "cadia-gd", "south-star")),
				tx.PutMessage(file(4, entente.Incoming, entente.KindTip, "cadia-gd", "north-star")),
			)
		})
		for _, c := range []struct {
			q    entente.MessageQuery
			want []entente.MessageID
		}{
			{entente.MessageQuery{}, []entente.MessageID{id(4), id(3), id(2), id(1)}},
			{entente.MessageQuery{Direction: entente.Incoming}, []entente.MessageID{id(4), id(3), id(1)}},
			{entente.MessageQuery{Direction: entente.Incoming, Kinds: []entente.Kind{entente.KindTip}}, []entente.MessageID{id(4), id(1)}},
			{entente.MessageQuery{Kinds: []entente.Kind{entente.KindTip, entente.KindNote}, Partner: "borea-sls"}, []entente.MessageID{id(2), id(1)}},
			{entente.MessageQuery{Agreement: "south-star"}, []entente.MessageID{id(3)}},
			{entente.MessageQuery{Before: id(3)}, []entente.MessageID{id(2), id(1)}},
			{entente.MessageQuery{Before: id(3), Limit: 1}, []entente.MessageID{id(2)}},
		} {
			got := get(t, s, func(tx entente.Tx) ([]entente.Filed, error) { return tx.Messages(c.q) })
			same(t, ids(got, idOf), c.want)
		}
		wantKind(t, s.Update(t.Context(), func(tx entente.Tx) error {
			return tx.PutMessage(file(1, entente.Outgoing, entente.KindTip, "borea-sls", "north-star"))
		}), entente.Conflict)
	})
}

func TestMessagePagesAndThreads(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		put(t, s, func(tx entente.Tx) error {
			for n := range 250 {
				f := filed(n, entente.Incoming)
				f.Thread = id(n % 125)
				if err := tx.PutMessage(f); err != nil {
					return err
				}
			}
			return nil
		})
		var want []entente.MessageID
		for n := range 250 {
			want = append(want, id(249-n))
		}
		var got []entente.MessageID
		for q := (entente.MessageQuery{}); ; q.Before = got[len(got)-1] {
			page := get(t, s, func(tx entente.Tx) ([]entente.Filed, error) { return tx.Messages(q) })
			if len(page) == 0 {
				break
			}
			if len(page) > 100 {
				t.Fatalf("a page has %d messages, want at most 100", len(page))
			}
			got = append(got, ids(page, idOf)...)
		}
		same(t, got, want)

		threads := append(slices.Clone(want), id(3), id(3)) // more than one statement asks for, and some twice
		fs := get(t, s, func(tx entente.Tx) ([]entente.Filed, error) { return tx.Threads(threads) })
		slices.Reverse(want)
		same(t, ids(fs, idOf), want)
		for _, f := range fs {
			if f.Envelope != nil {
				t.Fatal("a list of threads carries envelopes")
			}
		}
	})
}

func TestAssessmentVersions(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		a := entente.Assessment{Message: id(1), Version: 1, Officer: "anna.kern"}
		put(t, s, func(tx entente.Tx) error { return tx.PutAssessment(a) })
		for _, v := range []int{0, 1, 3} {
			wantKind(t, s.Update(t.Context(), func(tx entente.Tx) error {
				return tx.PutAssessment(entente.Assessment{Message: id(1), Version: v})
			}), entente.Conflict)
		}
		a.Version, a.Text = 2, "seen before in Ostvik"
		put(t, s, func(tx entente.Tx) error { return tx.PutAssessment(a) })
		same(t, get(t, s, func(tx entente.Tx) (entente.Assessment, error) { return tx.Assessment(id(1)) }), a)
	})
}

func TestFirstReceiptCounts(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		want := filled[entente.Receipt](1)
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(tx.PutReceipt(id(1), want), tx.PutReceipt(id(1), filled[entente.Receipt](2)))
		})
		same(t, get(t, s, func(tx entente.Tx) (entente.Receipt, error) { return tx.Receipt(id(1)) }), want)
	})
}

// The start of 1970 is a time, and so is every other that a partner can write.
func TestEveryTimeIsKept(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		for n, when := range []time.Time{
			time.Unix(0, 0).UTC(), time.Date(1800, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 999_999_000, time.UTC), {},
		} {
			want := entente.Receipt{At: when, Text: []byte("receipt")}
			put(t, s, func(tx entente.Tx) error { return tx.PutReceipt(id(100+n), want) })
			got := get(t, s, func(tx entente.Tx) (entente.Receipt, error) { return tx.Receipt(id(100 + n)) })
			if !got.At.Equal(when) || got.At.IsZero() != when.IsZero() {
				t.Errorf("kept %v, got %v", when, got.At)
			}
		}
	})
}

func TestRefusals(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		envelope := entente.Digest{7}
		refuse := func(n int, why entente.Reason) entente.Refusal {
			return entente.Refusal{Message: id(1), Envelope: envelope, Reason: why, Final: why != entente.ReasonBusy, At: at(n), Text: fmt.Appendf(nil, "refusal %d", n)}
		}
		again, final, later := refuse(1, entente.ReasonBusy), refuse(2, entente.ReasonScope), refuse(3, entente.ReasonReplay)
		theirs := refuse(4, entente.ReasonLevel)
		other := refuse(5, entente.ReasonReplay) // somebody else's envelope under the same id
		other.Envelope = entente.Digest{8}
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(
				tx.PutRefusal(entente.Incoming, theirs), // first, so that the order of writing does not decide
				tx.PutRefusal(entente.Outgoing, again), tx.PutRefusal(entente.Outgoing, final),
				tx.PutRefusal(entente.Outgoing, later), tx.PutRefusal(entente.Outgoing, final), // the same again
				tx.PutRefusal(entente.Outgoing, other),
			)
		})
		list := func(d entente.Direction, limit int) []entente.Refusal {
			return get(t, s, func(tx entente.Tx) ([]entente.Refusal, error) { return tx.Refusals(d, limit) })
		}
		same(t, list(entente.Outgoing, 0), []entente.Refusal{other, later, final, again})
		same(t, list(entente.Outgoing, 2), []entente.Refusal{other, later})
		same(t, list(entente.Incoming, 0), []entente.Refusal{theirs})
		same(t, get(t, s, func(tx entente.Tx) (entente.Refusal, error) { return tx.Refusal(envelope) }), theirs)
	})
}

// Of what never had a place in a ledger the newest refusals stay; of what has
// one, all. Nobody else's are touched.
func TestDropRefusals(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		ch := entente.Channel{Agreement: "north-star", From: "borea-sls", To: "albia-ncc"}
		refuse := func(n byte, ch entente.Channel, expected int64) entente.Refusal {
			return entente.Refusal{Channel: ch, Envelope: entente.Digest{n}, Reason: entente.ReasonScope, Expected: expected, At: at(int(n)), Text: fmt.Appendf(nil, "refusal %d", n)}
		}
		placed := refuse(1, ch, 1)
		placed.Placed = true
		other := refuse(2, entente.Channel{Agreement: "north-star", From: "cadia-fiu", To: "albia-ncc"}, 0)
		nameless := refuse(3, entente.Channel{}, 0)
		ours := refuse(4, ch, 0)
		put(t, s, func(tx entente.Tx) error {
			err := errors.Join(
				tx.PutRefusal(entente.Outgoing, placed), tx.PutRefusal(entente.Outgoing, other), tx.PutRefusal(entente.Outgoing, nameless), tx.PutRefusal(entente.Incoming, ours))
			for n := byte(10); n < 20; n++ {
				err = errors.Join(err, tx.PutRefusal(entente.Outgoing, refuse(n, ch, 1)))
			}
			return err
		})
		put(t, s, func(tx entente.Tx) error { return tx.DropRefusals("borea-sls", 3) })
		list := func(d entente.Direction) []entente.Refusal {
			return get(t, s, func(tx entente.Tx) ([]entente.Refusal, error) { return tx.Refusals(d, 0) })
		}
		same(t, list(entente.Outgoing), []entente.Refusal{refuse(19, ch, 1), refuse(18, ch, 1), refuse(17, ch, 1), nameless, other, placed})
		same(t, list(entente.Incoming), []entente.Refusal{ours})
		put(t, s, func(tx entente.Tx) error { return tx.DropRefusals("", 0) })
		same(t, list(entente.Outgoing), []entente.Refusal{refuse(19, ch, 1), refuse(18, ch, 1), refuse(17, ch, 1), other, placed})
	})
}

func TestQueue(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		item := func(n int, partner entente.PartyID, a entente.AgreementID, seq int64) entente.QueueItem {
			return entente.QueueItem{Message: id(n), Partner: partner, Channel: entente.Channel{Agreement: a, From: "albia-ncc", To: partner}, Seq: seq, Precedence: entente.Flash, Queued: at(n), State: entente.QueueWaiting}
		}
		items := []entente.QueueItem{
			item(0, "borea-sls", "east-star", 5), item(1, "borea-sls", "north-star", 9), item(2, "borea-sls", "north-star", 10),
			item(3, "cadia-gd", "south-star", 0),
		}
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(tx.Enqueue(items[2]), tx.Enqueue(items[3]), tx.Enqueue(items[0]), tx.Enqueue(items[1]))
		})
		queue := func(p entente.PartyID, limit int) []entente.QueueItem {
			return get(t, s, func(tx entente.Tx) ([]entente.QueueItem, error) { return tx.Queue(p, limit) })
		}
		same(t, queue("borea-sls", 0), items[:3])
		same(t, queue("borea-sls", 2), items[:2])
		same(t, queue("", 0), items)
		wantKind(t, s.Update(t.Context(), func(tx entente.Tx) error { return tx.Enqueue(items[0]) }), entente.Conflict)
		put(t, s, func(tx entente.Tx) error { return tx.Dequeue(id(3)) })
		same(t, queue("", 0), items[:3])
	})
}

func TestQueueStates(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		item := func(n int, state entente.QueueState, why entente.Reason, since, again int) entente.QueueItem {
			return entente.QueueItem{Message: id(n), Partner: "borea-sls", Seq: int64(n), State: state, Why: why, Since: at(since), Again: at(again)}
		}
		waiting, held := item(1, entente.QueueWaiting, "", 0, 0), item(2, entente.QueueHeld, entente.ReasonLevel, 1, 0)
		later, now := item(3, entente.QueuePutOff, entente.ReasonKind, 1, 9), item(4, entente.QueuePutOff, entente.ReasonThread, 1, 5)
		first, second := item(5, entente.QueueDead, entente.ReasonScope, 1, 0), item(6, entente.QueueDead, entente.ReasonExpired, 2, 0)
		put(t, s, func(tx entente.Tx) error {
			var errs []error
			for _, q := range []entente.QueueItem{second, later, waiting, first, now, held} {
				errs = append(errs, tx.Enqueue(entente.QueueItem{Message: q.Message, Partner: q.Partner, Seq: q.Seq}), tx.SetQueued(q))
			}
			return errors.Join(errs...)
		})
		list := func(fn func(entente.Tx) ([]entente.QueueItem, error)) []entente.QueueItem { return get(t, s, fn) }
		due := func(now time.Time) []entente.QueueItem {
			return list(func(tx entente.Tx) ([]entente.QueueItem, error) { return tx.Due("borea-sls", now, 0) })
		}
		same(t, list(func(tx entente.Tx) ([]entente.QueueItem, error) { return tx.Queue("", 0) }), []entente.QueueItem{waiting, held, later, now})
		same(t, due(at(5)), []entente.QueueItem{waiting, now})
		same(t, due(at(9)), []entente.QueueItem{waiting, later, now})
		same(t, list(func(tx entente.Tx) ([]entente.QueueItem, error) { return tx.QueuedAs(entente.QueueHeld, "") }), []entente.QueueItem{held})
		same(t, list(entente.Tx.DeadLetters), []entente.QueueItem{second, first})

		// A descriptor that came later may have been the cause.
		older, newer := party(t, "borea-sls", 1), party(t, "borea-sls", 2)
		older.Added, newer.Added = at(0), at(1)
		put(t, s, func(tx entente.Tx) error { return errors.Join(tx.PutParty(older), tx.PutParty(newer)) })
		same(t, due(at(4)), []entente.QueueItem{waiting})
		newer = party(t, "borea-sls", 3)
		newer.Added = at(2)
		put(t, s, func(tx entente.Tx) error { return tx.PutParty(newer) })
		same(t, due(at(4)), []entente.QueueItem{waiting, later, now})
	})
}

func TestGaps(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		gap := func(origin string, seq int64, state entente.GapState) entente.Gap {
			return entente.Gap{Origin: origin, Seq: seq, State: state, Since: at(int(seq))}
		}
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(
				tx.PutGaps([]entente.Gap{gap("b", 2, entente.GapKnown), gap("b", 0, entente.GapKnown), gap("b", 9, entente.GapKnown), gap("a", 3, entente.GapPutOff)}),
				tx.PutGaps([]entente.Gap{gap("b", 2, entente.GapWithdrawn)}), tx.DropGap("b", 9), tx.DropGap("b", 9),
			)
		})
		gaps := func(origin string, from int64, limit int) []entente.Gap {
			return get(t, s, func(tx entente.Tx) ([]entente.Gap, error) { return tx.Gaps(origin, from, limit) })
		}
		same(t, gaps("", 0, 0), []entente.Gap{gap("a", 3, entente.GapPutOff), gap("b", 0, entente.GapKnown), gap("b", 2, entente.GapWithdrawn)})
		same(t, gaps("b", 1, 0), []entente.Gap{gap("b", 2, entente.GapWithdrawn)})
		same(t, gaps("b", 0, 1), []entente.Gap{gap("b", 0, entente.GapKnown)})
	})
}

func TestLines(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		b, a := filled[entente.Line](1), filled[entente.Line](2)
		a.Partner, b.Partner = "albia-ncc", "borea-sls"
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(tx.PutLine(filled[entente.Line](3)), tx.PutLine(b), tx.PutLine(a))
		})
		b.Attempts, b.Skew = 0, -3*time.Nanosecond
		put(t, s, func(tx entente.Tx) error { return tx.PutLine(b) })
		same(t, get(t, s, entente.Tx.Lines), []entente.Line{a, b, filled[entente.Line](3)})
	})
}

func TestLease(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		for i, c := range []struct {
			holder     string
			now, until time.Time
			want       bool
		}{
			{"one", at(0), at(10), true},       // free
			{"two", at(5), at(15), false},      // held
			{"two", at(5), time.Time{}, false}, // cannot be given back by another
			{"one", at(6), at(20), true},       // renewed
			{"two", at(12), at(30), false},     // held since the renewal
			{"two", at(20), at(30), true},      // run out
			{"one", at(21), at(40), false},
			{"two", at(22), time.Time{}, true}, // given back
			{"one", at(23), at(40), true},
		} {
			var got bool
			put(t, s, func(tx entente.Tx) (err error) {
				got, err = tx.Lease("borea-sls", c.holder, c.now, c.until)
				return err
			})
			if got != c.want {
				t.Errorf("step %d: Lease(%s) = %v, want %v", i, c.holder, got, c.want)
			}
		}
		put(t, s, func(tx entente.Tx) error {
			ok, err := tx.Lease("cadia-gd", "two", at(24), at(50))
			if !ok {
				t.Error("the lease of one partner keeps another partner's away")
			}
			return err
		})
	})
}

func TestOfficersCredentialsSessions(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		key := func(id string, of entente.OfficerID, n int) entente.Credential {
			return entente.Credential{ID: id, Officer: of, Added: at(n)}
		}
		session := func(n byte, of entente.OfficerID) entente.Session {
			return entente.Session{Token: entente.Digest{n}, Officer: of, Expires: at(int(n))}
		}
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(
				tx.PutOfficer(entente.Officer{ID: "ben.dahl"}), tx.PutOfficer(entente.Officer{ID: "anna.kern"}),
				tx.PutOfficer(entente.Officer{ID: "ben.dahl", Name: "Ben Dahl"}),
				tx.PutCredential(key("b", "anna.kern", 1)), tx.PutCredential(key("a", "anna.kern", 2)), tx.PutCredential(key("c", "ben.dahl", 3)),
				tx.PutSession(session(1, "anna.kern")), tx.PutSession(session(2, "ben.dahl")), tx.PutSession(session(3, "anna.kern")), tx.PutSession(session(4, "ben.dahl")),
			)
		})
		same(t, get(t, s, entente.Tx.Officers), []entente.Officer{{ID: "anna.kern"}, {ID: "ben.dahl", Name: "Ben Dahl"}})
		same(t, get(t, s, func(tx entente.Tx) ([]entente.Credential, error) { return tx.Credentials("anna.kern") }),
			[]entente.Credential{key("b", "anna.kern", 1), key("a", "anna.kern", 2)})
		signedIn := func() (all []byte) {
			for n := byte(1); n <= 4; n++ {
				if _, err := try(t, s, func(tx entente.Tx) (entente.Session, error) { return tx.Session(entente.Digest{n}) }); err == nil {
					all = append(all, n)
				}
			}
			return all
		}
		put(t, s, func(tx entente.Tx) error {
			return errors.Join(tx.DropCredential("b"), tx.DropSessions("", at(1)))
		})
		same(t, get(t, s, func(tx entente.Tx) (int, error) { return count(tx.Credentials("anna.kern")) }), 1)
		same(t, signedIn(), []byte{2, 3, 4})
		put(t, s, func(tx entente.Tx) error { return tx.DropSessions("anna.kern", time.Time{}) })
		same(t, signedIn(), []byte{2, 4})
		put(t, s, func(tx entente.Tx) error { return tx.DropSession(entente.Digest{4}) })
		same(t, signedIn(), []byte{2})
	})
}

// What lapses goes, and what there is too much of goes the oldest first; other
// kinds stay.
func TestFleeting(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		left := func() (all []byte) {
			for n := byte(1); n <= 6; n++ {
				if _, err := try(t, s, func(tx entente.Tx) (entente.Fleeting, error) { return tx.Fleeting(entente.Digest{n}) }); err == nil {
					all = append(all, n)
				}
			}
			return all
		}
		put(t, s, func(tx entente.Tx) error {
			var errs []error
			for n := byte(1); n <= 6; n++ {
				f := entente.Fleeting{Key: entente.Digest{n}, Kind: "challenge", Place: entente.Digest{n % 2}, Expires: at(int(n))}
				if n == 2 {
					f.Kind = "count"
				}
				errs = append(errs, tx.PutFleeting(f))
			}
			return errors.Join(errs...)
		})
		for place, want := range []int{2, 3} {
			same(t, get(t, s, func(tx entente.Tx) (int, error) { return tx.CountFleeting("challenge", entente.Digest{byte(place)}) }), want)
		}
		put(t, s, func(tx entente.Tx) error { return tx.SweepFleeting("challenge", at(3), 9) })
		same(t, left(), []byte{2, 4, 5, 6})
		put(t, s, func(tx entente.Tx) error { return tx.SweepFleeting("challenge", at(3), 2) })
		same(t, left(), []byte{2, 5, 6})
		put(t, s, func(tx entente.Tx) error { return tx.DropFleeting(entente.Digest{5}) })
		same(t, left(), []byte{2, 6})
	})
}

func TestAccessLog(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		var want []entente.AccessEntry
		for seq := range int64(5) {
			a := entente.Access{At: at(int(seq)), Officer: "anna.kern", Role: entente.Analyst, Operation: entente.OpReadInbox, Object: "inbox", Purpose: "handling", Denied: seq == 3}
			want = append(want, entente.AccessEntry{Seq: seq, Entry: encode(t, a), Access: a})
		}
		put(t, s, func(tx entente.Tx) error {
			for _, e := range want {
				if err := tx.PutAccess(e.Seq, e.Entry, e.Access); err != nil {
					return err
				}
			}
			return nil
		})
		slices.Reverse(want)
		log := func(before int64, limit int) []entente.AccessEntry {
			return get(t, s, func(tx entente.Tx) ([]entente.AccessEntry, error) { return tx.AccessLog(before, limit) })
		}
		same(t, log(0, 0), want)
		same(t, log(0, 2), want[:2])
		same(t, log(3, 2), want[2:4])
		wantKind(t, s.Update(t.Context(), func(tx entente.Tx) error { return tx.PutAccess(4, []byte("{}"), entente.Access{}) }), entente.Conflict)
	})
}

// The log is asked about one thing, newest first and page by page. A file of a
// message is the message; what only begins like a thing is another.
func TestAccessTo(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		var all []entente.AccessEntry
		put(t, s, func(tx entente.Tx) error {
			all = nil
			for seq, object := range []string{"case c", "message m", "", "message m file 1a2b", "case c2", "case c", "holding ports/7 file 9", "message m", "draft d file 1a2b", "holding ports/7"} {
				a := entente.Access{At: at(seq), Officer: "anna.kern", Role: entente.Analyst, Operation: entente.OpReadCases, Object: object}
				all = append(all, entente.AccessEntry{Seq: int64(seq), Entry: encode(t, a), Access: a})
				if err := tx.PutAccess(int64(seq), all[seq].Entry, a); err != nil {
					return err
				}
			}
			return nil
		})
		for _, x := range []struct {
			thing  string
			before int64
			limit  int
			want   []int
		}{
			{"case c", 0, 0, []int{5, 0}},
			{"case c", 5, 0, []int{0}},
			{"case c2", 0, 0, []int{4}},
			{"case", 0, 0, nil},
			{"message m", 0, 2, []int{7, 3}},
			{"message m", 3, 2, []int{1}},
			{"message m", 1, 2, nil},
			{"message m file 1a2b", 0, 0, nil},
			{"draft d", 0, 0, []int{8}},
			{"holding ports/7", 0, 0, []int{9}},
			{"holding ports/7 file 9", 0, 0, []int{6}},
		} {
			var want []entente.AccessEntry
			for _, n := range x.want {
				want = append(want, all[n])
			}
			same(t, get(t, s, func(tx entente.Tx) ([]entente.AccessEntry, error) { return tx.AccessTo(x.thing, x.before, x.limit) }), want)
		}
	})
}
