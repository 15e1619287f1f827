package table

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// noise are words beside a date that say nothing of it.
var noise = set(`born birth b dob yob date of the on day month year years yr ad ce z utc gmt am pm h hrs hours
	st nd rd th er ere eme º ª o a's alt also or oder and und dob né née ne nee le les du jour an annee année
	geb geboren geburtsdatum den der dem jahr jahre im uhr nacido nacida nac el de del dia año ano fecha
	nato nata il anno nascido nascida nasc em dia do da van het jaar op
	г гр год года году р род родился родилась рождения рік року р.н нар народився народилася
	ur urodzony urodzona r roku dogum doğum dogumlu tarihi yılı yil yili
	年 月 日 生 号 號 년 월 일 生まれ م مواليد سنة عام
	mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday
	lundi mardi mercredi jeudi vendredi samedi dimanche montag dienstag mittwoch donnerstag freitag samstag sonntag
	lunes martes miercoles jueves viernes sabado domingo lunedi martedi mercoledi giovedi venerdi
	понедельник вторник среда четверг пятница суббота воскресенье ` + approxWords)

// approxWords say that a date is not exact.
const approxWords = `sometime circa ca c cca about approx approximately approximative appr around near estimated estimate est probably possibly perhaps maybe
	early mid middle late beginning end start first second half quarter q1 q2 q3 q4 spring summer autumn fall winter
	environ vers approximativement um etwa ungefahr ungefaehr zirka anfang mitte ende fruhjahr sommer herbst
	hacia alrededor aproximadamente aprox principios mediados finales cerca intorno verso prox probabilmente
	ongeveer omstreeks rond około okolo ok yaklasik yaklaşık tahminen
	около ок примерно приблизительно прибл ориентировочно предположительно близько приблизно орієнтовно начало середина конец
	تقريبا حوالي نحو 約 约 頃 ごろ 左右 大约`

// prepositions stand before a place, or before a year.
var prepositions = set("in at near a à au aux en em im bei te na no w we v ve в во у u i и من في ب")

// endWords begin what does not tell of the birth any more.
var endWords = set(`died death dead deceased killed issued expires expired expiry listed designated arrested updated
	mort décédé décédée gestorben fallecido fallecida muerto morto morta deceduto умер умерла погиб помер zmarł zmarła öldü`)

// ageWords say how old somebody was.
var ageWords = set("age aged old yo y.o ans edad anni leeftijd возраст лет років wiek lat yas yaş yasinda 歳 岁")

// openWords say that a date is the end of a time without a beginning, or the
// beginning of one without an end.
var openWords = set("before after prior earlier later than until since vor nach avant apres après antes despues después prima dopo voor depois до после не позднее przed po önce sonra до після")

var (
	approxSign = regexp.MustCompile(`[~≈±]|^\s*c\s*[./]|(?:^|[^?])\?\s*$|^\s*\?(?:[^?]|$)`)
	approxList = set(approxWords)
)

// isApprox reports whether a folded text says that it is not exact.
func isApprox(f string) bool {
	if approxSign.MatchString(f) {
		return true
	}
	for w := range strings.FieldsFuncSeq(f, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.Is(unicode.Mn, c) }) {
		if approxList[strings.TrimLeft(w, "0123456789")] || approxList[strings.TrimRight(w, "0123456789")] {
			return true
		}
	}
	return false
}

// approxBefore reports whether such a word begins a folded text.
func approxBefore(f string) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(f), " ")
	return isApprox(strings.TrimRight(first, "?"))
}

// otherCalendar finds the words of other calendars in a folded text.
func otherCalendar(f string) bool { return calendars.MatchString(f) }

var calendars = regexp.MustCompile(`(?:^|[^\p{L}])(?:hijri|hijrah|hejri|higri|hidjri|hegire|hijriyah|hicri|хиджры|хиджра|a\.?h\.?|h\.?s\.?|qamari|shamsi|jalali|solar|persian|lunar|buddhist|b\.?e\.?|hebrew|jewish|julian|minguo|roc|` +
	`muharram|safar|rabi|rabia|jumada|jamadi|rajab|shaban|sha'ban|ramadan|ramazan|shawwal|dhu|zul|zilhijja|farvardin|ordibehesht|khordad|tir|mordad|shahrivar|mehr|aban|azar|dey|bahman|esfand|hamal|sawr|jawza|saratan|asad|sunbula|mizan|aqrab|qaws|jadi|dalw|hut)(?:$|[^\p{L}])` +
	`|هـ|هجر|شمس|محرم|صفر|ربيع|جماد|رجب|شعبان|رمضان|شوال|القعده|الحجه|فروردین|اردیبهشت|خرداد|مرداد|شهریور|بهمن|اسفند|พ\.?ศ|昭和|平成|令和|大正|明治|民國|民国|光緒`)

var (
	zoneForm    = regexp.MustCompile(`(\d{4}-\d{2}-\d{2})\s*(?:[zZ]|[+-]\d{2}:?\d{2})(?:$|[^\d-])`)
	compactForm = regexp.MustCompile(`\b(\d{8})[tT]\d{4,6}\b`)
	tForm       = regexp.MustCompile(`(\d)[tT](\d)`)
	clockForm   = regexp.MustCompile(`(^|[\s,])(\d{1,2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*([aApP]\.?[mM]\b\.?)?\s*([zZ]\b|UTC|GMT|[+-]\d{2}:?\d{2}\b)?`)
)

// withoutClock leaves the time of day and its zone out.
func withoutClock(s string) string {
	s = compactForm.ReplaceAllString(s, "$1 ")
	s = tForm.ReplaceAllString(s, "$1 $2")
	s = clockForm.ReplaceAllString(s, "$1 ")
	return zoneForm.ReplaceAllString(s, "$1 ")
}

// fold writes in small letters without accents, so that spellings meet.
func fold(s string) string {
	ascii := true
	for i := range len(s) {
		ascii = ascii && s[i] < 0x80
	}
	if ascii {
		return strings.ToLower(s)
	}
	s = strings.Map(func(c rune) rune {
		switch {
		case unicode.Is(unicode.Mn, c):
			return -1
		case c == 'ı' || c == 'İ':
			return 'i'
		case c == 'ł' || c == 'Ł':
			return 'l'
		}
		return unicode.ToLower(c)
	}, norm.NFD.String(s))
	return norm.NFC.String(s)
}

// plainDigits writes all decimal digits as 0 to 9, and dashes, commas and
// brackets of every script in their ASCII form; numerals of Han before 年, 月 and
// 日 become digits.
func plainDigits(s string) string {
	s = strings.Map(func(c rune) rune {
		switch {
		case c < 0x80:
			return c
		case unicode.Is(unicode.Nd, c):
			return '0' + digit(c)
		case c >= '！' && c <= '～':
			return c - '！' + '!'
		case unicode.Is(unicode.Pd, c) || c == '−':
			return '-'
		case c == '،' || c == '、':
			return ','
		case c == '؛':
			return ';'
		case c == '؟':
			return '?'
		case c == '⁄' || c == '∕':
			return '/'
		case c == '’' || c == '‘':
			return '\''
		case c == '。':
			return '.'
		case unicode.Is(unicode.Cf, c):
			return -1
		case unicode.IsSpace(c):
			return ' '
		}
		return c
	}, s)
	return hanNumber.ReplaceAllStringFunc(s, func(m string) string {
		runes := []rune(m)
		return hanDigits(runes[:len(runes)-1]) + string(runes[len(runes)-1])
	})
}

// digit gives the value of a decimal digit: they stand in rows of ten.
func digit(c rune) rune {
	n := rune(0)
	for unicode.Is(unicode.Nd, c-n-1) {
		n++
	}
	return n % 10
}

var hanNumber = regexp.MustCompile(`[〇零一二三四五六七八九十]+[年月日号號]`)

// hanDigits writes 一九六五 as 1965 and 二十四 as 24.
func hanDigits(s []rune) string {
	out := ""
	for i, c := range s {
		n := strings.Index("零一二三四五六七八九", string(c)) / len("零")
		switch {
		case c == '十':
			if i == 0 {
				out += "1"
			}
			if i == len(s)-1 {
				out += "0"
			}
		case c == '〇':
			out += "0"
		default:
			out += string(rune('0' + n))
		}
	}
	return out
}
