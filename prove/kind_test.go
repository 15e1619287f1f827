package prove_test

import (
	"testing"

	"entente"
	"entente/internal/examples"
	"entente/prove"
)

// Every kind is summed up in a sentence of its own, and every relation has words.
func TestEveryKind(t *testing.T) {
	examples.Files(t, func(l entente.Layers) entente.Layer { return l.Prove }, prove.HasContents)
	for k, list := range examples.Statements(t) {
		for _, s := range list {
			if bare := len(prove.Contents(entente.Statement{Kind: k, Refs: s.Refs})); len(prove.Contents(s)) <= bare {
				t.Errorf("%s: evidence says nothing of its body", k)
			}
		}
	}
	for _, r := range entente.Rels {
		if !prove.HasRelation(r) {
			t.Errorf("evidence has no words for the relation %s", r)
		}
	}
}
