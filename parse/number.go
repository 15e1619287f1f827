package parse

import (
	"strconv"

	"entente"
)

// number gives an id to every entry of a tip that has none. Ids that the writer
// chose stay: claims and links refer to them.
func number(t *entente.Tip) {
	if t == nil {
		return
	}
	var births []*entente.Birth
	for i := range t.Subjects {
		for j := range t.Subjects[i].Births {
			births = append(births, &t.Subjects[i].Births[j])
		}
	}
	fill('s', len(t.Subjects), func(i int) *string { return &t.Subjects[i].ID })
	fill('b', len(births), func(i int) *string { return &births[i].ID })
	fill('c', len(t.Claims), func(i int) *string { return &t.Claims[i].ID })
	fill('q', len(t.Questions), func(i int) *string { return &t.Questions[i].ID })
}

// fill numbers the empty ones of n ids from 1, in order, past those in use.
func fill(letter byte, n int, id func(int) *string) {
	used := ids{}
	for i := range n {
		used[*id(i)] = true
	}
	next := 1
	for i := range n {
		if *id(i) != "" {
			continue
		}
		for used[string(letter)+strconv.Itoa(next)] {
			next++
		}
		*id(i) = string(letter) + strconv.Itoa(next)
		next++
	}
}
