package spool

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"entente"
)

// While an upload is on disk, and after it, no file of the folder holds it.
func TestNothingHasAName(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	var s Files
	x, err := s.Add("list.csv", strings.NewReader("KADAEV;ARSEN"))
	if err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("an upload has a name: %v", left)
	}
	for range 2 {
		if got, err := io.ReadAll(x.Reader()); err != nil || string(got) != "KADAEV;ARSEN" {
			t.Errorf("it reads back as %q, %v", got, err)
		}
	}
	if head, err := x.Head(6); err != nil || string(head) != "KADAEV" {
		t.Errorf("its head is %q, %v", head, err)
	}
	if x.Digest != entente.DigestOf([]byte("KADAEV;ARSEN")) || s.Digest() != x.Digest || s.Names() != "list.csv" {
		t.Error("its digest or name is another")
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// The same files are the same list, in whatever order they are chosen.
func TestDigestOfFiles(t *testing.T) {
	a, b := File{Name: "a", Digest: entente.DigestOf([]byte("1"))}, File{Name: "b", Digest: entente.DigestOf([]byte("2"))}
	one, two := Files{All: []File{a, b}}, Files{All: []File{b, a}}
	if one.Digest() != two.Digest() || one.Digest() == (&Files{All: []File{a}}).Digest() {
		t.Error("the digest goes by the order of the files, or not by all of them")
	}
}

// What the sender does wrong is not told as a fault of the disk.
func TestTheSenderBreaksOff(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var s Files
	defer s.Close()
	gone := errors.New("gone")
	if _, err := s.Add("a", iotest.ErrReader(gone)); !errors.Is(err, gone) || entente.KindOf(err) != nil {
		t.Errorf("%v", err)
	}
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "missing"))
	if _, err := s.Add("a", bytes.NewReader(nil)); !errors.Is(err, entente.Unavailable) {
		t.Errorf("no place to write: %v", err)
	}
}

// Sweep takes away what the dead left, and nothing of anybody who lives, or of
// anybody else.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	dead := exec.Command(os.Args[0], "-test.run=^$")
	if err := dead.Run(); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-2 * time.Hour)
	for name, x := range map[string]struct {
		at   time.Time
		stay bool
	}{
		fmt.Sprintf("%s%d-1", prefix, dead.Process.Pid): {at: time.Now()},
		fmt.Sprintf("%s%d-1", prefix, os.Getpid()):      {at: time.Now()},
		fmt.Sprintf("%s%d-1", prefix, os.Getppid()):     {at: old, stay: true},
		prefix + "letters-1":                            {at: old, stay: true},
		"entente-list-123":                              {at: old},
		"entente-upload-123":                            {at: old},
		"entente-list-124":                              {at: time.Now(), stay: true},
		"report.pdf":                                    {at: old, stay: true},
	} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.WriteFile(path, []byte("KADAEV"), 0o600), os.Chtimes(path, x.at, x.at)); err != nil {
			t.Fatal(err)
		}
		n, err := Sweep(dir)
		_, gone := os.Stat(path)
		if err != nil || (gone == nil) != x.stay || (n == 0) != x.stay {
			t.Errorf("%s: %d removed, %v; it is there: %v, want %v", name, n, err, gone == nil, x.stay)
		}
		os.Remove(path)
	}
	older := filepath.Join(dir, ".restore-17")
	if err := errors.Join(os.Mkdir(older, 0o700), os.WriteFile(filepath.Join(older, "store.db"), []byte("KADAEV"), 0o600), os.Chtimes(older, old, old)); err != nil {
		t.Fatal(err)
	}
	if n, err := Sweep(dir); n != 1 || err != nil {
		t.Errorf("the working copy of an earlier version: %d removed, %v", n, err)
	}
}
