// Package policy says what an agreement makes of a message: whether it may
// pass, what is then owed, and what an officer may do. It is pure: the time, the
// levels and the thread are arguments, so that both ends of a channel come to
// the same answer from the same facts.
//
//	terms.go      Compile: an agreement whose rules all hold together; cache.go keeps it
//	decide.go     message × terms → a finding for each clause
//	scope.go      the scope rule, asked once for each subject
//	country.go    the countries that rules ask for
//	rule.go       a rule in CEL: compiled against a schema, and bounded
//	schema.go     the words that a rule may use; reads.go: those that it uses
//	ask.go        a rule's answer, and the values that decided
//	level.go      how far the agreement is open
//	handling.go   the caveats that travel with a message; labels.go: what they mean
//	assurance.go  what may pass only under assurances: not in this version
//	release.go    who must release; checked here, held by entente.Release
//	category.go   definitions and categories, and where they differ
//	explain.go    the agreement in sentences; kept.go: what this version does not enforce
//	words.go      a rule in words; english.go: numbers, days and lists in words
//	owed.go       what is owed for a thread; met.go: which answer meets it, and when
//	officer.go    every operation × every role
package policy

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"entente"
)

// Terms is an agreement whose rules compiled. It is safe for concurrent use.
type Terms struct {
	a         entente.Agreement
	scope     map[entente.Kind]*rule
	assurance *rule // nil: the agreement asks for no assurance
}

// Compile checks that every clause of a means something and compiles its rules.
// The error is Invalid and names the clause and its line. a must not be changed
// afterwards.
func Compile(a entente.Agreement) (*Terms, error) {
	t := &Terms{a: a, scope: map[entente.Kind]*rule{}}
	for _, check := range []func() error{
		t.checkParties, t.checkPurposes, t.checkDefinitions, t.checkEquivalence, t.compileScope,
		t.checkDeadlines, t.checkRelease, t.checkDefaults, t.compileAssurance,
	} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// bad is the error that a clause of the agreement deserves. Entries of lists are
// named as package parse names them, "release.standing[0]".
func (t *Terms) bad(clause, detail, hint string) error {
	if n := t.a.Line(strings.NewReplacer("[", ".", "]", "").Replace(clause)); n > 0 {
		detail = "line " + strconv.Itoa(n) + ": " + detail
	}
	return &entente.Error{Kind: entente.Invalid, Field: clause, Detail: detail, Hint: hint}
}

func (t *Terms) checkParties() error {
	if len(t.a.Parties) < 2 {
		return t.bad("parties", "an agreement has at least two parties", "")
	}
	for i, p := range t.a.Parties {
		if slices.Contains(t.a.Parties[:i], p) {
			return t.bad("parties", string(p)+" stands there twice", "name each party once")
		}
	}
	if t.a.Epoch < 1 {
		return t.bad("epoch", "epochs count from 1", "")
	}
	if t.a.From.IsZero() || t.a.Until.Before(t.a.From) {
		return t.bad("until", "the last day is before the first", "")
	}
	return nil
}

func (t *Terms) checkPurposes() error {
	if len(t.a.Purposes) == 0 {
		return t.bad("purposes", "the agreement has no purpose", "name at least one, for example \"threat-to-life\"")
	}
	return nil
}

// checkDefinitions holds that only parties define. That a party defines nothing
// is its right; Explain shows it.
func (t *Terms) checkDefinitions() error {
	for _, p := range slices.Sorted(maps.Keys(t.a.Definitions)) {
		if !t.a.Has(p) {
			return t.bad("definition."+string(p), string(p)+" is not a party to the agreement", "only the parties define")
		}
	}
	return nil
}

func (t *Terms) checkEquivalence() error {
	for i, e := range t.a.Equivalence {
		clause := equivalenceClause + "[" + strconv.Itoa(i) + "]"
		for _, p := range slices.Sorted(maps.Keys(e)) {
			switch {
			case !t.a.Has(p):
				return t.bad(clause, string(p)+" is not a party to the agreement", "")
			case e[p] == "":
				return t.bad(clause, "the category of "+string(p)+" is empty", "")
			}
		}
		if len(e) < 2 {
			return t.bad(clause, "an equivalence names a category of at least two parties", "")
		}
	}
	return nil
}

func (t *Terms) compileScope() error {
	kinds := slices.Collect(maps.Keys(t.a.Scope))
	slices.SortFunc(kinds, func(x, y entente.Kind) int {
		return cmp.Or(cmp.Compare(t.a.Line(scopeClause(x)), t.a.Line(scopeClause(y))), cmp.Compare(x, y))
	})
	for _, k := range kinds {
		if !known(k) {
			return t.badKind(scopeClause(k), k)
		}
		r, err := t.compileRule(scopeClause(k), t.a.Scope[k], messageSchema)
		if err != nil {
			return err
		}
		t.scope[k] = r
	}
	return nil
}

func (t *Terms) checkDeadlines() error {
	d := t.a.Deadline
	for _, p := range slices.Sorted(maps.Keys(d.Acknowledge)) {
		clause := acknowledgeClause(p)
		if p.Rank() < 0 {
			return t.bad(clause, "there is no precedence "+strconv.Quote(string(p)), "the precedences are: "+list(words(entente.Precedences), "and"))
		}
		if d.Acknowledge[p] <= 0 {
			return t.bad(clause, "a deadline is longer than nothing", "leave it out where nothing is owed")
		}
	}
	if d.Dispose < 0 {
		return t.bad(disposeClause, "a deadline is longer than nothing", "leave it out where nothing is owed")
	}
	if d.Courier < 0 {
		return t.bad(courierClause, "a deadline is longer than nothing", "leave it out where an answer by courier counts from its receipt")
	}
	return nil
}

// known reports whether an agreement may name the kind.
func known(k entente.Kind) bool { return slices.Contains(allKinds(), k) }

func allKinds() []entente.Kind { return slices.Concat(entente.Kinds, entente.LaterKinds) }
