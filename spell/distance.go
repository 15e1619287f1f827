package spell

// Costs of turning one sound into another, in hundredths of a consonant. They
// say which sounds spellings confuse, not how names look: kh and h are close,
// h and k are not.
const (
	gapConsonant = 100
	gapVowel     = 30
	gapUnwritten = 18  // a vowel, where one of the scripts leaves vowels out
	swapForeign  = 140 // two sounds that have nothing to do with each other
	swapVowel    = 45
	swapUnspoken = 25 // two vowels, where one of the scripts leaves vowels out
)

// confusions lists pairs of sounds and what it costs to take one for the
// other. Capitals as in sound.go.
var confusions = []struct {
	cost  uint8
	pairs string
}{
	{5, "iy kq ck Jj"},
	{10, "XhX GgG HSH TtT DdD vw qQ cq"},
	{12, "ou"},
	{15, "ei sz Ps"},
	{20, "ae ey PS jy ji kQ Zj ZJ"},
	{25, "vf zE"},
	{30, "ao cs cC cE qg CJ zZ zD uw ow gJ uv"},
	{35, "Xk wf SC Cj cz GX sE gj"},
	{40, "au ai ya yo yu kg bp td SZ sT GqG DT xk xS Jz HC jG dJ"},
	{45, "eo bv Ss Sj kC XC Gh EC mn xs GZ"},
	{50, "hC hj Gk pf Et Hs zS TdT DtD Td tD lr"},
}

// exchange is the cost of taking one sound for another, by sound&63.
var exchange, exchangeUnspoken = func() (t, u [64][64]uint8) {
	for x := range byte(64) {
		for y := range byte(64) {
			switch vx, vy := vowel(x|0x40), vowel(y|0x40); {
			case x == y:
			case vx && vy:
				t[x][y] = swapVowel
			default:
				t[x][y] = swapForeign
			}
		}
	}
	for _, c := range confusions {
		for i := 0; i+1 < len(c.pairs); i++ {
			if x, y := c.pairs[i], c.pairs[i+1]; x != ' ' && y != ' ' {
				t[x&63][y&63] = min(t[x&63][y&63], c.cost)
				t[y&63][x&63] = min(t[y&63][x&63], c.cost)
			}
		}
	}
	u = t
	for x := range byte(64) {
		for y := range byte(64) {
			if vowel(x|0x40) && vowel(y|0x40) {
				u[x][y] = min(u[x][y], swapUnspoken)
			}
		}
	}
	return t, u
}()

// gaps is the cost of leaving a sound out, by sound&63.
var gaps, gapsUnspoken = func() (t, u [64]uint8) {
	for x := range byte(64) {
		t[x] = gapConsonant
		if vowel(x | 0x40) {
			t[x], u[x] = gapVowel, gapUnwritten
		}
	}
	for _, c := range []byte("hwj") {
		t[c&63] = 45
	}
	t['y'&63] = 15
	for x := range byte(64) {
		if u[x] == 0 {
			u[x] = t[x]
		}
	}
	return t, u
}()

// weight is the whole of a name in the same measure: what a name is worth that
// is left out altogether.
func weight(heard []byte) int {
	w := 0
	for _, sound := range heard {
		if vowel(sound) {
			w += gapVowel
		} else {
			w += gapConsonant
		}
	}
	return w
}

// distance is the least cost of turning x into y, or more than limit where it
// is more. Two neighbours that changed places cost as one error.
func distance(x, y string, unspoken bool, limit int) int {
	swap, gap := &exchange, &gaps
	if unspoken {
		swap, gap = &exchangeUnspoken, &gapsUnspoken
	}
	var rows [3][maxSounds + 1]int16
	before, above, row := &rows[0], &rows[1], &rows[2]
	for j := range len(y) {
		above[j+1] = above[j] + int16(gap[y[j]&63])
	}
	for i := range len(x) {
		costs, gx := &swap[x[i]&63], int16(gap[x[i]&63])
		row[0] = above[0] + gx
		least := row[0]
		for j := range len(y) {
			c := min(above[j]+int16(costs[y[j]&63]), row[j]+int16(gap[y[j]&63]), above[j+1]+gx)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] && x[i] != x[i-1] {
				c = min(c, before[j-1]+80)
			}
			row[j+1] = c
			least = min(least, c)
		}
		if int(least) > limit {
			return limit + 1
		}
		before, above, row = above, row, before
	}
	return int(above[len(y)])
}
