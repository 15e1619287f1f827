package lists

import (
	"crypto/sha256"
	"io"
	"strconv"

	"entente"
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
	Split  string           // "csv": what parts several values in one cell; empty: one value a cell
	Dates  DateOrder        // "csv": how 03/04/1987 is meant; empty: only its year is used
}

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
// goes on. Read fails, with kind Invalid, when a file is not of the format at
// all, and when it ends inside: a list that was not fetched whole must not make
// the rest of it look delisted, so what came before such an error must not be
// kept. Formats of lines cannot tell when they were cut between two lines.
func Read(format string, files []File, opt Options, each func(Record) error) (Summary, error) {
	r := &reader{opt: opt, each: each, seen: map[[16]byte]struct{}{}}
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
	return r.sum, err
}

// reader is one run of Read.
type reader struct {
	opt  Options
	each func(Record) error
	sum  Summary
	seen map[[16]byte]struct{} // digests of the ids so far
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

// emit hands over an entry, unless the list had its number before.
func (r *reader) emit(e *entry) error {
	rec := e.record(r.opt)
	if rec.Holding.ID != "" && !r.first(rec.Holding.ID) {
		e.whole("an earlier record of this file has the same number")
		rec = Record{Where: e.where, Aside: e.aside}
	}
	return r.hand(rec)
}

func (r *reader) hand(rec Record) error {
	if r.sum.Records >= MaxRecords {
		return invalid("file", "it has more than "+strconv.Itoa(MaxRecords)+" records", "import it in parts, each as a source of its own")
	}
	r.sum.Records++
	r.sum.Aside += len(rec.Aside)
	if rec.Holding.ID != "" {
		r.sum.Holdings++
	}
	return r.each(rec)
}

// first reports whether id was not there before, and remembers it. Half a
// SHA-256 is kept, not the id: a list can have millions.
func (r *reader) first(id entente.HoldingID) bool {
	sum := sha256.Sum256([]byte(id))
	key := [16]byte(sum[:16])
	_, old := r.seen[key]
	r.seen[key] = struct{}{}
	return !old
}

// lost reports a record of which nothing can be used.
func (r *reader) lost(where, number, reason, text string) error {
	return r.hand(Record{Where: where, Aside: []entente.SetAside{{Where: where, Record: number, Reason: reason, Text: cut(text, maxShown)}}})
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
