package parse

import (
	"strings"
	"testing"

	"entente"
)

type sample struct {
	Name string   `json:"name"`
	List []string `json:"list,omitzero"`
	In   *sample  `json:"in,omitzero"`
}

func TestCanonicalRefuses(t *testing.T) {
	for _, tt := range []struct {
		in     string
		reason entente.Reason
		field  string
	}{
		{``, entente.ReasonMalformed, ""},
		{`{"name":"a"`, entente.ReasonMalformed, ""},
		{`{"name":"a"} `, entente.ReasonMalformed, ""},
		{` {"name":"a"}`, entente.ReasonMalformed, ""},
		{`{"name":"a"}{}`, entente.ReasonMalformed, ""},
		{`{"list":["x"],"name":"a"}`, entente.ReasonMalformed, ""},
		{`{"name":"\u0061"}`, entente.ReasonMalformed, ""},
		{`{"name":"a","list":[]}`, entente.ReasonMalformed, ""},
		{`{"name":"a","list":null}`, entente.ReasonMalformed, ""},
		{`{"name":"a","in":null}`, entente.ReasonMalformed, ""},
		{`{"name":null}`, entente.ReasonMalformed, ""},
		{`{}`, entente.ReasonMalformed, ""},
		{`[]`, entente.ReasonMalformed, ""},
		{`null`, entente.ReasonMalformed, ""},
		{"{\"name\":\"\xff\"}", entente.ReasonMalformed, "name"},
		{`{"name":1}`, entente.ReasonMalformed, "name"},
		{`{"name":"a","in":{"name":"b","list":["c",4]}}`, entente.ReasonMalformed, "in.list[1]"},
		{`{"name":"a","more":1}`, entente.ReasonUnknownField, "more"},
		{`{"Name":"a"}`, entente.ReasonUnknownField, "Name"},
		{`{"name":"a","in":{"name":"b","Арсен":1}}`, entente.ReasonUnknownField, "in.?"},
		{`{"name":"a","name":"a"}`, entente.ReasonDuplicateField, "name"},
		{`{"name":"a","in":{"name":"b","name":"b"}}`, entente.ReasonDuplicateField, "in.name"},
		{`{"name":"` + strings.Repeat("a", 2000) + `"}`, entente.ReasonTooLarge, ""},
		{strings.Repeat(`{"in":`, 40) + "1" + strings.Repeat("}", 40), entente.ReasonMalformed, ""},
	} {
		got, err := Canonical[sample]([]byte(tt.in), 1000)
		wantRefusal(t, tt.in[:min(len(tt.in), 60)], err, tt.reason, tt.field)
		if got.Name != "" || got.In != nil || got.List != nil {
			t.Errorf("%s: refused and still gave %+v", tt.in, got)
		}
	}
}

func TestEncodeLeavesEmptyListsOut(t *testing.T) {
	v := sample{Name: "a", List: []string{}, In: &sample{Name: "<b>&\u2028", List: []string{}}}
	b, err := Encode(v)
	if err != nil {
		t.Fatal(err)
	}
	want := "{\"name\":\"a\",\"in\":{\"name\":\"<b>&\u2028\"}}"
	if string(b) != want {
		t.Errorf("got %s, want %s", b, want)
	}
	if v.List == nil || v.In.List == nil {
		t.Error("Encode changed the caller's value")
	}
	if _, err := Canonical[sample](b, 1000); err != nil {
		t.Error(err)
	}
}

// wantRefusal checks kind, reason and field of an error.
func wantRefusal(t *testing.T, name string, err error, reason entente.Reason, field string) {
	t.Helper()
	e, ok := err.(*entente.Error)
	if !ok {
		t.Errorf("%s: got %v, want a refusal", name, err)
		return
	}
	if e.Kind != entente.Invalid || e.Reason != reason || e.Field != field || e.Detail == "" {
		t.Errorf("%s: got %q (%s, reason %q, cause %v), want field %q, reason %q", name, e.Field, e.Detail, e.Reason, e.Cause, field, reason)
	}
}
