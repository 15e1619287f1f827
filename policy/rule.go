package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"entente"
)

// The bounds of a rule. A step of evaluation costs about 1; the rules that
// agreements need cost tens.
const (
	maxRule     = 4096      // characters
	maxCost     = 20_000    // of one evaluation
	maxCostAll  = 1_000_000 // of all evaluations for one message
	maxShown    = 8         // subjects whose values a finding shows
	maxValueLen = 200       // bytes of a value in a finding
)

// rule is a clause in CEL that compiled to a yes or no.
type rule struct {
	clause  string
	line    int // of the agreement's text
	text    string
	ast     *ast.AST
	program cel.Program
	paths   []path // what it asks of the message, in order of the text
}

// path is a place of a rule where it reads a value: "subject.nationalities".
type path struct {
	id   int64
	name string
}

// compileRule compiles the rule of a clause against a schema. Whatever the schema
// does not know is an error here, so that nothing is left to find out when a
// message waits.
func (t *Terms) compileRule(clause, text string, schema func() (*cel.Env, error)) (*rule, error) {
	e, err := schema()
	if err != nil {
		return nil, fmt.Errorf("policy: rule schema: %w", err)
	}
	if strings.TrimSpace(text) == "" {
		return nil, t.bad(clause, "the rule is empty", "write \"true\" where everything may pass")
	}
	checked, iss := e.Compile(text)
	if iss.Err() != nil {
		return nil, t.bad(clause, "the rule does not compile: "+firstIssue(iss), ruleHint)
	}
	if checked.OutputType() != cel.BoolType {
		return nil, t.bad(clause, "the rule gives "+checked.OutputType().String()+" and not true or false", ruleHint)
	}
	r := &rule{clause: clause, line: t.a.Line(clause), text: strings.TrimSpace(text), ast: checked.NativeRep()}
	if err := r.read(r.ast.Expr()); err != nil {
		return nil, t.bad(clause, "the rule does not compile: "+err.Error(), ruleHint)
	}
	r.program, err = e.Program(checked, cel.CostLimit(maxCost), cel.EvalOptions(cel.OptOptimize|cel.OptTrackState|cel.OptTrackCost))
	if err != nil {
		return nil, t.bad(clause, "the rule cannot be run: "+err.Error(), ruleHint)
	}
	return r, nil
}

const ruleHint = "docs/agreement-format.md lists the words that a rule may use"

// firstIssue says the first thing that is wrong, and where in the rule.
func firstIssue(iss *cel.Issues) string {
	errs := iss.Errors()
	if len(errs) == 0 {
		return iss.Err().Error()
	}
	first := errs[0]
	for _, e := range errs[1:] {
		if e.Location.Line() < first.Location.Line() || e.Location.Line() == first.Location.Line() && e.Location.Column() < first.Location.Column() {
			first = e
		}
	}
	msg := plainer.Replace(first.Message)
	if i := strings.Index(msg, " expecting "); i >= 0 { // what the parser would have liked fills a page
		msg = msg[:i]
	}
	if first.Location.Line() < 1 {
		return msg
	}
	at := "character " + strconv.Itoa(first.Location.Column()+1)
	if first.Location.Line() > 1 {
		at = "line " + strconv.Itoa(first.Location.Line()) + " of the rule, " + at
	}
	return msg + " (" + at + ")"
}

// plainer puts the compiler's words into ones that an author of rules knows.
var plainer = strings.NewReplacer(
	"Syntax error: ", "", "mismatched input '<EOF>'", "the rule ends too early",
	"found no matching overload for '_", "there is no '", "found no matching overload for ", "there is no ",
	"_' applied to", "' for", " applied to", " for", "undeclared reference to", "there is no",
)

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

// answer is what a rule said of one message and one subject.
type answer struct {
	yes    bool
	values []entente.Value // those it looked at; what it skipped did not decide
	cost   uint64
}

// ask evaluates the rule. An error means that it could not be answered: the
// caller takes the side of caution.
func (r *rule) ask(v cel.Activation) (answer, error) {
	out, details, err := r.program.Eval(v)
	if err != nil {
		return answer{}, err
	}
	yes, ok := out.(types.Bool)
	if !ok {
		return answer{}, fmt.Errorf("gave %s", out.Type().TypeName())
	}
	a := answer{yes: bool(yes)}
	if c := details.ActualCost(); c != nil {
		a.cost = *c
	}
	for _, p := range r.paths {
		val, seen := details.State().Value(p.id)
		if !seen || slices.ContainsFunc(a.values, func(v entente.Value) bool { return v.Name == p.name }) {
			continue
		}
		a.values = append(a.values, entente.Value{Name: p.name, Value: show(val)})
	}
	return a, nil
}

// show writes a value as a rule would. Objects, which hold names and numbers of
// documents, are counted and not shown.
func show(v ref.Val) string {
	var s string
	switch x := v.Value().(type) {
	case string:
		s = strconv.Quote(x)
	case []string:
		quoted := make([]string, len(x))
		for i, e := range x {
			quoted[i] = strconv.Quote(e)
		}
		s = "[" + strings.Join(quoted, ", ") + "]"
	case bool, int64, uint64, float64:
		s = fmt.Sprint(x)
	case time.Time:
		s = "not said"
		if !x.IsZero() {
			s = x.UTC().Format(time.RFC3339)
		}
	default:
		s = "not shown"
		if n, ok := length(v); ok {
			s = count(n, "entry", "entries")
		}
	}
	if len(s) > maxValueLen {
		s = strings.ToValidUTF8(s[:maxValueLen], "") + "…"
	}
	return s
}

func length(v ref.Val) (int, bool) {
	sized, ok := v.(interface{ Size() ref.Val })
	if !ok {
		return 0, false
	}
	n, ok := sized.Size().(types.Int)
	return int(n), ok
}

// facts are the variables of a rule for one subject.
type facts struct {
	message *messageView
	subject *subjectView
	now     time.Time
}

// ResolveName implements cel.Activation.
func (f *facts) ResolveName(name string) (any, bool) {
	switch name {
	case "message":
		return f.message, true
	case "subject":
		return f.subject, true
	case "now":
		return types.Timestamp{Time: f.now}, true
	}
	return nil, false
}

// Parent implements cel.Activation.
func (f *facts) Parent() cel.Activation { return nil }
