package spell

import "strings"

// servants are the forms of Arabic abd, servant of: with the name behind it,
// one name.
var servants = set("abd abdu abdul abdal abdel abdol abdil abdoul abdool abdur abdus abdun abdud abed abdou abdush abdurr abdar abder abdes abdas")

var articles = set("al el ul il ar er ur as es us ad ed ud an en un az ez uz ash esh ush at et ut ou oul oel ol or os od l")

// faith ends names that are written in one word or in several: Saif al-Din.
var (
	faith      = set("din deen dine diin dein dean")
	withArtice = set("aldin eldin uddin addin eddin eddine uddeen addeen eldine aldeen alddin eddeen")
	god        = set("allah ullah alla ollah ulla olla elah ilah")
)

// join puts words together that are one name: Abd al Rahman, Saif ud-Din, Nasr
// Allah, Abu Bakr.
func join(parts []Part, ws []word) ([]Part, []word) {
	var out []Part
	var ows []word
	for i := 0; i < len(parts); {
		n, latin := oneName(parts[i:], ws[i:])
		p, w := parts[i], ws[i]
		if n > 1 {
			p = together(parts[i:i+n], latin)
			w.pointed = false
		}
		out, ows = append(out, p), append(ows, w)
		i += n
	}
	return out, ows
}

// oneName counts the words that are one name, and reads them together.
func oneName(parts []Part, ws []word) (int, string) {
	l := func(i int) string {
		if i >= len(parts) || i > 0 && ws[i].comma {
			return ""
		}
		return parts[i].Latin
	}
	switch {
	case servants[l(0)] && articles[l(1)] && len(l(2)) > 1 && parts[1].Script == parts[0].Script:
		return 3, "abdul" + l(2)
	case servants[l(0)] && len(l(1)) > 2 && !particles[l(1)]:
		return 2, "abdul" + strings.TrimPrefix(l(1), "al")
	case l(0) == "abu" && (l(1) == "bakr" || l(1) == "bakar" || l(1) == "baker"):
		return 2, "abubakr"
	case (l(0) == "mc" || l(0) == "mac") && len(l(1)) > 2 && parts[0].Script == Latin:
		return 2, l(0) + l(1)
	case len(l(0)) > 2 && articles[l(1)] && faith[l(2)]:
		return 3, l(0) + "uddin"
	case len(l(0)) > 2 && !particles[l(0)] && withArtice[l(1)]:
		return 2, l(0) + "uddin"
	case len(l(0)) > 2 && !particles[l(0)] && god[l(1)]:
		return 2, l(0) + "ullah"
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

// Join reads parts that stand side by side as one, as another spelling may
// write them: Jong-un, Jongun.
func Join(parts ...Part) Part {
	var latin strings.Builder
	for _, p := range parts {
		latin.WriteString(p.Latin)
	}
	p := together(parts, latin.String())
	p.forms = formsOf(&p, new(ink))
	return p
}
