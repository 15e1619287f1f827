package spell

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Hebrew as Israel writes it without points (habit 0), and as other languages'
// names are read: b for ב, p for פ, kh for כ (habit 1). The learned model knows
// more; this is what stands in where it has nothing.
var hebrewLetters = table(2, `
א a   ב v b   ג g   ד d   ה h   ו o v   ז z   ח h kh   ט t   י i y   כ k kh   ך kh k   ל l   מ m   ם m   נ n   ן n   ס s   ע a   פ f p   ף f p   צ ts   ץ ts   ק k   ר r   ש sh s   ת t th`)

// greekLetters after ELOT 743 and ICAO 9303-3 (habit 0), and as names have come
// into English (habit 1).
var greekLetters = table(2, `
α a   β v b   γ g   δ d   ε e   ζ z   η i e   θ th   ι i   κ k c   λ l   μ m   ν n   ξ x   ο o   π p   ρ r   σ s   ς s   τ t   υ y   φ f ph   χ ch   ψ ps   ω o`)

// armenianLetters after BGN/PCGN 1981, and as Western Armenians speak.
var armenianLetters = table(2, `
ա a   բ b p   գ g k   դ d t   ե e   զ z   է e   ը y   թ t   ժ zh   ի i   լ l   խ kh   ծ ts dz   կ k g   հ h   ձ dz ts   ղ gh   ճ ch j   մ m   յ y h   ն n   շ sh   ո o   չ ch   պ p b   ջ j ch   ռ r   ս s   վ v   տ t d   ր r   ց ts   ւ v   փ p   ք k   օ o   ֆ f   և ev`)

// georgianLetters after the national system of 2002.
var georgianLetters = table(1, `
ა a   ბ b   გ g   დ d   ე e   ვ v   ზ z   თ t   ი i   კ k   ლ l   მ m   ნ n   ო o   პ p   ჟ zh   რ r   ს s   ტ t   უ u   ფ p   ქ k   ღ gh   ყ q   შ sh   ჩ ch   ც ts   ძ dz   წ ts   ჭ ch   ხ kh   ჯ j   ჰ h   ჲ y   ჳ w   ჴ q   ჵ o   ჶ f`)

// clusters are letters that sound otherwise together; the second stands at the
// beginning of a word.
var (
	greekClusters = strings.NewReplacer("ου", "u", "αυ", "av", "ευ", "ev", "ηυ", "iv", "γγ", "ng", "γκ", "gk", "γξ", "nx", "γχ", "nch", "μπ", "mp", "ντ", "nt", "αι", "ai", "ει", "ei", "οι", "oi", "υι", "yi", "τζ", "tz", "τσ", "ts")
	greekVoiced   = strings.NewReplacer("ου", "u", "αυ", "av", "ευ", "ev", "γγ", "ng", "γκ", "g", "μπ", "b", "ντ", "d", "ει", "i", "οι", "i", "τζ", "j", "τσ", "ts", "τζ", "j", "χ", "kh")
	hebrewGeresh  = strings.NewReplacer("ג'", "j", "ז'", "zh", "צ'", "ch", "ץ'", "ch", "ת'", "th", "ד'", "dh", "ח'", "kh", "ע'", "gh", "וו", "v", "יי", "ei")
)

func readGreek(s string) []string {
	s = unaccented(s)
	return []string{spellTable(greekClusters.Replace(s), greekLetters, 0), spellTable(greekVoiced.Replace(s), greekLetters, 0), spellTable(greekVoiced.Replace(s), greekLetters, 1)}
}

func readArmenian(s string) []string {
	s = strings.ReplaceAll(s, "ու", "u")
	if rest, ok := strings.CutPrefix(s, "ո"); ok {
		s = "vo" + rest
	}
	if rest, ok := strings.CutPrefix(s, "ե"); ok {
		s = "ye" + rest
	}
	return []string{spellTable(s, armenianLetters, 0), spellTable(s, armenianLetters, 1)}
}

func readGeorgian(s string) []string { return []string{spellTable(s, georgianLetters, 0)} }

// readHebrew reads ו and י as consonants at the beginning, and a ה at the end
// as the vowel that it stands for.
func readHebrew(s string) []string {
	list := readings(Hebrew, s, MaxOthers)
	s = hebrewGeresh.Replace(s)
	if rest, ok := strings.CutPrefix(s, "ו"); ok {
		s = "v" + rest
	}
	if rest, ok := strings.CutSuffix(s, "ה"); ok {
		s = rest + "a"
	}
	return append(list, spellTable(s, hebrewLetters, 0), spellTable(s, hebrewLetters, 1))
}

func spellTable(s string, letters map[rune][]string, habit int) string {
	var b strings.Builder
	for _, r := range s {
		if l := letters[r]; l != nil {
			b.WriteString(l[habit])
		} else if r < 0x80 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// unaccented drops marks above and below letters.
func unaccented(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0x300 && r < 0x370 {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
}
