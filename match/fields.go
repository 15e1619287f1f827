package match

import "slices"

// agreement is how two values of a field other than name and date compare.
type agreement uint8

const (
	unknown agreement = iota
	agrees
	partly // the same country but not the same town; one character off
	differs
	agreements
)

// bestPlace compares places of birth, the best pair of them.
func bestPlace(a, b *person, like likener) (kind agreement, i, j int) {
	for x := range a.births {
		for y := range b.births {
			k := comparePlaces(a.births[x].place, b.births[y].place, like)
			if k != unknown && (kind == unknown || k < kind) {
				kind, i, j = k, x, y
			}
		}
	}
	return kind, i, j
}

// comparePlaces: the same if the first word that both give meets, partly if
// any does. Most write the town first and the country last.
func comparePlaces(a, b name, like likener) agreement {
	if len(a.parts) == 0 || len(b.parts) == 0 {
		return unknown
	}
	kind := differs
	for i, p := range a.parts {
		for j, q := range b.parts {
			if like.compare(p, q).Score < 0.75 {
				continue
			}
			if i == 0 || j == 0 {
				return agrees
			}
			kind = partly
		}
	}
	return kind
}

func compareNationalities(a, b *person) agreement {
	if len(a.nationalities) == 0 || len(b.nationalities) == 0 {
		return unknown
	}
	for _, c := range a.nationalities {
		if slices.Contains(b.nationalities, c) {
			return agrees
		}
	}
	return differs
}

// compareSex: X says that a passport does not tell, which is no evidence.
func compareSex(a, b *person) agreement {
	switch {
	case a.sex != "M" && a.sex != "F", b.sex != "M" && b.sex != "F":
		return unknown
	case a.sex == b.sex:
		return agrees
	}
	return differs
}

// bestDocument finds a number that both hold, or nearly. People hold several
// documents, so different numbers are no evidence. A number that is nearly the
// same is evidence only beside a name: alone it is that of a document issued next.
func bestDocument(a, b *person) (kind agreement, i, j int) {
	named := len(a.names) > 0 && len(b.names) > 0
	for x, d := range a.documents {
		for y, e := range b.documents {
			switch {
			case d.number == e.number && (d.country == "" || e.country == "" || d.country == e.country):
				return agrees, x, y
			case kind == unknown && (d.number == e.number || named && len(d.number) >= leastNear && oneOff(d.number, e.number)):
				kind, i, j = partly, x, y
			}
		}
	}
	return kind, i, j
}

// leastNear is how long numbers are that may be told to be nearly the same.
const leastNear = 6

// oneOff reports whether two numbers of one length differ in one character or
// by two neighbours that are swapped.
func oneOff(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if i == len(a) {
		return false
	}
	if a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

func bestIdentifier(a, b *person) (kind agreement, i, j int) {
	for x, d := range a.identifiers {
		for y, e := range b.identifiers {
			if d.kind == e.kind && d.value == e.value {
				return agrees, x, y
			}
		}
	}
	return unknown, 0, 0
}
