package web

import "entente"

// What the form of a tip offers to choose from.

func (c composing) purposes() []choice {
	list := []choice{{}}
	for _, x := range c.Standing.Record.Agreement.Purposes {
		list = append(list, choice{Value: string(x), Label: string(x), Raw: true})
	}
	return list
}

// categories are words that the agreement knows for our side.
func (c composing) categories(self entente.PartyID) []string {
	var list []string
	for _, e := range c.Standing.Record.Agreement.Equivalence {
		if w := e[self]; w != "" {
			list = append(list, w)
		}
	}
	return list
}

func (c composing) precedences(p *page) []choice {
	list := []choice{{Label: p.T("choose")}}
	for i := len(entente.Precedences) - 1; i >= 0; i-- {
		x := entente.Precedences[i]
		label := string(x)
		if d, ok := c.Standing.Record.Agreement.Deadline.Acknowledge[x]; ok {
			label = p.T("%s: acknowledged %s", label, p.length(d))
		}
		list = append(list, choice{Value: string(x), Label: label})
	}
	return list
}

// byDefault says what applies where nothing is chosen.
func byDefault[T ~string](p *page, v T) choice {
	if v == "" {
		return choice{Label: p.T("not said")}
	}
	return choice{Label: p.T("as the agreement says: %s", string(v))}
}

func tlps(p *page, first choice) []choice {
	list := []choice{first}
	for _, x := range entente.TLPs {
		list = append(list, choice{Value: string(x), Label: "TLP:" + string(x) + " – " + term(p, tlpMeanings, x)})
	}
	return list
}

func paps(p *page, first choice) []choice {
	list := []choice{first}
	for _, x := range entente.PAPs {
		list = append(list, choice{Value: string(x), Label: "PAP:" + string(x) + " – " + term(p, papMeanings, x)})
	}
	return list
}

// options makes choices of a closed list, with its words.
func options[K ~string](p *page, first string, list []K, words map[K]string) []choice {
	all := []choice{{Label: first}}
	for _, k := range list {
		all = append(all, choice{Value: string(k), Label: term(p, words, k)})
	}
	return all
}

// sources and informations are the two halves of a grading.
func sources(p *page) []choice {
	list := []choice{{Label: p.T("how reliable is the source")}}
	for l := 'A'; l <= 'F'; l++ {
		list = append(list, choice{Value: string(l), Label: string(l) + " – " + p.half(entente.Grade(string(l)+"1"), 0)})
	}
	return list
}

func informations(p *page) []choice {
	list := []choice{{Label: p.T("how credible is the information")}}
	for n := '1'; n <= '6'; n++ {
		list = append(list, choice{Value: string(n), Label: string(n) + " – " + p.half(entente.Grade("A"+string(n)), 1)})
	}
	return list
}

// subjectChoices lists the subjects of the form by their first name.
func (c composing) subjectChoices(first string) []choice {
	list := []choice{{Label: first}}
	for i := range c.Form.count("tip.subjects") {
		row := each("tip.subjects", i)
		id, name := c.Form.get(row+".id"), c.Form.get(row+".names[0].text")
		if name == "" {
			name = "…"
		}
		list = append(list, choice{Value: id, Label: id + " " + apart(name), Raw: true})
	}
	return list
}

func scriptChoices(p *page) []choice {
	list := []choice{{Label: p.T("not said")}}
	for _, code := range scriptOrder {
		list = append(list, choice{Value: code, Label: p.T(scripts[code])})
	}
	return list
}

func withFirst(label string, list []choice) []choice {
	list[0].Label = label
	return list
}

func nameUseChoices(p *page) []choice {
	return options(p, term(p, nameUseWords, ""), entente.NameUses[1:], nameUseWords)
}
