package sqlstore

import (
	"io"
	"io/fs"
	"time"
)

// only is a file system with one file, so that SQLite reads a backup that has no
// name.
type only struct {
	file io.ReaderAt
	size int64
}

const onlyName = "backup.db"

func (o only) Open(name string) (fs.File, error) {
	if name != onlyName {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return onlyFile{io.NewSectionReader(o.file, 0, o.size)}, nil
}

type onlyFile struct{ *io.SectionReader }

func (onlyFile) Close() error                 { return nil }
func (f onlyFile) Stat() (fs.FileInfo, error) { return f, nil }
func (onlyFile) Name() string                 { return onlyName }
func (onlyFile) Mode() fs.FileMode            { return 0o400 }
func (onlyFile) ModTime() time.Time           { return time.Time{} }
func (onlyFile) IsDir() bool                  { return false }
func (onlyFile) Sys() any                     { return nil }
