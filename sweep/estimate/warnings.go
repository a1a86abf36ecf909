package estimate

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"hopcap/sweep/config"
	"hopcap/sweep/study"
)

// A Warning is what a reader of an estimate must know of it.
type Warning struct {
	Column string // what it is about; "" for the whole estimate
	Text   string
	Local  bool // the reader must know the points
}

// bimodal is the warning of a column with two peaks.
func bimodal(column string) Warning {
	return Warning{column, "two peaks with a valley between them: the mean describes neither peak", true}
}

// A sharedWarning is one that several estimates have in common. They may differ in its
// numbers.
type sharedWarning struct {
	Warning
	alike bool  // all numbers are those of the first
	at    []int // the estimates, by their place
}

var numbers = regexp.MustCompile(`[0-9][0-9.e+-]*`)

// Warnings are the warnings of all estimates, each once: "overlap_final at N = 500,
// alpha = 0.166; N = 1000, alpha = 0.15: two peaks … (2 of 68 points)".
func (e *Estimates) Warnings() []string {
	shared := map[Warning]*sharedWarning{}
	var order []*sharedWarning
	for i, p := range e.Points {
		for _, w := range p.Warnings {
			key := w
			key.Text = numbers.ReplaceAllString(w.Text, "#")
			s := shared[key]
			if s == nil {
				s = &sharedWarning{w, true, nil}
				shared[key] = s
				order = append(order, s)
			}
			s.alike = s.alike && s.Text == w.Text
			if len(s.at) == 0 || s.at[len(s.at)-1] != i {
				s.at = append(s.at, i)
			}
		}
	}
	texts := make([]string, len(order))
	for i, s := range order {
		texts[i] = e.sentence(s)
	}
	return texts
}

// sentence says a warning in words, with the number of points that share it.
func (e *Estimates) sentence(s *sharedWarning) string {
	text := s.Text
	if !s.alike {
		text += " and the like"
	}
	about := s.Column
	if s.Local {
		about = strings.TrimSpace(about + " at " + e.list(s.at))
	}
	if about != "" {
		text = about + ": " + text
	}
	return fmt.Sprintf("%s (%d of %d points)", text, len(s.at), len(e.Points))
}

// list names estimates: up to three, or the first two and the last.
func (e *Estimates) list(at []int) string {
	telling := e.telling()
	name := func(i int) string {
		p := e.Points[i]
		words := settingsInWords(coordinates(p.Point, telling))
		if e.Table.By != "" {
			words = append(words, fmt.Sprintf("%s = %d", e.Table.By, p.By))
		}
		return strings.Join(words, ", ")
	}
	var names []string
	for k, i := range at {
		switch {
		case len(at) <= 3 || k < 2 || k == len(at)-1:
			names = append(names, name(i))
		case k == 2:
			names = append(names, "…")
		}
	}
	return strings.Join(names, "; ")
}

// telling are the names of the settings that tell points apart, of those derived from
// others the first only, which is the load; all names if there is one point.
func (e *Estimates) telling() []string {
	names := settingNames(e)
	differ := slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		one := coordinates(e.Points[0].Point, []string{name}).String()
		return !slices.ContainsFunc(e.Points, func(p Estimate) bool {
			return coordinates(p.Point, []string{name}).String() != one
		})
	})
	if len(differ) == 0 {
		return names
	}
	return slices.DeleteFunc(differ, func(name string) bool {
		return slices.ContainsFunc(e.Points, func(p Estimate) bool {
			return slices.IndexFunc(p.Point.Derived, func(s study.Setting) bool { return s.Name == name }) > 0
		})
	})
}

// settingsInWords are "N = 500" and the like, with four digits at most.
func settingsInWords(c config.Coordinates) []string {
	words := make([]string, len(c))
	for i, s := range c {
		value := config.FormatValue(s.Value)
		if x, ok := s.Value.(float64); ok {
			value = fmt.Sprintf("%.4g", x)
		}
		words[i] = s.Name + " = " + value
	}
	return words
}
