package parse

import "entente"

// outcomes lists the codes of entente.Outcomes.
var outcomes = func() []entente.Outcome {
	var list []entente.Outcome
	for _, o := range entente.Outcomes {
		list = append(list, o.Outcome)
	}
	return list
}()

// disposition checks the body of a disposition. Whether its answers fit the
// questions of the message that it answers is for those who hold that message.
func (c *checker) disposition(p *path, d entente.Disposition) {
	oneOf(c, p.dot("outcome"), d.Outcome, outcomes)
	c.text(p.dot("reason"), d.Reason, maxClaim)
	c.maybeText(p.dot("credit"), d.Credit, maxClaim)
	p = p.dot("answers")
	c.few(p, len(d.Answers), maxQuestions)
	own := ids{}
	for i, a := range d.Answers {
		p := p.at(i)
		c.id(p.dot("question"), a.Question, 'q', own)
		c.maybeText(p.dot("text"), a.Text, maxClaim)
		c.maybeText(p.dot("refused"), a.Refused, maxClaim)
		switch {
		case a.Text != "" && a.Refused != "":
			c.bad(p.dot("refused"), "the question is both answered and refused", "do one of the two")
		case a.Refused != "":
			c.text(p.dot("refused"), a.Refused, maxClaim)
		default:
			c.text(p.dot("text"), a.Text, maxClaim)
		}
	}
}
