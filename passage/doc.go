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
//	mend.go         leaves out a field that check.go refuses, and keeps the traveller
//	interchange.go  segments → messages, whatever is missing; envelope.go UNB, UNH, UNT, UNZ
//	net.go          what no reader reads becomes a remark, the first of each kind, the others counted
//	paxlst.go       a passenger list; flight.go its flight; passenger.go, paxdetail.go each passenger
//	pnrgov.go       a booking, segment by segment; booking.go a whole one; itinerary.go its flights
//	party.go        its travellers; fits.go how well a stated name fits one of them
//	requests.go     what requests say, and which traveller they are about; infants.go; freetext.go; docs.go DOCS, DOCO, DOCA, FOID
//	mrz.go          a machine-readable zone, written; mrzread.go read strictly; mrzsalvage.go by the field; mrznational.go layouts of states
//	mrzfeed.go      a file of zones
//	csv.go          a table, read through package table; columns.go its columns; row.go, rowjourney.go a row's event
//	json.go         our own events
//	subject.go      a traveller; dates.go dates; born.go birth dates; lines.go lines
//
// Everything here is pure and bounded: a reader in, a callback out, the time an
// argument. What is malformed is set aside with its place, the field and the
// reason, and the rest goes on. A traveller is never lost for a count, a checksum
// of the envelope, a field that is wrong or a name that is missing. Every segment
// is read, or left out on purpose (the tables silent, impersonal and paxSilent
// give the reasons), or remarked on. A value is not used if its check failed. What
// a text says of its traveller outranks the place of the text. Only a file that is
// not of the format at all is an error. Errors hold no content; what stood in a place
// is in [entente.SetAside] alone, which stays at this node.
package passage
