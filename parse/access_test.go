package parse

import (
	"strings"
	"testing"

	"entente"
)

func TestAccessRoundTrip(t *testing.T) {
	for _, a := range []entente.Access{testAccess(), {At: testTime, Officer: "o", Role: entente.Operator, Operation: entente.OpNodeStatus}} {
		b, err := EncodeAccess(a)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := Access(b); err != nil || got != a {
			t.Errorf("got %+v, %v", got, err)
		}
	}
}

func TestAccessRefusals(t *testing.T) {
	for field, change := range map[string]func(*entente.Access){
		"at":        func(a *entente.Access) { a.At = a.At.Add(1) },
		"officer":   func(a *entente.Access) { a.Officer = "" },
		"role":      func(a *entente.Access) { a.Role = "king" },
		"operation": func(a *entente.Access) { a.Operation = "draft.burn" },
		"object":    func(a *entente.Access) { a.Object = "two\nlines" },
		"purpose":   func(a *entente.Access) { a.Purpose = strings.Repeat("x", 501) },
	} {
		a := testAccess()
		change(&a)
		_, err := EncodeAccess(a)
		wantRefusal(t, field, err, entente.ReasonMalformed, field)
		b, err := Encode(a)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Access(b)
		wantRefusal(t, field, err, entente.ReasonMalformed, field)
	}
}
