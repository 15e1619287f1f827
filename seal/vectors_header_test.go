package seal

import (
	"fmt"
	"strings"
	"testing"

	"entente"
	"entente/parse"
)

func headerVectors(t *testing.T, w world) textVectors {
	h := w.header()
	h.Content = entente.DigestOf([]byte("what is said"))
	b, err := parse.EncodeHeader(h)
	if err != nil {
		t.Fatal(err)
	}
	good := string(b)
	change := func(what, from, to string) textVector {
		if !strings.Contains(good, from) {
			t.Fatalf("%s: nothing changes", what)
		}
		return textVector{What: what, Text: strings.Replace(good, from, to, 1)}
	}
	const expires = `,"expires":"2011-04-03T00:00:00Z"`
	extended := func(what string, extensions ...string) textVector {
		return textVector{What: what, Text: strings.TrimSuffix(good, "}") + `,"extensions":[` + strings.Join(extensions, ",") + "]}"}
	}
	named := func(name string) string { return `{"name":"` + name + `","value":""}` }
	numbered := func(n int) (out []string) {
		for i := range n {
			out = append(out, named(fmt.Sprintf("note-%c", 'a'+i)))
		}
		return out
	}
	fill := func(n int) string { return `{"name":"aa","value":"` + strings.Repeat("A", n/4*4) + `"}` }
	room := parse.MaxHeader - len(extended("", fill(0)).Text)
	long := "x-" + strings.Repeat("a.", 48) + "ab"
	return texts(t, []textVector{
		{What: "a header", Text: good},
		change("one that does not expire", expires, ""),
		{What: "a duty", Text: strings.Replace(strings.Replace(good, expires, "", 1), `"desk"`, `"duty"`, 1)},
		change("a class of a later version", `"desk"`, `"chat"`),
		change("the last place that a ledger can have", `"seq":0`, `"seq":1099511627775`),
		change("the last epoch", `"epoch":1`, `"epoch":9007199254740991`),
		change("400 days after it was created", `"expires":"2011-04-03T00:00:00Z"`, `"expires":"2012-04-07T09:30:00.123456Z"`),
		change("created as the year 2000 begins", `"created":"2011-03-04T09:30:00.123456Z","expires":"2011-04-03T00:00:00Z"`, `"created":"2000-01-01T00:00:00Z","expires":"2000-04-03T00:00:00Z"`),
		change("the last moment before it was created and after", `"expires":"2011-04-03T00:00:00Z"`, `"expires":"2011-03-04T09:30:00.123457Z"`),
		extended("an extension", `{"name":"x-albia.example","value":"AAEC"}`),
		extended("a critical extension", `{"name":"grease-abcd","critical":true,"value":""}`),
		extended("a value of 1 byte less than what a header has room for", fill(room)),
		extended("16 extensions", numbered(16)...),
		extended("the longest name of an extension", named(long)),
	}, []textVector{
		change("another version", `"version":1`, `"version":2`),
		change("another version with members that we do not know", `"version":1`, `"version":2,"x":{}`),
		change("another version, and nothing else that can be read", `"version":1,`, `"version":2,,`),
		change("another version with a member twice", `"version":1`, `"version":3,"version":1`),
		change("a version as text", `"version":1`, `"version":"1"`),
		change("a version with a fraction", `"version":1`, `"version":1.0`),
		change("no version", `"version":1,`, ``),
		change("an unknown member", `"version":1`, `"version":1,"x":{}`),
		change("a member twice", `"version":1`, `"version":1,"version":1`),
		change("members in another order", `"from":"borea-sls","from_edition"`, `"from_edition":"`+h.FromEdition.String()+`","from":"borea-sls","x"`),
		change("white space", `"version":1,`, `"version":1, `),
		change("an id in capitals", messageID, strings.ToUpper(messageID)),
		change("to oneself", `"albia-ncc"`, `"borea-sls"`),
		change("no edition of the sender", `,"from_edition":"`+h.FromEdition.String()+`"`, ""),
		change("an edition of zeros", h.FromEdition.String(), entente.Digest{}.String()),
		change("an edition in capitals", h.FromEdition.String(), strings.ToUpper(h.FromEdition.String())),
		change("an edition that is too short", h.ToEdition.String(), h.ToEdition.String()[1:]),
		change("no terms", `,"terms":"`+h.Terms.String()+`"`, ""),
		change("no content", `,"content":"`+h.Content.String()+`"`, ""),
		change("epoch 0", `"epoch":1`, `"epoch":0`),
		change("an epoch behind the last", `"epoch":1`, `"epoch":9007199254740992`),
		change("a place below 0", `"seq":0`, `"seq":-1`),
		change("a place behind the last", `"seq":0`, `"seq":1099511627776`),
		change("a place with a fraction", `"seq":0`, `"seq":0.0`),
		change("a place with an exponent", `"seq":0`, `"seq":1e3`),
		change("a place as text", `"seq":0`, `"seq":"0"`),
		change("a class that is no word", `"desk"`, `"Desk"`),
		change("a precedence that is none", `"PRIORITY"`, `"URGENT"`),
		change("more than 400 days after it was created", `"expires":"2011-04-03T00:00:00Z"`, `"expires":"2012-04-07T09:30:00.123457Z"`),
		change("created before the year 2000", `"created":"2011-03-04T09:30:00.123456Z","expires":"2011-04-03T00:00:00Z"`, `"created":"1999-12-31T23:59:59.999999Z","expires":"2000-04-03T00:00:00Z"`),
		change("a leap second", `"expires":"2011-04-03T00:00:00Z"`, `"expires":"2011-04-03T00:00:60Z"`),
		change("expired when it was created", `"expires":"2011-04-03T00:00:00Z"`, `"expires":"2011-03-04T09:30:00.123456Z"`),
		change("a duty that expires", `"desk"`, `"duty"`),
		change("the year 1 for never", `"expires":"2011-04-03T00:00:00Z"`, `"expires":"0001-01-01T00:00:00Z"`),
		change("null for never", `"expires":"2011-04-03T00:00:00Z"`, `"expires":null`),
		change("created in the year 1", `"created":"2011-03-04T09:30:00.123456Z"`, `"created":"0001-01-01T00:00:00Z"`),
		change("a time without its zone", `"expires":"2011-04-03T00:00:00Z"`, `"expires":"2011-04-03T00:00:00"`),
		change("a time finer than a microsecond", `"expires":"2011-04-03T00:00:00Z"`, `"expires":"2011-04-03T00:00:00.0000001Z"`),
		extended("an empty list of extensions"),
		extended("17 extensions", numbered(17)...),
		extended("an extension twice", named("seen"), named("seen")),
		extended("names that do not rise", named("witness"), named("seen")),
		extended("a name that is no word", named("Seen")),
		extended("a name of one letter", named("a")),
		extended("a name of our own without a domain", named("x-albia")),
		extended("a name of our own in capitals", named("x-Albia.example")),
		extended("a name that is too long", named(long+"c")),
		extended("critical, and not", `{"name":"seen","critical":false,"value":""}`),
		extended("an extension without a value", `{"name":"seen"}`),
		extended("an extension with a member more", `{"name":"seen","value":"","x":1}`),
		extended("a value in another base64", `{"name":"seen","value":"AAE"}`),
		extended("more than a header has room for", fill(room+4)),
	}, func(s string) error {
		h, err := parse.Header([]byte(s))
		if err == nil {
			if again, err := parse.EncodeHeader(h); err != nil || string(again) != s {
				t.Errorf("a header has two forms: %s, %s, %v", s, again, err)
			}
		}
		return err
	})
}
