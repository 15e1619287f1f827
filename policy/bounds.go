package policy

import (
	"fmt"
	"strings"

	"cel.dev/cel-go/common/ast"
)

// The bounds of a rule are counted in its text, so that every implementation of
// CEL finds the same: docs/agreement-format.md, "Bounds of a rule".
const (
	maxRule       = 4096   // bytes
	maxBrackets   = 20     // open at one place
	maxNesting    = 3      // macros, one in the body of another
	maxEntries    = 100    // of a list or map that is written out
	maxOperations = 200    // operators, functions and macros that are written
	maxWork       = 20_000 // operations on one subject, if every list is as long as it may be
	maxPattern    = 200    // bytes of a pattern
)

// longest is how many entries the lists of a message may have (docs/protocol.md,
// "Statement").
var longest = map[string]int{
	"message.caveats.purposes": 50,
	"subject.names":            50, "subject.births": 50, "subject.documents": 50,
	"subject.nationalities": 20,
}

// tally counts a rule.
type tally struct {
	of         *ast.AST
	operations int
}

// bound refuses a rule that is larger than a rule may be.
func (r *rule) bound() error {
	if n := brackets(r.text); n > maxBrackets {
		return fmt.Errorf("brackets stand %d deep, and at most %d may", n, maxBrackets)
	}
	t := &tally{of: r.ast}
	work, err := t.work(r.ast.Expr(), 0)
	switch {
	case err != nil:
		return err
	case t.operations > maxOperations:
		return fmt.Errorf("it has %d operators, functions and macros, and at most %d may stand in a rule", t.operations, maxOperations)
	case work > maxWork:
		return fmt.Errorf("it takes up to %d operations on one subject, and at most %d are allowed: macros over long lists stand in one another", work, maxWork)
	}
	return nil
}

// work gives how many operations an expression takes at most, in the body of so
// many macros.
func (t *tally) work(e ast.Expr, depth int) (int, error) {
	switch e.Kind() {
	case ast.ComprehensionKind:
		return t.macro(e, depth)
	case ast.ListKind:
		if n := e.AsList().Size(); n > maxEntries {
			return 0, fmt.Errorf("a list has %d entries, and at most %d may be written", n, maxEntries)
		}
	case ast.MapKind:
		if n := e.AsMap().Size(); n > maxEntries {
			return 0, fmt.Errorf("a map has %d entries, and at most %d may be written", n, maxEntries)
		}
	}
	own := 0
	if e.Kind() == ast.CallKind {
		if own = 1; e.AsCall().FunctionName() == "@in" {
			own = max(1, t.size(e.AsCall().Args()[1]))
		}
		t.operations++
		if err := pattern(e.AsCall()); err != nil {
			return 0, err
		}
	}
	for _, child := range children(e) {
		n, err := t.work(child, depth)
		if err != nil {
			return 0, err
		}
		own += n
	}
	return own, nil
}

// macro counts a macro over a list: itself, what makes the list, and its body as
// often as the list may have entries.
func (t *tally) macro(e ast.Expr, depth int) (int, error) {
	if depth == maxNesting {
		return 0, fmt.Errorf("macros over lists stand more than %d deep in one another", maxNesting)
	}
	c := e.AsComprehension()
	entries := t.size(c.IterRange())
	if entries < 0 {
		return 0, fmt.Errorf("a macro goes over something that is not a list of the message or one that is written out")
	}
	made, err := t.work(c.IterRange(), depth)
	if err != nil {
		return 0, err
	}
	body, err := t.work(c.LoopStep(), depth+1)
	if err != nil {
		return 0, err
	}
	// What a macro is expanded to is not written: all and exists join the answers,
	// the others choose and add.
	hidden := 1
	if call := c.LoopStep().AsCall(); call.FunctionName() == "_?_:_" {
		hidden = 2
	}
	t.operations += 1 - hidden
	return 1 + made + entries*(body-hidden), nil
}

// size is how many entries a list may have; -1: nobody can tell from the text.
func (t *tally) size(e ast.Expr) int {
	switch e.Kind() {
	case ast.ListKind:
		return e.AsList().Size()
	case ast.ComprehensionKind: // filter and map keep the length at most
		return t.size(e.AsComprehension().IterRange())
	case ast.CallKind:
		args := e.AsCall().Args()
		switch e.AsCall().FunctionName() {
		case "_+_":
			if a, b := t.size(args[0]), t.size(args[1]); a >= 0 && b >= 0 {
				return a + b
			}
		case "_?_:_":
			if a, b := t.size(args[1]), t.size(args[2]); a >= 0 && b >= 0 {
				return max(a, b)
			}
		}
		return -1
	}
	if name, ok := pathOf(e); ok {
		if n, ok := longest[name]; ok {
			return n
		}
	}
	return -1
}

// pattern holds the pattern of matches to what costs no more than its length.
func pattern(call ast.CallExpr) error {
	if call.FunctionName() != "matches" {
		return nil
	}
	p := call.Args()[len(call.Args())-1]
	if p.Kind() != ast.LiteralKind {
		return fmt.Errorf("a pattern is not written out")
	}
	s, _ := p.AsLiteral().Value().(string)
	if len(s) > maxPattern || strings.Contains(s, "{") {
		return fmt.Errorf("a pattern has at most %d bytes and no repetition by a number", maxPattern)
	}
	return nil
}

// brackets gives how deep brackets stand in one another outside of texts.
func brackets(rule string) (deepest int) {
	depth, quote := 0, byte(0)
	for i := 0; i < len(rule); i++ {
		switch c := rule[i]; {
		case quote != 0 && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '(' || c == '[' || c == '{':
			depth++
			deepest = max(deepest, depth)
		case c == ')' || c == ']' || c == '}':
			depth--
		}
	}
	return deepest
}
