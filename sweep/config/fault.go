package config

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hopcap/sweep/study"
)

// Faults are all faults of a config, in the order of its lines.
type Faults []study.Fault

// Error has one line for each fault.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.String()
	}
	return strings.Join(lines, "\n")
}

// Limits to what one mistake may print.
const (
	maxValuesShown = 8
	maxFaultsShown = 4
)

// A faultList gathers faults, each once.
type faultList struct {
	seen   map[study.Fault]bool
	places map[place]*placeFaults
	order  []*placeFaults
}

// A place is what a mistake was made in: a key on a line.
type place struct {
	line int
	key  string
}

// placeFaults are what is wrong at one place: for each thing that is allowed, the
// values that are not.
type placeFaults struct {
	place
	allowed []string
	values  [][]string
	more    []int // values beyond those kept
	dropped bool  // things that are allowed beyond those kept
}

func newFaultList() *faultList {
	return &faultList{seen: map[study.Fault]bool{}, places: map[place]*placeFaults{}}
}

func (l *faultList) empty() bool { return len(l.order) == 0 }

func (l *faultList) add(line int, key, value, allowed string) {
	f := study.Fault{Line: line, Key: key, Value: value, Allowed: allowed}
	if l.seen[f] {
		return
	}
	l.seen[f] = true
	p := l.places[place{line, key}]
	if p == nil {
		p = &placeFaults{place: place{line, key}}
		l.places[p.place] = p
		l.order = append(l.order, p)
	}
	p.add(value, allowed)
}

func (p *placeFaults) add(value, allowed string) {
	i := slices.Index(p.allowed, allowed)
	switch {
	case i < 0 && len(p.allowed) == maxFaultsShown:
		p.dropped = true
	case i < 0:
		p.allowed = append(p.allowed, allowed)
		p.values = append(p.values, []string{value})
		p.more = append(p.more, 0)
	case len(p.values[i]) == maxValuesShown:
		p.more[i]++
	default:
		p.values[i] = append(p.values[i], value)
	}
}

// faults returns what was gathered, sorted by line; what has none comes last.
func (l *faultList) faults(file string) Faults {
	var list Faults
	for _, p := range l.order {
		for i, allowed := range p.allowed {
			list = append(list, study.Fault{File: file, Line: p.line, Key: p.key, Value: p.shown(i), Allowed: allowed})
		}
		if p.dropped {
			list[len(list)-1].Allowed += " (and more like this)"
		}
	}
	slices.SortStableFunc(list, func(a, b study.Fault) int {
		return cmp.Compare(uint(a.Line)-1, uint(b.Line)-1)
	})
	return list
}

func (p *placeFaults) shown(i int) string {
	s := strings.Join(p.values[i], ", ")
	if p.more[i] > 0 {
		s += fmt.Sprintf(" and %d more", p.more[i])
	}
	return s
}

// brief is a value as written, on one line of moderate length.
func brief(written string) string {
	const most = 60
	r := []rune(oneLine(written))
	if len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return string(r)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// shown is a key of the file as messages have it: quoted where it is odd.
func shown(key string) string {
	for i := range len(key) {
		if !bare(key[i]) {
			return strconv.Quote(key)
		}
	}
	return key
}
