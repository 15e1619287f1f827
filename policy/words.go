package policy

import (
	"slices"
	"strconv"
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"entente"
)

// inWords says what a rule requires in words, or false where it would have to
// guess: then the rule is quoted instead. It knows single conditions, and
// conditions joined by all "and" or all "or"; words for more would be ambiguous.
func (r *rule) inWords() (string, bool) {
	e := r.ast.Expr()
	if e.Kind() == ast.LiteralKind {
		if e.AsLiteral() == types.True {
			return "anything", true
		}
		return "", false
	}
	op, join := operators.LogicalOr, ", or "
	if isCall(e, operators.LogicalAnd) {
		op, join = operators.LogicalAnd, ", and "
	}
	var said []string
	for _, part := range flatten(e, op) {
		s, ok := r.condition(part)
		if !ok {
			return "", false
		}
		said = append(said, s)
	}
	return strings.Join(said, join), true
}

func isCall(e ast.Expr, name string) bool {
	return e.Kind() == ast.CallKind && e.AsCall().FunctionName() == name
}

func flatten(e ast.Expr, op string) []ast.Expr {
	if !isCall(e, op) {
		return []ast.Expr{e}
	}
	var parts []ast.Expr
	for _, a := range e.AsCall().Args() {
		parts = append(parts, flatten(a, op)...)
	}
	return parts
}

// single and plural name what a rule may ask, in words.
var single = map[string]string{
	"message.kind": "its kind", "message.purpose": "its purpose", "message.category": "its category",
	"message.precedence": "its precedence", "message.from": "its sender", "message.to": "its recipient",
	"message.attestation": "the attestation of its provenance",
	"message.caveats.tlp": "its TLP label", "message.caveats.pap": "its PAP label",
	"message.caveats.onward": "its onward rule", "message.caveats.court_use": "its court use",
	"subject.sex": "the subject's sex", "subject.residence": "the subject's residence",
}

var plural = map[string][2]string{
	"subject.nationalities":    {"nationality", "of the subject"},
	"message.caveats.purposes": {"purpose", "to which its use is limited"},
}

// condition says one condition in words.
func (r *rule) condition(e ast.Expr) (string, bool) {
	if e.Kind() == ast.ComprehensionKind {
		return r.quantified(e)
	}
	if e.Kind() != ast.CallKind || len(e.AsCall().Args()) != 2 || e.AsCall().IsMemberFunction() {
		return "", false
	}
	left, right := e.AsCall().Args()[0], e.AsCall().Args()[1]
	if name, ok := pathOf(right); ok && isCall(e, operators.In) { // "XB" in subject.nationalities
		of, known := plural[name]
		text, literal := literals(left)
		return "at least one " + of[0] + " " + of[1] + " is " + text, known && literal && left.Kind() == ast.LiteralKind
	}
	name, ok := pathOf(left)
	what, known := single[name]
	if !ok || !known {
		return "", false
	}
	return comparison(what, e)
}

// comparison says "what is x", where e compares something with literals.
func comparison(what string, e ast.Expr) (string, bool) {
	right := e.AsCall().Args()[1]
	text, ok := literals(right)
	if !ok || (right.Kind() == ast.ListKind) != isCall(e, operators.In) {
		return "", false
	}
	switch e.AsCall().FunctionName() {
	case operators.Equals, operators.In:
		return what + " is " + text, true
	case operators.NotEquals:
		return what + " is not " + text, true
	}
	return "", false
}

// quantified says exists and all over a list of strings. They are read as they
// were written, from the call that the parser expanded.
func (r *rule) quantified(e ast.Expr) (string, bool) {
	macro, ok := r.ast.SourceInfo().GetMacroCall(e.ID())
	if !ok || macro.Kind() != ast.CallKind || !macro.AsCall().IsMemberFunction() {
		return "", false
	}
	call := macro.AsCall()
	name, ok := pathOf(call.Target())
	of, known := plural[name]
	if !ok || !known || len(call.Args()) != 2 || call.Args()[0].Kind() != ast.IdentKind {
		return "", false
	}
	pred := call.Args()[1]
	if pred.Kind() != ast.CallKind || len(pred.AsCall().Args()) != 2 || pred.AsCall().IsMemberFunction() {
		return "", false
	}
	if v := pred.AsCall().Args()[0]; v.Kind() != ast.IdentKind || v.AsIdent() != call.Args()[0].AsIdent() {
		return "", false
	}
	switch call.FunctionName() {
	case "exists":
		return comparison("at least one "+of[0]+" "+of[1], pred)
	case "all":
		if isCall(pred, operators.NotEquals) { // "every x is not y" may be read in two ways
			return "", false
		}
		s, ok := comparison("every "+of[0]+" "+of[1], pred)
		return s + " (which is so, too, when none is given)", ok
	}
	return "", false
}

// literals says a string, or a list of strings as alternatives.
func literals(e ast.Expr) (string, bool) {
	elements := []ast.Expr{e}
	if e.Kind() == ast.ListKind {
		elements = e.AsList().Elements()
	}
	var all []string
	for _, l := range elements {
		if l.Kind() != ast.LiteralKind {
			return "", false
		}
		s, ok := l.AsLiteral().Value().(string)
		if !ok {
			return "", false
		}
		all = append(all, strconv.Quote(s))
	}
	if len(all) == 0 || slices.Contains(all, `""`) { // "is nothing" needs better words than these
		return "", false
	}
	return list(all, "or"), true
}

// explain says what a rule requires of messages of a kind, and quotes it.
func (r *rule) explain(k entente.Kind) []string {
	quote := r.quote()
	head := upper(article(kindWord(k))) + " may pass only where "
	said, simple := r.inWords()
	switch {
	case said == "anything":
		return []string{"Every " + kindWord(k) + " may pass, as far as scope goes (" + quote + ")."}
	case simple:
		head += said + " (" + quote + ")."
	default:
		head += "this rule is true (" + quote + ")."
	}
	if !r.asks("subject") {
		return []string{head}
	}
	return []string{head, "That must hold for each subject; " + article(kindWord(k)) + " about nobody counts as about one of whom nothing is known."}
}

// quote gives the rule as it was written, and where.
func (r *rule) quote() string {
	if r.line == 0 {
		return r.clause + ": " + r.text
	}
	return r.clause + ", line " + strconv.Itoa(r.line) + ": " + r.text
}
