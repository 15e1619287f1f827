package parse

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"entente"
)

// growth is a statement with what a reader of this version says of it.
type growth struct {
	What      string         `json:"what"`
	Text      string         `json:"text"`
	Treatment string         `json:"treatment"` // judged, put off, refused
	Reason    entente.Reason `json:"reason,omitempty"`
	Field     string         `json:"field,omitempty"`
	Unknown   []string       `json:"not_understood,omitempty"`
}

// The published statements of later versions are read, put off or refused as the
// file says.
func TestGrowthVectors(t *testing.T) {
	const file = "../testdata/vectors/growth.json"
	if *update {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", "\t")
		if err := e.Encode(growthVectors()); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var list []growth
	if err := json.Unmarshal(b, &list); err != nil || len(list) < 20 {
		t.Fatalf("%d statements, %v", len(list), err)
	}
	for _, v := range list {
		if got := read(v.What, v.Text); got.Treatment != v.Treatment || got.Reason != v.Reason || got.Field != v.Field || strings.Join(got.Unknown, " ") != strings.Join(v.Unknown, " ") {
			t.Errorf("%s: %+v, want %+v", v.What, got, v)
		}
	}
}

func read(what, text string) growth {
	v := growth{What: what, Text: text, Treatment: "judged"}
	s, err := Statement([]byte(text))
	if err != nil {
		v.Treatment = "refused"
	} else if err = Judge(entente.This, s); err != nil {
		v.Treatment = "put off"
	}
	if e, ok := err.(*entente.Error); ok {
		v.Reason, v.Field = e.Reason, e.Field
		return v
	}
	v.Unknown = entente.This.Unknown(s.Extensions)
	return v
}

func growthVectors() []growth {
	const re = `{"rel":"%","id":"0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b6","digest":"ae448ac86c4e8e4dec645729708ef41873ae79c6dff84eff73360989487f08e5"}`
	s := func(kind, refs, extensions, body string) string {
		text := `{"id":"0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7","kind":"` + kind + `","purpose":"terrorism-prevention","precedence":"ROUTINE"`
		if refs != "" {
			text += `,"refs":[` + refs + `]`
		}
		text += `,"caveats":{}`
		if extensions != "" {
			text += `,"extensions":[` + extensions + `]`
		}
		return text + body + `}`
	}
	note := func(refs, extensions string) string { return s("note", refs, extensions, `,"note":{"text":"A word."}`) }
	rel := func(r string) string { return strings.Replace(re, "%", r, 1) }
	list := []growth{
		read("a note without extensions", note("", "")),
		read("an unknown extension", note("", `{"name":"x-albia.example","value":"MQ=="}`)),
		read("two, their names rising", note("", `{"name":"seen","value":""},{"name":"x-albia.example","value":"MQ=="}`)),
		read("an extension without meaning", note("", `{"name":"grease-abcd","value":"AAAA"}`)),
		read("an unknown critical extension", note("", `{"name":"x-albia.example","critical":true,"value":"MQ=="}`)),
		read("a critical one behind one that is not", note("", `{"name":"seen","value":""},{"name":"x-albia.example","critical":true,"value":""}`)),
		read("critical is false", note("", `{"name":"seen","critical":false,"value":""}`)),
		read("no value", note("", `{"name":"seen"}`)),
		read("a name twice", note("", `{"name":"seen","value":""},{"name":"seen","value":""}`)),
		read("names that fall", note("", `{"name":"x-albia.example","value":""},{"name":"seen","value":""}`)),
		read("a domain of one label", note("", `{"name":"x-albia","value":""}`)),
		read("a domain in capitals", note("", `{"name":"x-Albia.example","value":""}`)),
		read("a value of 4096 bytes", note("", `{"name":"seen","value":"`+strings.Repeat("AAAA", 1365)+`AA=="}`)),
		read("a value of 4097 bytes", note("", `{"name":"seen","value":"`+strings.Repeat("AAAA", 1365)+`AAA="}`)),
		read("a member that is not in the table", s("note", "", "", `,"note":{"text":"A word."},"rumour":{}`)),
		read("a member of a body that is not in its table", s("note", "", "", `,"note":{"text":"A word.","tone":"x"}`)),
		read("an answer", note(rel("answers"), "")),
		read("two relations to one message", note(rel("answers")+","+rel("draws"), "")),
		read("a relation that is reserved", note(rel("withdraws"), "")),
		read("a relation that nobody has given out", note(rel("confirms"), "")),
		read("a relation that is no slug", note(rel("Answers"), "")),
		read("the same reference twice", note(rel("draws")+","+rel("draws"), "")),
		read("parts of what is not drawn on", note(strings.Replace(rel("answers"), `"}`, `","paths":["/tip/title"]}`, 1), "")),
		read("parts that were drawn on", note(strings.Replace(rel("draws"), `"}`, `","paths":["/tip/claims/0","/tip/title"]}`, 1), "")),
	}
	for _, k := range append([]entente.Kind{"sighting"}, entente.LaterKinds...) {
		list = append(list, read("a "+string(k), s(string(k), "", "", `,"`+string(k)+`":{"text":"A word.","list":[1,-2,0.50,true]}`)))
	}
	return append(list,
		read("a later kind without its body", s("sighting", "", "", "")),
		read("a later kind with the body of another", s("sighting", "", "", `,"note":{"text":"x"}`)),
		read("a later kind with a list for its body", s("sighting", "", "", `,"sighting":[]`)),
		read("a later kind with a null in its body", s("sighting", "", "", `,"sighting":{"a":null}`)),
		read("a later kind with a number with an exponent", s("sighting", "", "", `,"sighting":{"a":1e3}`)),
		read("a later kind with white space in its body", s("sighting", "", "", `,"sighting":{"a": 1}`)),
		read("a later kind with a member twice in its body", s("sighting", "", "", `,"sighting":{"a":1,"a":1}`)),
		read("a later kind with a wrong head", strings.Replace(s("sighting", "", "", `,"sighting":{}`), "ROUTINE", "SOON", 1)),
	)
}
