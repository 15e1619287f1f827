package spell

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// Names of one part belong to nobody in particular.
var commonNames = []struct {
	script Script
	native string
	latin  []string // each must be among the readings, or one with its skeleton
}{
	{Hebrew, "דוד", []string{"david"}},
	{Hebrew, "משה", []string{"moshe"}},
	{Hebrew, "כהן", []string{"cohen"}},
	{Hebrew, "ג'ורג'", []string{"george"}},
	{Arabic, "محمد", []string{"mohamed"}},
	{Arabic, "حسن", []string{"hassan"}},
	{Arabic, "چنگیز", []string{"changiz"}},
	{Cyrillic, "джонсон", []string{"johnson"}},
	{Cyrillic, "шульце", []string{"schulze"}},
	{Hangul, "김", []string{"kim"}},
	{Hangul, "이", []string{"lee", "yi"}},
	{Hangul, "박", []string{"park"}},
	{Hangul, "정은", []string{"jungeun"}},
	{Hangul, "워싱턴", []string{"washington"}},
	{Kana, "たろう", []string{"taro"}},
	{Kana, "タロウ", []string{"taro"}},
	{Kana, "ジョン", []string{"john"}},
	{Kana, "ヴィクトリア", []string{"victoria"}},
	{Han, "王", []string{"wang"}},
	{Han, "阮", []string{"ruan", "nguyen"}},
	{Han, "小明", []string{"xiaoming"}},
	{Han, "張", []string{"zhang"}},
	{Han, "大衛", []string{"david"}},
	{Han, "田中", []string{"tanaka"}},
	{Han, "太郎", []string{"taro"}},
	{Han, "佐々木", []string{"sasaki"}},
}

func TestReadings(t *testing.T) {
	for _, c := range commonNames {
		got := readings(c.script, c.native, 8)
		for _, want := range c.latin {
			if !slices.ContainsFunc(got, func(s string) bool { return Skeleton(s) == Skeleton(want) }) {
				t.Errorf("%s: got %q, want one like %s", c.native, got, want)
			}
		}
	}
}

func TestReadingsKeepTheirBounds(t *testing.T) {
	for _, s := range []Script{Cyrillic, Hebrew, Arabic, Hangul, Han, Kana} {
		for _, c := range commonNames {
			for _, long := range []string{c.native, strings.Repeat(c.native, 40)} {
				for n := range 4 {
					checkReadings(t, s, long, n)
				}
			}
		}
	}
}

// checkReadings holds what every answer has: at most n readings, only a–z,
// each with a skeleton of its own, and the same when asked again.
func checkReadings(t *testing.T, s Script, token string, n int) {
	t.Helper()
	got := readings(s, token, n)
	if len(got) > n {
		t.Errorf("%s %q: %d readings, want at most %d", s, token, len(got), n)
	}
	met := map[string]bool{}
	for _, r := range got {
		if k := Skeleton(r); r == "" || lettersOnly(r) != r || met[k] {
			t.Errorf("%s %q: bad or repeated reading %q", s, token, r)
		} else {
			met[k] = true
		}
	}
	if again := readings(s, token, n); !slices.Equal(got, again) {
		t.Errorf("%s %q: %q, then %q", s, token, got, again)
	}
}

func FuzzReadings(f *testing.F) {
	for _, c := range commonNames {
		f.Add(uint8(c.script), c.native)
	}
	f.Add(uint8(Hebrew), "'\u05b0\xff")
	f.Add(uint8(Kana), "ーァァ")
	f.Fuzz(func(t *testing.T, script uint8, token string) {
		s := Script(script) % (Kana + 1)
		checkReadings(t, s, token, 8)
		if family, given, ok := learned().Split(s, token); ok && (family+given != token || family == "" || given == "") {
			t.Errorf("%q split into %q and %q", token, family, given)
		}
	})
}

func TestLearnedTableIsWhole(t *testing.T) {
	table, err := OpenTable(learnedBytes)
	if err != nil {
		t.Fatal(err)
	}
	if err := table.Check(); err != nil {
		t.Fatal(err)
	}
	for _, s := range tableScripts {
		if table.of(s) == nil {
			t.Errorf("no model for %s", s)
		}
	}
}

// Readings that are ready are what the search finds. Fails when the search
// changed and the table was not made again (internal/learn -ready).
func TestReadyReadingsAreTheSearchs(t *testing.T) {
	table := learned()
	for s := range table.readings {
		ready, m := table.ready(s), table.of(s)
		if len(ready.slots) < 2000 {
			t.Errorf("%s: few readings are ready", s)
		}
		for i := 0; i < len(ready.slots); i += 29 {
			if ready.slots[i] == 0 {
				continue
			}
			e := readyEntry{ready.raw[ready.slots[i]-1:]}
			token := e.text()
			for _, n := range []int{readyMost[s], readyMost[s] - 1} {
				want := unlike(table.search(s, m, token, n), n)
				if got := table.Readings(s, token, n); !slices.Equal(got, want) {
					t.Errorf("%s: %d readings %q are ready, the search finds %q", token, n, got, want)
				}
			}
			if got, want := table.cost(s, m, token), m.cost(s, token); got != want {
				t.Errorf("%s costs %d, the search says %d", token, got, want)
			}
		}
	}
}

// A table of readings that was cut or changed is refused, or reads otherwise.
func TestDamagedReadyReadings(t *testing.T) {
	small := learned().Ready(Hebrew, []string{"דוד", "משה"})
	if openReady(Hebrew, small) == nil {
		t.Fatal("the whole table is refused")
	}
	for i := range small {
		if openReady(Hebrew, small[:i]) != nil {
			t.Errorf("a table cut at %d is read", i)
		}
		for _, flip := range []byte{1, 0x80, 0xff} {
			b := bytes.Clone(small)
			b[i] ^= flip
			if r := openReady(Hebrew, b); r != nil {
				r.readings(Hebrew, "דוד", MaxOthers)
			}
		}
	}
}

// A table that was cut or changed gives an error or other readings, no panic.
func TestDamagedTable(t *testing.T) {
	small := smallTable()
	for i := range small {
		tryTable(small[:i])
		for _, flip := range []byte{1, 0x80, 0xff} {
			b := bytes.Clone(small)
			b[i] ^= flip
			tryTable(b)
		}
	}
	if m, err := readModel(small); err != nil || len(m.states) != 3 {
		t.Fatalf("the whole table: %v", err)
	}
}

func tryTable(b []byte) {
	m, err := readModel(b)
	if err != nil {
		return
	}
	sc := newSearch()
	m.read([]symbol{'א', 'ב'}, 4, nil, sc)
}

// smallTable is a model of two letters and one context, as internal/learn
// would write it.
func smallTable() []byte {
	return []byte{
		2, 0xd0, 0x0b, 1, 1, 'a', 1, 2, 1, 'b', 1, 'v', // א with a; ב with b and v
		2,                                      // states
		0, 5, 0, 20, 1, 90, 0, 8, 0, 10, 0, 12, // the root: every unit, and a state after the beginning
		6, 1, 4, 3, // after the beginning: unit 2
		0, // no sounds
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		script        Script
		whole, family string
	}{
		{Hangul, "김철수", "김"},
		{Hangul, "남궁민수", "남궁"},
		{Hangul, "정슬기", "정"},
		{Hangul, "조지", ""},
		{Hangul, "워싱턴", ""},
		{Han, "王小明", "王"},
		{Han, "歐陽小明", "歐陽"},
		{Han, "田中太郎", "田中"},
		{Han, "佐々木太郎", "佐々木"},
		{Han, "馬克", ""},
		{Han, "安娜", ""},
		{Kana, "たなかたろう", ""},
	} {
		family, _, _ := learned().Split(c.script, c.whole)
		if family != c.family {
			t.Errorf("%s: family name %q, want %q", c.whole, family, c.family)
		}
	}
}

func BenchmarkReadings(b *testing.B) {
	for _, c := range []struct {
		name   string
		script Script
		token  string
	}{{"hebrew", Hebrew, "אברהם"}, {"arabic", Arabic, "محمود"}, {"hangul", Hangul, "정은"}, {"han", Han, "大衛"}, {"kana", Kana, "ジョージ"}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			readings(c.script, c.token, 8) // opens the part
			for b.Loop() {
				readings(c.script, c.token, 8)
			}
		})
	}
}
