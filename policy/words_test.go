package policy

import (
	"testing"
	"time"

	"entente"
)

// A rule is put into words only where the words say just that; "" is: quote it.
func TestRuleInWords(t *testing.T) {
	for _, c := range []struct{ rule, want string }{
		{`true`, `anything`},
		{`false`, ``},
		{`message.category == "a"`, `its category is "a"`},
		{`message.category != "a"`, `its category is not "a"`},
		{`message.category == ""`, ``},
		{`"a" == message.category`, ``},
		{`message.category in ["a"]`, `its category is "a"`},
		{`message.category in ["a", "b", "c"]`, `its category is "a", "b" or "c"`},
		{`message.category in []`, ``},
		{`message.category in message.caveats.purposes`, ``},
		{`message.category == message.purpose`, ``},
		{`message.category > "a"`, ``},
		{`message.category.startsWith("a")`, ``},
		{`!(message.category == "a")`, ``},
		{`message.category == "a" || message.category == "b" || message.precedence == "FLASH"`, `its category is "a", or its category is "b", or its precedence is "FLASH"`},
		{`message.category == "a" && message.from == "b"`, `its category is "a", and its sender is "b"`},
		{`message.category == "a" && (message.from == "b" || message.to == "c")`, ``},
		{`message.category == "a" || message.from == "b" && message.to == "c"`, ``},
		{`"XB" in subject.nationalities`, `at least one nationality of the subject is "XB"`},
		{`message.category in subject.nationalities`, ``},
		{`["XB"] == subject.nationalities`, ``},
		{`subject.nationalities.exists(c, c == "XB")`, `at least one nationality of the subject is "XB"`},
		{`subject.nationalities.exists(c, c != "XB")`, `at least one nationality of the subject is not "XB"`},
		{`subject.nationalities.exists(c, c in ["XA", "XB"])`, `at least one nationality of the subject is "XA" or "XB"`},
		{`subject.nationalities.exists(c, "XB" == c)`, ``},
		{`subject.nationalities.exists(c, message.category == "XB")`, ``},
		{`subject.nationalities.exists(c, c == "XB" || c == "XA")`, ``},
		{`subject.nationalities.exists_one(c, c == "XB")`, ``},
		{`subject.nationalities.all(c, c == "XB")`, `every nationality of the subject is "XB" (which is so, too, when none is given)`},
		{`subject.nationalities.all(c, c != "XB")`, ``},
		{`subject.nationalities.filter(c, c == "XB") == ["XB"]`, ``},
		{`subject.names.exists(n, n.script == "Cyrl")`, ``},
		{`["XA"].exists(c, c == "XA")`, ``},
		{`size(subject.nationalities) == 0`, ``},
		{`subject.sex == "F"`, `the subject's sex is "F"`},
		{`now > message.created`, ``},
		{`true || message.category == "a"`, ``},
	} {
		got, ok := termsWith(t, c.rule).scope[entente.KindTip].inWords()
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%s\n got %q %v\nwant %q", c.rule, got, ok, c.want)
		}
	}
}

func TestSpan(t *testing.T) {
	for want, d := range map[string]time.Duration{
		"1 hour": time.Hour, "24 hours": 24 * time.Hour, "2 days": 48 * time.Hour, "30 days": 720 * time.Hour,
		"49 hours": 49 * time.Hour, "1 hour 30 minutes": 90 * time.Minute, "1 second": time.Second, "1 minute 500ms": time.Minute + time.Second/2, "0s": 0,
	} {
		if got := span(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}
