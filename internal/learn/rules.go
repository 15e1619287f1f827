package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"entente/spell"
)

// bareRules reads by rule alone, to compare with: CLDR's rules that have no
// condition, the longest first, as far as they are written in one file.
type bareRules map[string]string

var (
	ruleFiles = map[spell.Script]string{spell.Arabic: "Arabic-Latin.xml", spell.Hebrew: "Hebrew-Latin.xml", spell.Kana: "Katakana-Latin-BGN.xml", spell.Han: "Han-Latin.xml", spell.Cyrillic: "Cyrillic-Latin.xml"}
	rule      = regexp.MustCompile(`(?m)^\s*(?:\[([^\]]+)\]|([\pL\pMー]+))\s*[→↔]\s*([^;{|]*?)\s*;`)
	variable  = regexp.MustCompile(`\$\w+`)
	jamoRules = strings.Fields("g kk n d tt r m b pp s ss - j jj ch k t p h a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i k k k n n n t l k m l l l p l m p p t t ng t t k t p t")
)

func readRules(s spell.Script) (bareRules, error) {
	out := bareRules{}
	if s == spell.Hangul {
		for i, l := range jamoRules {
			at := 0x1100 + i
			if i >= 19 {
				at = 0x1161 + i - 19
			}
			if i >= 40 {
				at = 0x11A8 + i - 40
			}
			out[string(rune(at))] = latinOf(l)
		}
		return out, nil
	}
	b, err := os.ReadFile(filepath.Join(folder(), "cldr", ruleFiles[s]))
	if err != nil {
		return nil, err
	}
	for _, f := range rule.FindAllStringSubmatch(string(b), -1) {
		target, _, _ := strings.Cut(f[3], "}") // what follows is for the way back
		sources := []string{f[2]}
		if f[1] != "" {
			sources = strings.Split(f[1], "")
		}
		for _, source := range sources {
			if _, ok := out[source]; !ok {
				out[source] = latinOf(variable.ReplaceAllString(target, ""))
			}
		}
	}
	return out, nil
}

func (r bareRules) read(native string) string {
	if _, ok := r["ᄀ"]; ok {
		native = norm.NFD.String(native)
	}
	var b strings.Builder
	for c := []rune(native); len(c) > 0; {
		n := min(3, len(c))
		for ; n > 1; n-- {
			if _, ok := r[string(c[:n])]; ok {
				break
			}
		}
		b.WriteString(r[string(c[:n])])
		c = c[n:]
	}
	return b.String()
}
