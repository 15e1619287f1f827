package lists

import (
	"errors"
	"io"
	"strings"
	"testing"

	"entente"
)

// endless repeats a text without end.
type endless struct {
	head, text string
	at         int
	read       int64
}

func (e *endless) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		var c byte
		if e.at < len(e.head) {
			c = e.head[e.at]
		} else {
			c = e.text[(e.at-len(e.head))%len(e.text)]
		}
		p[n] = c
		e.at++
		n++
	}
	e.read += int64(n)
	return n, nil
}

// TestEndlessInput feeds records that never end. Each must be given up, or the
// file refused, after reading little.
func TestEndlessInput(t *testing.T) {
	const much = 2 * MaxRecord
	for name, c := range map[string]struct {
		format     string
		head, text string
	}{
		"a text in an element":  {"un", "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>", "A"},
		"elements in a record":  {"un", "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL>", "<A></A>"},
		"depth in a record":     {"un", "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL>", "<A>"},
		"the same name inside":  {"canada", "<data-set>", "<record>"},
		"a comment":             {"un", "<!--", "-"},
		"a comment in a record": {"canada", "<data-set><record><!--", "x"},
		"a tag":                 {"canada", "<data-set ", "a"},
		"CDATA":                 {"canada", "<data-set><record><![CDATA[", "x"},
		"white space":           {"canada", "", " "},
		"a JSON line":           {"ftm", `{"id":"`, "x"},
		"a first row":           {"csv", "name,", "x"},
		"a row":                 {"csv", "name\n", "x"},
		"a quoted cell":         {"csv", "name\n\"", "\n\"\""},
	} {
		in := &endless{head: c.head, text: c.text}
		limited := io.LimitReader(in, much)
		recs, _, err := readAll(c.format, []File{{"x", limited}}, Options{Source: "albia"})
		for _, r := range recs {
			if r.Holding.ID != "" {
				t.Errorf("%s: a record came of it", name)
			}
			for _, a := range r.Aside {
				if len(a.Text) > maxShown {
					t.Errorf("%s: a report of %d bytes", name, len(a.Text))
				}
			}
		}
		if len(recs) == 0 && err == nil {
			t.Errorf("%s: it was read without a word", name)
		}
	}
}

func TestXMLIsPlain(t *testing.T) {
	for name, text := range map[string]string{
		"a document type": `<!DOCTYPE data-set [<!ENTITY a "b">]><data-set></data-set>`,
		"in the root":     `<data-set><!ENTITY a "b"></data-set>`,
	} {
		_, _, err := readAll("canada", []File{{"x", strings.NewReader(text)}}, Options{Source: "albia"})
		if !errors.Is(err, entente.Invalid) {
			t.Errorf("%s: got %v, want a refusal", name, err)
		}
	}
	for name, inner := range map[string]string{
		"an entity":       "<LastName>&a;</LastName>",
		"a declaration":   "<LastName><!ENTITY a 'b'></LastName>",
		"an instruction":  "<LastName><?x y?></LastName>",
		"an unclosed tag": "<LastName>",
		"a wrong order":   "<LastName><GivenName></LastName></GivenName>",
		"too deep":        strings.Repeat("<a>", 20) + strings.Repeat("</a>", 20),
		"not UTF-8":       "<LastName>\xff\xfe</LastName>",
		"too many":        strings.Repeat("<a/>", maxNodes),
		"too large":       "<LastName>" + strings.Repeat("x", MaxRecord) + "</LastName>",
	} {
		good := "<record><Country>Albia</Country><Item>2</Item><LastName>Volna</LastName></record>"
		text := "<data-set><record>" + inner + "</record>" + good + "</data-set>"
		recs, _, err := readAll("canada", []File{{"x", strings.NewReader(text)}}, Options{Source: "albia"})
		if err != nil || len(recs) != 2 || recs[0].Holding.ID != "" || recs[1].Holding.ID != "albia/albia-2" {
			t.Errorf("%s: got %v, %v, want the first set aside and the second read", name, recs, err)
		}
	}
}

// TestBrokenRowKeepsTheNext holds that a quotation mark that is never closed
// costs its own row and no other.
func TestBrokenRowKeepsTheNext(t *testing.T) {
	text := "id,name\n1,\"Kadaev\n" + strings.Repeat("2,Volna\n", 1) + "3,Tamm \"x\" y\n4,\"Orel\" z\n5,Reed,x\n6,\"La\nst\"\n"
	recs, _, err := readAll("csv", []File{{"x", strings.NewReader(text)}}, Options{Source: "albia"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range recs {
		got = append(got, r.Where+":"+string(r.Holding.ID))
	}
	want := "line 2:; line 3:albia/2; line 4:albia/3; line 5:; line 6:; line 7:albia/6"
	if strings.Join(got, "; ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, "; "), want)
	}
	if name := recs[5].Holding.Subject.Names[0].Text; name != "La st" {
		t.Errorf("got %q for a name on two lines", name)
	}
}

// TestMissingTagsCostLittle holds that a tag that is missing costs its own record,
// or is told as a broken file; it never ends the list early without a word.
func TestMissingTagsCostLittle(t *testing.T) {
	record := func(n string) string {
		return "<INDIVIDUAL><DATAID>" + n + "</DATAID><FIRST_NAME>ARSEN</FIRST_NAME></INDIVIDUAL>"
	}
	for name, c := range map[string]struct {
		text string
		used int
		err  bool
	}{
		"whole":               {"<CONSOLIDATED_LIST><INDIVIDUALS>" + record("1") + record("2") + "</INDIVIDUALS></CONSOLIDATED_LIST>\n<!-- end -->\n", 2, false},
		"an end of a record":  {"<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>0</DATAID>" + record("1") + record("2") + "</INDIVIDUALS></CONSOLIDATED_LIST>", 2, false},
		"a start of a group":  {"<CONSOLIDATED_LIST>" + record("1") + record("2") + "</INDIVIDUALS></CONSOLIDATED_LIST>", 2, true},
		"an end of a group":   {"<CONSOLIDATED_LIST><INDIVIDUALS>" + record("1") + record("2") + "</CONSOLIDATED_LIST>", 2, true},
		"no groups":           {"<CONSOLIDATED_LIST>" + record("1") + record("2") + "</CONSOLIDATED_LIST>", 2, false},
		"an early end":        {"<CONSOLIDATED_LIST>" + record("1") + "</CONSOLIDATED_LIST>" + record("2"), 1, true},
		"nothing in the list": {"<CONSOLIDATED_LIST/>", 0, true},
	} {
		recs, sum, err := readAll("un", []File{{"x", strings.NewReader(c.text)}}, Options{Source: "albia"})
		if sum.Holdings != c.used || (err != nil) != c.err {
			t.Errorf("%s: got %d used, %v of %+v; want %d used, error %v", name, sum.Holdings, err, recs, c.used, c.err)
		}
	}
}

func TestTooMuchOfOneThing(t *testing.T) {
	names := strings.Repeat("|", maxMany+200)
	for i := range maxMany + 200 {
		names = strings.Replace(names, "|", ";Name"+strings.Repeat("x", i%7)+string(rune('A'+i%26))+strings.Repeat("y", i/26), 1)
	}
	text := "id,name,birth,phone\n1,\"" + names[1:] + "\",1990,7\n"
	recs, _, err := readAll("csv", []File{{"x", strings.NewReader(text)}}, Options{Source: "albia", Split: ";"})
	if err != nil || len(recs) != 1 {
		t.Fatalf("got %d records, %v", len(recs), err)
	}
	if n := len(recs[0].Holding.Subject.Names); n != maxMany {
		t.Errorf("got %d names, want %d", n, maxMany)
	}
	if n := len(recs[0].Aside); n != maxAsides+1 {
		t.Errorf("got %d reports, want %d and one that counts the rest", n, maxAsides)
	}
	wantWritable(t, "csv", recs)
}

func TestUnseenCharacters(t *testing.T) {
	recs, _, err := readAll("csv", []File{{"x", strings.NewReader("id,name\n1,Ka\u202edaev\u200f\u00ad\x07\n")}}, Options{Source: "albia"})
	if err != nil || len(recs) != 1 {
		t.Fatal(recs, err)
	}
	if got := recs[0].Holding.Subject.Names[0].Text; got != "Kadaev" || len(recs[0].Aside) != 1 {
		t.Errorf("got %q and %v, want the name without what overrides and a report", got, recs[0].Aside)
	}
}
