package sqlstore_test

import (
	"fmt"
	"testing"
	"time"

	"entente"
	"entente/sqlstore"
)

// BenchmarkPutEvents measures a feed: events of some 600 bytes, none seen
// before, in batches that are each on disk before the next begins.
func BenchmarkPutEvents(b *testing.B) {
	for _, e := range durable {
		for _, size := range []int{500, 1000} {
			b.Run(fmt.Sprint(e.name, "/", size), func(b *testing.B) {
				s := open(b, e.url(b))
				n := 0
				before := cpu()
				for b.Loop() {
					batch := events(n, size)
					n += size
					put(b, s, func(tx entente.Tx) error {
						fresh, err := tx.PutEvents(at(n), batch)
						if len(fresh) != size {
							b.Errorf("%d of %d are fresh", len(fresh), size)
						}
						return err
					})
				}
				rate(b, n, before, "events/s")
			})
		}
	}
}

// events gives n travel events from number first on. Their ids are in no order.
func events(first, n int) []entente.TravelEvent {
	all := make([]entente.TravelEvent, n)
	for i := range all {
		number := fmt.Sprint(first + i)
		all[i] = entente.TravelEvent{
			ID: entente.EventID(entente.DigestOf([]byte(number)).String()[:32]), Feed: "north-airport-api", Kind: "departure", Traveller: traveller(number),
			Legs:      []entente.Leg{{Carrier: "XB", Number: "117", From: "OSTV", To: "KARS", Departs: "2012-07-17T15:20", Arrives: "2012-07-17T18:05"}},
			Reference: "R" + number, Sent: at(first), Where: "message 1, passenger " + number,
		}
	}
	return all
}

func traveller(number string) entente.Subject {
	return entente.Subject{
		ID: "s1", Names: []entente.Name{{Text: "KADAEV<<ARSEN " + number, Script: "Latn", Use: "mrz"}},
		Births: []entente.Birth{{ID: "b1", Date: entente.PartialDate{Year: 1981, Month: 10, Day: 21}, Place: "Karsk", Grade: "B2", Nature: entente.NatureFact}},
		Sex:    "M", Nationalities: []entente.Country{"XB"}, Documents: []entente.Document{{Type: "passport", Number: "P" + number, Country: "XB"}},
	}
}

// holdings gives n holdings of a list, in the order of their numbers.
func holdings(first, n int) []entente.Holding {
	all := make([]entente.Holding, n)
	for i := range all {
		number := fmt.Sprint(first + i)
		all[i] = entente.Holding{
			ID: entente.HoldingID("list/" + number), Source: "list", Kind: entente.HoldingPerson, Subject: traveller(number),
			Reasons: []string{"PROGRAMME " + number}, Addresses: []string{"1 Harbour Street, Ostvik"}, Remarks: "Remarks as the source writes them, some words.", Since: at(first), Changed: at(first),
		}
	}
	return all
}

// BenchmarkHoldings measures the import of a list by thousands, and its reading
// by pages when the index is built at start.
func BenchmarkHoldings(b *testing.B) {
	for _, e := range durable {
		s := open(b, e.url(b))
		n := 0
		b.Run(e.name+"/import", func(b *testing.B) {
			from, before := n, cpu()
			for b.Loop() {
				batch := holdings(n, 1000)
				n += 1000
				put(b, s, func(tx entente.Tx) error { return tx.PutHoldings(batch) })
			}
			rate(b, n-from, before, "holdings/s")
		})
		b.Run(e.name+"/read", func(b *testing.B) { readAll(b, s, n) })
	}
}

func readAll(b *testing.B, s *sqlstore.Store, n int) {
	read, before := 0, cpu()
	for b.Loop() {
		last, got := entente.HoldingID(""), 0
		for {
			page := get(b, s, func(tx entente.Tx) ([]entente.Holding, error) {
				return tx.Holdings(entente.HoldingQuery{Live: true, After: last, Limit: 2000})
			})
			if len(page) == 0 {
				break
			}
			got += len(page)
			last = page[len(page)-1].ID
		}
		if got != n {
			b.Fatalf("%d of %d holdings were read", got, n)
		}
		read += got
	}
	rate(b, read, before, "holdings/s")
}

// rate reports how many went through in a second, and what one took of this
// process alone: on a busy machine that says more.
func rate(b *testing.B, n int, before time.Duration, unit string) {
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), unit)
	b.ReportMetric(float64(cpu()-before)/float64(n), "cpu-ns/each")
}
