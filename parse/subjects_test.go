package parse

import (
	"testing"

	"entente"
)

// People put together from two messages carry the same ids twice.
func TestSubjectsAreNumberedAnew(t *testing.T) {
	one := entente.Subject{
		ID: "s1", Names: []entente.Name{{Text: "Arsen Kadaev"}},
		Births: []entente.Birth{{ID: "b1", Date: entente.PartialDate{Year: 1986, Month: 3, Day: 14}}},
	}
	got, err := Subjects("subjects", []entente.Subject{one, one})
	if err != nil {
		t.Fatal(err)
	}
	if got[1].ID != "s2" || got[1].Births[0].ID != "b2" || got[1].Births[0].Grade != "F6" {
		t.Errorf("the second is %+v", got[1])
	}
	if one.Births[0].ID != "b1" || one.Births[0].Grade != "" {
		t.Error("the caller's own were changed")
	}
	one.Names[0].Text = ""
	_, err = Subjects("subjects", []entente.Subject{one})
	if e, ok := err.(*entente.Error); !ok || e.Field != "subjects[0].names[0].text" {
		t.Errorf("without a name: %v", err)
	}
}
