package label

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Name is the name of a character that a macro has, the first of several.
func Name(r rune) string {
	for _, name := range slices.Sorted(maps.Keys(macros)) {
		if macros[name].char == r {
			return name
		}
	}
	return ""
}

// Plain is a label without mathematics: "$N^{-1/2}$" is "N^(−1/2)".
func Plain(label string) string {
	nodes, err := parseLabel(label)
	if err != nil {
		return label
	}
	return nodesText(nodes)
}

func nodesText(nodes []node) string {
	var b strings.Builder
	before := none
	for _, n := range nodes {
		if spaceBetween(before, n.class, false) > 3./18 {
			b.WriteByte(' ')
		}
		before = n.class
		switch {
		case n.radical:
			b.WriteString("√(" + nodesText(n.group) + ")")
		case n.below != nil:
			b.WriteString(scriptText("", n.group) + scriptText("/", n.below))
		case n.group != nil:
			b.WriteString(nodesText(n.group))
		case n.char != 0:
			b.WriteRune(n.char)
		case n.space > 0:
			b.WriteByte(' ')
		}
		b.WriteString(scriptText("_", n.sub) + scriptText("^", n.sup))
	}
	return b.String()
}

func scriptText(mark string, nodes []node) string {
	s := nodesText(nodes)
	if utf8.RuneCountInString(s) > 1 {
		s = "(" + s + ")"
	}
	if s == "" {
		return ""
	}
	return mark + s
}
