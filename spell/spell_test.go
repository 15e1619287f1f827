package spell

import "testing"

func TestOneNameInTwoScripts(t *testing.T) {
	for _, c := range [][2]string{{"Кадаев", "Kadayev"}, {"محمد", "Mohammed"}, {"Müller", "Mueller"}} {
		a, b := Parse(c[0]).Parts[0], Parse(c[1]).Parts[0]
		if got := Compare(a, b); got.Score < 0.6 {
			t.Errorf("Compare(%s, %s) = %+v", c[0], c[1], got)
		}
	}
}
