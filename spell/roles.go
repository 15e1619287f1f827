package spell

import "strings"

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

var (
	// particles carry little by themselves, wherever they stand but at the end.
	particles = set(`al el ul il bin ibn ben bint binti bte bt abu abou abi abo umm um oum ould wuld weld ag ap
		von van vom zu zum zur der den ter ten tho de da di do du dos das del della dello dei degli des la le lo los las
		mac mc fitz san st saint sankt af av`)

	// assimilated are forms of the Arabic article, but also names by
	// themselves: an article only when tied to a name that begins alike.
	assimilated = set("ad ed ud ar er ur as es us at et ut an en un az ez uz ash esh ush ath adh")

	// kin follow a father's name: Əlirza oğlu.
	kin = set("oglu ogly ogli oghlu ugli uly uulu kyzy qizi kizi gyzy qyzy zoda")

	// titles stand in front of a name, or behind a comma. Words that are names
	// as often (Malik, Mirza, Said) are not among them.
	titles = set(`mr mrs ms mme dr doctor prof professor engineer sheikh shaikh shaykh sheik cheikh cheick sheykh haji hajji hajj haj hadji hadj elhadj alhaji
		mullah mulla molla maulana mawlana mowlana maulavi mawlawi maulvi molvi moulavi qari ustad ustaz hojatoleslam ayatollah
		gen general col colonel lt lieutenant maj brig brigadier capt captain cpt cmdr commander adm admiral sgt rev comandante`)

	// sayyids are titles in front of two names; of one they are a name.
	sayyids = set("seyyed sayyid sayyed sayed syed seyed sayid")

	// generations stand at the end.
	generations = set("jr sr ii iii iv junior senior filho neto")

	// pointed are titles only when written with a point, short forms of rank.
	pointed = set("mr mrs ms dr prof eng sh gen col lt maj brig capt cpt cmdr adm sgt rev hon mt")
)

// arabicWords reads words that stand beside names in Arabic script.
var arabicWords = map[string]string{
	"بن": "bin", "ابن": "ibn", "إبن": "ibn", "بنت": "bint", "ابو": "abu", "أبو": "abu", "ابي": "abi", "أبي": "abi", "أبا": "abu", "ابا": "abu", "ام": "umm", "أم": "umm", "آل": "al", "ال": "al",
	"ولد": "ould", "عبد": "abd", "عبدال": "abdul", "الله": "allah", "الدين": "aldin", "الحاج": "haji", "حاجي": "haji", "حاجی": "haji", "الشيخ": "sheikh", "شيخ": "sheikh", "شیخ": "sheikh", "ملا": "mullah", "مولوي": "mawlawi", "مولوی": "mawlawi",
	"سيد": "sayyid", "سید": "sayyid", "السيد": "sayyid", "دكتور": "dr", "الدكتور": "dr", "د": "dr",
}

// otherWords reads words beside names in other scripts.
var otherWords = map[string]string{
	"оглы": "oglu", "оглу": "oglu", "оғлу": "oglu", "огли": "oglu", "кызы": "kyzy", "қызы": "kyzy", "кизи": "kyzy", "улы": "uly", "ұлы": "uly", "уулу": "uulu", "бин": "bin", "бен": "bin", "ибн": "ibn", "абу": "abu", "аль": "al", "ал": "al", "эль": "al", "ад": "ad", "ар": "ar", "ас": "as", "аш": "ash", "ат": "at", "ан": "an", "аз": "az",
	"бинт": "bint", "хаджи": "haji", "шейх": "sheikh", "мулла": "mullah", "фон": "von", "ван": "van", "де": "de", "да": "da", "ди": "di", "дер": "der", "ла": "la", "ле": "le", "дю": "du",
	"бар": "bar", "בן": "ben", "בת": "bat", "אבו": "abu", "אל": "al", "ואן": "van", "פון": "von", "דה": "de", "ד״ר": "dr", "מר": "mr",
}

// wordSet tells to which sets of words beside names a word belongs.
type wordSet uint16

const (
	aParticle wordSet = 1 << iota
	anAssimilated
	aKin
	aTitle
	aSayyid
	aGeneration
	aPointed
	aServant
	anArticle
	aFaith
	withArticle
	aGod
	toServe
	ofGod
)

// wordSets gives the sets of each word, so that one look tells.
var wordSets = func() map[string]wordSet {
	m := map[string]wordSet{}
	for bit, words := range map[wordSet]map[string]bool{
		aParticle: particles, anAssimilated: assimilated, aKin: kin, aTitle: titles, aSayyid: sayyids, aGeneration: generations, aPointed: pointed,
		aServant: servants, anArticle: articles, aFaith: faith, withArticle: faithArticled, aGod: god, toServe: serving, ofGod: closing,
	} {
		for w := range words {
			m[w] |= bit
		}
	}
	return m
}()

// assignRoles tells the particles, titles and patronymics of a name.
func (r *reader) assignRoles() {
	last := r.n - 1
	names := 0
	for i := range r.n {
		p, w, set := &r.parts[i], &r.words[i], r.sets[i]
		front := i == 0 || w.comma
		next := i < last && !r.words[i+1].comma
		switch {
		case p.Role == Initial:
			if l := p.Latin; (l == "y" || l == "e" || l == "i") && w.text == strings.ToLower(w.text) && !w.pointed && i > 0 && i < last && p.Script == Latin {
				p.Role = Particle // Ortega y Gasset
			}
		case w.pointed && set&aPointed != 0 && last > 0:
			p.Role = Title
		case set&aTitle != 0 && (front || i > 0 && r.parts[i-1].Role == Title) && i < last:
			p.Role = Title
		case set&aSayyid != 0 && i == 0 && last > 1:
			p.Role = Title
		case set&aGeneration != 0 && i > 1 && (i == last || last > 2 && r.words[i+1].comma):
			p.Role = Generation
		case set&aKin != 0 && i > 0:
			p.Role = Particle
			r.parts[i-1].Role = Patronymic
		case set&aParticle != 0 && (next || w.comma) && last > 0:
			p.Role = Particle
		case set&anAssimilated != 0 && next && r.words[i+1].tied && r.parts[i+1].Latin[0] == p.Latin[1]:
			p.Role = Particle
		case last > 1 && patronymic(p.Latin):
			p.Role = Patronymic
		}
	}
	for i := range r.n {
		if role := r.parts[i].Role; role == Plain || role == Patronymic {
			names++
		}
	}
	for i := 0; names == 0 && i < r.n; i++ { // a name of particles is a name
		if r.parts[i].Role != Initial {
			r.parts[i].Role = Plain
		}
	}
}

// patronymic tells the Slavic names of the father by their ends.
func patronymic(l string) bool { return len(l) >= 7 && fathersEnds.of(l, 0) != "" }

var fathersEnds = endsOf("ovich evich ovych evych ovna evna ivna ichna avich auna euna")
