package parse

import "strings"

// The words are folded: small letters, one space between words, no accents of
// Western European languages. Phrases stand apart by strokes.

// namelessWords say of a name, or of one word in it, that it is not known. FNU
// and LNU are the first and last name unknown of lists of the United States, NFN,
// NLN, NMN and NMI say that there is none.
var namelessWords = set(`fnu|lnu|nfn|nln|nmn|nmi|unknown|unkn|unidentified|unnamed|withheld|redacted|undisclosed|tba|tbd|tbc|
неизвестно|неизвестен|неизвестна|неизвестный|неизвестная|невідомо|невідомий|невідома|непознато|
inconnu|inconnue|inconnus|inconnues|unbekannt|unbekannte|unbekannter|desconocido|desconocida|sconosciuto|sconosciuta|
desconhecido|desconhecida|onbekend|nieznany|nieznana|nieznane|bilinmiyor|bilinmeyen|okand|ukendt|ukjent|tuntematon|
neznamy|neznama|necunoscut|necunoscuta|ismeretlen|nepoznat|nepoznata|nepoznato|αγνωστο|αγνωστος|αγνωστη|άγνωστο|άγνωστος|άγνωστη|
مجهول|مجهولة|ناشناس|نامعلوم|نامشخص|不详|不詳|未知|不明|미상|불명`)

// nameless stand for a whole name.
var nameless = set(`none|none given|none known|none recorded|none stated|missing|no name|no name given|no name available|no name recorded|
no name known|name unknown|name not known|name not given|name not available|name withheld|names withheld|name redacted|unknown name|not known|not named|
first name unknown|given name unknown|given names unknown|last name unknown|surname unknown|family name unknown|middle name unknown|
no first name|no given name|no given names|no last name|no surname|no family name|no middle name|fnu lnu|lnu fnu|nfn nln|
unknown unknown|unknown male|unknown female|unknown man|unknown woman|unknown person|unknown subject|unsub|unidentified male|unidentified female|
unidentified man|unidentified woman|unidentified person|unknown first name|unknown last name|unknown surname|
not available|not applicable|not provided|not given|not stated|not specified|unspecified|not recorded|not reported|not disclosed|not disclosed yet|
not entered|not yet known|not determined|undetermined|to be determined|to be confirmed|to be advised|to be announced|information not available|
data not available|information withheld|no data|no data available|no information|no information available|no info|no value|
нет данных|нет сведений|нет информации|не известно|не известен|не известна|не установлено|не установлен|не установлена|
не указано|не указан|не указана|не имеется|отсутствует|имя неизвестно|без имени|имя не известно|имя не указано|немає даних|не встановлено|не вказано|
non connu|non connue|non communique|non communiquee|non renseigne|non renseignee|non precise|non precisee|non specifie|non disponible|
non applicable|sans objet|sans nom|nom inconnu|prenom inconnu|nicht bekannt|nicht angegeben|nicht verfugbar|nicht vorhanden|
keine angabe|keine angaben|ohne angabe|ohne angaben|ohne namen|name unbekannt|vorname unbekannt|nachname unbekannt|entfallt|
no conocido|no conocida|se desconoce|sin datos|sin nombre|sin informacion|no disponible|no consta|no aplica|no especificado|no indicado|
non noto|non nota|non conosciuto|non disponibile|non specificato|non indicato|non applicabile|nao informado|nao informada|sem informacao|nao disponivel|
nao consta|niet bekend|niet beschikbaar|niet van toepassing|niet ingevuld|geen gegevens|brak danych|nie dotyczy|nie podano|
belirtilmemiş|belirtilmemis|bilgi yok|ei tiedossa|neuvedeno|tidak diketahui|
غير معروف|غير معروفة|غير متوفر|غير متاح|غير محدد|لا يوجد|לא ידוע|לא ידועה|알 수 없음|なし|未詳`)

// valueless stand for a missing value, and may be names or initials of people.
var valueless = set(`nil|null|nan|na|n a|nk|n k|n av|unk|blank|empty|nothing|none|n d|n c|n n|nn|s o|s d|k a|nvt|n v t|
no number|no number given|without number|no passport|without passport|not issued|
нет|н д|б н|без номера|паспорта нет|няма|відсутній|neant|aucun|aucune|sans|sans numero|keine|keiner|ohne|ohne nummer|fehlt|ungeklart|
ninguno|ninguna|sin numero|ignoto|ignota|nessuno|nessuna|nenhum|ignorado|geen|brak|yok|ingen|saknas|无|無|没有|없음`)

// sheetErrors are what a spreadsheet writes where its reckoning failed: "#N/A", "#REF!".
var sheetErrors = set(`n a|null|ref|value|name|num|div 0`)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Split(strings.ReplaceAll(list, "\n", ""), "|") {
		m[w] = true
	}
	return m
}
