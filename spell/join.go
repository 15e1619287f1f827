package spell

import "strings"

// servants are the forms of Arabic abd, servant of: with the name behind it,
// one name.
var servants = set("abd abdu abdul abdal abdel abdol abdil abdoul abdool abdur abdus abdun abdud abed abdou abdush abdurr abdar abder abdes abdas")

// serving are those of them that are no name without what follows.
var serving = set("abdul abdal abdel abdol abdil abdoul abdool abdur abdurr abdus")

var articles = set("al el ul il ar er ur as es us ad ed ud an en un az ez uz ash esh ush at et ut ou oul oel ol or os od l")

// faith ends names that are written in one word or in several: Saif al-Din.
var (
	faith         = set("din deen dine diin dein dean")
	faithArticled = set("aldin eldin uddin addin eddin eddine uddeen addeen eldine aldeen alddin eddeen")
	closing       = set("ullah ollah ulla olla")
	god           = set("allah ullah alla ollah ulla olla elah ilah")
)

// join puts words together that are one name: Abd al Rahman, Saif ud-Din, Nasr
// Allah, Abu Bakr.
func (r *reader) join() {
	for i := range r.n {
		r.sets[i] = wordSets[r.parts[i].Latin]
	}
	r.turn()
	to := 0
	for i := 0; i < r.n; to++ {
		n, latin := r.oneName(i)
		if n > 1 {
			joined := together(r.parts[i:i+n], latin)
			r.parts[to], r.words[to], r.sets[to] = joined, r.words[i], wordSets[latin]
			r.words[to].pointed = false
		} else if to < i {
			r.parts[to], r.words[to], r.sets[to] = r.parts[i], r.words[i], r.sets[i]
		}
		i += n
	}
	r.n = to
}

// turn brings together what a family name in front tears apart: Karim, Jamil
// Abdul is Jamil Abdul Karim, and Ullah, Khair is Khairullah.
func (r *reader) turn() {
	last := r.n - 1
	if last < 1 {
		return
	}
	switch {
	case r.sets[last]&toServe != 0 && r.sets[0]&(toServe|aGod) == 0:
		for i := last; i > 0; i-- {
			r.swap(i, i-1)
		}
	case r.sets[0]&(ofGod|withArticle) != 0 && r.sets[last]&aParticle == 0:
		for i := range last {
			r.swap(i, i+1)
		}
	default:
		return
	}
	r.words[0].comma, r.words[last].comma = false, false
}

func (r *reader) swap(i, k int) {
	r.parts[i], r.parts[k] = r.parts[k], r.parts[i]
	r.words[i], r.words[k] = r.words[k], r.words[i]
	r.sets[i], r.sets[k] = r.sets[k], r.sets[i]
}

// oneName counts the words from i on that are one name, and reads them
// together.
func (r *reader) oneName(i int) (int, string) {
	var l [3]string
	var is [3]wordSet
	for k := range l {
		if i+k >= r.n || k > 0 && r.words[i+k].comma {
			break // what stands behind a comma further on is not looked at either
		}
		l[k], is[k] = r.parts[i+k].Latin, r.sets[i+k]
	}
	script := func(k int) Script { return r.parts[i+k].Script }
	switch long := len(l[0]) > 2; {
	case is[0]&aServant != 0 && is[1]&anArticle != 0 && len(l[2]) > 1 && script(1) == script(0):
		return 3, "abdul" + l[2]
	case is[0]&aServant != 0 && len(l[1]) > 2 && is[1]&aParticle == 0:
		return 2, "abdul" + strings.TrimPrefix(l[1], "al")
	case l[0] == "abu" && (l[1] == "bakr" || l[1] == "bakar" || l[1] == "baker"):
		return 2, "abubakr"
	case (l[0] == "mc" || l[0] == "mac") && len(l[1]) > 2 && script(0) == Latin:
		return 2, l[0] + l[1]
	case long && is[1]&anArticle != 0 && is[2]&aFaith != 0:
		return 3, l[0] + "uddin"
	case long && is[0]&aParticle == 0 && is[1]&withArticle != 0:
		return 2, l[0] + "uddin"
	case long && is[0]&aParticle == 0 && is[1]&aGod != 0:
		return 2, l[0] + "ullah"
	}
	return 1, ""
}

// together makes one part of several that stand side by side.
func together(parts []Part, latin string) Part {
	p := parts[0]
	p.Role, p.Latin, p.Others = Plain, latin, nil
	last := parts[len(parts)-1]
	for _, q := range parts[1:] {
		sep := " "
		if q.Tied {
			sep = "-"
		}
		p.Text += sep + q.Text
		p.Script = q.Script
		p.unread = p.unread || q.unread
	}
	if rest, ok := strings.CutSuffix(latin, last.Latin); ok {
		for _, o := range last.Others {
			if len(p.Others) < MaxOthers-1 {
				p.Others = append(p.Others, rest+o)
			}
		}
	}
	return p
}

// ofSyllables tells scripts whose words are syllables with many readings each.
func ofSyllables(s Script) bool { return s == Hangul || s == Han }
