package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"entente"
)

// replace writes a file whole or not at all, and syncs it.
func replace(path string, b []byte, mode fs.FileMode) error {
	return whole(path, mode, func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	})
}

// create is as replace, for a file that must not exist yet.
func create(path string, b []byte, mode fs.FileMode) error {
	_, err := fill(path, mode, func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	})
	return err
}

// fill writes what write gives to a file that must not exist yet, whole or not
// at all, and says how long it is.
func fill(path string, mode fs.FileMode, write func(io.Writer) error) (size int64, err error) {
	if err := absent(path); err != nil {
		return 0, err
	}
	err = whole(path, mode, func(w io.Writer) error {
		c := &counter{w: w}
		err := write(c)
		size = c.n
		return err
	})
	return size, err
}

// absent holds that a file does not exist: nothing is written over.
func absent(path string) error {
	_, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return &entente.Error{Kind: entente.Unavailable, Detail: err.Error(), Hint: "choose another place", Cause: err}
	}
	return &entente.Error{Kind: entente.Conflict, Detail: path + " exists already", Hint: "name a file that does not exist"}
}

func whole(path string, mode fs.FileMode, write func(io.Writer) error) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".entente-*")
	if err != nil {
		return &entente.Error{Kind: entente.Unavailable, Detail: "cannot write in " + filepath.Dir(path), Hint: "see whether the folder exists and belongs to you", Cause: err}
	}
	defer os.Remove(tmp.Name())
	err = write(tmp)
	err = errors.Join(err, tmp.Chmod(mode), tmp.Sync(), tmp.Close())
	if err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

// open opens a file that somebody named.
func open(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &entente.Error{Kind: entente.NotFound, Detail: err.Error(), Hint: "check the name of the file"}
	}
	if err := folder(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// readBounded reads a file that somebody else wrote.
func readBounded(path string, most int64) ([]byte, error) {
	f, err := open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(b)) > most {
		err = &entente.Error{Kind: entente.Invalid, Detail: fmt.Sprintf("%s is larger than %d KiB", path, most>>10), Hint: "see whether this is the right file"}
	}
	return b, err
}

// kib says a size for people.
func kib(n int64) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d bytes", n)
	case n < 1<<20:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d MiB", n>>20)
}
