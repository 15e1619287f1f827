package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"modernc.org/sqlite/vfs"

	"entente"
	"entente/internal/spool"
)

// RestoredSetting is set in a store that was filled from another: the time of
// the state that it holds, as RFC 3339. What happened after it is missing, and
// partners may have seen it: before such a node appends to a ledger it compares
// with what they receipted last.
const RestoredSetting = "restored"

// manifestSetting is what makes a file a backup. It is written last.
const manifestSetting = "backup"

// Manifest says what a backup holds: the state of which moment, and whose.
type Manifest struct {
	Taken time.Time
	Owner entente.Owner // zero: of a store that no party has set up
}

func manifestOf(t entente.SettingStore, taken time.Time) ([]byte, error) {
	owner, err := entente.OwnerOf(t)
	if errors.Is(err, entente.NotFound) {
		return stamp(taken), nil
	}
	return append(append(stamp(taken), ' '), owner.String()...), err
}

func parseManifest(b []byte) (m Manifest, err error) {
	taken, owner, owned := strings.Cut(string(b), " ")
	if m.Taken, err = time.Parse(time.RFC3339Nano, taken); err == nil && owned {
		m.Owner, err = entente.ParseOwner(owner)
	}
	return m, err
}

// Backup writes everything but what passes by itself, sessions for one, as it is at one moment, to
// a new SQLite file, whatever the engine of s; work goes on meanwhile. The file
// is not encrypted. A file that exists is a Conflict.
func (s *Store) Backup(ctx context.Context, path string) (err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return &entente.Error{Kind: entente.Conflict, Field: "backup", Detail: "a file of this name exists", Hint: "choose another name: a backup never overwrites a file", Cause: err}
	}
	if err != nil {
		return &entente.Error{Kind: entente.Unavailable, Field: "backup", Detail: "the backup file cannot be made", Hint: "look whether its directory exists and can be written", Cause: err}
	}
	defer func() {
		if err != nil {
			os.Remove(path)
		}
	}()
	if err := s.write(ctx, path, func() {}); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := errors.Join(f.Sync(), f.Close(), syncDir(path)); err != nil {
		return full(err)
	}
	return nil
}

// Snapshot is Backup to a file without a name, in a folder, from where it can be
// encrypted: whatever happens to this process, nothing of it stays in the folder.
func (s *Store) Snapshot(ctx context.Context, dir string) (*spool.Temp, error) {
	file, err := spool.Named(dir)
	if err != nil {
		return nil, err
	}
	if err := s.write(ctx, file.Name(), file.Unname); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// write needs no journal and no wait for the disk: if it fails, the file goes.
// opened is called when the file is open and holds no row yet.
func (s *Store) write(ctx context.Context, path string, opened func()) error {
	file, err := openSQLite(ctx, path, "journal_mode(OFF)", "synchronous(OFF)")
	if err != nil {
		return err
	}
	opened()
	err = s.View(ctx, func(from entente.Tx) error {
		taken := time.Now()
		return file.Update(ctx, func(to entente.Tx) error {
			if err := copyRows(from.(*tx), to.(*tx)); err != nil {
				return err
			}
			manifest, err := manifestOf(to, taken)
			if err != nil {
				return err
			}
			return to.PutSetting(manifestSetting, manifest)
		})
	})
	return errors.Join(err, file.close())
}

func stamp(t time.Time) []byte { return []byte(t.UTC().Format(time.RFC3339Nano)) }

// Restore fills the empty store at url, of either engine, from a backup. A store
// that holds anything is a Conflict and stays as it is.
func Restore(ctx context.Context, backup, url string) error {
	f, err := os.Open(backup)
	if err != nil {
		return &entente.Error{Kind: entente.NotFound, Field: "backup", Detail: "there is no such backup file", Cause: err}
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return RestoreFrom(ctx, f, info.Size(), url, func(Manifest) error { return nil })
}

// RestoreFrom is Restore from a file that need not have a name. may is asked before
// anything is written whether this backup belongs here.
func RestoreFrom(ctx context.Context, backup io.ReaderAt, size int64, url string, may func(Manifest) error) error {
	from, err := openBackup(ctx, backup, size)
	if err != nil {
		return err
	}
	defer from.close()
	if err := may(from.manifest); err != nil {
		return err
	}
	return refill(ctx, from, from.manifest.Taken, url)
}

// Copy fills the empty store at the second address with what is in the first.
// No node may run on either.
func Copy(ctx context.Context, from, to string) error {
	s, err := Open(ctx, from)
	if err != nil {
		return err
	}
	return errors.Join(refill(ctx, s, time.Now(), to), s.Close())
}

// refill copies into an empty store, in one transaction.
func refill(ctx context.Context, from entente.Store, taken time.Time, url string) error {
	to, err := open(ctx, url)
	if err != nil {
		return err
	}
	err = to.Update(ctx, func(target entente.Tx) error {
		t := target.(*tx)
		if err := mustBeEmpty(t); err != nil {
			return err
		}
		return from.View(ctx, func(source entente.Tx) error {
			if err := copyRows(source.(*tx), t); err != nil {
				return err
			}
			if err := t.do(`delete from setting where name = $1`, manifestSetting); err != nil {
				return err
			}
			return t.PutSetting(RestoredSetting, stamp(taken))
		})
	})
	return errors.Join(err, to.close())
}

func mustBeEmpty(t *tx) error {
	for _, table := range allTables() {
		some, err := list(t, scanInt, `select 1 from `+table+` limit 1`)
		if err != nil {
			return err
		}
		if len(some) > 0 {
			return &entente.Error{Kind: entente.Conflict, Field: "store", Detail: "the database is not empty", Hint: "give the address of a new, empty database"}
		}
	}
	return nil
}

// backup is a backup file, opened to be read.
type backup struct {
	files    *vfs.FS
	db       *sql.DB
	conn     *liteConn
	manifest Manifest
}

func openBackup(ctx context.Context, file io.ReaderAt, size int64) (*backup, error) {
	name, files, err := vfs.New(only{file, size})
	if err != nil {
		return nil, err
	}
	b := &backup{files: files}
	if b.db, err = sql.Open("sqlite", dsn(onlyName, "query_only(ON)")+"&mode=ro&vfs="+name); err != nil {
		return nil, errors.Join(err, files.Close())
	}
	if err := b.read(ctx); err != nil {
		return nil, errors.Join(err, b.close())
	}
	return b, nil
}

func (b *backup) read(ctx context.Context) error {
	var version int64
	c, err := b.db.Conn(ctx)
	if err == nil {
		b.conn = &liteConn{conn: c}
		err = b.View(ctx, func(source entente.Tx) (err error) {
			if version, err = one(source.(*tx), "schema", scanInt, `select max(version_id) from schema_version`); err != nil {
				return err
			}
			if readable(version) != nil {
				return nil
			}
			manifest, err := one(source.(*tx), "setting", scanBytes, `select value from setting where name = $1`, manifestSetting)
			if err == nil {
				b.manifest, err = parseManifest(manifest)
			}
			return err
		})
	}
	if err != nil {
		return &entente.Error{Kind: entente.Invalid, Field: "backup", Detail: "this file is not a whole backup", Hint: "give a file that a backup of this program wrote, decrypted", Cause: err}
	}
	return readable(version)
}

func (b *backup) View(ctx context.Context, fn func(entente.Tx) error) error {
	return b.conn.view(ctx, fn)
}

func (b *backup) Update(context.Context, func(entente.Tx) error) error {
	return &entente.Error{Kind: entente.Denied, Detail: "a backup is only read"}
}

func (b *backup) close() error {
	var err error
	if b.conn != nil {
		err = b.conn.conn.Close()
	}
	return errors.Join(err, b.db.Close(), b.files.Close())
}

// syncDir makes the name of a new file outlive a power cut.
func syncDir(path string) error {
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
