package policy

import (
	"fmt"
	"slices"
	"strings"

	"cel.dev/cel-go/common/ast"
)

// path is a place of a rule where it reads a value: "subject.nationalities".
type path struct {
	id   int64
	name string
}

// read collects the paths of the rule and refuses what would make its values
// mean something else than they say.
func (r *rule) read(e ast.Expr) error {
	if name, ok := pathOf(e); ok {
		r.paths = append(r.paths, path{e.ID(), name})
		return nil
	}
	switch e.Kind() {
	case ast.StructKind:
		return fmt.Errorf("it makes a value of its own of type %s", e.AsStruct().TypeName())
	case ast.ComprehensionKind:
		if v := e.AsComprehension().IterVar(); slices.Contains(roots, v) {
			return fmt.Errorf("it gives the name %q to something else", v)
		}
	}
	for _, child := range children(e) {
		if err := r.read(child); err != nil {
			return err
		}
	}
	return nil
}

// pathOf gives the name of a chain of fields that starts at a variable of the rule.
func pathOf(e ast.Expr) (string, bool) {
	switch e.Kind() {
	case ast.IdentKind:
		return e.AsIdent(), slices.Contains(roots, e.AsIdent())
	case ast.SelectKind:
		sel := e.AsSelect()
		of, ok := pathOf(sel.Operand())
		if !ok {
			return "", false
		}
		name := of + "." + sel.FieldName()
		if sel.IsTestOnly() {
			name = "has(" + name + ")"
		}
		return name, true
	}
	return "", false
}

func children(e ast.Expr) []ast.Expr {
	switch e.Kind() {
	case ast.SelectKind:
		return []ast.Expr{e.AsSelect().Operand()}
	case ast.CallKind:
		if call := e.AsCall(); call.IsMemberFunction() {
			return append([]ast.Expr{call.Target()}, call.Args()...)
		}
		return e.AsCall().Args()
	case ast.ListKind:
		return e.AsList().Elements()
	case ast.MapKind:
		var all []ast.Expr
		for _, entry := range e.AsMap().Entries() {
			all = append(all, entry.AsMapEntry().Key(), entry.AsMapEntry().Value())
		}
		return all
	case ast.ComprehensionKind:
		c := e.AsComprehension()
		return []ast.Expr{c.IterRange(), c.AccuInit(), c.LoopCondition(), c.LoopStep(), c.Result()}
	}
	return nil
}

// asks reports whether the rule reads the variable.
func (r *rule) asks(root string) bool {
	return slices.ContainsFunc(r.paths, func(p path) bool {
		name := strings.TrimPrefix(p.name, "has(")
		return name == root || strings.HasPrefix(name, root+".")
	})
}
