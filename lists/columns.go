package lists

import (
	"strings"
	"unicode"
)

// columns are the headers that a plain table may have, in lower case and
// without punctuation, by what the column holds.
var columns = map[string][]string{
	"number":           {"id", "number", "no", "nr", "ref", "reference", "reference number", "record", "record id", "uid", "entity id", "list number", "номер"},
	"kind":             {"kind", "type", "entity type", "subject type", "schema", "тип"},
	"name":             {"name", "names", "full name", "fullname", "person", "subject", "whole name", "name of individual", "фио", "nom complet"},
	"last":             {"last name", "lastname", "surname", "family name", "фамилия", "nom", "nachname"},
	"first":            {"first name", "firstname", "given name", "given names", "givenname", "forename", "forenames", "имя", "prenom", "prénom", "vorname"},
	"middle":           {"middle name", "middle names", "patronymic", "second name", "отчество"},
	"alias":            {"alias", "aliases", "aka", "also known as", "other names", "other name", "alternative names", "weak alias", "alt names", "псевдоним"},
	"original":         {"original script", "name original script", "name in original script", "original name", "native name"},
	"maiden":           {"maiden name", "birth name", "name at birth", "née"},
	"birth":            {"dob", "date of birth", "birth date", "birthdate", "born", "birth", "year of birth", "yob", "birth year", "дата рождения", "geburtsdatum", "date de naissance"},
	"place":            {"pob", "place of birth", "birth place", "birthplace", "born in", "место рождения", "geburtsort", "lieu de naissance"},
	"sex":              {"sex", "gender", "пол"},
	"nationality":      {"nationality", "nationalities", "citizenship", "citizenships", "citizen", "гражданство"},
	"residence":        {"residence", "domicile", "place of residence", "country of residence"},
	"passport":         {"passport", "passports", "passport no", "passport number", "паспорт"},
	"passport country": {"passport country", "passport issuer", "issuing country", "country of issue"},
	"identity-card":    {"id card", "identity card", "national id", "national id no", "national id number", "id number", "identity number"},
	"visa":             {"visa", "visa number"},
	"residence-permit": {"residence permit", "residence permit number"},
	"driving-licence":  {"driving licence", "driving license", "drivers license", "driver licence"},
	"other document":   {"document", "documents", "document number", "tax id", "tax number"},
	"phone":            {"phone", "phones", "phone number", "telephone", "mobile", "телефон"},
	"email":            {"email", "e mail", "emails", "email address", "mail"},
	"handle":           {"handle", "handles", "username", "user name", "social media", "telegram"},
	"account":          {"account", "account number", "iban", "bank account", "wallet"},
	"vehicle":          {"vehicle", "plate", "licence plate", "license plate", "registration plate", "imo", "imo number", "mmsi"},
	"address":          {"address", "addresses", "адрес", "adresse"},
	"reason":           {"reason", "reasons", "programme", "program", "programs", "programmes", "grounds", "list", "regime", "sanctions regime", "category"},
	"remarks":          {"remarks", "remark", "note", "notes", "comment", "comments", "information", "other information", "примечание"},
}

// columnOf finds what a column holds by its header, or "".
var columnNames = func() map[string]string {
	m := map[string]string{}
	for what, headers := range columns {
		for _, h := range headers {
			m[h] = what
		}
	}
	return m
}()

func columnOf(header string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(header) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r):
			b.WriteRune(r)
		case r == '.' || r == '\'' || r == '’':
		default:
			b.WriteByte(' ')
		}
	}
	return columnNames[strings.Join(strings.Fields(b.String()), " ")]
}
