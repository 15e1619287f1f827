package spell

import (
	"strings"
	"unicode/utf8"
)

// Hangul syllables are their letters, in order (Unicode, section 3.12). The
// letters after the Revised Romanization of 2000, and after McCune and
// Reischauer, whose first sounds are unvoiced.
var (
	hangulFirst    = strings.Fields("g kk n d tt r m b pp s ss - j jj ch k t p h")
	hangulUnvoiced = strings.Fields("k kk n t tt r m p pp s ss - ch tch ch k t p h")
	hangulVowel    = strings.Fields("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
	hangulLast     = strings.Fields("- k k k n n n t l k m l l l p l m p p t t ng t t k t p t")
)

// koreanFamilies are family names as passports have them, which no rule gives.
var koreanFamilies = func() map[string][]string {
	m := map[string][]string{}
	for row := range strings.Lines(`
김 kim gim
이 lee yi rhee ri
리 ri lee
박 park pak bak
최 choi choe
정 jung chung jeong jong
강 kang gang
조 cho jo
윤 yoon yun
장 jang chang
임 lim im rim
림 rim lim
오 oh o
서 seo suh so
신 shin sin
권 kwon gwon
안 ahn an
유 yoo yu ryu
류 ryu yoo
전 jeon chun chon
고 ko go koh
문 moon mun
손 son sohn
배 bae pae
백 baek paik paek
허 hur heo huh ho
심 shim sim
노 noh roh no ro
로 ro roh
곽 kwak gwak
주 joo ju chu
우 woo u wu
구 koo gu ku
진 jin chin
지 ji chi jee
방 bang pang
변 byun byeon pyon
여 yeo yuh
추 choo chu
현 hyun hyon hyeon
석 seok suk sok
선 sun seon son
금 keum kum geum
량 ryang yang
`) {
		if f := strings.Fields(row); len(f) > 1 {
			m[f[0]] = f[1:]
		}
	}
	return m
}()

func readHangul(s string) []string {
	list := append([]string{}, koreanFamilies[s]...)
	list = append(list, readings(Hangul, s, MaxOthers-2)...)
	return append(list, spellHangul(s, hangulFirst), spellHangul(s, hangulUnvoiced))
}

func spellHangul(s string, first []string) string {
	var b strings.Builder
	for i, r := range s {
		if r < 0xac00 || r > 0xd7a3 {
			continue
		}
		n := int(r - 0xac00)
		if i > 0 {
			first = hangulFirst
		}
		b.WriteString(first[n/588] + hangulVowel[n%588/28] + hangulLast[n%28])
	}
	return b.String()
}

// familyApart takes a Korean, Chinese or Japanese name apart that stands alone
// in one word: the family name comes first. A Korean one may stand apart already.
func (r *reader) familyApart() {
	if r.n == 2 && r.words[0].scripts == 1<<Hangul && r.words[1].scripts == 1<<Hangul && hangulFamilies[r.words[0].text] {
		r.syllablesApart()
	}
	if r.n != 1 {
		return
	}
	var family, given string
	var ok bool
	text := r.words[0].text
	script, _ := r.words[0].script()
	switch script {
	case Hangul:
		family, given, ok = splitHangul(text)
	case Han:
		family, given, ok = splitHan(text)
	}
	if !ok {
		return
	}
	scripts := r.words[0].scripts
	r.words[0] = word{text: family, scripts: scripts}
	r.words[1] = word{text: given, scripts: scripts, tied: true}
	r.n = 2
	if script == Hangul {
		r.syllablesApart()
	}
}

// syllablesApart takes a Korean given name of two syllables apart, as Latin
// letters mostly do: Min-su. A syllable has a few spellings, and all of them
// are readings; of two together there are too many.
func (r *reader) syllablesApart() {
	w := r.words[1]
	if utf8.RuneCountInString(w.text) != 2 {
		return
	}
	_, first := utf8.DecodeRuneInString(w.text)
	r.words[1].text, r.words[2] = w.text[:first], w
	r.words[2].text, r.words[2].tied = w.text[first:], true
	r.n = 3
}
