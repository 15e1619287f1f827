package parse

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"entente"
)

// Form is what a file is, as far as its bytes tell. It is a guess to help a
// person who took the wrong file, and decides nothing.
type Form string

// The forms that are told apart, in words that complete "this is".
const (
	FormEvidence   Form = "evidence"
	FormCourier    Form = "a courier file"
	FormDescriptor Form = "the descriptor of a party"
	FormAgreement  Form = "an agreement"
	FormTip        Form = "a tip"
	FormAge        Form = "a file encrypted with age, as backups are"
	FormSecret     Form = "a secret key: show it to nobody"
	FormStore      Form = "a database of a node"
	FormPart       Form = "one file out of unpacked evidence"
	FormZip        Form = "a ZIP archive that entente did not write"
	FormGzip       Form = "a file compressed with gzip"
	FormPDF        Form = "a PDF document"
	FormImage      Form = "a picture"
	FormPage       Form = "a web page, perhaps one that asks to sign in"
	FormJSON       Form = "a JSON file"
	FormText       Form = "a text file"
	FormEmpty      Form = "an empty file"
	FormOther      Form = "a file of a kind that entente does not know"
)

// steps say what to do with a file of a form.
var steps = map[Form]string{
	FormEvidence:   "check it with  entente verify",
	FormCourier:    "take it in with  entente courier unpack",
	FormDescriptor: "add it with  entente party add",
	FormAgreement:  "read it with  entente agreement explain",
	FormTip:        "send it with  entente tip send",
	FormAge:        "if it is a backup, entente restore opens it; evidence and courier files are not encrypted",
	FormSecret:     "keep it where nobody else can read it, and take another file",
	FormPart:       "give the whole file evidence.zip as it came, not unpacked",
	FormGzip:       "unpack it with  gunzip, and give what was in it",
	FormEmpty:      "fetch it again: the download or the copy was cut off",
	FormPage:       "fetch the file again while you are signed in",
}

// headSize is how much of a file is looked at.
const headSize = 64 << 10

// Recognise tells what a file is. It reads no more than the beginning, and of an
// archive its list.
func Recognise(r io.ReaderAt, size int64) Form {
	head := make([]byte, min(headSize, max(size, 0)))
	n, _ := r.ReadAt(head, 0)
	head = head[:n]
	for _, f := range []struct {
		form Form
		mark string
	}{
		{FormAge, "age-encryption.org/v1"},
		{FormAge, "-----BEGIN AGE ENCRYPTED FILE-----"},
		{FormSecret, "AGE-SECRET-KEY-"},
		{FormStore, "SQLite format 3\x00"},
		{FormGzip, "\x1f\x8b"},
		{FormPDF, "%PDF-"},
		{FormImage, "\x89PNG"},
		{FormImage, "\xff\xd8\xff"},
		{FormImage, "GIF8"},
	} {
		if bytes.HasPrefix(head, []byte(f.mark)) {
			return f.form
		}
	}
	switch {
	case len(bytes.TrimSpace(head)) == 0 && int64(n) == size:
		return FormEmpty
	case bytes.HasPrefix(head, []byte("PK")):
		return zipForm(r, size, head)
	}
	return textForm(head)
}

// zipForm tells archives apart by what they list, or, where the list is cut off,
// by how they begin.
func zipForm(r io.ReaderAt, size int64, head []byte) Form {
	has := map[string]bool{}
	if z, err := zip.NewReader(r, size); err == nil && len(z.File) <= 2*MaxFiles {
		for _, f := range z.File {
			has[f.Name[strings.LastIndexByte(f.Name, '/')+1:]] = true
		}
	} else {
		for _, name := range []string{"manifest.json", "manifest.sig", "envelope.json"} {
			has[name] = bytes.Contains(head, []byte(name))
		}
	}
	switch {
	case has["manifest.json"] && has["manifest.sig"]:
		return FormCourier
	case has["manifest.json"] && (has["envelope.json"] || bytes.Contains(head, []byte("entente/1 evidence"))):
		return FormEvidence
	}
	return FormZip
}

func textForm(head []byte) Form {
	for len(head) > 0 && !utf8.Valid(head) { // cut in a letter
		if r, n := utf8.DecodeLastRune(head); r != utf8.RuneError || n != 1 || len(head) < headSize-3 {
			return FormOther
		}
		head = head[:len(head)-1]
	}
	text := strings.TrimSpace(strings.TrimPrefix(string(head), "\ufeff"))
	if strings.ContainsRune(text, 0) {
		return FormOther
	}
	line := func(begins string) bool { return strings.Contains("\n"+text, "\n"+begins) }
	lower := strings.ToLower(text[:min(len(text), 100)])
	switch {
	case line("AGE-SECRET-KEY-"):
		return FormSecret
	case line("entente = \"" + partyFormat):
		return FormDescriptor
	case line("entente = \"agreement/") || line("epoch =") && line("parties ="):
		return FormAgreement
	case line("[tip]"):
		return FormTip
	case strings.HasPrefix(text, "entente/"):
		return FormPart // a checkpoint, receipt or refusal
	case strings.HasPrefix(text, `{"header":`), strings.HasPrefix(text, `{"version":1,"what":"entente/1 evidence"`):
		return FormPart
	case strings.HasPrefix(lower, "<!doctype html"), strings.HasPrefix(lower, "<html"):
		return FormPage
	case strings.HasPrefix(text, "{"), strings.HasPrefix(text, "["):
		return FormJSON
	}
	return FormText
}

// Expect says what a file is instead of what is wanted, or gives nil. A file that
// may be the wanted one, damaged, is left to its reader.
func Expect(want Form, r io.ReaderAt, size int64) error {
	is := Recognise(r, size)
	if is == want {
		return nil
	}
	hint := steps[is]
	if hint == "" {
		hint = "give the file as you received it"
	}
	wanted := string(want)
	if want == FormAge {
		wanted = "a backup, which is encrypted with age"
	}
	return &entente.Error{Kind: entente.Invalid, Detail: "this is " + string(is) + ", not " + wanted, Hint: hint, Reason: entente.ReasonMalformed}
}
