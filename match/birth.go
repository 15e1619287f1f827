package match

import (
	"strconv"

	"entente"
)

// dateKind is how two dates differ.
type dateKind uint8

const (
	dateNone       dateKind = iota // one is not known
	dateSame                       // day, month, year
	dateSwapped                    // 03-04 for 04-03
	dateYearOff                    // same day and month, the year next to it
	dateYearDigit                  // same day and month, one digit of the year or two of them swapped
	dateDayDigit                   // same month and year, one digit of the day or both swapped
	dateMonthDigit                 // same day and year, one digit of the month
	dateMonth                      // only year and month known on one side, and the same
	dateYear                       // only the year known on one side, and the same
	dateFirst                      // same year, and one is 1 January, which often stands for the year alone
	dateSameMonth                  // same month and year, another day
	dateSameYear                   // same year, another day and month
	dateNear                       // a year or two apart
	dateApart                      // three to nine years apart
	dateFar                        // ten years and more apart
	dateKinds
)

// String says it for a page.
func (k dateKind) String() string {
	return [...]string{
		"not known", "same", "day and month swapped", "year off by one", "one digit of the year differs", "one digit of the day differs",
		"one digit of the month differs", "same year and month, day not known", "same year, only the year is known",
		"same year, 1 January may stand for the year", "same month, another day", "same year, another day and month",
		"contradicting: one or two years apart", "contradicting: three to nine years apart", "contradicting: ten years or more apart",
	}[k]
}

// compareDates finds the kindest description of the difference.
func compareDates(a, b entente.PartialDate) dateKind {
	if a.IsZero() || b.IsZero() {
		return dateNone
	}
	years := max(a.Year-b.Year, b.Year-a.Year)
	full := a.Day != 0 && b.Day != 0
	switch {
	case full && a == b:
		return dateSame
	case full && years == 0:
		return sameYear(a, b)
	case full && a.Day == b.Day && a.Month == b.Month && years == 1:
		return dateYearOff
	case full && a.Day == b.Day && a.Month == b.Month && oneDigit(a.Year, b.Year):
		return dateYearDigit
	case years == 0 && a.Month != 0 && a.Month == b.Month:
		return dateMonth
	case years == 0 && (a.Month == 0 || b.Month == 0):
		return dateYear
	case years == 0 && (first(a) || first(b)):
		return dateFirst
	case years == 0:
		return dateSameYear
	}
	return yearsApart(years)
}

// yearsApart is for dates whose years contradict each other.
func yearsApart(years int) dateKind {
	switch {
	case years <= 2:
		return dateNear
	case years <= 9:
		return dateApart
	}
	return dateFar
}

func sameYear(a, b entente.PartialDate) dateKind {
	switch {
	case a.Day == b.Month && a.Month == b.Day:
		return dateSwapped
	case a.Month == b.Month && oneDigit(a.Day, b.Day):
		return dateDayDigit
	case first(a) || first(b):
		return dateFirst
	case a.Day == b.Day && oneDigit(a.Month, b.Month):
		return dateMonthDigit
	case a.Month == b.Month:
		return dateSameMonth
	}
	return dateSameYear
}

// first tells 1 January, which registers write when only the year is known.
func first(d entente.PartialDate) bool { return d.Month == 1 && d.Day == 1 }

// oneDigit reports whether two numbers of up to four digits differ in one
// digit, or by two digits that are swapped.
func oneDigit(a, b int) bool {
	var at [4]int
	differ := 0
	x, y := a, b
	for i := range at {
		if x%10 != y%10 {
			at[differ] = i
			differ++
		}
		x, y = x/10, y/10
	}
	if differ != 2 {
		return differ == 1
	}
	digit := func(n, i int) int {
		for range i {
			n /= 10
		}
		return n % 10
	}
	i, j := at[0], at[1]
	return j == i+1 && digit(a, i) == digit(b, j) && digit(a, j) == digit(b, i)
}

// bestBirth takes the two claims that fit best: several claims are several
// chances to be right, and none of the others is held against anybody.
func bestBirth(a, b *person) (k dateKind, i, j int) {
	best := 0.0
	for x := range a.births {
		for y := range b.births {
			kind := compareDates(a.births[x].date, b.births[y].date)
			if kind == dateNone {
				continue
			}
			if w := learned.birth[kind]; k == dateNone || w > best {
				k, i, j, best = kind, x, y, w
			}
		}
	}
	return k, i, j
}

// dateRule says how two dates differ, with the years where that is the point.
func dateRule(k dateKind, a, b entente.PartialDate) string {
	if k < dateNear {
		return k.String()
	}
	years := max(a.Year-b.Year, b.Year-a.Year)
	if years == 1 {
		return "contradicting: a year apart"
	}
	return "contradicting: " + strconv.Itoa(years) + " years apart"
}
