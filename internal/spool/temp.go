// Package spool keeps on disk what is too large for memory and must not stay
// there: uploads until they are read, backups and restored stores on their way.
//
// Such a file loses its name before a byte is written to it, so that nothing is
// left of it when the process ends, in whatever way. Where an open file keeps its
// name, it is removed when it is closed, and Sweep removes what a dead process left.
//
//	temp.go   one file without a name; what is swept at start
//	files.go  the files of a list, with their digests
package spool

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"entente"
)

// prefix begins the names of these files; the number of the process follows.
const prefix = ".entente-spool-"

// Temp is a file that nobody else can open.
type Temp struct {
	f    *os.File
	gone bool // it has no name any more
}

// Write adds to the file. An error says what to do about the disk.
func (t *Temp) Write(b []byte) (int, error) {
	n, err := t.f.Write(b)
	return n, Full(err)
}

// ReadAt reads what was written.
func (t *Temp) ReadAt(b []byte, at int64) (int, error) { return t.f.ReadAt(b, at) }

// Name is what the file is called until Unname.
func (t *Temp) Name() string { return t.f.Name() }

// Size is how long it is now.
func (t *Temp) Size() (int64, error) {
	info, err := t.f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// New makes a file without a name in a folder; "": the one for temporary files.
func New(dir string) (*Temp, error) {
	t, err := Named(dir)
	if err == nil {
		t.Unname()
	}
	return t, err
}

// Named makes an empty file with a name, for somebody who must open it by its
// name. Call Unname as soon as it is open, and before anything is written.
func Named(dir string) (*Temp, error) {
	if dir == "" {
		dir = os.TempDir()
	}
	f, err := os.CreateTemp(dir, prefix+strconv.Itoa(os.Getpid())+"-*")
	if err != nil {
		return nil, Full(err)
	}
	return &Temp{f: f}, nil
}

// Unname takes the file's name away, where that can be done to an open file.
func (t *Temp) Unname() { t.gone = t.gone || os.Remove(t.Name()) == nil }

// Close ends the file: its bytes are gone.
func (t *Temp) Close() error {
	err := t.f.Close()
	if !t.gone && t.remove() != nil {
		return errors.Join(err, &entente.Error{Kind: entente.Unavailable, Detail: "the temporary file " + t.Name() + " could not be removed", Hint: "remove it by hand: it may hold what was uploaded"})
	}
	return err
}

// remove takes away the name of a closed file.
func (t *Temp) remove() error {
	err := os.Remove(t.Name())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Full says of an error of the disk what it means.
func Full(err error) error {
	if err == nil || entente.KindOf(err) != nil {
		return err
	}
	e := &entente.Error{Kind: entente.Unavailable, Detail: "the node has no place to keep the file", Hint: "ask the operator whether the disk is full", Cause: err}
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EFBIG) {
		e.Cause = errors.Join(entente.Full, err)
	}
	return e
}

// older are the names under which earlier versions kept such files, and folders.
var older = []string{"entente-upload-", "entente-list-", "entente-courier-", ".backup-", ".restore-"}

// Sweep removes what processes that are dead left in a folder ("": the one for
// temporary files), and what an earlier version left there more than an hour ago.
// It reports how many it removed. Call it before the first file is made.
func Sweep(dir string) (int, error) {
	if dir == "" {
		dir = os.TempDir()
	}
	entries, err := os.ReadDir(dir)
	n := 0
	for _, e := range entries {
		if left(e) && os.RemoveAll(filepath.Join(dir, e.Name())) == nil {
			n++
		}
	}
	return n, err
}

// left reports whether an entry is ours and of nobody who lives.
func left(e os.DirEntry) bool {
	if rest, ok := strings.CutPrefix(e.Name(), prefix); ok {
		number, _, _ := strings.Cut(rest, "-")
		pid, err := strconv.Atoi(number)
		return err == nil && e.Type().IsRegular() && (pid == os.Getpid() || !alive(pid))
	}
	for _, p := range older {
		if strings.HasPrefix(e.Name(), p) {
			info, err := e.Info()
			return err == nil && time.Since(info.ModTime()) > time.Hour
		}
	}
	return false
}

// alive reports whether a process runs. Where that cannot be asked, an open file
// cannot be removed either.
func alive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	err = p.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, os.ErrPermission)
}
