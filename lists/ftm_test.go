package lists

import (
	"reflect"
	"strings"
	"testing"

	"entente"
)

// joined is a file that does not nest.
const joined = `{"id":"p1","schema":"Passport","properties":{"holder":["NK-1"],"number":["A1"],"country":["xa"]}}
{"id":"a1","schema":"Address","properties":{"full":["Quay 4, Ostvik"]}}
{"id":"NK-1","schema":"Person","properties":{"name":["Arsen Kadaev"],"addressEntity":["a1"]}}
{"id":"NK-2","schema":"Person","properties":{"name":["Mira Volna"],"addressEntity":["a1","a9"]}}
{"id":"s1","schema":"Sanction","properties":{"entity":["NK-1"],"program":["ALBIA1"],"authority":["Albia"]}}
{"id":"s2","schema":"Sanction","properties":{"entity":["NK-9"],"program":["ALBIA1"]}}
{"id":"a2","schema":"Address","properties":{"full":["Nowhere"]}}
{"id":"o1","schema":"Ownership","properties":{"owner":["NK-1"],"asset":["NK-2"]}}
`

// TestFTMJoin gives a file that does not nest twice, and wants what stands
// before and after its owner in the owner.
func TestFTMJoin(t *testing.T) {
	file := func() File { return File{"x", strings.NewReader(joined)} }
	recs, sum, err := readAll("ftm", []File{file(), file()}, Options{Source: "albia"})
	if err != nil || sum.Holdings != 2 {
		t.Fatalf("got %+v, %v", recs, err)
	}
	one, two := recs[0].Holding, recs[1].Holding
	if want := []entente.Document{{Type: "passport", Number: "A1", Country: "XA"}}; !reflect.DeepEqual(one.Subject.Documents, want) {
		t.Errorf("documents: got %v, want %v", one.Subject.Documents, want)
	}
	if !reflect.DeepEqual(one.Reasons, []string{"ALBIA1"}) || one.Remarks != "sanction: Sanction, authority Albia" {
		t.Errorf("got reasons %q and remarks %q", one.Reasons, one.Remarks)
	}
	for _, h := range []entente.Holding{one, two} {
		if !reflect.DeepEqual(h.Addresses, []string{"Quay 4, Ostvik"}) {
			t.Errorf("%s: got addresses %q", h.ID, h.Addresses)
		}
	}
	if !strings.Contains(two.Remarks, "a9") {
		t.Errorf("an address that is not in the file is not in the remarks: %q", two.Remarks)
	}
	var lost []string
	for _, r := range recs[2:] {
		lost = append(lost, r.Aside[0].Record)
	}
	if want := []string{"o1", "s2", "a2"}; !reflect.DeepEqual(lost, want) {
		t.Errorf("set aside: got %v, want %v", lost, want)
	}

	_, sum, err = readAll("ftm", []File{file()}, Options{Source: "albia"})
	if err != nil || sum.Holdings != 2 || sum.Aside != 6 {
		t.Errorf("given once: got %+v, %v, want two used and six set aside", sum, err)
	}
}

// TestFTMOddValues reads values of kinds that the format does not have: each is used or reported.
func TestFTMOddValues(t *testing.T) {
	const good = `{"id":"0","schema":"Person","properties":{"name":["Mira"]}}` + "\n" // a file of which nothing can be used is refused
	for name, text := range map[string]string{
		"a text for a list":  `{"id":"1","schema":"Person","properties":{"name":"Arsen"}}`,
		"a number":           `{"id":"1","schema":"Person","properties":{"name":["Arsen"],"height":[180, 1.5]}}`,
		"null":               `{"id":"1","schema":"Person","properties":{"name":["Arsen", null],"alias":null}}`,
		"lists in lists":     `{"id":"1","schema":"Person","properties":{"name":[["Arsen"]]}}`,
		"an object unlike":   `{"id":"1","schema":"Person","properties":{"name":["Arsen"],"alias":[{"a":["b"]}]}}`,
		"no properties":      `{"id":"1","schema":"Person"}`,
		"twice the same":     `{"id":"1","schema":"Person","properties":{"name":["A"],"name":["B"]}}`,
		"deep":               `{"id":"1","schema":"Person","properties":{"name":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}}`,
		"properties in text": `{"id":"1","schema":"Person","properties":"name"}`,
	} {
		recs, _, err := readAll("ftm", []File{{"x", strings.NewReader(good + text + "\n")}}, Options{Source: "albia"})
		if err != nil || len(recs) != 2 {
			t.Errorf("%s: got %v, %v", name, recs, err)
			continue
		}
		wantWritable(t, name, recs)
	}
}
