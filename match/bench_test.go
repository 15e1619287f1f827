package match

import (
	"strconv"
	"testing"
)

func BenchmarkCompare(b *testing.B) {
	a, c := subject("Арсен Асланович Кадаев", "1987-03-14"), subject("Kadayev, Arsen", "1986-03-14")
	b.ReportAllocs()
	for b.Loop() {
		Compare(a, c)
	}
}

func BenchmarkFind(b *testing.B) {
	x, people := town(7_000)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		x.Find(people[i%len(people)], 10)
	}
}

func BenchmarkPut(b *testing.B) {
	x, people := town(7_000)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		x.Put("new"+strconv.Itoa(i%1000), people[i%len(people)])
	}
}
