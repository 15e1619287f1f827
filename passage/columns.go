package passage

import "entente/table"

// single are the columns of which a journey has one value.
var single = map[table.Column]bool{
	table.Carrier: true, table.Flight: true, table.From: true, table.To: true, table.Departs: true, table.DepartTime: true,
	table.Arrives: true, table.ArriveTime: true, table.Place: true, table.When: true, table.Clock: true, table.Reference: true,
	table.Kind: true, table.Sex: true, table.Residence: true, table.DocumentType: true, table.PassportCountry: true,
}

// isTravel reports whether a header names the traveller, by name or document, and
// tells something else of the traveller or of the journey.
func isTravel(h *table.Header) bool {
	if h.Named() {
		return h.Known() > 1
	}
	return (h.Has(table.Passport) || h.Has(table.Document)) && (h.Has(table.Flight) || h.Has(table.When) || h.Has(table.Place) || h.Has(table.Birth))
}

// isTable reports whether the first bytes of a file are those of a table of travellers.
func isTable(head []byte) bool { return table.Headed(head, table.TravelWords, isTravel) }
