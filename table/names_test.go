package table

import (
	"strings"
	"testing"
)

// cells are cells with one or several names, and what is to be read: + before
// another name, ° before a name at birth.
var cells = []struct{ cell, want string }{
	// The cases that were reported.
	{"Olen DRAVIKSON alias Aleksandr VETROVSKI", "Olen DRAVIKSON|+Aleksandr VETROVSKI"},
	{"1) Mira ZELENKOVA 2) Sofia MARKHAM", "Mira ZELENKOVA|Sofia MARKHAM"},
	{"Ivo HARTMANN; Nikolai BERESFORD", "Ivo HARTMANN|Nikolai BERESFORD"},
	{"Ken ABERNATHY (a.k.a. Tariq OLUWOLE)", "Ken ABERNATHY|+Tariq OLUWOLE"},
	{"Bo LINDGREN / Matteo FERRANTI", "Bo LINDGREN|Matteo FERRANTI"},
	// Words for another name.
	{"Ken Abernathy a.k.a. Tariq Oluwole", "Ken Abernathy|+Tariq Oluwole"},
	{"Ken Abernathy, a.k.a. \"Tariq Oluwole\"", "Ken Abernathy|+Tariq Oluwole"},
	{"KEN ABERNATHY AKA TARIQ OLUWOLE", "KEN ABERNATHY|+TARIQ OLUWOLE"},
	{"Ken Abernathy aka Rocket", "Ken Abernathy|+Rocket"},
	{"Ken Abernathy n.k.a. Tariq Oluwole f.k.a. Bo Lindgren", "Ken Abernathy|+Tariq Oluwole|+Bo Lindgren"},
	{"Ken Abernathy (formerly known as Tariq Oluwole)", "Ken Abernathy|+Tariq Oluwole"},
	{"Ken Abernathy (good quality a.k.a. Tariq Oluwole, Bo Lindgren)", "Ken Abernathy|+Tariq Oluwole|+Bo Lindgren"},
	{"Ken Abernathy; Low quality a.k.a.: Rocket", "Ken Abernathy|+Rocket"},
	{"Ken Abernathy a.k.a.: a) Tariq Oluwole b) Bo Lindgren", "Ken Abernathy|Tariq Oluwole|Bo Lindgren"},
	{"Jean Dupré dit Le Chat", "Jean Dupré|+Le Chat"},
	{"Mario Ferranti detto Il Gatto", "Mario Ferranti|+Il Gatto"},
	{"Bo Lindgren genannt Der Kater", "Bo Lindgren|+Der Kater"},
	{"Арсен Кадаев также Ян Орел", "Арсен Кадаев|+Ян Орел"},
	{"Арсен Кадаев, он же Ян Орел", "Арсен Кадаев|+Ян Орел"},
	{"Arsen Kadaev vel Jan Orel", "Arsen Kadaev|+Jan Orel"},
	{"Juan Vela (a) El Gato", "Juan Vela|+El Gato"},
	{"Juan Vela, también conocido como Pedro Sol", "Juan Vela|+Pedro Sol"},
	{"Ahmad Noor @ Abu Salim", "Ahmad Noor|+Abu Salim"},
	{"Kadaev, Arsen alias Orel, Jan", "Kadaev, Arsen|+Orel, Jan"},
	{"alias Rocket", "+Rocket"},
	{"Mira Zelenkova née Markham", "Mira Zelenkova|°Markham"},
	{"Anna Weiss geb. Markham", "Anna Weiss|°Markham"},
	// Enumerations and signs.
	{"a) Mira Zelenkova b) Sofia Markham", "Mira Zelenkova|Sofia Markham"},
	{"1. Mira Zelenkova 2. Sofia Markham", "Mira Zelenkova|Sofia Markham"},
	{"(1) Mira Zelenkova, (2) Sofia Markham", "Mira Zelenkova|Sofia Markham"},
	{"Mira Zelenkova\nSofia Markham", "Mira Zelenkova|Sofia Markham"},
	{"Mira Zelenkova | Sofia Markham", "Mira Zelenkova|Sofia Markham"},
	{"Mira Zelenkova/Sofia Markham", "Mira Zelenkova|Sofia Markham"},
	{"Mira Zelenkova or Sofia Markham", "Mira Zelenkova|Sofia Markham"},
	{"Mira Zelenkova, Sofia Markham, Bo Lindgren", "Mira Zelenkova|Sofia Markham|Bo Lindgren"},
	{"Mira Zelenkova;", "Mira Zelenkova"},
	{"i) Mira Zelenkova ii) Sofia Markham", "Mira Zelenkova|Sofia Markham"},
	{"1- Mira Zelenkova 2- Sofia Markham", "Mira Zelenkova|Sofia Markham"},
	{"Mira Zelenkova - Sofia Markham", "Mira Zelenkova|Sofia Markham"},
	{"Mira Zelenkova<br>Sofia Markham", "Mira Zelenkova|Sofia Markham"},
	{"Mira Zelenkova (Sofia Markham)", "Mira Zelenkova|+Sofia Markham"},
	{"ZELENKOVA Mira, MARKHAM Sofia", "ZELENKOVA Mira|MARKHAM Sofia"},
	{"Ken Abernathy nom de guerre Rocket", "Ken Abernathy|+Rocket"},
	{"Арсен Кадаев по кличке Ракета", "Арсен Кадаев|+Ракета"},
	{"أولين درافيك المعروف باسم أبو سالم", "أولين درافيك|+أبو سالم"},
	{"奥列·德拉维克，又名亚历山大", "奥列·德拉维克|+亚历山大"},
	// What is one name.
	{"Mira Zelenkova - the elder", "Mira Zelenkova - the elder"},
	{"Mira Zelenkova (deceased)", "Mira Zelenkova (deceased)"},
	{"Dr. Olen Dravikson, PhD", "Dr. Olen Dravikson, PhD"},
	{"Dravikson, Olen", "Dravikson, Olen"},
	{"De la Cruz, Maria Elena", "De la Cruz, Maria Elena"},
	{"Ivo, Jr.", "Ivo, Jr."},
	{"Ivo Hartmann, Jr.", "Ivo Hartmann, Jr."},
	{"Hartmann, Ivo, Jr.", "Hartmann, Ivo, Jr."},
	{"Kim / Lee", "Kim / Lee"},
	{"DRAVIKSON/OLEN", "DRAVIKSON/OLEN"},
	{"VAN DER BERG/JAN PETER", "VAN DER BERG/JAN PETER"},
	{"Weiß \"Wes\"\nLang", "Weiß \"Wes\" Lang"},
	{"Mariana das Dores\nde Albuquerque\nNeto", "Mariana das Dores de Albuquerque Neto"},
	{"Olen \"Rocket\" Dravikson", "Olen \"Rocket\" Dravikson"},
	{"Aka Kadaev", "Aka Kadaev"},
	{"Kouassi AKA", "Kouassi AKA"},
	{"Vel Tech", "Vel Tech"},
	{"Gen. Ivo Hartmann", "Gen. Ivo Hartmann"},
	{"Or Ben Ami", "Or Ben Ami"},
	{"OU YANG MING", "OU YANG MING"},
	{"A. Kadaev B. Orel", "A. Kadaev B. Orel"},
	{"Арсен Кадаев (Arsen Kadaev; Arsyen Kadayev)", "Арсен Кадаев (Arsen Kadaev; Arsyen Kadayev)"},
	{"阿尔森·卡达耶夫", "阿尔森·卡达耶夫"},
	{"", ""},
}

func TestNames(t *testing.T) {
	for _, c := range cells {
		if got := saidNames(Names(c.cell, false)); got != c.want {
			t.Errorf("%q: got %q, want %q", c.cell, got, c.want)
		}
	}
}

func saidNames(names []NameIn) string {
	var out []string
	for _, n := range names {
		switch {
		case n.Birth:
			n.Text = "°" + n.Text
		case n.Other:
			n.Text = "+" + n.Text
		}
		out = append(out, n.Text)
	}
	return strings.Join(out, "|")
}

// In a column of other names, commas part names too.
func TestListOfNames(t *testing.T) {
	for cell, want := range map[string]string{
		"Olen Dravik, Aleks Vetrov": "Olen Dravik|Aleks Vetrov",
		"Rocket, Ghost, Bobby":      "Rocket|Ghost|Bobby",
		"Dravik, Olen":              "Dravik, Olen",
		"Dravik, Olen, Jr.":         "Dravik, Olen, Jr.",
		"Rocket; Ghost":             "Rocket|Ghost",
		"Rocket":                    "Rocket",
	} {
		if got := saidNames(Names(cell, true)); got != want {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
	}
}

func TestValues(t *testing.T) {
	for _, c := range []struct {
		cell  string
		whole func(string) bool
		want  string
	}{
		{"A1234567; B7654321", NumberOf, "A1234567|B7654321"},
		{"A1234567, B7654321", NumberOf, "A1234567|B7654321"},
		{"A1234567 / B7654321", NumberOf, "A1234567|B7654321"},
		{"A1234567/B7654321", NumberOf, "A1234567|B7654321"},
		{"A1234567 and B7654321", NumberOf, "A1234567|B7654321"},
		{"a) A1234567 b) B7654321", NumberOf, "A1234567|B7654321"},
		{"A1234567\nB7654321", NumberOf, "A1234567|B7654321"},
		{"4509 123456", NumberOf, "4509 123456"},
		{"12/345", NumberOf, "12/345"},
		{"123456/78", NumberOf, "123456/78"},
		{"+420 777 123 456, +420 777 123 457", PhoneOf, "+420 777 123 456|+420 777 123 457"},
		{"020/1234567", PhoneOf, "020/1234567"},
		{"020 1234567 / 030 1234567", PhoneOf, "020 1234567|030 1234567"},
		{"a@example.org, b@example.org", WordOf, "a@example.org|b@example.org"},
		{"", WordOf, ""},
	} {
		if got := strings.Join(Values(c.cell, c.whole), "|"); got != c.want {
			t.Errorf("%q: got %q, want %q", c.cell, got, c.want)
		}
	}
}
