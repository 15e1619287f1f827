package policy

import (
	"sync"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/env"
	"cel.dev/cel-go/common/types"

	"entente"
)

// The words that a rule may use. They are part of what the parties sign, so they
// stand here by themselves: a field that a noun gains does not enter the
// language of agreements unseen. docs/agreement-format.md lists them.

type messageView struct {
	Kind        string      `cel:"kind"`
	Purpose     string      `cel:"purpose"`
	Category    string      `cel:"category"` // of a tip; else ""
	Precedence  string      `cel:"precedence"`
	From        string      `cel:"from"`
	To          string      `cel:"to"`
	Created     time.Time   `cel:"created"`
	Attestation string      `cel:"attestation"` // of a tip's provenance; else ""
	Caveats     caveatsView `cel:"caveats"`
}

type caveatsView struct {
	TLP      string    `cel:"tlp"`
	PAP      string    `cel:"pap"`
	Onward   string    `cel:"onward"`
	CourtUse string    `cel:"court_use"`
	Purposes []string  `cel:"purposes"`
	Until    time.Time `cel:"until"`
}

type subjectView struct {
	Names         []nameView     `cel:"names"`
	Nationalities []string       `cel:"nationalities"`
	Births        []birthView    `cel:"births"`
	Documents     []documentView `cel:"documents"`
	Residence     string         `cel:"residence"`
	Sex           string         `cel:"sex"`
}

type nameView struct {
	Text   string `cel:"text"`
	Script string `cel:"script"`
	Use    string `cel:"use"`
}

// birthView gives a partial date as text and in parts; a part that is not known is 0.
type birthView struct {
	Date  string `cel:"date"`
	Year  int    `cel:"year"`
	Month int    `cel:"month"`
	Day   int    `cel:"day"`
	Place string `cel:"place"`
}

type documentView struct {
	Type    string `cel:"type"`
	Number  string `cel:"number"`
	Country string `cel:"country"`
}

// requestView is what a standing clause may ask of the request that it answers.
// This version has no requests: such clauses are compiled and never asked.
type requestView struct {
	Kind       string    `cel:"kind"`
	Purpose    string    `cel:"purpose"`
	Precedence string    `cel:"precedence"`
	Created    time.Time `cel:"created"`
	Accepted   bool      `cel:"accepted"`
}

// The functions of CEL that a rule may use. Left out is all that could let two
// nodes answer differently or a rule pass by an accident of types: time zones
// (they depend on the machine), conversions, dyn and type.
var functions = []string{
	"_&&_", "_||_", "!_", "_?_:_", "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "_+_", "_-_",
	"@in", "_[_]", "size", "contains", "startsWith", "endsWith", "matches", "duration", "timestamp",
	"@not_strictly_false", // what the macros all and exists expand to
}

// messageSchema is the environment of rules about a message, standingSchema that
// of release.standing, which may also ask about the request it answers.
var (
	messageSchema  = sync.OnceValues(func() (*cel.Env, error) { return newSchema() })
	standingSchema = sync.OnceValues(func() (*cel.Env, error) {
		return newSchema(object[requestView]("entente.Request"), cel.Variable("request", cel.ObjectType("entente.Request")))
	})
)

// roots are the variables of a rule.
var roots = []string{"message", "subject", "request", "now"}

func newSchema(more ...cel.EnvOption) (*cel.Env, error) {
	allowed := &env.LibrarySubset{}
	for _, f := range functions {
		allowed.IncludeFunctions = append(allowed.IncludeFunctions, env.NewFunction(f))
	}
	return cel.NewCustomEnv(append([]cel.EnvOption{
		cel.StdLib(cel.StdLibSubset(allowed)),
		object[caveatsView]("entente.Caveats"),
		object[messageView]("entente.Message"),
		object[nameView]("entente.Name"),
		object[birthView]("entente.Birth"),
		object[documentView]("entente.Document"),
		object[subjectView]("entente.Subject"),
		cel.Variable("message", cel.ObjectType("entente.Message")),
		cel.Variable("subject", cel.ObjectType("entente.Subject")),
		cel.Variable("now", cel.TimestampType),
		cel.EnableMacroCallTracking(), // words.go reads exists and all as they were written
		cel.ParserExpressionSizeLimit(maxRule),
		cel.ParserRecursionLimit(250), // bounds.go is stricter than this and the next
		cel.ExpressionNodeLimit(100_000),
		cel.ASTValidators(
			cel.ValidateRegexLiterals(), cel.ValidateDurationLiterals(), cel.ValidateTimestampLiterals(),
			cel.ValidateHomogeneousAggregateLiterals(),
		),
	}, more...)...)
}

func object[T any](name string) cel.EnvOption {
	return cel.Types(cel.NativeTypeFor[T](cel.NativeTypeAlias(name), types.ParseStructTag("cel")))
}

func viewMessage(m entente.Message) *messageView {
	s := m.Statement
	v := &messageView{
		Kind: string(s.Kind), Purpose: string(s.Purpose), Precedence: string(s.Precedence),
		From: string(m.Header.From), To: string(m.Header.To), Created: m.Header.Created,
		Caveats: caveatsView{
			TLP: string(s.Caveats.TLP), PAP: string(s.Caveats.PAP), Onward: string(s.Caveats.Onward),
			CourtUse: string(s.Caveats.CourtUse), Purposes: words(s.Caveats.Purposes), Until: s.Caveats.Until,
		},
	}
	if s.Tip != nil {
		v.Category, v.Attestation = s.Tip.Category, s.Tip.Provenance.Attestation
	}
	return v
}

func viewSubject(s entente.Subject) *subjectView {
	v := &subjectView{Nationalities: words(s.Nationalities), Residence: s.Residence, Sex: string(s.Sex)}
	for _, n := range s.Names {
		v.Names = append(v.Names, nameView{n.Text, n.Script, n.Use})
	}
	for _, b := range s.Births {
		v.Births = append(v.Births, birthView{b.Date.String(), b.Date.Year, b.Date.Month, b.Date.Day, b.Place})
	}
	for _, d := range s.Documents {
		v.Documents = append(v.Documents, documentView{d.Type, d.Number, string(d.Country)})
	}
	return v
}
