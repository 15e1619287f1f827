package policy

import (
	"fmt"
	"strconv"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
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
	if len(text) > maxRule {
		return nil, t.bad(clause, fmt.Sprintf("the rule has %d bytes, and at most %d are accepted", len(text), maxRule), "make it shorter")
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
	if err := r.bound(); err != nil {
		return nil, t.bad(clause, "the rule is too large: "+err.Error(), "docs/agreement-format.md lists the bounds of a rule; write it shorter")
	}
	r.program, err = e.Program(checked, cel.EvalOptions(cel.OptOptimize|cel.OptTrackState))
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
