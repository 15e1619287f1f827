// Package lists reads lists of people and things into holdings: sanctions lists
// in the form in which their publishers give them, FollowTheMoney, plain tables
// and our own format, which it also writes. It is pure: readers in, records out,
// one at a time, so that a list of millions needs little memory.
//
//	read.go      Read and what it says of a list; limits.go: what bounds it
//	detect.go    Detect: which format a file is of
//	entry.go     one record in the making, and what of it had to be set aside; births.go: its claims of birth
//	ofac.go      "ofac": the lists of the US Treasury in three files or four; remarks.go: what stands in their remarks
//	un.go        "un": the consolidated list of the UN Security Council in XML; undocument.go: its documents
//	canada.go    "canada": Canada's list of autonomous sanctions in XML
//	ftm.go       "ftm": FollowTheMoney, one JSON object a line, plain or nested (ftmnested.go); ftmjoin.go: what stands on lines of its own
//	csv.go       "csv": a table with a row that says what its columns hold, read through package table
//	own.go       "entente": holdings in canonical JSON, one a line; check.go: what they may hold
//	xml.go xmltext.go element.go objects.go    files into records, each bounded
//	join.go      records with one number become one
//	names.go text.go   what lists write into what we hold; dates and countries are those of package table
//
// # What becomes of a list
//
// Nothing vanishes. Each record gives a holding, or a report why not; each field
// lands in the holding, or in its remarks under the name it came with, or in a
// report. Dropped is only what tells of the file and not of the subject: numbers
// of versions and keys for sorting ("un"), when an export saw an entity ("ftm").
//
// A holding's id is the source and the record's own number: OFAC's entry
// number, the UN reference number (DATAID where there is none), Canada's
// regulation, schedule and item, the FollowTheMoney id, the number column of a table.
// The same record in the next edition has the same id. Records with one number
// are one record with all their names, dates and documents; what contradicts the
// first of them is reported. A file of which no record can be used is refused.
//
// Names stay as they are written, one Name for each, with the script that most
// of their letters have. Where a source gives family name and given names apart,
// or parts them with a comma, the name is "KADAEV, Arsen": the comma says which
// is which, and what an officer reads is what the list says. The main name and
// its original script are "full", everything else "alias"; how good a publisher
// thinks an alias is stands in the remarks.
//
// Birth dates become claims. "Circa", "between" and "one or the other" are
// assessments, not facts; a span of up to twenty years is one claim for each year,
// since one of them must be right. A birth that nobody can have had, such as one in
// the future, is reported and not used. Places are paired with dates as entry.births
// says. All claims are graded Unevaluated, unless the importing desk says better.
//
// Nationality and citizenship are both nationalities. Countries are known by
// name and by code; a name that is none, and one that the source itself doubts,
// is reported. What stands where a value is missing ("unknown", "N/A") is no value.
//
// A record without a name is held when it has a document or an identifier: the
// person is found by the number.
package lists
