package main

import (
	"os"
	"path/filepath"
)

// journal is the least that keeps a promise: a file whose writers share one
// wait for the disk. It is laid out beforehand and written over from the start
// again, which costs less than to append.
type journal struct {
	file *os.File
	in   chan entry
	at   int64
}

// entry is what one writer wants on disk. done gets the outcome.
type entry struct {
	bytes []byte
	done  chan error
}

const journalSize = 16 << 20

func newJournal(dir, name string) (*journal, error) {
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		return nil, err
	}
	if _, err := f.Write(make([]byte, journalSize)); err != nil {
		return nil, err
	}
	if err := f.Sync(); err != nil {
		return nil, err
	}
	j := &journal{file: f, in: make(chan entry, 1024)}
	go j.run()
	return j, nil
}

// add returns when b is on disk.
func (j *journal) add(b []byte) error {
	e := entry{b, make(chan error, 1)}
	j.in <- e
	return <-e.done
}

func (j *journal) close() error {
	close(j.in)
	return j.file.Close()
}

func (j *journal) run() {
	for e := range j.in {
		all, bytes := []entry{e}, e.bytes
		for more := true; more; {
			select {
			case e, ok := <-j.in:
				if more = ok; ok {
					all, bytes = append(all, e), append(bytes[:len(bytes):len(bytes)], e.bytes...)
				}
			default:
				more = false
			}
		}
		err := j.write(bytes)
		for _, e := range all {
			e.done <- err
		}
	}
}

func (j *journal) write(b []byte) error {
	if j.at+int64(len(b)) > journalSize {
		j.at = 0
	}
	if _, err := j.file.WriteAt(b, j.at); err != nil {
		return err
	}
	j.at += int64(len(b))
	return j.file.Sync()
}
