package table

import (
	"strconv"
	"strings"

	"entente"
)

// assemble puts year, month and day in their places. It reports whether the
// numbers make a date, or say of themselves why they do not.
func (r *dateReader) assemble(d *Date, why *string, core []token) bool {
	var nums []token
	month := 0
	for i, t := range core {
		m := t.month
		if t.word != "" && m == 0 && i > 0 && i < len(core)-1 {
			m = roman[t.word]
		}
		switch {
		case m > 0 && month > 0, t.word != "" && m == 0:
			return false
		case m > 0:
			month = m
		default:
			nums = append(nums, t)
		}
	}
	if month == unsureMonth {
		*why = "the month is another one in another language, so only the year is used"
		return false
	}
	if month > 0 {
		return r.named(d, why, nums, month)
	}
	switch len(nums) {
	case 1:
		return r.alone(d, why, nums[0])
	case 2:
		return r.pair(d, why, nums[0], nums[1])
	case 3:
		return r.three(d, why, nums)
	}
	return false
}

// alone reads one number: a year, or eight digits.
func (r *dateReader) alone(d *Date, why *string, t token) bool {
	switch {
	case t.digits == 4:
		return r.take(d, why, t.n, 0, 0)
	case t.digits == 8:
		s := t.text
		y, m, day := number(s[:4]), number(s[4:6]), number(s[6:])
		if y >= 1800 && y <= 2200 && m <= 12 {
			return r.take(d, why, y, m, day)
		}
		return r.ordered(d, why, number(s[:2]), number(s[2:4]), number(s[4:]), "")
	case t.digits == 5:
		*why = serial
	}
	return false
}

// pair reads a year and a month.
func (r *dateReader) pair(d *Date, why *string, a, b token) bool {
	switch {
	case a.digits == 4 && b.digits <= 2 && b.n <= 12:
		return r.take(d, why, a.n, b.n, 0)
	case b.digits == 4 && a.digits <= 2 && a.n <= 12:
		return r.take(d, why, b.n, a.n, 0)
	}
	return false
}

// three reads three numbers, of which the first or the last is the year.
func (r *dateReader) three(d *Date, why *string, t []token) bool {
	switch {
	case t[0].digits == 4 && t[1].digits <= 2 && t[2].digits <= 2:
		return r.take(d, why, t[0].n, t[1].n, t[2].n)
	case t[0].digits > 2 || t[1].digits > 2:
		return false
	case t[2].digits == 4:
		return r.ordered(d, why, t[0].n, t[1].n, t[2].n, sign(t[1], t[2]))
	case t[2].digits != 2:
		return false
	case t[0].n > 31: // 65-03-14
		return r.century(d, why, t[0].n, func(d *Date, year int) bool { return r.take(d, why, year, t[1].n, t[2].n) })
	case t[2].n > 31 || r.order != "" || sign(t[1], t[2]) == ".":
		return r.century(d, why, t[2].n, func(d *Date, year int) bool {
			return r.ordered(d, why, t[0].n, t[1].n, year, sign(t[1], t[2]))
		})
	}
	*why = "the year has two digits, and which number is the year cannot be told: write it with four"
	return false
}

// sign gives the sign that parts three numbers, when it is the same twice.
func sign(b, c token) string {
	if s := strings.TrimSpace(b.before); s == strings.TrimSpace(c.before) {
		return s
	}
	return ""
}

// ordered tells day from month before a year. With dots the day stands first in
// every country that writes dots.
func (r *dateReader) ordered(d *Date, why *string, a, b, year int, sign string) bool {
	switch {
	case b == 0 && r.order == MonthFirst:
		return r.take(d, why, year, a, 0)
	case a == 0 || b == 0: // 00/03/1965
		return r.take(d, why, year, b, a)
	case a == b, sign == "." && r.order != MonthFirst, r.order == DayFirst && b <= 12, r.order == "" && a > 12:
		return r.take(d, why, year, b, a)
	case r.order == MonthFirst && a <= 12, r.order == "" && b > 12:
		return r.take(d, why, year, a, b)
	}
	if *why = bothWays; r.order != "" {
		*why = "day and month do not stand in the order that was said of this file, so only the year is used"
	}
	return r.take(d, why, year, 0, 0)
}

// named reads the numbers beside the name of a month.
func (r *dateReader) named(d *Date, why *string, nums []token, month int) bool {
	switch {
	case len(nums) == 1 && nums[0].digits == 4:
		return r.take(d, why, nums[0].n, month, 0)
	case len(nums) == 1 && nums[0].digits == 2 && (nums[0].n > 31 || strings.HasSuffix(nums[0].before, "'")):
		return r.century(d, why, nums[0].n, func(d *Date, year int) bool { return r.take(d, why, year, month, 0) })
	case len(nums) != 2:
		return false
	}
	a, b := nums[0], nums[1]
	switch {
	case b.digits == 4 && a.digits <= 2:
		return r.take(d, why, b.n, month, a.n)
	case a.digits == 4 && b.digits <= 2:
		return r.take(d, why, a.n, month, b.n)
	case a.digits <= 2 && b.digits == 2:
		return r.century(d, why, b.n, func(d *Date, year int) bool { return r.take(d, why, year, month, a.n) })
	}
	return false
}

// century tries both centuries for a year of two digits, and adds what lies not
// after today. Two dates that may be are approximate, since one must be wrong.
func (r *dateReader) century(d *Date, why *string, yy int, take func(*Date, int) bool) bool {
	if r.today.IsZero() {
		return false
	}
	var got []Date
	century := r.today.Year() / 100 * 100
	for _, year := range []int{century - 100 + yy, century + yy} {
		one := Date{Approx: d.Approx}
		if year <= r.today.Year() && take(&one, year) && !one.Date.After(r.today) {
			got = append(got, one)
		}
	}
	if len(got) == 0 {
		return false
	}
	for i := range got {
		got[i].Approx = got[i].Approx || len(got) > 1
	}
	if *d = got[0]; *why == "" {
		*why = twoDigits
	}
	r.more = append(r.more, got[1:]...)
	return true
}

// take sets the date, or what of it there is: a day that does not exist leaves
// the year.
func (r *dateReader) take(d *Date, why *string, year, month, day int) bool {
	if month == 0 {
		day = 0
	}
	got := entente.PartialDate{Year: year, Month: month, Day: day}
	switch {
	case year >= 1300 && year < 1500 || year >= 2400 && year < 2650:
		*why = calendar
		return true
	case year < 1800 || year > 2200:
		return false
	}
	if p, err := entente.ParsePartialDate(got.String()); err != nil || p != got {
		got, *why = entente.PartialDate{Year: year}, noDay
	}
	d.Date = got
	return true
}

// number reads decimal digits; 0: there are more than a date has.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n > 99999999 {
		return 0
	}
	return n
}
