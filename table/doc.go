// Package table reads what tables, lists and travel feeds share: lines in any
// character set, rows of cells, the words of headers, dates, countries, and
// cells that hold several values. It is pure and bounded: a reader in, rows out;
// today is an argument.
//
//	charset.go   BOM, UTF-16, what an XML file declares; guess.go: one byte a letter
//	lines.go     lines that end in LF, CR LF or CR
//	rows.go      quoted cells, as RFC 4180 writes them; fit.go: a row against its header
//	header.go    the row that names the columns, "sep=;", titles above it
//	column.go    what a column can hold; words.go: by which words, in which languages
//	date.go      Dates: all dates in a text; datesplit.go: spans and several dates
//	day.go       one date from its tokens; assemble.go: which number is what
//	months.go    names of months; datewords.go: approximate, open, of another calendar
//	localtime.go LocalTime: the day and hour of a journey
//	names.go     Names: several names in a cell; several.go: numbers, phones, addresses
//	country.go   a country by its code or its name; countries.go
//
// # What cannot be read
//
// A field that cannot be read never costs the record, and a word too many never
// costs the date: the year that stands there is used, and a remark beside it says
// why. What a text does not say is not guessed: 03/04/1987 is the year 1987 until
// somebody says which number is the month; a year of the Hijri or the Buddhist
// calendar is reported and not used. A value in which two readings are possible
// gives both as approximate dates, or none.
//
// A cell is taken apart only where whole values stand on both sides. "Dravikson,
// Olen" is one name, "12/345" one number, "Congo, Democratic Republic of the" one
// country. The caller keeps the cell as it was written.
package table
