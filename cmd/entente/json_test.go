package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
)

// Programs read these names: what is here may get further ones and loses none.
// Those of the API are in api/openapi.json.
func TestNamesInJSON(t *testing.T) {
	h := home(filepath.Join(t.TempDir(), "albia"))
	for _, step := range []struct{ command, names string }{
		{"version", "version"},
		{"init --party albia-ncc --name Albia --country XA --key-file " + string(h) + ".key", "descriptor fingerprint invitation operator party"},
		{"party list", "checked country edition fingerprint id name self"},
		{"party show", "note party"},
		{"party set --phone 1", "edition fingerprint id"},
		{"officer add anna.kern --name Anna --role analyst", "invitation officer until"},
		{"officer invite anna.kern", "invitation officer until"},
		{"officer list", "added id name role"},
		{"officer disable anna.kern", "added disabled id name role"},
		{"backup -o " + string(h) + ".backup", "bytes file"},
		{"store copy copy.db", "copied"},
		{"match KADAEV,ARSEN --born 1987-03-14 --dates dmy --local ../../lists/testdata/table.csv", "aside found searched unread"},
	} {
		code, said := try(h, append([]string{"--json"}, strings.Fields(step.command)...)...)
		if code != 0 {
			t.Fatalf("%s: %s", step.command, said)
		}
		var got any
		if err := json.Unmarshal([]byte(said), &got); err != nil {
			t.Fatalf("%s: %v: %s", step.command, err, said)
		}
		if list, ok := got.([]any); ok {
			got = list[0]
		}
		for _, name := range strings.Fields(step.names) {
			if _, ok := got.(map[string]any)[name]; !ok {
				t.Errorf("%s has no %q: %s", step.command, name, said)
			}
		}
	}
	code, said := try(h, "--json", "party", "show", "borea-sls")
	var failure map[string]string
	if err := json.Unmarshal([]byte(said), &failure); err != nil || code != 1 {
		t.Fatalf("code %d, %v: %s", code, err, said)
	}
	for _, name := range []string{"error", "field", "hint", "kind", "reason"} {
		if _, ok := failure[name]; !ok {
			t.Errorf("a failure has no %q: %s", name, said)
		}
	}
	if failure["kind"] != "not-found" || failure["hint"] == "" {
		t.Errorf("got %v", failure)
	}
}
