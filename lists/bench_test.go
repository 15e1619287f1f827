package lists

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
)

// BenchmarkRead reads 1000 invented people in each format. B/op is all that is
// allocated on the way, not what is held at one time.
func BenchmarkRead(b *testing.B) {
	for _, format := range []string{"ofac", "un", "canada", "ftm", "csv", "entente"} {
		files := crowd(b, format, 1000)
		size := 0
		for _, f := range files {
			size += len(f)
		}
		b.Run(format, func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				var in []File
				for i, name := range samples[format] {
					in = append(in, File{name, bytes.NewReader(files[i])})
				}
				opt := sampleOptions(format)
				if _, err := Read(format, in, opt, func(Record) error { return nil }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// crowd makes the files of a list of n people.
func crowd(b *testing.B, format string, n int) [][]byte {
	b.Helper()
	var one, two, three strings.Builder
	head, tail := map[string]string{"un": "<CONSOLIDATED_LIST><INDIVIDUALS>", "canada": "<data-set>", "csv": "id,name,alias,born,nationality\n"},
		map[string]string{"un": "</INDIVIDUALS></CONSOLIDATED_LIST>", "canada": "</data-set>"}
	one.WriteString(head[format])
	for i := range n {
		switch format {
		case "ofac":
			fmt.Fprintf(&one, "%d,\"KADAEV, Arsen %d\",\"individual\",\"ALBIA1\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 14 Mar 1987; POB Ostvik, Albia; nationality XA; Gender Male; Passport A%d (XA); Linked To: NOBODY.\"\r\n", i, i, i)
			fmt.Fprintf(&two, "%d,%d,\"aka\",\"KADAYEV, Arsen %d\",-0- \r\n", i, i, i)
			fmt.Fprintf(&three, "%d,%d,\"Quay %d\",\"Ostvik\",\"Albia\",-0- \r\n", i, i, i)
		case "un":
			fmt.Fprintf(&one, "<INDIVIDUAL><REFERENCE_NUMBER>XAi.%d</REFERENCE_NUMBER><FIRST_NAME>ARSEN</FIRST_NAME><SECOND_NAME>KADAEV</SECOND_NAME><NATIONALITY><VALUE>XA</VALUE></NATIONALITY><INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Arsen %d</ALIAS_NAME></INDIVIDUAL_ALIAS><INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1987-03-14</DATE></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL>\n", i, i)
		case "canada":
			fmt.Fprintf(&one, "<record><Country>Albia</Country><LastName>KADAEV</LastName><GivenName>Arsen</GivenName><Aliases>Арсен Кадаев; Arsen %d</Aliases><DateOfBirthOrShipBuildDate>1987</DateOfBirthOrShipBuildDate><Item>%d</Item></record>\n", i, i)
		case "ftm":
			fmt.Fprintf(&one, `{"id":"NK-%d","schema":"Person","properties":{"name":["Arsen Kadaev"],"alias":["Арсен Кадаев"],"birthDate":["1987-03-14"],"nationality":["xa"]},"datasets":["albia"]}`+"\n", i)
		case "csv":
			fmt.Fprintf(&one, "%d,\"Kadaev, Arsen\",Арсен Кадаев,14.03.1987,XA\n", i)
		case "entente":
			rec := `{"id":"albia-own/%d","source":"albia-own","kind":"person","subject":{"id":"s1","names":[{"text":"Арсен Кадаев","script":"Cyrl"}],"births":[{"id":"b1","date":"1987-03-14","grade":"F6","nature":"fact"}],"nationalities":["XA"]}}` + "\n"
			fmt.Fprintf(&one, rec, i)
		}
	}
	_, _ = io.WriteString(&one, tail[format])
	return [][]byte{[]byte(one.String()), []byte(two.String()), []byte(three.String())}
}
