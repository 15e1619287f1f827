package table

import "testing"

func BenchmarkDates(b *testing.B) {
	for _, text := range []string{"1980-02-14", "10 Dec 1948", "1965", "circa 1979-1982", "15/03/1966 à Tunis"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Dates(text, "", today)
			}
		})
	}
}

func BenchmarkNames(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Names("Dravikson, Olen", false)
	}
}

func BenchmarkLocalTime(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		LocalTime("2012-07-17T15:20", "", today)
	}
}
