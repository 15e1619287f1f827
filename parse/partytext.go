package parse

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"entente"
)

// FormatParty writes the text of a descriptor, to be signed as a note. It
// checks nothing: CheckParty does.
func FormatParty(p entente.Party) []byte {
	var b bytes.Buffer
	pair := func(key, value string) { fmt.Fprintf(&b, "%s = %s\n", key, quote(value)) }
	maybe := func(key, value string) {
		if value != "" {
			pair(key, value)
		}
	}
	pair("entente", partyFormat)
	pair("id", string(p.ID))
	fmt.Fprintf(&b, "edition = %d\n", p.Edition)
	pair("name", p.Name)
	pair("country", string(p.Country))
	fmt.Fprintf(&b, "issued = %s\n", p.Issued.UTC().Format(time.RFC3339Nano))
	fmt.Fprintf(&b, "speaks = %s\n", listOf(p.Speaks, strconv.Itoa))
	fmt.Fprintf(&b, "accepts = %s\n", listOf(p.Accepts, func(k entente.Kind) string { return quote(string(k)) }))
	if len(p.Extensions) > 0 {
		fmt.Fprintf(&b, "extensions = %s\n", listOf(p.Extensions, quote))
	}
	maybe("endpoint", p.Endpoint)
	if p.Successor != nil {
		pair("successor", p.Successor.String())
	}
	b.WriteString("\n[keys]\n")
	for _, k := range []struct {
		name string
		key  []byte
	}{{"identity", p.Keys.Identity}, {"message", p.Keys.Message}, {"ledger", p.Keys.Ledger}, {"seal", p.Keys.Seal}, {"tls-root", p.Keys.TLSRoot}} {
		pair(k.name, base64.StdEncoding.EncodeToString(k.key))
	}
	for _, ct := range p.Contacts {
		b.WriteString("\n[[contact]]\n")
		pair("role", ct.Role)
		maybe("phone", ct.Phone)
		maybe("email", ct.Email)
		maybe("hours", ct.Hours)
	}
	return b.Bytes()
}

// listOf writes a TOML array in one line.
func listOf[T any](list []T, word func(T) string) string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = word(v)
	}
	return "[" + strings.Join(words, ", ") + "]"
}

// quote writes a TOML basic string (TOML 1.0, "String"): only what must be
// escaped is escaped.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < 0x20 || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
