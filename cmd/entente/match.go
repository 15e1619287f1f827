package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"entente"
	"entente/api"
	"entente/lists"
	"entente/match"
	"entente/parse"
	"entente/screen"
)

type matchCmd struct {
	personFlags
	Local []string        `help:"Ask these list files instead of a node; no purpose is needed. Several, with commas." placeholder:"FILE"`
	Split string          `help:"With --local, tables: what else parts several values in one cell."`
	Dates lists.DateOrder `help:"With --local, tables: dmy or mdy."`
	remote
}

// looked is what entente match prints as JSON.
type looked struct {
	screen.SearchResult
	Aside []entente.SetAside `json:"aside,omitzero"` // with --local: what of the files could not be used, or only in part
	total int                // all of them; not all are kept
}

func (c matchCmd) Run(e *env) error {
	person, err := c.person()
	if err != nil {
		return err
	}
	if err := screen.Askable(subject(person)); err != nil {
		return err
	}
	found, err := c.ask(e, person)
	if err != nil {
		return err
	}
	return e.print(found, func(w io.Writer) {
		writeAside(e.err, found.Aside, found.total)
		c.write(w, found.SearchResult)
	})
}

func (c matchCmd) ask(e *env, person api.Person) (looked, error) {
	if len(c.Local) > 0 {
		people, err := parse.Written("subject", []entente.Subject{subject(person)}, now())
		if err != nil {
			return looked{}, err
		}
		return askFiles(e, c.Local, lists.Options{Source: "local", Split: c.Split, Dates: c.Dates}, people[0])
	}
	if strings.TrimSpace(c.Purpose) == "" {
		return looked{}, &entente.Error{Kind: entente.Invalid, Field: "purpose", Detail: "a look-up needs a purpose; it goes on record", Hint: "add --purpose \"…\", or set ENTENTE_PURPOSE for the work that you are at"}
	}
	client, _, err := c.client(e)
	if err != nil {
		return looked{}, err
	}
	found, err := client.Search(e.ctx, api.LookUp{Subject: person, Purpose: c.Purpose})
	return looked{SearchResult: found}, err
}

func subject(p api.Person) entente.Subject {
	s := entente.Subject{Names: p.Names, Sex: p.Sex, Nationalities: p.Nationalities, Residence: p.Residence, Documents: p.Documents, Identifiers: p.Identifiers}
	for _, b := range p.Births {
		s.Births = append(s.Births, entente.Birth(b))
	}
	return s
}

// maxLocalAside is how many places that could not be used are kept; all are counted.
const maxLocalAside = 1000

// askFiles asks list files. The files of "ofac" are one list; every other one is
// a list of its own.
func askFiles(e *env, names []string, o lists.Options, asked entente.Subject) (looked, error) {
	files, err := openAll(names)
	defer closeAll(files)
	if err != nil {
		return looked{}, err
	}
	o.Today = now()
	var aside []entente.SetAside
	total := 0
	var ofac []lists.File
	index, held := match.New(), map[string]entente.Holding{}
	read := func(format string, files []lists.File) error {
		_, err := lists.Read(format, files, o, func(r lists.Record) error {
			if h := r.Holding; h.Kind == entente.HoldingPerson {
				_, number, _ := strings.Cut(string(h.ID), "/")
				r.Aside = append(r.Aside, screen.Unread(r.Where, number, h.Subject)...)
			}
			if total += len(r.Aside); len(aside) < maxLocalAside {
				aside = append(aside, r.Aside...)
			}
			if h := r.Holding; h.Kind == entente.HoldingPerson {
				index.Put(string(h.ID), parse.Believed(h.Subject, now()))
				held[string(h.ID)] = h
			}
			return nil
		})
		return err
	}
	for _, f := range files {
		format, data, err := detect(f)
		if err != nil {
			return looked{}, err
		}
		file := lists.File{Name: filepath.Base(f.Name()), Data: e.progress(data, sizeOf(f), filepath.Base(f.Name()))}
		if format == "ofac" {
			ofac = append(ofac, file)
			continue
		}
		if err := read(format, []lists.File{file}); err != nil {
			return looked{}, err
		}
	}
	if len(ofac) > 0 {
		if err := read("ofac", ofac); err != nil {
			return looked{}, err
		}
	}
	result, err := screen.Look(index, asked, func(hits []match.Hit) (found []screen.Found, err error) {
		for _, h := range hits {
			f := screen.Found{Target: entente.Target{Kind: entente.TargetHolding, ID: h.ID}, Held: held[h.ID].Subject, Match: h.Match}
			if len(f.Held.Names) > 0 {
				f.Title = f.Held.Names[0].Text
			}
			found = append(found, f)
		}
		return found, nil
	})
	return looked{result, aside, total}, err
}

// detect tells the format of a list file, and gives it from its beginning.
func detect(f *os.File) (format string, all io.Reader, err error) {
	head := make([]byte, 64<<10)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "", nil, err
	}
	format, ok := lists.Detect(filepath.Base(f.Name()), head[:n])
	if !ok {
		return "", nil, &entente.Error{Kind: entente.Invalid, Field: "local", Detail: f.Name() + " is of no format of lists", Hint: fmt.Sprintf("the formats are %s", strings.Join(lists.Formats, ", "))}
	}
	return format, io.MultiReader(bytes.NewReader(head[:n]), f), nil
}
