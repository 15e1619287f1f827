package web

import (
	"crypto/rand"
	"net/url"
	"regexp"

	"entente"
	"entente/record"
)

// keyField is the hidden field with the key of a form. It is made when the form is
// drawn: sent twice, by a double click, by a reload or from the page before, the
// form acts once, and the officer is led to the first outcome.
const keyField = "act-key"

// keyless are the forms that need no key, and why.
var keyless = map[string]string{
	"POST /people":                 "it only reads, and each look is on record",
	"POST /courier/{partner}":      "it only reads, and each reading is on record",
	"POST /courier/{partner}/part": "it only reads: nothing leaves the queue before receipts come back",
	"POST /account/purpose":        "it sets a cookie of this browser",
	"POST /account/password":       "it ends every session, and a repeat comes to the page for signing in",
	"POST /account/everywhere":     "it ends every session, and a repeat comes to the page for signing in",
	"POST /account/passkey":        "it asks for a challenge, and changes nothing",
	"POST /account/passkey/answer": "each challenge is answered once",
	"POST /import/{run}/meant":     "it goes on with one import, which goes on once",
}

// postForm finds where the fields of a form begin. Whatever people wrote has no
// "<" left in the page.
var postForm = regexp.MustCompile(`<form method="post"[^>]*>`)

// withKeys gives each form of a page a key of its own.
func withKeys(page []byte) []byte {
	return postForm.ReplaceAllFunc(page, func(form []byte) []byte {
		return append(form[:len(form):len(form)], `<input type="hidden" name="`+keyField+`" value="`+rand.Text()+`" autocomplete="off">`...)
	})
}

// once serves a form. What comes with files says its key as it is read. Those who
// may not are refused for that, and on record, with or without a key.
func (v *visit) once(op entente.Operation, serve func(*visit) error) error {
	if v.r.Method != "POST" || keyless[v.r.Pattern] != "" || v.hasFiles() {
		return serve(v)
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	if v.key == "" && op != "" && !v.p.may(op) {
		return serve(v)
	}
	if err := v.begin(v.key, v.digestOf(values)); err != nil {
		return err
	}
	return serve(v)
}

// takeKey takes the key out of a form. A form that was sent again after its session
// had ended brings the key that it had, after that of the page that sends it.
func takeKey(values url.Values) (key string) {
	if keys := values[keyField]; len(keys) > 0 {
		key = keys[len(keys)-1]
	}
	values.Del(keyField)
	return key
}

// begin has the acts of this visit done once for the key of the form.
func (v *visit) begin(key string, digest func() entente.Digest) error {
	if key == "" {
		return &entente.Error{Kind: entente.Invalid, Detail: "the form came without its key, so that sending it twice would act twice", Hint: "open the page again, and send the form from there"}
	}
	ctx, done, err := record.ForKey(v.ctx(), v.officer.ID, key, digest)
	if err != nil {
		return err
	}
	v.key, v.end, v.r = key, done, v.r.WithContext(ctx)
	return nil
}

// digestOf gives the digest of what a form says, where, and with which files.
func (v *visit) digestOf(values url.Values, files ...entente.Digest) func() entente.Digest {
	said := v.r.URL.RequestURI() + "\n" + values.Encode()
	for _, f := range files {
		said += "\n" + f.String()
	}
	return func() entente.Digest { return entente.DigestOf([]byte(said)) }
}
