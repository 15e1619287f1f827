package api

import "strings"

// plainly says what the validator says of a field in words for the person who
// filled it in. %s is what the validator adds.
var plainly = []struct{ told, says string }{
	{"expected string to be ", "it is not %s"},
	{"expected string to match pattern ", "it is not in the form that the field has"},
	{"expected value to be one of ", "it is not one of: %s"},
	{"expected length >= 1", "it is empty"},
	{"expected length >= ", "it is shorter than %s characters"},
	{"expected length <= ", "it is longer than %s characters"},
	{"expected array length >= 1", "the list is empty"},
	{"expected array length >= ", "the list has fewer than %s entries"},
	{"expected array length <= ", "the list has more than %s entries"},
	{"expected array items to be unique", "an entry stands there twice"},
	{"expected number >= ", "it is less than %s"},
	{"expected number > ", "it is not more than %s"},
	{"expected number <= ", "it is more than %s"},
	{"expected number < ", "it is not less than %s"},
	{"expected number", "it is not a number"},
	{"expected integer", "it is not a whole number"},
	{"expected boolean", "it is neither true nor false"},
	{"expected string", "it is not a text: put it in quotes"},
	{"expected array", "it is not a list"},
	{"expected object", "it is not an object with fields"},
}

// inWords is the validator's message in our words; what it has no words for stays.
func inWords(message string) string {
	for _, p := range plainly {
		if rest, ok := strings.CutPrefix(message, p.told); ok {
			return strings.Replace(p.says, "%s", strings.Trim(rest, `"`), 1)
		}
	}
	return message
}
