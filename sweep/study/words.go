package study

import (
	"fmt"
	"strings"
)

// Must says what the key takes, for people.
func (k Key) Must() string {
	phrase := map[Type]string{Int: "an integer", Decimal: "a number", Bool: "true or false", Text: "text in quotes"}[k.Type]
	switch {
	case len(k.Allowed) > 0:
		return "must be " + OneOf(k.Allowed)
	case k.Range != "":
		return fmt.Sprintf("must be %s, %s", phrase, k.Range)
	}
	return "must be " + phrase
}

// Within says what values of the right type the key takes, for people.
func (k Key) Within() string {
	if k.Range == "" {
		return k.Must()
	}
	return "must be " + k.Range
}

// OneOf shows texts as a choice: "a", "b" or "c".
func OneOf(texts []string) string {
	quoted := make([]string, len(texts))
	for i, t := range texts {
		quoted[i] = fmt.Sprintf("%q", t)
	}
	return Enumerate(quoted, "or")
}

// Enumerate joins phrases with commas and, before the last, a word.
func Enumerate(phrases []string, word string) string {
	n := len(phrases)
	if n < 2 {
		return strings.Join(phrases, "")
	}
	return strings.Join(phrases[:n-1], ", ") + " " + word + " " + phrases[n-1]
}

// String is the fault on one line, with file, line, key, value and what is allowed
// as far as they are known.
func (f Fault) String() string {
	var parts []string
	switch {
	case f.Line > 0:
		parts = append(parts, fmt.Sprintf("%s:%d", f.File, f.Line))
	case f.File != "":
		parts = append(parts, f.File)
	}
	switch {
	case f.Key != "" && f.Value != "":
		parts = append(parts, f.Key+" = "+f.Value)
	case f.Key != "":
		parts = append(parts, f.Key)
	}
	return strings.Join(append(parts, f.Allowed), ": ")
}
