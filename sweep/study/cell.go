package study

import "regexp"

// formula matches what a spreadsheet takes for one, and signed is what it does not: numbers
// with a sign, which hopcap writes.
var (
	formula = regexp.MustCompile(`^[=+\-@\t\r]`)
	signed  = regexp.MustCompile(`^[+-][0-9.]+(e[+-]?[0-9]+)?( [+-][0-9]+)*$`)
)

// Cell makes a text safe in a table that a spreadsheet may open: an apostrophe before
// a text that it would compute.
func Cell(text string) string {
	if formula.MatchString(text) && !signed.MatchString(text) {
		return "'" + text
	}
	return text
}
