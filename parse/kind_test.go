package parse_test

import (
	"bytes"
	"testing"

	"entente"
	"entente/internal/examples"
	"entente/parse"
)

// Every kind has its file and its rules here, an example, and a body without
// which it is refused.
func TestEveryKind(t *testing.T) {
	examples.Files(t, func(l entente.Layers) entente.Layer { return l.Parse }, parse.HasBody)
	for _, k := range entente.Kinds {
		for _, s := range examples.Statements(t)[k] {
			if s.Body() == nil || s.Body().Kind() != k {
				t.Errorf("%s: the body is %T", k, s.Body())
			}
			b, err := parse.EncodeStatement(s)
			if err != nil {
				t.Errorf("%s: %v", k, err)
			}
			if !bytes.Contains(b, []byte(`,"`+string(k)+`":{`)) || b[len(b)-2] != '}' {
				t.Errorf("%s: its body does not stand last, under its name: %s", k, b)
			}
			if err := parse.Judge(entente.This, s); err != nil {
				t.Errorf("%s: %v", k, err)
			}
			empty := entente.Statement{ID: s.ID, Kind: k, Purpose: s.Purpose, Precedence: s.Precedence, Refs: s.Refs}
			if err := parse.CheckStatement(empty); entente.ReasonOf(err) != entente.ReasonStatement {
				t.Errorf("%s without its body: %v", k, err)
			}
		}
	}
}
