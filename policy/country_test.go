package policy

import (
	"strings"
	"testing"

	"entente"
)

// A rule that asks for a country that no message can name would never be true, or always.
func TestCountriesOfRules(t *testing.T) {
	for rule, hint := range map[string]string{
		`subject.nationalities.exists(c, c in ["XA", "UK"])`:                         "write GB",
		`subject.nationalities.exists(c, c == "EL")`:                                 "write GR",
		`"GBR" in subject.nationalities`:                                             "write GB",
		`!("EN" in subject.nationalities)`:                                           "write the two capitals",
		`subject.nationalities.all(c, c != "gb")`:                                    "write GB",
		`["XA", "UK"].exists(c, c in subject.nationalities)`:                         "write GB",
		`subject.nationalities[0] == "ZZ"`:                                           "leave it out",
		`subject.documents.exists(d, d.type == "passport" && d.country == "UK")`:     "write GB",
		`message.category == "UK" || subject.nationalities.exists(c, c in ["UK"])`:   "write GB",
		`subject.nationalities.exists(c, c in ["XA", "XB", "GB", "SU", "XK"])`:       "",
		`subject.documents.exists(d, d.type == "visa" && d.country in ["GB", "DE"])`: "",
		`message.category == "UK" && subject.residence == "UK"`:                      "",
		`subject.names.exists(n, n.text == "UK")`:                                    "",
	} {
		a := northStar()
		a.Scope = map[entente.Kind]string{entente.KindTip: rule}
		terms, err := Compile(a)
		if err != nil {
			t.Errorf("%s: %v", rule, err)
			continue
		}
		err = terms.Countries()
		e, _ := err.(*entente.Error)
		said := strings.Join(terms.Explain(), "\n")
		if (err == nil) != (hint == "") || err != nil && (e.Field != "scope.tip" || !strings.HasPrefix(e.Hint, hint)) {
			t.Errorf("%s: got %#v, want %q", rule, err, hint)
		}
		if strings.Contains(said, "which no message can name") != (hint != "") {
			t.Errorf("%s: explained as\n%s", rule, said)
		}
	}
}
