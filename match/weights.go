package match

// First guess, until the fit has run.
var learned = model{
	name:        [termNames]float64{termOne: -8, termSame: .5, termSpelling: .45, termOtherScript: .45, termNickname: .4, termTyping: .35, termJoined: .45, termInitial: 1, termMet: 1, termMetLoosely: -2, termShortOpen: -2, termShortRare: -.1, termLongOpen: -.5, termWhole: 2, termSingle: -3},
	birth:       [dateKinds]float64{dateSame: 13, dateSwapped: 8, dateYearOff: 8, dateYearDigit: 6, dateDayDigit: 5, dateMonthDigit: 4, dateMonth: 5, dateYear: 4, dateFirst: 3, dateSameMonth: 2, dateSameYear: .5, dateNear: -2, dateApart: -5, dateFar: -8},
	place:       [agreements]float64{agrees: 3, partly: 1, differs: -1},
	nationality: [agreements]float64{agrees: 1, differs: -2},
	sex:         [agreements]float64{agrees: .5, differs: -4},
	document:    [agreements]float64{agrees: 20, partly: 6},
	identifier:  [agreements]float64{agrees: 12},
}
