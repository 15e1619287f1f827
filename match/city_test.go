package match

import (
	"math/rand/v2"
	"strconv"
	"strings"

	"entente"
	"entente/spell"
)

// A city has invented people who write in many scripts, and travellers who are
// they with the errors that feeds, forms and bookings make.

// tongue is what invented words of a script are made of.
type tongue struct {
	syllables   []string
	least, most int // syllables of a word
	particles   []string
	family      bool // the family name stands in front, in one word with the others
}

var tongues = []tongue{
	{syllables: strings.Fields("ka dor mi ves to lan ru shi bar ken zo fel an el us ro chi tsa gra pe lu no ja wi hal sko thi mon qua xi"), least: 2, most: 4},
	{syllables: strings.Fields("ka dor mi ves to lan ru shi bar ken zo fel an el us ro chi tsa gra pe lu no ja wi hal sko thi mon qua xi"), least: 2, most: 3, particles: strings.Fields("de bin al von da van el ibn")},
	{syllables: strings.Fields("ка дор ми вес то лан ру ши бар кен зо фел ан ел ус ро чи ца гра пе лу но жа хал ско мон щи юр"), least: 2, most: 4},
	{syllables: strings.Fields("با دو مي حس طا لن رو شي بر كن زا فل عن قل سا را خا غر هد جا يو نم صل ضا ثي"), least: 1, most: 3, particles: strings.Fields("بن ال")},
	{syllables: strings.Fields("בא דו מי וס טו לן רו שי בר כן זו פל אן גל סא רא חא הד יו נמ צל קו"), least: 2, most: 3},
	{syllables: strings.Fields("κα δορ μι βες το λαν ρου σι μπαρ κεν ζο φελ αν ελ χι τσα γρα πε λου νο"), least: 2, most: 4},
	{syllables: strings.Fields("კა დო მი ვე სო ლან რუ ში ბარ კენ ზო ფელ ან გრა პე ლუ ნო ჯა ხალ"), least: 2, most: 3},
	{syllables: strings.Fields("김 이 박 최 정 강 민 수 대 현 서 연 지 훈 영 철 은 주 성 호 준 하 유 진"), least: 3, most: 3, family: true},
	{syllables: strings.Fields("王 李 张 刘 陈 杨 赵 黄 周 吴 明 华 伟 芳 敏 静 丽 强 磊 军 洋 勇 艳 杰"), least: 2, most: 3, family: true},
	{syllables: strings.Fields("カ ド ミ ベス ト ラン ル シ バル ケン ゾ フェル アン ロ チ ツ グラ ペ ル ノ"), least: 2, most: 4},
}

func (g *tongue) word(r *rand.Rand) string {
	var b strings.Builder
	for range g.least + r.IntN(g.most-g.least+1) {
		b.WriteString(g.syllables[r.IntN(len(g.syllables))])
	}
	return b.String()
}

// name makes one: a forename or two that many bear, and a family name.
func (g *tongue) name(r *rand.Rand, common []string) []string {
	if g.family {
		return []string{g.word(r)}
	}
	words := []string{common[min(r.IntN(len(common)), r.IntN(len(common)))]}
	for range r.IntN(3) / 2 {
		words = append(words, common[r.IntN(len(common))])
	}
	if len(g.particles) > 0 {
		for range 1 + r.IntN(2) {
			words = append(words, g.particles[r.IntN(len(g.particles))])
		}
	}
	words = append(words, g.word(r))
	if r.IntN(6) == 0 {
		words = append(words, g.word(r))
	}
	return words
}

func title(words []string) []string {
	made := make([]string, len(words))
	for i, w := range words {
		c := []rune(w)
		made[i] = strings.ToUpper(string(c[0])) + string(c[1:])
	}
	return made
}

// citizen is somebody who is held, and the words of each name.
type citizen struct {
	entente.Subject
	words [][]string
}

// city fills an index.
func city(n int, r *rand.Rand) (*Index, []citizen) {
	var common [][]string
	for i := range tongues {
		var list []string
		for range 60 {
			list = append(list, tongues[i].word(r))
		}
		common = append(common, list)
	}
	x := New()
	people := make([]citizen, n)
	for i := range people {
		of := max(0, r.IntN(len(tongues)+6)-6) // most write Latin
		c := &people[i]
		for range 1 + r.IntN(4)/3 {
			words := tongues[of].name(r, common[of])
			if of < 2 {
				words = title(words)
			}
			c.words = append(c.words, words)
			c.Names = append(c.Names, entente.Name{Text: strings.Join(words, " ")})
		}
		if r.IntN(5) > 0 {
			d := entente.PartialDate{Year: 1940 + r.IntN(60), Month: 1 + r.IntN(12), Day: 1 + r.IntN(28)}
			if r.IntN(8) == 0 {
				d.Month, d.Day = 0, 0
			}
			c.Births = append(c.Births, entente.Birth{Date: d})
		}
		if r.IntN(3) == 0 {
			c.Nationalities = []entente.Country{entente.Country([]string{"XA", "XB", "XC"}[r.IntN(3)])}
		}
		if r.IntN(4) == 0 {
			c.Documents = []entente.Document{{Type: "passport", Number: "X" + strconv.Itoa(1_000_000+r.IntN(9_000_000))}}
		}
		x.Put(strconv.Itoa(i), c.Subject)
	}
	return x, people
}

// slips are the errors that names are written with.
var slips = map[string]func(r *rand.Rand, words []string) []string{
	"none": func(_ *rand.Rand, w []string) []string { return w },
	"a letter too many": slip(func(r *rand.Rand, w []rune, i int) []rune {
		return append(append(append([]rune{}, w[:i]...), w[r.IntN(len(w))]), w[i:]...)
	}),
	"a letter left out": slip(func(_ *rand.Rand, w []rune, i int) []rune { return append(append([]rune{}, w[:i]...), w[i+1:]...) }),
	"another letter": slip(func(r *rand.Rand, w []rune, i int) []rune {
		c := append([]rune{}, w...)
		c[i] = rune("abdefghiklmnoprstuvz"[r.IntN(20)])
		return c
	}),
	"two letters swapped": slip(func(_ *rand.Rand, w []rune, i int) []rune {
		c := append([]rune{}, w...)
		if i+1 < len(c) {
			c[i], c[i+1] = c[i+1], c[i]
		}
		return c
	}),
	"two words joined": func(r *rand.Rand, w []string) []string {
		if len(w) < 2 {
			return w
		}
		i := r.IntN(len(w) - 1)
		return append(append(append([]string{}, w[:i]...), w[i]+w[i+1]), w[i+2:]...)
	},
	"a word split": func(r *rand.Rand, w []string) []string {
		i := r.IntN(len(w))
		c := []rune(w[i])
		if len(c) < 4 {
			return w
		}
		k := 2 + r.IntN(len(c)-3)
		return append(append(append([]string{}, w[:i]...), string(c[:k]), string(c[k:])), w[i+1:]...)
	},
	"all joined": func(_ *rand.Rand, w []string) []string { return []string{strings.Join(w, "")} },
	"all joined, the family name first": func(_ *rand.Rand, w []string) []string {
		return []string{w[len(w)-1] + strings.Join(w[:len(w)-1], "")}
	},
	"as a booking has it": func(r *rand.Rand, w []string) []string {
		k := 1 + r.IntN(len(w))
		given := strings.ToUpper(strings.Join(w[:k], "")) + []string{"MR", "MRS", "MSTR", "MISS"}[r.IntN(4)]
		return append([]string{strings.ToUpper(strings.Join(w[k:], ""))}, given)
	},
	"the other way round": func(_ *rand.Rand, w []string) []string { return append([]string{w[len(w)-1]}, w[:len(w)-1]...) },
	"an initial": func(r *rand.Rand, w []string) []string {
		c := append([]string{}, w...)
		i := r.IntN(len(c))
		c[i] = string([]rune(c[i])[:1]) + "."
		return c
	},
	"a word dropped": func(r *rand.Rand, w []string) []string {
		if len(w) < 2 {
			return w
		}
		i := r.IntN(len(w))
		return append(append([]string{}, w[:i]...), w[i+1:]...)
	},
	"a word of another": func(r *rand.Rand, w []string) []string {
		c := append([]string{}, w...)
		c[r.IntN(len(c))] = tongues[0].word(r)
		return c
	},
	"in Latin letters": func(_ *rand.Rand, w []string) []string {
		var c []string
		for _, p := range spell.Parse(strings.Join(w, " ")).Parts {
			c = append(c, p.Latin)
		}
		return title(c)
	},
	"in Latin letters as others read them": func(r *rand.Rand, w []string) []string {
		var c []string
		for _, p := range spell.Parse(strings.Join(w, " ")).Parts {
			c = append(c, append(p.Others, p.Latin)[r.IntN(len(p.Others)+1)])
		}
		return title(c)
	},
}

// slip errs in one letter of one word.
func slip(err func(r *rand.Rand, w []rune, i int) []rune) func(r *rand.Rand, words []string) []string {
	return func(r *rand.Rand, words []string) []string {
		c := append([]string{}, words...)
		i := r.IntN(len(c))
		w := []rune(c[i])
		if len(w) < 2 {
			return words
		}
		c[i] = string(err(r, w, r.IntN(len(w))))
		return c
	}
}

// traveller is a citizen as a feed has them: one name, with an error or two, and
// the date of birth as it is, noisy, or not at all.
func (c *citizen) traveller(r *rand.Rand, first, second string) entente.Subject {
	words := c.words[r.IntN(len(c.words))]
	words = slips[second](r, slips[first](r, words))
	s := entente.Subject{Names: []entente.Name{{Text: strings.Join(words, " ")}}}
	if len(c.Births) > 0 {
		d := c.Births[0].Date
		switch r.IntN(8) {
		case 0, 1:
			d = entente.PartialDate{}
		case 2:
			d.Month, d.Day = 0, 0
		case 3:
			d.Year += 1 + r.IntN(3)
		case 4:
			if d.Day != 0 {
				d.Day = 1 + r.IntN(28)
			}
		}
		if !d.IsZero() {
			s.Births = []entente.Birth{{Date: d}}
		}
	}
	if r.IntN(2) == 0 {
		s.Nationalities = c.Nationalities
	}
	if len(c.Documents) > 0 && r.IntN(4) == 0 {
		number := []byte(c.Documents[0].Number)
		number[1+r.IntN(7)] = byte('0' + r.IntN(10))
		s.Documents = []entente.Document{{Type: "passport", Number: string(number)}}
	}
	return s
}
