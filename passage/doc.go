// Package passage turns what airlines, border posts and document readers send
// into travel events, one for each traveller.
//
//	paxlst  UN/EDIFACT PAXLST, the passenger and crew list of the WCO/IATA/ICAO API guide
//	pnrgov  UN/EDIFACT PNRGOV, bookings as an airline pushes them
//	mrz     machine-readable zones of travel documents, ICAO 9303: TD1, TD2, TD3, MRV-A, MRV-B
//	csv     a table whose header row says what its columns are
//	json    our own events, a line each, in the form that the API takes
//
// Files that read in the order of the work:
//
//	read.go         Read and Detect; the sink that every format hands its events to
//	event.go        ID: what makes two reports one event
//	check.go        what every event must be before it leaves here; checksubject.go its traveller
//	edifact.go      bytes → segments; syntax.go the separators; charset.go the letters
//	interchange.go  segments → messages, whatever is missing; envelope.go UNB, UNH, UNT, UNZ
//	paxlst.go       a passenger list; flight.go its flight; passenger.go, paxdetail.go each passenger
//	pnrgov.go       a booking, segment by segment; booking.go a whole one; docs.go DOCS, DOCO, DOCA, FOID
//	mrz.go          a machine-readable zone, written; mrzread.go read; mrzfeed.go a file of them
//	csv.go          a table, read through package table; columns.go its columns; row.go, rowjourney.go a row's event
//	json.go         our own events
//	subject.go      a traveller; country.go codes of states; dates.go dates; lines.go lines
//
// Everything here is pure and bounded: a reader in, a callback out, the time an
// argument. What is malformed is set aside with its place, the field and the
// reason, and the rest goes on; a passenger is never lost for a count, a
// checksum of the envelope or a field that is wrong. Only a file that is not of
// the format at all is an error. Errors hold no content; what stood in a place
// is in [entente.SetAside] alone, which stays at this node.
package passage
