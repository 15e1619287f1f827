package passage

import "strings"

// Airlines and agents write into free texts what has a segment of its own
// elsewhere (IATA AIRIMP, OSI):
//
//	XB CTCE ARSEN..K//KADAEV.EXAMPLE
//	XB CTCM 420777123456
//	OSI YY INF KADAEVA/AMINA 01JAN12
//
// What tells how to reach a traveller, or of an infant, is read as the request of
// that name would be. Of the rest it is only said that it may name somebody.

// ift reads IFT+4:28::XB+text. The second number says what kind of text it is.
func (b *bookings) ift() {
	var texts []string
	for e := 2; e < len(b.elems); e++ {
		var whole []string
		for c := range b.count(e) {
			whole = append(whole, b.plain(b.at(e, c)))
		}
		texts = append(texts, strings.Join(whole, ":"))
	}
	text := strings.TrimSpace(strings.Join(texts, " "))
	switch kind := string(b.at(1, 1)); {
	case text == "" || b.section == history:
	case kind == "15": // how the fare was reckoned
	case kind == "43":
		b.wrong("IFT", "it names the payer, who may not travel; the payer was not compared")
	default:
		b.freeText(text, nil)
	}
}

// freeText reads the contacts and infants in a text. Each notice goes as far as
// the next.
func (b *bookings) freeText(text string, refs []string) {
	words := strings.Fields(text)
	kind, from := "", 0
	tell := func(to int, rest string) {
		value := strings.TrimSpace(rest + " " + strings.Join(words[from:to], " "))
		if kind != "" {
			b.noticed(kind, value, refs, text)
		} else if mayName(value) {
			b.countText(text)
		}
	}
	rest := ""
	for i, w := range words {
		if next, behind := notice(w); next != "" {
			tell(i, rest)
			kind, rest, from = next, behind, i+1
		}
	}
	tell(len(words), rest)
}

// notice tells what a word announces, and what of the word stands behind it: a
// phone, an address of mail, an infant, a child.
func notice(word string) (kind, rest string) {
	bare := strings.TrimLeft(word, "0123456789-") // 1INF
	key, rest, _ := strings.Cut(bare, "/")
	switch key {
	case "CTCM", "CTCH", "CTCB", "CTCP", "CTCR", "CTC":
		return "CTCM", rest
	case "CTCE":
		return "CTCE", rest
	case "CTCT", "CTCF", "CTCA":
		return "agency", rest // of an agency, a fax, an address
	case "INF", "INFT":
		return "INFT", rest
	case "CHD", "CHLD":
		return "CHLD", rest
	}
	return "", ""
}

// noticed keeps what a notice says, or tells that it cannot be used.
func (b *bookings) noticed(kind, value string, refs []string, text string) {
	switch {
	case kind == "agency", kind == "CTCM" && ofAgency(value):
	case kind == "CTCM" && phone(value) == "" || kind == "CTCE" && mail(value) == "":
		if mayName(value) {
			b.countText(text)
		}
	case (kind == "INFT" || kind == "CHLD") && !strings.Contains(value, "/"):
		b.countText(text)
	default:
		b.keep(kind, value, refs)
	}
}

// ofAgency reports whether a phone is that of an agency or a switchboard, or a
// fax, as a word behind it says.
func ofAgency(value string) bool {
	for word := range strings.FieldsSeq(value) {
		switch word {
		case "A", "FAX", "PBX", "TOLL", "AGENCY":
			return true
		}
	}
	return false
}

// countText counts a text that was not read and may name somebody. The first is
// told of with the booking.
func (b *bookings) countText(text string) {
	p := &b.pnr
	if p.texts == 0 {
		p.text = b.remark("text", "")
		p.text.Text = cut(text)
	}
	p.texts++
}

// near people stand such words.
var persons = map[string]bool{
	"MR": true, "MRS": true, "MS": true, "MISS": true, "MSTR": true, "INFANT": true, "CHILD": true, "TCP": true, "COMPANION": true,
	"MOTHER": true, "FATHER": true, "WIFE": true, "HUSBAND": true, "SON": true, "DAUGHTER": true, "GUARDIAN": true, "PARENT": true, "PARENTS": true,
}

// mayName reports whether a text may name a person, or say how to reach one: it
// has a name as bookings write it (KADAEV/ARSEN), a word that stands beside
// names, an address of mail, or a long number.
func mayName(text string) bool {
	if strings.Contains(text, "@") || strings.Contains(text, "//") {
		return true
	}
	digits := 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r != ' ' && r != '-' && r != '+':
			digits = 0
		}
		if digits >= 7 {
			return true
		}
	}
	for word := range strings.FieldsSeq(text) {
		surname, given, ok := strings.Cut(word, "/")
		if persons[word] || ok && len(surname) > 1 && len(given) > 1 && isLetters(surname) && isLetters(given) {
			return true
		}
	}
	return false
}

// phone gives the number in the text of a contact: "420777123456/EN" and "MEX52
// 55 4446 0000" hold one, "REFUSED" none.
func phone(text string) string {
	at := strings.IndexAny(text, "+0123456789")
	if at < 0 {
		return ""
	}
	end := at + 1
	for end < len(text) && strings.IndexByte("0123456789 -().", text[end]) >= 0 {
		end++
	}
	number := strings.TrimRight(text[at:end], " -(.")
	digits := 0
	for _, r := range number {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	if digits < 5 {
		return ""
	}
	return number
}

// mail turns an address back that AIRIMP writes without @, _ and -, and takes off
// a language behind it. It is "" for what is no address.
func mail(s string) string {
	s = strings.TrimPrefix(strings.TrimSpace(s), "/")
	if n := len(s); n > 3 && s[n-3] == '/' && s[n-4] != '/' && isLetters(s[n-2:]) {
		s = s[:n-3]
	}
	s = airimp.Replace(s)
	if i := strings.IndexByte(s, ' '); i > 0 {
		s = s[:i] // a note behind it
	}
	if name, host, ok := strings.Cut(s, "@"); !ok || name == "" || host == "" {
		return ""
	}
	return s
}

var airimp = strings.NewReplacer("//", "@", "..", "_", "./", "-")

// unreadTexts tells of the texts that may name somebody.
func (b *bookings) unreadTexts() {
	p := &b.pnr
	if p.texts == 0 || len(p.aside) >= maxList {
		return
	}
	a := p.text
	a.Reason = counted(p.texts, "a free text was not read; it may name a person or give a contact", "free texts were not read; they may name people or give contacts; this is the first")
	p.aside = append(p.aside, a)
}

// address reads the phone in ADD++702:street:town:region::country:post code:phone.
func (b *bookings) address() {
	if n := phone(b.plain(b.at(2, 7))); n != "" && b.section != history {
		b.keep("CTCM", n, nil)
	}
}
