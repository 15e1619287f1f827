package scenario_test

import (
	"cmp"
	"database/sql"
	"errors"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"entente"
	"entente/casework"
)

// tampering is something that the operator of a database can do to it. In each
// the check value of the row is taken away, as on a row of an earlier version, so
// that only signatures and ledgers can tell.
type tampering struct {
	what, table string
	do          string // SQL; $id is the message, $n a place of the ledger
	finds       string // what the verification names
	shown       bool   // the message itself is what it was
}

var tamperings = []tampering{
	{what: "other words", table: "message", do: `update message set sum = 0, payload = cast(replace(cast(payload as text), 'harbour', 'airport') as blob) where id = '$id'`, finds: "message $id"},
	{what: "other words under the old check value", table: "message", do: `update message set payload = cast(replace(cast(payload as text), 'harbour', 'airport') as blob) where id = '$id'`, finds: "message $id"},
	{what: "what nothing reads", table: "message", do: `update message set sum = 0, payload = cast('nothing' as blob) where id = '$id'`, finds: "message $id"},
	{what: "another precedence", table: "message", do: `update message set sum = 0, header = cast(replace(cast(header as text), 'ROUTINE', 'FLASH') as blob) where id = '$id'`, finds: "message $id"},
	{what: "another signature", table: "message", do: `update message set sum = 0, signature = digest where id = '$id'`, finds: "message $id"},
	{what: "another envelope", table: "message", do: `update message set sum = 0, envelope = payload where id = '$id'`, finds: "message $id"},
	{what: "no envelope", table: "message", do: `update message set sum = 0, envelope = substr(envelope, 1, 0) where id = '$id'`, finds: "message $id", shown: true},
	{what: "another digest", table: "message", do: `update message set sum = 0, digest = substr(payload, 1, 32) where id = '$id'`, finds: "message $id"},
	{what: "another receipt", table: "receipt", do: `update receipt set sum = 0, body = (select body from receipt where message <> '$id' limit 1) where message = '$id'`, finds: "message $id", shown: true},
	{what: "no receipt", table: "receipt", do: `delete from receipt where message = '$id'`, finds: "message $id", shown: true},
	{what: "another record of the ledger", table: "ledger_record", do: `update ledger_record set sum = 0, digest = (select digest from ledger_record where origin = 'entente/access' and place = 0) where origin = 'entente/north-star/borea-sls/albia-ncc' and place = 0`, finds: "entente/north-star/borea-sls/albia-ncc"},
	{what: "another hash of the ledger", table: "ledger_hash", do: `update ledger_hash set sum = 0, digest = (select digest from ledger_hash where origin = 'entente/access' and place = 0) where origin = 'entente/north-star/borea-sls/albia-ncc' and place = 0`, finds: "entente/north-star/borea-sls/albia-ncc", shown: true},
	{what: "another reader in the access log", table: "access", do: `update access set sum = 0, entry = cast(replace(cast(entry as text), 'anna.kern', 'ben.dahl') as blob) where seq = 0`, finds: "entente/access", shown: true},
	{what: "an entry that nothing reads", table: "access", do: `update access set sum = 0, entry = cast('nothing' as blob) where seq = 0`, finds: "entente/access", shown: true},
	{what: "an entry gone", table: "access", do: `delete from access where seq = 0`, finds: "entente/access", shown: true},
	{what: "no descriptor of the sender", table: "party", do: `delete from party where id = 'borea-sls'`, finds: "message $id"},
}

// What the operator of the database changes is shown to nobody as the partner's
// word, at no page, and a verification lists it and goes on with the rest.
func TestTampered(t *testing.T) {
	bothEngines(t, func(s *siege) {
		id, other := s.tip("They meet at the harbour"), s.tip("Another warning")
		s.quiet()
		anna, overseer := s.albia.Officer(entente.Analyst), s.albia.Officer(entente.Overseer)
		if _, err := s.albia.Node.Desk.Message(s.ctx, anna, other, ""); err != nil { // an entry in the access log
			t.Fatal(err)
		}
		db := s.behind()
		if bad := s.verified(overseer); len(bad) > 0 {
			t.Fatalf("before anything was changed: %v", bad)
		}
		for _, x := range tamperings {
			s.albia.Stop() // what it remembers of signatures is true of what it read before
			db.do("create table kept_aside as select * from " + x.table)
			db.do(strings.ReplaceAll(x.do, "$id", string(id)))
			s.ok(s.albia.Start(s.ctx))
			bad := s.verified(overseer)
			if finds := strings.ReplaceAll(x.finds, "$id", string(id)); !bad[finds] {
				t.Errorf("%s: a verification names %v, want %s", x.what, bad, finds)
			}
			if bad["message "+string(other)] && x.table != "party" {
				t.Errorf("%s: it names a message that was not touched", x.what)
			}
			v, err := s.albia.Node.Desk.Message(s.ctx, anna, id, "")
			switch {
			case x.shown && err != nil:
				t.Errorf("%s: the message is not shown: %v", x.what, err)
			case !x.shown && !errors.Is(err, entente.Damaged):
				t.Errorf("%s: the message says %q, %v", x.what, titleOf(v.Filed), err)
			}
			s.noOtherWords(x.what, anna)
			s.albia.Stop()
			grows := map[string]string{"access": "seq = 0", "ledger_record": "origin <> 'entente/access'", "ledger_hash": "origin <> 'entente/access'"}
			where := cmp.Or(grows[x.table], "1 = 1") // the rest has grown meanwhile
			db.do("delete from " + x.table + " where " + where)
			db.do("insert into " + x.table + " select * from kept_aside where " + where)
			db.do("drop table kept_aside")
			s.ok(s.albia.Start(s.ctx))
		}
		if bad := s.verified(overseer); len(bad) > 0 {
			t.Errorf("when all was put back: %v", bad)
		}
		db.do("delete from message where id = '" + string(id) + "'")
		db.do("delete from receipt where message = '" + string(id) + "'")
		if bad := s.verified(overseer); !bad["entente/north-star/borea-sls/albia-ncc"] {
			t.Errorf("a message was taken out with its receipt, and a verification names %v", bad)
		}
	})
}

// noOtherWords holds that no list shows what Borea never said.
func (s *siege) noOtherWords(what string, by entente.Officer) {
	s.t.Helper()
	items, err := s.albia.Node.Desk.Inbox(s.ctx, by, casework.Filter{})
	if err != nil && !errors.Is(err, entente.Damaged) {
		s.t.Errorf("%s: the inbox says %v", what, err)
	}
	if e, ok := errors.AsType[*entente.Error](err); ok && (e.Field == "" || e.Hint == "") {
		s.t.Errorf("%s: the inbox does not say what is damaged, or what to do: %#v", what, e)
	}
	for _, i := range items {
		if title := titleOf(i.Filed); title != "They meet at the harbour" && title != "Another warning" || i.Filed.Message.Header.Precedence != entente.Routine {
			s.t.Errorf("%s: the inbox shows %q, %s", what, title, i.Filed.Message.Header.Precedence)
		}
	}
}

func titleOf(f entente.Filed) string {
	if f.Message.Statement.Tip == nil {
		return ""
	}
	return f.Message.Statement.Tip.Title
}

// verified gives what Albia's verification says does not hold.
func (s *siege) verified(by entente.Officer) map[string]bool {
	s.t.Helper()
	checks, err := s.albia.Node.Desk.Verify(s.ctx, by)
	s.ok(err)
	bad := map[string]bool{}
	for _, c := range checks {
		if !c.Holds && c.Origin != "messages" {
			bad[c.Origin] = true
			if c.Says == "" {
				s.t.Errorf("%s does not hold, and nothing says why", c.Origin)
			}
		}
	}
	return bad
}

// behind opens Albia's database behind the node's back.
func (s *siege) behind() behind {
	s.t.Helper()
	address := s.albia.Setup.Store
	driver := "sqlite"
	if strings.HasPrefix(address, "postgres") {
		driver = "pgx"
	} else {
		address = "file:" + address + "?_pragma=busy_timeout(10000)"
	}
	db, err := sql.Open(driver, address)
	s.ok(err)
	s.t.Cleanup(func() { db.Close() })
	return behind{s, db, driver == "pgx"}
}

type behind struct {
	s  *siege
	db *sql.DB
	pg bool
}

func (b behind) do(statement string) {
	b.s.t.Helper()
	if b.pg {
		statement = strings.NewReplacer("cast(replace(cast(payload as text),", "convert_to(replace(convert_from(payload, 'UTF8'),", "cast(replace(cast(header as text),", "convert_to(replace(convert_from(header, 'UTF8'),",
			"cast(replace(cast(entry as text),", "convert_to(replace(convert_from(entry, 'UTF8'),", "cast('nothing'", "convert_to('nothing'", " as blob)", ", 'UTF8')").Replace(statement)
	}
	if _, err := b.db.Exec(statement); err != nil {
		b.s.t.Fatalf("%s: %v", statement, err)
	}
}
