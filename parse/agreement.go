package parse

import (
	"bytes"
	"slices"
	"strings"

	"entente"
)

// agreementFormat stands in the first line of every agreement: what an identity
// key signs says what it is with its first bytes.
const agreementFormat = "agreement/1"

// Limits of an agreement.
const (
	maxParties  = 50
	maxClauses  = 100
	fewParties  = 2
	maxRuleText = maxSentence
)

// Agreement reads the text of an agreement, without the signatures of the note
// that carries it. Errors name the line and the clause. Rules in CEL are kept as
// text: package policy compiles them.
func Agreement(text []byte) (entente.Agreement, error) {
	doc, err := readSigned(text, MaxAgreement, "")
	if err != nil {
		return entente.Agreement{}, err
	}
	c := &checker{lines: doc.lines}
	a := c.readAgreement(c.table(nil, doc.tree))
	c.begins(text, agreementFormat)
	if err := c.Err(); err != nil {
		return entente.Agreement{}, err
	}
	a.Text, a.Lines = bytes.Clone(text), doc.lines
	return a, nil
}

func (c *checker) readAgreement(t table) entente.Agreement {
	if t.str("entente") != agreementFormat {
		c.bad(t.p.dot("entente"), "it is not an agreement of this version", firstLine(agreementFormat))
	}
	a := entente.Agreement{ID: entente.AgreementID(t.str("id")), Epoch: t.num("epoch"), Objective: t.str("objective")}
	c.agreement(t.p.dot("id"), a.ID)
	if a.Epoch < 1 || a.Epoch > MaxWhole {
		c.bad(t.p.dot("epoch"), "epochs count from 1", "write epoch = 1 in the first edition, and one more in each that follows")
	}
	a.Parties = t.parties()
	c.text(t.p.dot("objective"), a.Objective, maxSentence)
	a.From, a.Until = t.day("from"), t.day("until")
	if a.Until.Before(a.From) {
		c.bad(t.p.dot("until"), "the last day is before the first", "correct one of the two days")
	}
	a.Purposes = words[entente.Purpose](t, "purposes")
	if len(a.Purposes) == 0 {
		c.bad(t.p.dot("purposes"), "the agreement names no purpose", "without one nothing may pass")
	}
	c.purposes(t.p.dot("purposes"), a.Purposes)

	a.Definitions = t.definitions(a)
	a.Equivalence = t.equivalence(a)
	a.Scope = t.scope()
	a.Deadline = t.sub("deadline").deadlines()
	a.Release = t.sub("release").release()
	a.Handling = t.sub("handling").handling(a)
	a.Commitment = t.commitments(a)
	a.Assurance, a.Retention, a.Blind = t.sub("assurance").m, t.sub("retention").m, t.sub("blind").m
	for _, key := range []string{"assurance", "retention", "blind"} {
		t.tree(t.p.dot(key), t.m[key])
	}
	t.done()
	return a
}

func words[T ~string](t table, key string) []T {
	var out []T
	for _, s := range t.strs(key) {
		out = append(out, T(s))
	}
	return out
}

func (t table) parties() []entente.PartyID {
	p, list := t.p.dot("parties"), words[entente.PartyID](t, "parties")
	if len(list) < fewParties {
		t.bad(p, "an agreement has at least two parties", `write their ids, as in ["albia-ncc", "borea-sls"]`)
	}
	t.few(p, len(list), maxParties)
	for i, v := range list {
		t.party(p.at(i), v)
	}
	unique(t.checker, p, list)
	return list
}

// member checks that a key is one of the parties.
func (t table) member(a entente.Agreement, key string) entente.PartyID {
	id := entente.PartyID(key)
	if !a.Has(id) {
		t.bad(t.p.dot(key), "it is not a party to this agreement", "check the spelling against \"parties\"")
	}
	return id
}

func (t table) definitions(a entente.Agreement) map[entente.PartyID]entente.Definition {
	t = t.sub("definition")
	out := map[entente.PartyID]entente.Definition{}
	for _, key := range t.keys() {
		id, of := t.member(a, key), t.sub(key)
		d := entente.Definition{Terms: map[string]string{}, Lists: of.strs("lists")}
		for i, v := range d.Lists {
			t.line(of.p.dot("lists").at(i), v, maxLabel)
		}
		unique(t.checker, of.p.dot("lists"), d.Lists)
		for _, term := range of.keys() {
			if term != "lists" {
				d.Terms[term] = of.str(term)
				t.text(of.p.dot(term), d.Terms[term], maxSentence)
			}
		}
		out[id] = d
	}
	return out
}

func (t table) equivalence(a entente.Agreement) []map[entente.PartyID]string {
	var out []map[entente.PartyID]string
	for _, row := range t.subs("equivalence") {
		same := map[entente.PartyID]string{}
		for _, key := range row.keys() {
			id := row.member(a, key)
			same[id] = row.str(key)
			t.line(row.p.dot(key), same[id], maxLabel)
		}
		if len(same) < fewParties {
			t.bad(row.p, "an equivalence needs the categories of two parties", "write one line for each party")
		}
		out = append(out, same)
	}
	t.few(t.p.dot("equivalence"), len(out), maxClauses)
	return out
}

// kind checks that a word is a kind of message, of this version or a later one.
func (c *checker) kind(p *path, k entente.Kind) {
	oneOf(c, p, k, slices.Concat(entente.Kinds, entente.LaterKinds))
}

func (t table) scope() map[entente.Kind]string {
	t = t.sub("scope")
	out := map[entente.Kind]string{}
	for _, key := range t.keys() {
		t.kind(t.p.dot(key), entente.Kind(key))
		out[entente.Kind(key)] = t.str(key)
		t.text(t.p.dot(key), t.str(key), maxRuleText)
	}
	return out
}

func (t table) release() entente.ReleaseRule {
	r := entente.ReleaseRule{FourEyes: words[entente.Kind](t, "four-eyes"), Single: words[entente.Kind](t, "single"), Standing: t.strs("standing")}
	for _, l := range []struct {
		name string
		list []entente.Kind
	}{{"four-eyes", r.FourEyes}, {"single", r.Single}} {
		for i, k := range l.list {
			t.kind(t.p.dot(l.name).at(i), k)
		}
		unique(t.checker, t.p.dot(l.name), l.list)
	}
	for i, k := range r.Single {
		if slices.Contains(r.FourEyes, k) {
			t.bad(t.p.dot("single").at(i), "one officer may not send what needs four eyes: the kind stands in both lists", "take it out of one of them")
		}
	}
	t.few(t.p.dot("standing"), len(r.Standing), maxClauses)
	for i, s := range r.Standing {
		p := t.p.dot("standing").at(i)
		t.text(p, s, maxRuleText)
		kind, rule, ok := strings.Cut(s, " where ")
		if !ok || strings.TrimSpace(rule) == "" {
			t.bad(p, "it does not say when the clause releases", `write it as in "encounter where request.accepted"`)
		}
		t.kind(p, entente.Kind(kind))
	}
	t.done()
	return r
}

func (t table) handling(a entente.Agreement) entente.Caveats {
	d := t.sub("default")
	v := entente.Caveats{
		TLP: entente.TLP(d.str("tlp")), PAP: entente.PAP(d.str("pap")), Onward: entente.Onward(d.str("onward")),
		CourtUse: entente.CourtUse(d.str("court-use")), Purposes: words[entente.Purpose](d, "purposes"),
	}
	maybeOneOf(t.checker, d.p.dot("tlp"), v.TLP, entente.TLPs)
	maybeOneOf(t.checker, d.p.dot("pap"), v.PAP, entente.PAPs)
	maybeOneOf(t.checker, d.p.dot("onward"), v.Onward, entente.Onwards)
	maybeOneOf(t.checker, d.p.dot("court-use"), v.CourtUse, entente.CourtUses)
	for i, p := range v.Purposes {
		if !slices.Contains(a.Purposes, p) {
			t.bad(d.p.dot("purposes").at(i), "it is not a purpose of this agreement", "choose from the list under \"purposes\"")
		}
	}
	unique(t.checker, d.p.dot("purposes"), v.Purposes)
	d.done()
	t.done()
	return v
}

func (t table) commitments(a entente.Agreement) map[entente.PartyID][]string {
	t = t.sub("commitment")
	out := map[entente.PartyID][]string{}
	for _, key := range t.keys() {
		id := t.member(a, key)
		out[id] = t.strs(key)
		t.few(t.p.dot(key), len(out[id]), maxClauses)
		for i, s := range out[id] {
			t.text(t.p.dot(key).at(i), s, maxSentence)
		}
	}
	return out
}
