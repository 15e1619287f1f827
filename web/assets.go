package web

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"mime"
	"net/http"
	"path"
	"strings"
)

//go:embed static
var static embed.FS

// assets are the fixed files. Their addresses carry a digest of their content,
// so that a browser may keep them for ever and never shows an old one.
type assets struct {
	address map[string]string // "desk.css" → "/static/desk.1a2b3c4d.css"
	content map[string][]byte // by address
}

func loadAssets() assets {
	a := assets{map[string]string{}, map[string][]byte{}}
	files, err := static.ReadDir("static")
	if err != nil {
		panic(err) // embedded: it is there or the program was not built
	}
	for _, f := range files {
		b, err := static.ReadFile("static/" + f.Name())
		if err != nil {
			panic(err)
		}
		sum := sha256.Sum256(b)
		ext := path.Ext(f.Name())
		to := "/static/" + strings.TrimSuffix(f.Name(), ext) + "." + base64.RawURLEncoding.EncodeToString(sum[:9]) + ext
		a.address[f.Name()] = to
		a.content[to] = b
	}
	return a
}

func (a assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b, ok := a.content[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(r.URL.Path)))
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	w.Write(b)
}
