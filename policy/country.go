package policy

import (
	"strconv"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"

	"entente"
)

// Countries gives the first rule that asks for a country which no message can
// name: "UK", which messages write GB, or a code that no country has. Such a rule
// would never be true, or always. It is asked before an agreement is signed or
// added; one that is in force stays in force, and Explain says it.
func (t *Terms) Countries() error {
	for _, k := range allKinds() {
		if r, ok := t.scope[k]; ok {
			if err := t.country(r); err != nil {
				return err
			}
		}
	}
	if t.assurance != nil {
		return t.country(t.assurance)
	}
	return nil
}

func (t *Terms) country(r *rule) error {
	for _, code := range r.countries() {
		if _, err := entente.ParseCountry(code); err != nil {
			e := err.(*entente.Error)
			return t.bad(r.clause, "the rule asks for the country "+strconv.Quote(code)+", which no message can name: "+e.Detail, e.Hint)
		}
	}
	return nil
}

// countries gives the codes that the rule compares countries with.
func (r *rule) countries() []string {
	s := countryScan{vars: map[string]ast.Expr{}}
	s.expr(r.ast.Expr())
	return s.codes
}

// countryScan walks through a rule. vars are the variables of the loops around.
type countryScan struct {
	vars  map[string]ast.Expr // what each ranges over
	codes []string
}

func (s *countryScan) expr(e ast.Expr) {
	switch e.Kind() {
	case ast.ComprehensionKind:
		c := e.AsComprehension()
		was := s.vars[c.IterVar()]
		s.vars[c.IterVar()] = c.IterRange()
		defer func() { s.vars[c.IterVar()] = was }()
	case ast.CallKind:
		if a := e.AsCall().Args(); len(a) == 2 && !e.AsCall().IsMemberFunction() {
			s.compared(e.AsCall().FunctionName(), a[0], a[1])
		}
	}
	for _, child := range children(e) {
		s.expr(child)
	}
}

// compared notes the texts on one side when the other is a country.
func (s *countryScan) compared(call string, a, b ast.Expr) {
	switch call {
	case operators.Equals, operators.NotEquals:
		if s.country(a) {
			s.texts(b)
		}
		if s.country(b) {
			s.texts(a)
		}
	case operators.In:
		if s.country(a) || s.nations(b) {
			s.texts(a)
			s.texts(b)
		}
	}
}

// nations reports whether e is the list of a subject's nationalities.
func (s *countryScan) nations(e ast.Expr) bool {
	if name, ok := pathOf(e); ok {
		return name == "subject.nationalities"
	}
	return false
}

// country reports whether e is a nationality or the issuer of a document.
func (s *countryScan) country(e ast.Expr) bool {
	switch e.Kind() {
	case ast.IdentKind:
		over := s.vars[e.AsIdent()]
		return over != nil && s.nations(over)
	case ast.SelectKind:
		return e.AsSelect().FieldName() == "country"
	case ast.CallKind:
		return isCall(e, operators.Index) && s.nations(e.AsCall().Args()[0])
	}
	return false
}

// texts notes the strings in e: itself, those of a list, or those that a
// variable ranges over.
func (s *countryScan) texts(e ast.Expr) {
	switch e.Kind() {
	case ast.LiteralKind:
		if text, ok := e.AsLiteral().Value().(string); ok {
			s.codes = append(s.codes, text)
		}
	case ast.ListKind:
		for _, one := range e.AsList().Elements() {
			s.texts(one)
		}
	case ast.IdentKind:
		if over := s.vars[e.AsIdent()]; over != nil && over.Kind() == ast.ListKind {
			s.texts(over)
		}
	}
}
