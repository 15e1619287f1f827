package seal

import (
	"reflect"
	"strings"
	"testing"

	"entente"
	"entente/parse"
)

func terms(t testing.TB, change ...string) entente.Agreement {
	t.Helper()
	a, err := parse.Agreement([]byte(strings.NewReplacer(change...).Replace(northStar)))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// An identity key signs one text of each epoch and each number of a descriptor
// once, also after the store was lost: the key file remembers.
func TestSignedOnce(t *testing.T) {
	k := seededKeys(t, "albia-ncc", "1")
	first, other, next := terms(t), terms(t, "30d", "90d"), terms(t, "30d", "90d", "epoch = 1", "epoch = 2")
	east := terms(t, "north-star", "east-star")
	var err error
	for _, a := range []entente.Agreement{next, first, east, first} {
		if k.Signed, err = k.Signed.WithTerms(a); err != nil {
			t.Fatal(err)
		}
	}
	if k.Signed, err = k.Signed.WithEdition(7); err != nil {
		t.Fatal(err)
	}
	to, with := passphrase(t, "correct horse")
	b, err := Lock(k, to)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Unlock(b, with)
	if err != nil || !reflect.DeepEqual(again.Signed, k.Signed) || len(again.Signed.terms) != 3 {
		t.Fatalf("%+v came back as %+v: %v", k.Signed, again.Signed, err)
	}
	if s, err := again.Signed.WithTerms(other); entente.KindOf(err) != entente.Conflict || !reflect.DeepEqual(s, k.Signed) {
		t.Errorf("a second text of an epoch: %v", err)
	}
	for _, n := range []int{1, 7} {
		if _, err := again.Signed.WithEdition(n); entente.KindOf(err) != entente.Conflict {
			t.Errorf("edition %d after 7: %v", n, err)
		}
	}
	if s, err := again.Signed.WithEdition(8); err != nil || s.Edition != 8 {
		t.Errorf("edition 8 after 7: %v", err)
	}
	if k.WithoutIdentity().Signed.Edition != 0 {
		t.Error("the node's own file carries what the identity key signed")
	}
}

func TestSignedLinesInOneForm(t *testing.T) {
	d := entente.Digest{1}.String()
	for _, lines := range [][2]string{
		{"signed-terms", "north-star 1"},
		{"signed-terms", "north-star x " + d},
		{"signed-terms", "North 1 " + d},
		{"signed-terms", "north-star 1 " + d[1:]},
		{"signed-edition", "x"},
	} {
		if err := new(Signed).read(lines[0], []byte(lines[1])); err == nil {
			t.Errorf("%v is read", lines)
		}
	}
	var s Signed
	if s.read("signed-terms", []byte("north-star 1 "+d)) != nil || s.read("signed-terms", []byte("north-star 1 "+d)) == nil {
		t.Error("an epoch stands twice")
	}
}
