package spell

import (
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestNothingSaidChanges holds everything that the package says of a large set
// of invented words, in digests: work on its speed must not change a word of
// it. Work on its sense does, and puts the new digests here.
func TestNothingSaidChanges(t *testing.T) {
	for _, c := range []struct {
		script Script
		want   string
	}{
		{Latin, "7a3501c5f898e095"},
		{Cyrillic, "293b306e20d2b68c"},
		{Arabic, "b815f7b8125b84da"},
		{Hebrew, "a9c2455416cbdd27"},
		{Greek, "9f0526320398e00a"},
		{Armenian, "0cafac17ac2bfdbf"},
		{Georgian, "fe00af2f0414318c"},
		{Hangul, "1052c69fdfa260bd"},
		{Han, "d454e01a035ed077"},
		{Kana, "fe9bfc89d8502eba"},
		{Other, "b13ddeb1d6330a72"},
	} {
		if got := digestOf(c.script); got != c.want {
			t.Errorf("%s: %s, want %s", c.script, got, c.want)
		}
	}
}

// goldenNames is how many names of each script are said.
const goldenNames = 1500

func digestOf(script Script) string {
	g := maker{rand.New(rand.NewPCG(uint64(script), 1)), script}
	h := fnv.New64a()
	var before []Part
	for range goldenNames {
		text := g.name()
		parts := Parse(text).Parts
		fmt.Fprintln(h, text, HangulFamily(text))
		for i, p := range parts {
			say(h, p)
			for _, q := range before {
				like := Compare(p, q)
				fmt.Fprintf(h, "%.9f%v ", like.Score, like.Rule)
			}
			if i > 0 {
				fmt.Fprintln(h, JoinedKeys([]*Part{&parts[i-1], &p}, nil))
				for k := range before {
					like := CompareJoined(&before[k], &parts[i-1], &p)
					fmt.Fprintf(h, "%.9f%v ", like.Score, like.Rule)
				}
				fmt.Fprintln(h, p.Seams(nil))
			}
		}
		printed, err := MRZ(text)
		fmt.Fprintln(h, printed, err, FromMRZ(printed))
		if before = append(before, parts...); len(before) > 12 {
			before = append([]Part(nil), before[len(before)-12:]...)
		}
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

func say(h io.Writer, p Part) {
	fmt.Fprintln(h, p.Text, p.Script, p.Role, p.Tied, p.Latin, p.Others, p.Keys())
	for _, latin := range append([]string{p.Latin}, p.Others...) {
		fmt.Fprintf(h, "%s %.6f ", Skeleton(latin), Rarity(latin))
	}
}

// maker invents names of a script, and of what stands beside it in names.
type maker struct {
	*rand.Rand
	script Script
}

func (g maker) of(list []string) string { return list[g.IntN(len(list))] }

func (g maker) name() string {
	var b strings.Builder
	for i := range 1 + g.IntN(4) {
		if i > 0 {
			b.WriteString(g.of(between))
		}
		w := g.word()
		switch g.IntN(8) {
		case 0:
			w = strings.ToUpper(w)
		case 1, 2, 3:
			r := []rune(w)
			w = strings.ToUpper(string(r[:1])) + string(r[1:])
		}
		b.WriteString(w)
	}
	return b.String()
}

var between = []string{" ", " ", " ", " ", " ", " ", " ", "-", "-", ", ", ". ", "'", "’", "  ", "<", "\u200f ", "/", " al-", " de ", " oglu "}

func (g maker) word() string {
	switch n := g.IntN(40); {
	case n < 4:
		return g.of(commonParts[g.script])
	case n < 6:
		return g.of(besides)
	case n == 6:
		return string(g.letter())
	case n == 7: // letters that stray in from elsewhere
		other := maker{g.Rand, Script(g.IntN(int(Kana) + 1))}
		return g.letters(3) + string(other.letter()) + g.letters(2)
	case n < 24:
		return g.syllables()
	}
	return g.letters(1 + g.IntN(9))
}

// letters are any letters of the script, common or not.
func (g maker) letters(n int) string {
	var b strings.Builder
	for range n {
		b.WriteRune(g.letter())
	}
	return b.String()
}

func (g maker) letter() rune {
	if g.script == Other {
		return []rune("1٢३०ꙮ€あนक्षวန\u0301\u200d\ufe0f!")[g.IntN(15)]
	}
	if g.IntN(40) != 0 {
		return []rune(g.of(syllableParts[g.script]))[0]
	}
	r := blocks[g.script]
	return r[0] + rune(g.IntN(int(r[1]-r[0])))
}

// blocks bound the letters of each script, not all of them in use.
var blocks = map[Script][2]rune{
	Latin: {0xc0, 0x24f}, Cyrillic: {0x400, 0x52f}, Arabic: {0x620, 0x6d3}, Hebrew: {0x591, 0x5f4}, Greek: {0x370, 0x3ff},
	Armenian: {0x531, 0x587}, Georgian: {0x10d0, 0x10ff}, Hangul: {0xac00, 0xd7a3}, Han: {0x4e00, 0x9fff}, Kana: {0x3041, 0x30ff},
}

func (g maker) syllables() string {
	var b strings.Builder
	for range 1 + g.IntN(4) {
		if list := syllableParts[g.script]; len(list) > 0 {
			b.WriteString(g.of(list))
		} else {
			b.WriteString(g.letters(2))
		}
	}
	if list := wordEnds[g.script]; len(list) > 0 && g.IntN(3) == 0 {
		b.WriteString(g.of(list))
	}
	return b.String()
}

// syllableParts build words that look like names.
var syllableParts = map[Script][]string{
	Latin: strings.Fields(`a ba ka da e fi ga ha i ja ki la ma no o pa qu ra sa ta u va wa xa ya za sh ch zh kh gh th dh ph ts tz ck ou oo ee sch shch
		tsch dzh dj cz sz an en in on un ar er ir or al el ll ss nn tt rr io ia iu ei ai au eu h w x y j c q g zi ci ce ge gi hs ng mb np
		ä ö ü å ø æ œ ß þ ð đ ł ı ñ š ş ș ž č ć ç ţ ğ ż ś ř é è ê á à í ó ú ý ā ē ż ő ű ə ŋ ŀ ĳ ǆ ﬁ Ａ`),
	Cyrillic: strings.Fields("а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я ё ка да ев ов ий ри на ма сь нь цз чж ся цу си дз ян юн ин і ї є ґ ў ј љ њ ђ ћ џ ќ ѓ ѕ қ ғ ң ө ұ ү һ ә ҳ ҷ ӣ ӯ"),
	Arabic:   strings.Fields("ا ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي ة ى ء أ إ آ ؤ ئ پ چ ژ گ ک ی ڤ ڨ ٹ ڈ ں ے ټ ځ څ ډ ړ ږ ښ ڼ ې ۍ ا و ي م ن ر ل َ ِ ُ ّ ـ عبد ال الدين تش دج"),
	Hebrew:   strings.Fields("א ב ג ד ה ו ז ח ט י כ ך ל מ ם נ ן ס ע פ ף צ ץ ק ר ש ת ג' ז' צ׳ ו י ה וו יי ַ ּ"),
	Greek:    strings.Fields("α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ ς τ υ φ χ ψ ω ά έ ή ί ό ύ ώ ϊ ΐ ου αυ ευ γγ γκ μπ ντ αι ει οι τζ τσ"),
	Armenian: strings.Fields("ա բ գ դ ե զ է ը թ ժ ի լ խ ծ կ հ ձ ղ ճ մ յ ն շ ո չ պ ջ ռ ս վ տ ր ց ւ փ ք օ ֆ և ու յան"),
	Georgian: strings.Fields("ა ბ გ დ ე ვ ზ თ ი კ ლ მ ნ ო პ ჟ რ ს ტ უ ფ ქ ღ ყ შ ჩ ც ძ წ ჭ ხ ჯ ჰ ჲ ჶ"),
	Hangul:   strings.Fields("김 이 박 최 정 강 조 윤 장 임 림 한 오 서 신 권 철 수 민 영 은 지 현 우 주 희 경 상 준 혁 성 남 궁 선 독 고 존 스 톤 워 싱 턴 르 랑 랴"),
	Han:      strings.Fields("王 李 张 劉 陈 楊 黄 小 明 大 衛 安 娜 馬 克 田 中 太 郎 山 本 佐 々 木 阮 文 歐 陽 司 斯 爾 金 正 恩 林 子 美 和 高 橋"),
	Kana:     strings.Fields("ア イ ウ エ オ カ キ ク ケ コ サ シ ス セ ソ タ チ ツ テ ト ナ ニ ン ー ッ シャ ジョ ティ ヴ ァ た ろ う は な こ ・ ﾀ"),
}

var wordEnds = map[Script][]string{
	Latin: append(append(strings.Fields("ovich evna ivna ovic auna yan zade uddin ullah allah stein son"), strings.Fields(slavicEndings)...),
		"eaux", "ault", "ois", "ier", "quet", "os"),
	Cyrillic: strings.Fields("ов ова ев ева ский ская ович евна енко ук ян оглы кызы"),
	Arabic:   strings.Fields("ة ي ان ين الله وف ية اوي"),
}

// commonParts are names and words of many people, or of none.
var commonParts = map[Script][]string{
	Latin: append(strings.Fields(nicknameRows), strings.Fields(`muhammad mohamed ahmed abd abdul abdel rahman al din ud bin abu bakr van der von de la mc o'brannan
		haji sheikh mullah sayyid dr. mr. col. jr iii filho ashraf alhusayn elmasri essaidi abdurrahman dzmitry uladzimir hryhorou jean-luc yu. kim lee nguyen zhang tsao hsu qin xu wu`)...),
	Cyrillic: strings.Fields("мухаммад абдул аль бин ибн оглы шейх хаджи мария александр саша юрий ёсида кэндзи чжан цзюнь гамбург григорий ґанна іван їжак ђорђе љубо ўладзімір ю. а. ван де қасым"),
	Arabic:   strings.Fields("محمد أحمد عبد الله الرحمن الدين بن أبو شيخ حاجی سيد آل فاطمة یوسف گل خان كادايف تشيخوف ﷺ ﻻ"),
	Hebrew:   strings.Fields("דוד כהן בן בת אבו אל ואן ג'ורג' משה שרה אברהם וילי ד״ר"),
	Greek:    strings.Fields("Γιώργος Μαρία Νίκος Παπάς Άννα"),
	Armenian: strings.Fields("Արամ Երևան Որդան Հովհաննես"),
	Georgian: strings.Fields("გიორგი ნინო შოთა"),
	Hangul:   strings.Fields("김철수 박 이 정은 조지 워싱턴 남궁민수 리"),
	Han:      strings.Fields("王小明 田中太郎 大衛 馬克 歐陽 佐々木 阮 安娜 司马 服部"),
	Kana:     strings.Fields("ジョン たろう ミラー ジョージ ヴィクトリア"),
	Other:    strings.Fields("वन 27 € งาม 12a"),
}

// besides stand beside names of any script.
var besides = append(append(strings.Fields("al bin van de oglu jr ii y e i mr. dr. sheikh haji abd allah din uddin x 5"), "Arsen", "Kadaev"), "बी", "ﬀ", "A.", "Yu.", "kh.")
