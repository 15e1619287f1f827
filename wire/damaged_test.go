package wire

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"entente"
)

// What is damaged here is ours to mend: a partner hears that it should come again,
// and not what, or that it had done something wrong.
func TestDamagedIsNoFaultOfAPartner(t *testing.T) {
	cause := &entente.Error{Kind: entente.Unverified, Field: "signature", Detail: "the signature does not hold", Reason: entente.ReasonSignature}
	p := problemOf(entente.DamagedRecord("message", "0196f0a8-7c1e-7b3a-9f10-3a52c1d0e4b7", cause))
	b, err := json.Marshal(p)
	if err != nil || p.Kind != "unavailable" || p.Status != 503 || p.Reason != "" || p.Field != "" || strings.Contains(string(b), "0196") {
		t.Errorf("a partner hears %s, %v", b, err)
	}
	if err := entente.DamagedRecord("message", "m", cause); errors.Is(err, entente.Unverified) || entente.KindOf(err) != entente.Damaged {
		t.Errorf("what a damaged record led to is told as its kind: %v", err)
	}
}
