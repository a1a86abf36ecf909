// Package label sets the labels of figures: upright text with LaTeX mathematics
// between dollars, as in "load $\alpha = K/N$": italic letters, Greek, sub- and
// superscripts, \frac, \sqrt, \langle \rangle, \pm, \times, \le, \infty, \sum, \ln, \tanh,
// \mathrm{…}, \, and the like. What the font lacks is an error, not a box.
//
// A label becomes outlines of glyphs for a canvas, LaTeX for a document that sets it
// itself, or plain characters for a terminal.
package label

import (
	"errors"
	"fmt"
	"unicode"
)

// A class says how much room a symbol needs beside its neighbours.
type class int

const (
	none class = iota // nothing before: the beginning
	ordinary
	operator // a named function: ln, tanh
	binaryOp
	relation
	opening
	closing
	punctuation
)

// A node is one symbol, blank or group of a label, with its scripts.
type node struct {
	class    class
	char     rune
	italic   bool
	space    float64 // a blank of so many ems, where char is 0
	group    []node
	radical  bool   // the group stands under a root
	below    []node // what the group stands above, with a bar between: a fraction
	sub, sup []node
}

// spaceBetween is TeX's table in short: relations have 5/18 em around them,
// binaryOp operators 4/18, and in scripts nothing has any.
func spaceBetween(before, here class, script bool) float64 {
	const thin, medium, thick = 3. / 18, 4. / 18, 5. / 18
	switch {
	case script || before == none || here == none:
		return 0
	case before == relation || here == relation:
		return thick
	case before == binaryOp || here == binaryOp:
		return medium
	case before == punctuation:
		return thin
	case before == operator && (here == ordinary || here == operator) || before == ordinary && here == operator:
		return thin
	}
	return 0
}

// A macro is what a backslash and letters stand for.
type macro struct {
	char  rune
	class class
}

var macros = map[string]macro{
	"alpha": {'α', ordinary}, "beta": {'β', ordinary}, "gamma": {'γ', ordinary}, "delta": {'δ', ordinary},
	"epsilon": {'ϵ', ordinary}, "varepsilon": {'ε', ordinary}, "zeta": {'ζ', ordinary}, "eta": {'η', ordinary},
	"theta": {'θ', ordinary}, "vartheta": {'ϑ', ordinary}, "iota": {'ι', ordinary}, "kappa": {'κ', ordinary},
	"lambda": {'λ', ordinary}, "mu": {'μ', ordinary}, "nu": {'ν', ordinary}, "xi": {'ξ', ordinary},
	"pi": {'π', ordinary}, "rho": {'ρ', ordinary}, "sigma": {'σ', ordinary}, "varsigma": {'ς', ordinary},
	"tau": {'τ', ordinary}, "upsilon": {'υ', ordinary}, "phi": {'ϕ', ordinary}, "varphi": {'φ', ordinary},
	"chi": {'χ', ordinary}, "psi": {'ψ', ordinary}, "omega": {'ω', ordinary},
	"Gamma": {'Γ', ordinary}, "Delta": {'Δ', ordinary}, "Theta": {'Θ', ordinary}, "Lambda": {'Λ', ordinary},
	"Xi": {'Ξ', ordinary}, "Pi": {'Π', ordinary}, "Sigma": {'Σ', ordinary}, "Upsilon": {'Υ', ordinary},
	"Phi": {'Φ', ordinary}, "Psi": {'Ψ', ordinary}, "Omega": {'Ω', ordinary},
	"ell": {'ℓ', ordinary}, "hbar": {'ħ', ordinary}, "partial": {'∂', ordinary}, "infty": {'∞', ordinary},
	"sum": {'∑', operator}, "prod": {'∏', operator}, "int": {'∫', operator},
	"pm": {'±', binaryOp}, "times": {'×', binaryOp}, "cdot": {'·', binaryOp}, "div": {'÷', binaryOp},
	"le": {'≤', relation}, "leq": {'≤', relation}, "ge": {'≥', relation}, "geq": {'≥', relation},
	"ne": {'≠', relation}, "neq": {'≠', relation}, "approx": {'≈', relation}, "sim": {'~', relation},
	"to": {'→', relation}, "rightarrow": {'→', relation}, "leftarrow": {'←', relation},
	"langle": {'⟨', opening}, "rangle": {'⟩', closing},
	"dots": {'…', ordinary}, "ldots": {'…', ordinary}, "prime": {'′', ordinary}, "degree": {'°', ordinary},
	"dagger": {'†', ordinary}, "bullet": {'•', binaryOp},
}

// functions are the names that mathematics sets upright.
var functions = map[string]bool{
	"ln": true, "log": true, "exp": true, "tanh": true, "cosh": true, "sinh": true, "sin": true,
	"cos": true, "tan": true, "erf": true, "erfc": true, "max": true, "min": true, "sgn": true, "Pr": true,
}

var spaces = map[rune]float64{',': 3. / 18, ':': 4. / 18, ';': 5. / 18, ' ': 0.25, '!': -3. / 18}

// A parser reads a label.
type parser struct {
	src []rune
	pos int
}

func (p *parser) more() bool { return p.pos < len(p.src) }

func (p *parser) next() rune {
	p.pos++
	return p.src[p.pos-1]
}

func parseLabel(label string) ([]node, error) {
	p := parser{src: []rune(label)}
	var nodes []node
	for p.more() {
		switch r := p.next(); {
		case r == '$':
			list, err := p.list('$')
			if err != nil {
				return nil, err
			}
			nodes = append(nodes, node{class: ordinary, group: list})
		case r == '\\' && p.more() && p.src[p.pos] == '$':
			nodes = append(nodes, node{char: p.next()})
		case r == '\\' || r == '_' || r == '^':
			return nil, fmt.Errorf("%q outside $…$", r)
		default:
			nodes = append(nodes, node{char: r})
		}
	}
	return nodes, nil
}

// list reads mathematics up to the character that ends it.
func (p *parser) list(end rune) ([]node, error) {
	nodes := []node{}
	for p.more() {
		r := p.next()
		if r == end {
			return signs(nodes), nil
		}
		switch r {
		case '$', '}':
			return nil, fmt.Errorf("%q before %q", r, end)
		case ' ':
			continue
		case '_', '^':
			if len(nodes) == 0 {
				nodes = append(nodes, node{})
			}
			if err := p.script(&nodes[len(nodes)-1], r); err != nil {
				return nil, err
			}
			continue
		}
		n, err := p.atom(r)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
	}
	return nil, fmt.Errorf("no %q that ends it", end)
}

// signs makes a binaryOp operator that has nothing on its left a sign.
func signs(nodes []node) []node {
	before := none
	for i := range nodes {
		n := &nodes[i]
		alone := before == none || before == binaryOp || before == relation || before == opening || before == punctuation
		if n.class == binaryOp && alone {
			n.class = ordinary
		}
		before = n.class
	}
	return nodes
}

func (p *parser) script(n *node, kind rune) error {
	to := &n.sup
	if kind == '_' {
		to = &n.sub
	}
	if *to != nil {
		return errors.New("two scripts in one place: group them with braces")
	}
	if !p.more() {
		return fmt.Errorf("nothing after %q", kind)
	}
	a, err := p.atom(p.next())
	*to = []node{a}
	return err
}

// atom reads one symbol, group or macro, which begins with the character r.
func (p *parser) atom(r rune) (node, error) {
	switch r {
	case '{':
		list, err := p.list('}')
		return node{class: ordinary, group: list}, err
	case '\\':
		return p.macro()
	case '_', '^', '$', '}':
		return node{}, fmt.Errorf("%q in the wrong place", r)
	}
	return character(r), nil
}

// character is a character of mathematics: letters are italic, but capital Greek
// ones are upright, as in TeX.
func character(r rune) node {
	n := node{class: ordinary, char: r}
	switch r {
	case '\'':
		n.char = '′' // which the font has raised already
	case '-', '−':
		n.char, n.class = '−', binaryOp
	case '+', '±', '×', '·', '*':
		n.class = binaryOp
	case '=', '<', '>', '≤', '≥', '≈', '≠', '~', '→', ':':
		n.class = relation
	case '(', '[', '⟨':
		n.class = opening
	case ')', ']', '⟩':
		n.class = closing
	case ',', ';':
		n.class = punctuation
	default:
		capitalGreek := unicode.Is(unicode.Greek, r) && unicode.IsUpper(r)
		n.italic = unicode.IsLetter(r) && !capitalGreek && r != 'ℓ' && r != 'ħ'
	}
	return n
}

func (p *parser) macro() (node, error) {
	if !p.more() {
		return node{}, errors.New("a lone backslash at the end")
	}
	start := p.pos
	for p.more() && unicode.IsLetter(p.src[p.pos]) {
		p.pos++
	}
	name := string(p.src[start:p.pos])
	if name == "" {
		return p.escaped(p.next())
	}
	return p.named(name)
}

func (p *parser) escaped(r rune) (node, error) {
	if width, ok := spaces[r]; ok {
		return node{space: width}, nil
	}
	switch r {
	case '%', '_', '$', '{', '}', '&', '#', '|':
		return node{class: ordinary, char: r}, nil
	}
	return node{}, fmt.Errorf(`there is no \%c`, r)
}

func (p *parser) named(name string) (node, error) {
	m, ok := macros[name]
	switch {
	case ok:
		n := character(m.char)
		n.class = m.class
		return n, nil
	case functions[name]:
		return node{class: operator, group: upright(name)}, nil
	case name == "quad":
		return node{space: 1}, nil
	case name == "sqrt":
		list, err := p.argument(name)
		return node{class: ordinary, radical: true, group: list}, err
	case name == "frac":
		return p.fraction()
	case name == "mathrm" || name == "text":
		return p.words(name)
	}
	return node{}, fmt.Errorf(`there is no \%s`, name)
}

// fraction reads \frac{above}{below}.
func (p *parser) fraction() (node, error) {
	above, err := p.argument("frac")
	if err != nil {
		return node{}, err
	}
	below, err := p.argument("frac")
	return node{class: ordinary, group: above, below: below}, err
}

// argument reads the braces after a macro.
func (p *parser) argument(name string) ([]node, error) {
	if !p.more() || p.next() != '{' {
		return nil, fmt.Errorf(`\%s needs {…}`, name)
	}
	return p.list('}')
}

// words reads upright text in braces, blanks included.
func (p *parser) words(name string) (node, error) {
	if !p.more() || p.next() != '{' {
		return node{}, fmt.Errorf(`\%s needs {…}`, name)
	}
	start := p.pos
	for p.more() {
		if p.next() == '}' {
			return node{class: ordinary, group: upright(string(p.src[start : p.pos-1]))}, nil
		}
	}
	return node{}, fmt.Errorf(`no "}" that ends \%s`, name)
}

func upright(s string) []node {
	nodes := []node{}
	for _, r := range s {
		nodes = append(nodes, node{char: r})
	}
	return nodes
}

// IsMacro reports whether a symbol has that name: "alpha".
func IsMacro(name string) bool {
	_, ok := macros[name]
	return ok
}
