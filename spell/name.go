package spell

// Name is a name taken apart, in the order in which it was written; but Abdul
// stands before the name that it serves, also where that is a family name in
// front.
type Name struct {
	Parts []Part
}

// Part is one word of a name.
type Part struct {
	Text   string   // as written: "Кадаев", "Abd al Rahman"
	Script Script   //
	Role   Role     //
	Tied   bool     // written together with the part before, by a hyphen: the "un" of "Jong-un"
	Latin  string   // likeliest reading, only a–z, never empty: "kadaev"
	Others []string // further likely readings, likeliest first, at most 7

	opaque bool // Latin spells out code points that nothing could read
	unread bool // some of its letters, or all, could not be read
	*forms      // what Keys and Compare work on, made once by Parse
}

// MaxOthers bounds the readings of a part besides the likeliest.
const MaxOthers = 7

// Role is what a word is to a name.
type Role uint8

const (
	Plain      Role = iota // a name by itself
	Initial                // "A.", "Yu.": stands for a name
	Particle               // al, bin, von: carries little by itself
	Patronymic             // the father's name: Ramzanovich, oglu
	Title                  // mr, sheikh, haji
	Generation             // jr, iii
)

func (r Role) String() string {
	return [...]string{"name", "initial", "particle", "patronymic", "title", "generation"}[r]
}
