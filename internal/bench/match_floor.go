package main

import (
	"time"

	"entente/internal/fit/corpus"
)

// lookUpAndCopy is the floor of a question: to look up each word of the name
// and each pair of them in a hash table, and to copy as much memory as the ten
// answers hold.
func lookUpAndCopy(people []corpus.Person) time.Duration {
	table := map[string]int{}
	for i, p := range people {
		table[p.Subject.Names[0].Text] = i
	}
	const rounds, lookUps, size = 20_000, 6, 4096
	from, to := make([]byte, size), make([]byte, size)
	sum := 0
	start := threadTime()
	for i := range rounds {
		for k := range lookUps {
			sum += table[people[(i*lookUps+k*7919)%len(people)].Subject.Names[0].Text]
		}
		from[i%size] = byte(sum)
		copy(to, from)
	}
	return (threadTime() - start) / rounds
}
