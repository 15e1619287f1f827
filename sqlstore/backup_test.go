package sqlstore_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"entente"
	"entente/sqlstore"
)

// stock fills a store with something in every table.
func stock(t *testing.T, s *sqlstore.Store) {
	t.Helper()
	end := endRecord(t, "albia-ncc", 2)
	put(t, s, func(tx entente.Tx) error {
		if _, err := tx.Lease("borea-sls", "one", at(0), at(1)); err != nil {
			return err
		}
		d := filled[entente.Draft](1)
		d.Version = 1
		a := filled[entente.Assessment](1)
		a.Version = 1
		dead := filled[entente.QueueItem](1)
		dead.Message, dead.State = id(2), entente.QueueDead
		access := entente.Access{Officer: "anna.kern", Role: entente.Analyst, Operation: entente.OpReadInbox, At: at(1)}
		return errors.Join(
			tx.PutParty(party(t, "borea-sls", 1)), tx.PutAgreement(agreement(t, "north-star", 1, true)), tx.PutLevel(filled[entente.LevelChange](1)),
			tx.PutDraft(d), tx.PutMessage(filed(1, entente.Incoming)), tx.PutMessage(filed(2, entente.Outgoing)), tx.PutAssessment(a),
			tx.PutReceipt(id(1), filled[entente.Receipt](1)), tx.PutRefusal(entente.Outgoing, filled[entente.Refusal](1)), tx.PutRefusal(entente.Incoming, filled[entente.Refusal](2)),
			tx.PutHead(entente.LedgerHead{Origin: "o", Size: 70, Checkpoint: []byte("c")}), tx.Append("o", 0, digests(0, 70), 0, digests(0, 135)),
			tx.Enqueue(dead), tx.PutGaps([]entente.Gap{filled[entente.Gap](1)}), tx.PutLine(filled[entente.Line](1)),
			tx.PutAttachment(entente.AttachmentRecord{Handle: "h", Message: id(1)}), tx.AppendPiece("h", 0, make([]byte, 3<<20)), tx.AppendPiece("h", 3<<20, []byte("end")),
			tx.PutOfficer(filled[entente.Officer](1)), tx.PutCredential(filled[entente.Credential](1)), tx.PutSession(filled[entente.Session](1)), tx.PutFleeting(filled[entente.Fleeting](1)),
			tx.PutAccess(0, encode(t, access), access), tx.PutSetting("k", []byte("v")), tx.PutSignedTerms("north-star", 1, entente.Digest{1}, at(1)), tx.PutDeed(filled[entente.Deed](1)),
			tx.PutEnd(end), tx.PutVoid(filled[entente.Void](1)), tx.PutOutage(filled[entente.Outage](1)), tx.PutLost(filled[entente.Lost](1)),
			stockPersons(tx),
		)
	})
}

// reads are all that a stocked store can be asked.
var reads = map[string]func(entente.Tx) (any, error){
	"parties":    func(tx entente.Tx) (any, error) { return any2(tx.Parties()) },
	"agreements": func(tx entente.Tx) (any, error) { return any2(tx.Agreements()) },
	"key": func(tx entente.Tx) (any, error) {
		p, err := tx.Party("borea-sls")
		if err != nil {
			return nil, err
		}
		return any2(tx.KeyOwner(entente.DigestOf(p.Party.Keys.Message)))
	},
	"signed": func(tx entente.Tx) (any, error) { return any2(tx.SignedTerms("north-star", 1)) },
	"levels": func(tx entente.Tx) (any, error) {
		return any2(tx.LevelChanges(filled[entente.LevelChange](1).Agreement))
	},
	"ends": func(tx entente.Tx) (any, error) {
		return any2(tx.EndsOf("borea-sls"))
	},
	"void":         func(tx entente.Tx) (any, error) { return any2(tx.Void(filled[entente.Void](1).Message)) },
	"outages":      func(tx entente.Tx) (any, error) { return any2(tx.Outages(filled[entente.Outage](1).Agreement)) },
	"lost":         func(tx entente.Tx) (any, error) { l := filled[entente.Lost](1); return any2(tx.Lost(l.Partner, l.ID)) },
	"drafts":       func(tx entente.Tx) (any, error) { return any2(tx.Drafts(entente.DraftQuery{})) },
	"messages":     func(tx entente.Tx) (any, error) { return any2(tx.Messages(entente.MessageQuery{})) },
	"message":      func(tx entente.Tx) (any, error) { return any2(tx.Message(id(1))) },
	"assessment":   func(tx entente.Tx) (any, error) { return any2(tx.Assessment(filled[entente.Assessment](1).Message)) },
	"receipt":      func(tx entente.Tx) (any, error) { return any2(tx.Receipt(id(1))) },
	"refusals out": func(tx entente.Tx) (any, error) { return any2(tx.Refusals(entente.Outgoing, 0)) },
	"refusals in":  func(tx entente.Tx) (any, error) { return any2(tx.Refusals(entente.Incoming, 0)) },
	"heads":        func(tx entente.Tx) (any, error) { return any2(tx.Heads()) },
	"records":      func(tx entente.Tx) (any, error) { return any2(tx.Records("o", 0, 1<<20)) },
	"hashes":       func(tx entente.Tx) (any, error) { return any2(tx.Hashes("o", []int64{0, 1, 134})) },
	"dead":         func(tx entente.Tx) (any, error) { return any2(tx.DeadLetters()) },
	"gaps":         func(tx entente.Tx) (any, error) { return any2(tx.Gaps("", 0, 0)) },
	"lines":        func(tx entente.Tx) (any, error) { return any2(tx.Lines()) },
	"attachments":  func(tx entente.Tx) (any, error) { return any2(tx.Attachments(id(1), "")) },
	"piece":        func(tx entente.Tx) (any, error) { return any2(tx.Piece("h", 3<<20)) },
	"first piece":  func(tx entente.Tx) (any, error) { return any2(tx.Piece("h", 3<<20-5)) },
	"officers":     func(tx entente.Tx) (any, error) { return any2(tx.Officers()) },
	"credentials":  func(tx entente.Tx) (any, error) { return any2(tx.Credentials(filled[entente.Credential](1).Officer)) },
	"access":       func(tx entente.Tx) (any, error) { return any2(tx.AccessLog(0, 0)) },
	"setting":      func(tx entente.Tx) (any, error) { return any2(tx.Setting("k")) },
	"holdings":     func(tx entente.Tx) (any, error) { return any2(tx.Holdings(entente.HoldingQuery{})) },
	"editions":     func(tx entente.Tx) (any, error) { return any2(tx.Editions("")) },
	"aside": func(tx entente.Tx) (any, error) {
		return any2(tx.Aside(filled[entente.Edition](1).Source, filled[entente.Edition](1).Number))
	},
	"event":      func(tx entente.Tx) (any, error) { return any2(tx.Event(filled[entente.TravelEvent](1).ID)) },
	"feedings":   func(tx entente.Tx) (any, error) { return any2(tx.Feedings(0)) },
	"feed aside": func(tx entente.Tx) (any, error) { return any2(tx.FeedAside(filled[entente.Feeding](1).ID)) },
	"watches":    func(tx entente.Tx) (any, error) { return any2(tx.Watches(false)) },
	"cases":      func(tx entente.Tx) (any, error) { return any2(tx.Cases(entente.CaseQuery{})) },
	"cases of a message": func(tx entente.Tx) (any, error) {
		return any2(tx.Cases(entente.CaseQuery{Message: filled[entente.Case](1).Messages[1]}))
	},
	"entries":    func(tx entente.Tx) (any, error) { return any2(tx.Entries(filled[entente.Entry](1).Case)) },
	"flags":      func(tx entente.Tx) (any, error) { return any2(tx.Flags(filled[entente.Flag](1).Case)) },
	"hits":       func(tx entente.Tx) (any, error) { return any2(tx.Hits(entente.HitQuery{})) },
	"clearings":  func(tx entente.Tx) (any, error) { return any2(tx.Clearings(entente.Target{})) },
	"tasks":      func(tx entente.Tx) (any, error) { return any2(tx.Tasks(entente.TaskQuery{})) },
	"unscreened": func(tx entente.Tx) (any, error) { return any2(tx.Unscreened(0)) },
	"deed": func(tx entente.Tx) (any, error) {
		return any2(tx.Deed(filled[entente.Deed](1).Key, filled[entente.Deed](1).Step))
	},
	"look backs": func(tx entente.Tx) (any, error) { return any2(tx.LookBacks(filled[entente.LookBack](1).Pass, 0)) },
}

// contents is all that a store holds, by the words of its own methods.
func contents(t *testing.T, s *sqlstore.Store) map[string]any {
	t.Helper()
	all := map[string]any{}
	for name, read := range reads {
		v := get(t, s, read)
		all[name] = v
		if r := reflect.ValueOf(v); r.Kind() == reflect.Slice && r.Len() == 0 {
			t.Errorf("there are no %s: the stock lacks them", name)
		}
	}
	return all
}

// stockPersons puts one of each that is kept about persons.
func stockPersons(tx entente.Tx) error {
	w, c, k := filled[entente.Watch](1), filled[entente.Case](1), filled[entente.Task](1)
	w.Version, c.Version, k.Version = 1, 1, 1
	_, fresh := tx.PutEvents(at(1), []entente.TravelEvent{filled[entente.TravelEvent](1)})
	_, entry := tx.AddEntry(filled[entente.Entry](1))
	_, hit := tx.PutHit(filled[entente.Hit](1))
	return errors.Join(fresh, entry, hit,
		tx.PutHoldings([]entente.Holding{filled[entente.Holding](1)}),
		tx.PutEdition(filled[entente.Edition](1), filled[[]entente.SetAside](1)),
		tx.PutFeeding(filled[entente.Feeding](1), filled[[]entente.SetAside](1)),
		tx.PutWatch(w), tx.PutCase(c), tx.PutTask(k),
		tx.PutLookBack(filled[entente.LookBack](1)), tx.PutFlag(filled[entente.Flag](1)), tx.PutClearing(filled[entente.Clearing](1)))
}

func any2[T any](v T, err error) (any, error) { return v, err }

// Whatever engine a backup is of, it fills either engine, and nothing but
// sessions and leases is lost on the way.
func TestBackupAndRestore(t *testing.T) {
	for _, from := range engines {
		for _, to := range engines {
			t.Run(from.name+" to "+to.name, func(t *testing.T) {
				s := open(t, from.url(t))
				stock(t, s)
				want := contents(t, s)
				path := filepath.Join(t.TempDir(), "backup.db")
				before := time.Now()
				if err := s.Backup(t.Context(), path); err != nil {
					t.Fatal(err)
				}
				after := time.Now()
				url := to.url(t)
				if err := sqlstore.Restore(t.Context(), path, url); err != nil {
					t.Fatal(err)
				}
				restored := open(t, url)
				same(t, contents(t, restored), want)
				wantRestored(t, restored, before, after)
				wantNoSessions(t, restored)
				// Numbers that were copied are not given again.
				put(t, restored, func(tx entente.Tx) error {
					return tx.PutRefusal(entente.Outgoing, filled[entente.Refusal](3))
				})
			})
		}
	}
}

func wantRestored(t *testing.T, s *sqlstore.Store, before, after time.Time) {
	t.Helper()
	flag := get(t, s, func(tx entente.Tx) ([]byte, error) { return tx.Setting(sqlstore.RestoredSetting) })
	got, err := time.Parse(time.RFC3339, string(flag))
	if err != nil || got.Before(before.Add(-time.Microsecond)) || got.After(after) {
		t.Errorf("restored = %s, %v; want the time of the backup", flag, err)
	}
	_, err = try(t, s, func(tx entente.Tx) ([]byte, error) { return tx.Setting("backup") })
	wantKind(t, err, entente.NotFound)
}

func wantNoSessions(t *testing.T, s *sqlstore.Store) {
	t.Helper()
	_, err := try(t, s, func(tx entente.Tx) (entente.Session, error) { return tx.Session(filled[entente.Session](1).Token) })
	wantKind(t, err, entente.NotFound)
	_, err = try(t, s, func(tx entente.Tx) (entente.Fleeting, error) { return tx.Fleeting(filled[entente.Fleeting](1).Key) })
	wantKind(t, err, entente.NotFound)
	put(t, s, func(tx entente.Tx) error {
		ok, err := tx.Lease("borea-sls", "another", at(0), at(1))
		if !ok {
			t.Error("the lease of a process that is gone came back")
		}
		return err
	})
}

func TestCopy(t *testing.T) {
	for i, from := range engines {
		to := engines[1-i]
		t.Run(from.name+" to "+to.name, func(t *testing.T) {
			source, target := from.url(t), to.url(t)
			s := open(t, source)
			stock(t, s)
			before := time.Now()
			if err := sqlstore.Copy(t.Context(), source, target); err != nil {
				t.Fatal(err)
			}
			copied := open(t, target)
			same(t, contents(t, copied), contents(t, s))
			wantRestored(t, copied, before, time.Now())
			wantNoSessions(t, copied)
		})
	}
}

// A backup that is made while others write is the state of one moment.
func TestBackupWhileWriting(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		ctx, stop := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		started := make(chan struct{})
		wg.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				for _, origin := range []string{"a", "b"} {
					if _, err := next(ctx, s, origin, entente.Digest{byte(n), byte(n >> 8), 1}); err != nil && ctx.Err() == nil {
						t.Error(err)
					}
				}
				if n == 50 {
					close(started)
				}
			}
		})
		<-started
		path := filepath.Join(t.TempDir(), "backup.db")
		if err := s.Backup(t.Context(), path); err != nil {
			t.Error(err)
		}
		stop()
		wg.Wait()

		url := engines[0].url(t)
		if err := sqlstore.Restore(t.Context(), path, url); err != nil {
			t.Fatal(err)
		}
		restored := open(t, url)
		heads := get(t, restored, entente.Tx.Heads)
		if len(heads) != 2 || heads[0].Size < 51 || heads[0].Size-heads[1].Size != 0 && heads[0].Size-heads[1].Size != 1 {
			t.Fatalf("heads = %v, want two of one moment", heads)
		}
		for _, h := range heads {
			if n := get(t, restored, func(tx entente.Tx) (int, error) { return count(tx.Records(h.Origin, 0, 1<<20)) }); int64(n) != h.Size {
				t.Errorf("ledger %s has size %d and %d records", h.Origin, h.Size, n)
			}
		}
	})
}

func TestBackupNeverOverwrites(t *testing.T) {
	s := open(t, engines[0].url(t))
	path := filepath.Join(t.TempDir(), "backup.db")
	if err := os.WriteFile(path, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	wantKind(t, s.Backup(t.Context(), path), entente.Conflict)
	if b, err := os.ReadFile(path); string(b) != "precious" {
		t.Errorf("the file holds %q, %v", b, err)
	}
}

// A backup that could not be finished leaves no file that looks like one.
func TestBackupGivenUp(t *testing.T) {
	both(t, func(t *testing.T, s *sqlstore.Store) {
		stock(t, s)
		path := filepath.Join(t.TempDir(), "backup.db")
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := s.Backup(ctx, path); !errors.Is(err, context.Canceled) {
			t.Errorf("error = %v, want Canceled", err)
		}
		left, err := filepath.Glob(path + "*")
		if err != nil || len(left) > 0 {
			t.Errorf("left over: %v, %v", left, err)
		}
	})
}

// A restore fills an empty store or does nothing.
func TestRestoreOnlyIntoAnEmptyStore(t *testing.T) {
	s := open(t, engines[0].url(t))
	stock(t, s)
	path := filepath.Join(t.TempDir(), "backup.db")
	if err := s.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	for _, e := range engines {
		for name, write := range map[string]func(entente.Tx) error{
			"setting":  func(tx entente.Tx) error { return tx.PutSetting("mine", nil) },
			"fleeting": func(tx entente.Tx) error { return tx.PutFleeting(entente.Fleeting{Key: entente.Digest{1}}) },
			"session":  func(tx entente.Tx) error { return tx.PutSession(entente.Session{Token: entente.Digest{1}}) },
		} {
			t.Run(e.name+" "+name, func(t *testing.T) {
				url := e.url(t)
				target := open(t, url)
				put(t, target, write)
				wantKind(t, sqlstore.Restore(t.Context(), path, url), entente.Conflict)
				if n := get(t, target, func(tx entente.Tx) (int, error) { return count(tx.Messages(entente.MessageQuery{})) }); n != 0 {
					t.Errorf("%d messages were restored all the same", n)
				}
			})
		}
		t.Run(e.name+" opened before", func(t *testing.T) {
			url := e.url(t)
			open(t, url)
			if err := sqlstore.Restore(t.Context(), path, url); err != nil {
				t.Error(err)
			}
		})
	}
}

// What is no whole backup is refused, and the target is not even made.
func TestRestoreRefusesOtherFiles(t *testing.T) {
	s := open(t, engines[0].url(t))
	stock(t, s)
	dir := t.TempDir()
	good := filepath.Join(dir, "good.db")
	if err := s.Backup(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, b []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	unmarked := write("unmarked.db", whole)
	execute(t, unmarked, "delete from setting where name = 'backup'")
	future := write("future.db", whole)
	execute(t, future, "insert into schema_version (version_id, is_applied) values (99, 1)")
	past := write("past.db", whole)
	execute(t, past, "update schema_version set version_id = 2 where version_id > 2")
	for path, kind := range map[string]error{
		filepath.Join(dir, "missing.db"):                                  entente.NotFound,
		write("empty.db", nil):                                            entente.Invalid,
		write("text.db", []byte("not a store")):                           entente.Invalid,
		write("age.db", []byte("age-encryption.org/v1\n-> X25519 abc\n")): entente.Invalid,
		unmarked: entente.Invalid,
		future:   entente.Invalid,
		past:     entente.Invalid,
		dir:      entente.Invalid,
	} {
		target := filepath.Join(t.TempDir(), "target.db")
		err := sqlstore.Restore(t.Context(), path, target)
		wantKind(t, err, kind)
		if want := map[string]string{future: "newer version", past: "older version"}[path]; !strings.Contains(err.Error(), want) {
			t.Errorf("a backup of a %s: %v", want, err)
		}
		if _, err := os.Stat(target); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: the target was made", filepath.Base(path))
		}
	}
}

// execute runs a statement on a SQLite file behind the store's back.
func execute(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}
