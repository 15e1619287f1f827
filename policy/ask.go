package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"entente"
)

// What a finding shows of the values that decided.
const (
	maxShown    = 8   // subjects
	maxValueLen = 200 // bytes of a value
)

// answer is what a rule said of one message and one subject.
type answer struct {
	yes    bool
	values []entente.Value // those it looked at; what it skipped did not decide
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
