package table

import "strings"

// unsureMonth stands for names that are two months: listopad is October in
// Croatian, and November in Polish and Czech.
const unsureMonth = -1

// monthNames are the names and abbreviations of the months, folded: without
// accents and in small letters. Cases are written out, as in "14 марта".
var monthNames = [12]string{
	"january jan janvier janv jan januar janner jan enero ene gennaio gen janeiro januari január leden ledna stycznia styczen sty январь января янв січень січня січ ocak oca ianuarie ian tammikuu tammikuuta sijecanj sijecnja јануар јануари януари ιανουαριος ιανουαριου ιαν ינואר يناير جانفي ژانویه มกราคม",
	"february feb fevrier fevr fev februar feber febrero febbraio febb fevereiro februari února únor unor unora luty lutego lut февраль февраля фев февр лютий лютого лют subat sub februarie helmikuu helmikuuta veljaca veljace фебруар φεβρουαριος φεβρουαριου φεβ פברואר فبراير فيفري شباط فوریه กุมภาพันธ์",
	"march mar mars marz maerz mrz mrt maart marzo marco martie marts brezen brezna marzec marca mart март марта мар березень березня бер maaliskuu maaliskuuta ozujak ozujka μαρτιος μαρτιου μαρ מרץ مارس آذار marcius มีนาคม",
	"april apr avril avr abril abr aprile aprilie nisan nis duben dubna kwiecien kwietnia kwi апрель апреля апр квітень квітня квіт huhtikuu huhtikuuta travanj travnja април απριλιος απριλιου απρ אפריל أبريل أفريل نيسان آوریل aprilis เมษายน",
	"may mai mayo maggio mag maio mei maj maja kveten kvetna mayis май мая травень травня трав mai toukokuu toukokuuta svibanj svibnja мај μαιος μαιου μαι מאי مايو ماي أيار مه majus maius พฤษภาคม",
	"june jun juin juni junio giugno giu junho cerven cervna czerwiec czerwca cze haziran haz июнь июня июн червень червня черв iunie iun kesakuu kesakuuta lipanj lipnja јун јуни юни ιουνιος ιουνιου ιουν יוני يونيو يونيه جوان حزيران ژوئن junius มิถุนายน",
	"july jul juillet juil juli julio luglio lug julho cervenec cervence lipiec lipca lip temmuz tem июль июля июл липень липня лип iulie iul heinakuu heinakuuta srpanj srpnja јул јули юли ιουλιος ιουλιου ιουλ יולי يوليو يوليه جويلية تموز ژوئیه julius กรกฎาคม",
	"august aug aout agosto ago ags augustus srpen srpna sierpien sierpnia sie agustos август августа авг серпень серпня серп elokuu elokuuta kolovoz kolovoza αυγουστος αυγουστου αυγ אוגוסט أغسطس أوت آب اوت augusti augusztus agustus สิงหาคม",
	"september sept sep septembre septiembre setiembre set settembre sett setembro zari wrzesien wrzesnia wrz eylul eyl сентябрь сентября сен сент вересень вересня вер septembrie syyskuu syyskuuta rujan rujna септембар септември σεπτεμβριος σεπτεμβριου σεπ ספטמבר سبتمبر أيلول سپتامبر szeptember กันยายน",
	"october oct octobre oktober okt octubre ottobre ott outubro out rijen rijna pazdziernik pazdziernika paz ekim eki октябрь октября окт жовтень жовтня жовт octombrie lokakuu lokakuuta октобар октомври οκτωβριος οκτωβριου οκτ אוקטובר أكتوبر اکتبر ตุลาคม",
	"november nov novembre noviembre novembro kasim kas ноябрь ноября ноя листопад листопада лист noiembrie marraskuu marraskuuta studeni studenoga новембар ноември νοεμβριος νοεμβριου νοε נובמבר نوفمبر نوامبر พฤศจิกายน",
	"december dec decembre dezember dez diciembre dic dicembre dezembro prosinec prosince grudzien grudnia gru aralik ara декабрь декабря дек грудень грудня груд decembrie joulukuu joulukuuta prosinac prosinca децембар декември δεκεμβριος δεκεμβριου δεκ דצמבר ديسمبر دسامبر ธันวาคม",
}

// months maps folded names to numbers.
var months = func() map[string]int {
	m := map[string]int{}
	for i, names := range monthNames {
		for name := range strings.FieldsSeq(names) {
			m[fold(name)] = i + 1
		}
	}
	for i, name := range strings.Fields("january february march april may june july august september october november december") {
		for n := 3; n < len(name); n++ { // "octo"
			if _, taken := m[name[:n]]; !taken {
				m[name[:n]] = i + 1
			}
		}
	}
	for _, name := range []string{"listopad", "listopada"} {
		m[name] = unsureMonth
	}
	return m
}()

// roman are the months in the numerals of Eastern Europe: "14.III.1965".
var roman = map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12}

// Month reads a name of a month in one of the languages above; 0: it is none.
func Month(s string) int { return max(0, months[fold(strings.Trim(s, " ."))]) }

// set makes a set of folded words.
func set(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[fold(w)] = true
	}
	return m
}
