package spell

import (
	"slices"
	"testing"
)

func TestUnread(t *testing.T) {
	for _, c := range []struct {
		text   string
		unread []string // words that could not be read whole
		opaque []string // of them those of which nothing could
		script string
	}{
		{text: "Arsen Kadaev"},
		{text: "Арсен Кадаев"},
		{text: "عبد الله ﷲ"},
		{text: "דויד כהן"},
		{text: "Կարեն"},
		{text: "გიორგი"},
		{text: "Γιάννης"},
		{text: "王小明"},
		{text: "김민준"},
		{text: "ヴァーニャ"},
		{text: "Nguyễn Đặng"},
		{text: "ʻAlī O’Hara"},
		{text: "Şəhriyar Łukasz"},
		{text: "Arsen 27", opaque: []string{"27"}},
		{text: "राहुल शर्मा", unread: []string{"राहुल", "शर्मा"}, opaque: []string{"राहुल", "शर्मा"}, script: "Devanagari"},
		{text: "রহিম", unread: []string{"রহিম"}, opaque: []string{"রহিম"}, script: "Bengali"},
		{text: "முருகன்", unread: []string{"முருகன்"}, opaque: []string{"முருகன்"}, script: "Tamil"},
		{text: "రాము", unread: []string{"రాము"}, opaque: []string{"రాము"}, script: "Telugu"},
		{text: "สมชาย", unread: []string{"สมชาย"}, opaque: []string{"สมชาย"}, script: "Thai"},
		{text: "សុខា", unread: []string{"សុខា"}, opaque: []string{"សុខា"}, script: "Khmer"},
		{text: "အောင်", unread: []string{"အောင်"}, opaque: []string{"အောင်"}, script: "Myanmar"},
		{text: "አበበ", unread: []string{"አበበ"}, opaque: []string{"አበበ"}, script: "Ethiopic"},
		{text: "Rahul शर्मा", unread: []string{"शर्मा"}, opaque: []string{"शर्मा"}, script: "Devanagari"},
		{text: "Rahulशर्मा", unread: []string{"Rahulशर्मा"}, script: "Devanagari"},
		{text: "Ɓello", unread: []string{"Ɓello"}, script: "Latin"},
		{text: "Kadaש", unread: []string{"Kadaש"}},
		{text: "𠮷", unread: []string{"𠮷"}, opaque: []string{"𠮷"}},
		{text: "abd al शर्मा", unread: []string{"abd al शर्मा"}, script: "Devanagari"},
		{text: "27", opaque: []string{"27"}},
		{text: "???", opaque: []string{"???"}}, // there is no letter to read
	} {
		var unread, opaque []string
		for _, p := range Parse(c.text).Parts {
			if p.Unread() {
				unread = append(unread, p.Text)
			}
			if p.Opaque() {
				opaque = append(opaque, p.Text)
			}
		}
		if !slices.Equal(unread, c.unread) || !slices.Equal(opaque, c.opaque) || ScriptOf(c.text) != c.script {
			t.Errorf("%s: unread %q, opaque %q, script %q", c.text, unread, opaque, ScriptOf(c.text))
		}
	}
}

// Vowels of Indian and other scripts are marks. Two words that differ in them are
// two words.
func TestWordsThatAreNotReadDiffer(t *testing.T) {
	for _, c := range [][2]string{{"रीना", "रानी"}, {"রীনা", "রানী"}, {"มานี", "มานะ"}, {"ឡៃ", "ឡា"}} {
		x, y := Parse(c[0]).Parts[0], Parse(c[1]).Parts[0]
		if l := Compare(x, y); l.Rule != None {
			t.Errorf("%s and %s: %v", c[0], c[1], l)
		}
		if l := Compare(x, Parse(c[0]).Parts[0]); l.Rule != Same || l.Score != 1 {
			t.Errorf("%s and itself: %v", c[0], l)
		}
	}
}
