package config

import (
	"fmt"
	"hopcap/sweep/study"
	"slices"
	"strconv"
	"strings"
)

// Find returns the point that a selector such as "N=1000,alpha=0.12" names. All keys of the
// selector must match. alpha=0.12 finds the point with the K of this load, even if the grid
// is written in K. If no point matches, the error says which points there are. If several
// match, all of them are returned with an error.
func (c *Config) Find(selector string) ([]*Point, error) {
	wanted, err := c.parseSelector(selector)
	if err != nil {
		return nil, err
	}
	var found []*Point
	for _, p := range c.Points {
		if c.matches(p, wanted) {
			found = append(found, p)
		}
	}
	switch {
	case len(found) == 0:
		return nil, fmt.Errorf("no point has %s: %s", selector, c.offer(c.Points))
	case len(found) > 1:
		return found, fmt.Errorf("%d points have %s: add one of %s", len(found), selector, c.offer(found))
	}
	return found, nil
}

// parseSelector returns the wanted values by slot.
func (c *Config) parseSelector(selector string) ([]*value, error) {
	wanted := make([]*value, len(c.schema.keys))
	for _, part := range strings.Split(selector, ",") {
		name, text, ok := strings.Cut(part, "=")
		name, text = strings.TrimSpace(name), strings.TrimSpace(text)
		if !ok || text == "" {
			return nil, fmt.Errorf("point %q: must be key=value, or several separated by commas", part)
		}
		slot, known := c.schema.slots[name]
		if !known {
			return nil, fmt.Errorf("point %s: unknown key %q; points have %s", selector, name, study.Enumerate(c.varying(c.Points), "and"))
		}
		v := fromText(c.schema.keys[slot].Type, text)
		if v == nil {
			return nil, fmt.Errorf("point %s: %s = %s: %s", selector, name, text, c.schema.keys[slot].Must())
		}
		wanted[slot] = v
	}
	return wanted, nil
}

// fromText reads a value as written without TOML's quotes, nil if it is none.
func fromText(kind study.Type, text string) *value {
	switch kind {
	case study.Int:
		if i, err := strconv.ParseInt(text, 10, 64); err == nil {
			return newInt(i)
		}
	case study.Decimal:
		if r, ok := parseDecimal(text); ok {
			return newDecimal(r)
		}
	case study.Bool:
		if b, err := strconv.ParseBool(text); err == nil {
			return newBool(b)
		}
	case study.Text:
		return newText(strings.Trim(text, `"`))
	}
	return nil
}

func (c *Config) matches(p *Point, wanted []*value) bool {
	for slot, want := range wanted {
		if want != nil && !c.has(p, slot, want) {
			return false
		}
	}
	return true
}

// has reports whether a point has a value, be it in other words: a key of the grid
// alone, such as alpha, is had if putting it in its place makes the same point.
func (c *Config) has(p *Point, slot int, want *value) bool {
	s := p.Settings.(*settings)
	if have := s.values[slot]; have != nil && have.text == want.text {
		return true
	}
	k := c.schema.keys[slot]
	if !k.gridOnly() {
		return false
	}
	for _, i := range p.Identity {
		if i.Name == k.name {
			return settingText(i.Value) == want.text
		}
	}
	other := &settings{c.schema, slices.Clone(s.values)}
	other.values[c.schema.or[slot]] = nil
	other.values[slot] = want
	if k, _ := c.schema.at(slot, other.values); k.Check != nil && !k.Check(other) {
		return false
	}
	task, faults := c.Experiment.Compile(other, p.Cues)
	return len(faults) == 0 && other.id(task, "") == p.ID
}

// varying are the names of the columns in which some points differ.
func (c *Config) varying(points []*Point) []string {
	var names []string
	for _, column := range points[0].Columns {
		if len(valuesOf(points, column.Name)) > 1 {
			names = append(names, column.Name)
		}
	}
	return names
}

// offer lists the values by which points differ: "N = 500, 1000; K = 50 … 100".
func (c *Config) offer(points []*Point) string {
	var parts []string
	for _, column := range points[0].Columns {
		if values := valuesOf(points, column.Name); len(values) > 1 {
			parts = append(parts, column.Name+" = "+fewOf(values))
		}
	}
	return strings.Join(parts, "; ")
}

// valuesOf are the distinct values of a column, in the order of the points; not
// every point has every column.
func valuesOf(points []*Point, column string) []string {
	var texts []string
	seen := map[string]bool{}
	for _, p := range points {
		for _, c := range p.Columns {
			if c.Name == column && c.Value != nil && !seen[settingText(c.Value)] {
				texts = append(texts, settingText(c.Value))
				seen[settingText(c.Value)] = true
			}
		}
	}
	return texts
}

func fewOf(texts []string) string {
	if n := len(texts); n > maxValuesShown {
		return strings.Join(texts[:3], ", ") + " … " + texts[n-1]
	}
	return strings.Join(texts, ", ")
}
