package corpus

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"entente"
)

// InScript makes people with a Latin name and the same name in another script
// from one spelling file: at most n, spread over the file. Of a file of words
// two are put together to one name, the common ones more often, so that names
// are made as they are: words that two or more people bear.
func InScript(file string, n int) (people []Person, asked []string) {
	pairs, err := Pairs(file)
	if err != nil {
		return nil, nil
	}
	add := func(latin, other string) {
		people = append(people, Person{ID: fmt.Sprintf("%s/%d", filepath.Base(file), len(people)), Subject: entente.Subject{Names: []entente.Name{{Text: latin}}}})
		asked = append(asked, other)
	}
	r := Random(filepath.Base(file))
	if strings.Contains(file, "fullnames") {
		for _, i := range r.Perm(len(pairs))[:min(n, len(pairs))] {
			add(pairs[i].Latin, pairs[i].Other)
		}
		return people, asked
	}
	var common []Pair
	for _, p := range pairs {
		if p.Count > 1 {
			common = append(common, p)
		}
	}
	for range n {
		a, b := common[r.IntN(len(common))], common[r.IntN(len(common))]
		add(a.Latin+" "+b.Latin, a.Other+" "+b.Other)
	}
	return people, asked
}

// Pair is one name in two scripts, and how many people bore it in the source.
type Pair struct {
	Latin, Other string
	Count        int
}

// count reads the third column.
func count(cols []string) int {
	if len(cols) < 3 {
		return 1
	}
	n, _ := strconv.Atoi(cols[2])
	return n
}
