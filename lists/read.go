package lists

import (
	"cmp"
	"crypto/sha256"
	"io"
	"strconv"
	"time"

	"entente"
	"entente/table"
)

// Formats lists what Read can read.
var Formats = []string{"ofac", "un", "canada", "ftm", "csv", "entente"}

// File is one file of a list. Its name says its part where a list has several.
type File struct {
	Name string
	Data io.Reader
}

// Options say what a file does not say itself. The zero value will do, but for
// Source.
type Options struct {
	Source entente.SourceID // required; "entente" files say their own, and none or this one must be meant
	Grade  entente.Grade    // of birth claims; empty: Unevaluated
	Split  string           // "csv": what parts several values in one cell, beside what package table knows
	Dates  DateOrder        // "csv": how 03/04/1987 is meant; empty: only its year is used
	Today  time.Time        // the day of the import: births after it are impossible; zero: not checked
}

// DateOrder is how a date of three numbers is meant when its writer put the year last.
type DateOrder = table.DateOrder

const (
	DayFirst   = table.DayFirst
	MonthFirst = table.MonthFirst
)

// Unevaluated is the grading of what a list claims unless Options say otherwise.
// A list's standing in law says nothing of how its publisher learnt a birth date,
// and nobody at this desk has weighed it: the Admiralty code has F and 6 for that.
const Unevaluated entente.Grade = "F6"

// Record is one record of a list as far as it could be used.
type Record struct {
	Holding entente.Holding    // its ID is empty when the whole record was set aside
	Where   string             // "line 17"
	Aside   []entente.SetAside // what of it could not be used
}

// Summary is what was in the files.
type Summary struct {
	Records  int    // that came, used or not
	Holdings int    // that could be used
	Aside    int    // records and fields that could not
	Charset  string // how the text was read: "UTF-8", "windows-1251"
}

// Read reads the files of one list and hands each record to each, in the order
// of the file. An error of each ends it and is returned as it is. Every format
// has one file, but "ofac" has three or four, and "ftm" may be given twice.
//
// A record or field that cannot be used is reported in Record.Aside and the rest
// goes on. Records with one number are one record, see join.go. Read fails, with
// kind Invalid, when a file is not of the format at all, when no record of it can
// be used, and when it ends inside: a list that was not fetched whole must not make
// the rest of it look delisted, so what came before such an error must not be
// kept. Formats of lines cannot tell when they were cut between two lines.
func Read(format string, files []File, opt Options, each func(Record) error) (Summary, error) {
	r := &reader{opt: opt, each: each, seen: map[[16]byte]struct{}{}, byID: map[string]*waiting{}}
	if err := r.prepare(format); err != nil {
		return Summary{}, err
	}
	var err error
	switch format {
	case "ofac":
		err = r.ofac(files)
	case "un":
		err = r.alone(files, r.un)
	case "canada":
		err = r.alone(files, r.canada)
	case "ftm":
		err = r.ftm(files)
	case "csv":
		err = r.alone(files, r.csv)
	case "entente":
		err = r.alone(files, r.own)
	default:
		err = invalid("format", "\""+cut(format, 40)+"\" is no format of lists", "use one of: ofac, un, canada, ftm, csv, entente")
	}
	if !r.stopped {
		err = cmp.Or(r.deliverAll(), err)
	}
	if err == nil && r.sum.Holdings == 0 {
		err = r.nothing()
	}
	return r.sum, err
}

// reader is one run of Read.
type reader struct {
	opt    Options
	each   func(Record) error
	sum    Summary
	seen   map[[16]byte]struct{} // digests of the ids that were handed over
	queue  []*waiting            // records that another row may still be joined to
	byID   map[string]*waiting
	queued int                // bytes
	told   []entente.SetAside // of the file; goes with the next record
	first  entente.SetAside   // the first report of all

	stopped bool // each wants no more
}

func (r *reader) prepare(format string) error {
	if r.opt.Grade == "" {
		r.opt.Grade = Unevaluated
	}
	if _, err := entente.ParseGrade(string(r.opt.Grade)); err != nil {
		return err
	}
	if r.opt.Source == "" && format == "entente" {
		return nil
	}
	if _, err := entente.ParsePartyID(string(r.opt.Source)); err != nil {
		return invalid("source", "the source is not named by lower-case letters, digits and single hyphens", "name it as in \"ofac-sdn\"")
	}
	return nil
}

// alone holds a format to one file.
func (r *reader) alone(files []File, read func(io.Reader) error) error {
	if len(files) != 1 {
		return invalid("files", strconv.Itoa(len(files))+" files were given, and this format has one", "import each file by itself")
	}
	return read(bound(files[0].Data))
}

// hand hands over a record.
func (r *reader) hand(rec Record) error {
	if r.sum.Records >= MaxRecords {
		return invalid("file", "it has more than "+strconv.Itoa(MaxRecords)+" records", "import it in parts, each as a source of its own")
	}
	rec.Aside, r.told = append(r.told, rec.Aside...), nil
	if r.first.Reason == "" && len(rec.Aside) > 0 {
		r.first = rec.Aside[0]
	}
	r.sum.Records++
	r.sum.Aside += len(rec.Aside)
	if rec.Holding.ID != "" {
		r.sum.Holdings++
	}
	err := r.each(rec)
	r.stopped = err != nil
	return err
}

// tell reports what is of the file and not of a record.
func (r *reader) tell(where, reason, text string) {
	if len(r.told) < maxAsides {
		r.told = append(r.told, entente.SetAside{Where: where, Field: "file", Reason: reason, Text: cut(text, maxShown)})
	}
}

// guessed reports that the character set of a file was guessed.
func (r *reader) guessed(text *table.Lines) {
	if why := text.Remark(); why != "" {
		r.tell("the file", why, "")
	}
}

// nothing refuses an import of which nothing could be used, and says why.
func (r *reader) nothing() error {
	const hint = "check that the right file was chosen and that it is whole; nothing was changed"
	if r.sum.Records == 0 {
		return invalid("file", "it holds no record", hint)
	}
	why := r.first.Reason
	if r.first.Field != "" {
		why = r.first.Field + ": " + why
	}
	if r.sum.Records == 1 {
		return invalid("file", "its one record cannot be used ("+r.first.Where+": "+why+")", hint)
	}
	return invalid("file", "none of its "+strconv.Itoa(r.sum.Records)+" records can be used; the first report ("+r.first.Where+"): "+why, hint)
}

// once reports whether id was not handed over before, and remembers it. Half a
// SHA-256 is kept, not the id: a list can have millions.
func (r *reader) once(id entente.HoldingID) bool {
	sum := sha256.Sum256([]byte(id))
	key := [16]byte(sum[:16])
	_, old := r.seen[key]
	r.seen[key] = struct{}{}
	return !old
}

// lost reports a record of which nothing can be used.
func (r *reader) lost(where, number, reason, text string) error {
	return r.wait(&waiting{rec: Record{Where: where, Aside: []entente.SetAside{{Where: where, Record: cut(number, maxWord), Reason: reason, Text: cut(text, maxShown)}}}})
}

func invalid(field, detail, hint string) error {
	return &entente.Error{Kind: entente.Invalid, Field: field, Detail: detail, Hint: hint}
}

var errCut = invalid("file", "it ends inside a record", "it was not fetched whole: fetch it again")

// bounded refuses what comes after MaxBytes.
type bounded struct {
	r    io.Reader
	left int64
}

func bound(r io.Reader) io.Reader { return &bounded{r, MaxBytes} }

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, invalid("file", "it has more than "+strconv.FormatInt(MaxBytes, 10)+" bytes", "import it in parts, each as a source of its own")
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}
