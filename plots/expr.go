package plots

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
)

// An expr is a column, or arithmetic on columns, such as
// "(alpha - 0.138) * N^0.5" for a collapse.
type expr struct {
	names []string // of the columns in it
	eval  func(get func(name string) float64) float64
}

// isName reports whether an expression is a column's name and no more.
func (e expr) isName(source string) bool { return len(e.names) == 1 && e.names[0] == source }

var exprFunctions = map[string]func(float64) float64{
	"sqrt": math.Sqrt, "ln": math.Log, "log10": math.Log10, "exp": math.Exp, "abs": math.Abs,
}

// parseExpr reads sums, products, powers, brackets, numbers, columns and the
// functions above.
func parseExpr(source string) (expr, error) {
	p := exprParser{src: []rune(source)}
	e, err := p.sum()
	if err == nil && p.peek() != 0 {
		err = fmt.Errorf("%q is not understood", string(p.src[p.pos:]))
	}
	if err != nil {
		return expr{}, fmt.Errorf("expression %q: %w", source, err)
	}
	return expr{p.names, e}, nil
}

type evaluator = func(get func(name string) float64) float64

type exprParser struct {
	src   []rune
	pos   int
	names []string
}

// peek is the next character that is no blank, 0 at the end.
func (p *exprParser) peek() rune {
	for p.pos < len(p.src) && p.src[p.pos] == ' ' {
		p.pos++
	}
	if p.pos == len(p.src) {
		return 0
	}
	return p.src[p.pos]
}

// chain reads operands joined by operators of one rank, from the left.
func (p *exprParser) chain(operand func() (evaluator, error), operators string, apply func(op rune, a, b float64) float64) (evaluator, error) {
	left, err := operand()
	for err == nil && p.peek() != 0 && strings.ContainsRune(operators, p.peek()) {
		op := p.peek()
		p.pos++
		var right evaluator
		if right, err = operand(); err == nil {
			a := left
			left = func(get func(string) float64) float64 { return apply(op, a(get), right(get)) }
		}
	}
	return left, err
}

func (p *exprParser) sum() (evaluator, error) {
	return p.chain(p.product, "+-", func(op rune, a, b float64) float64 {
		if op == '+' {
			return a + b
		}
		return a - b
	})
}

func (p *exprParser) product() (evaluator, error) {
	return p.chain(p.power, "*/", func(op rune, a, b float64) float64 {
		if op == '*' {
			return a * b
		}
		return a / b
	})
}

// power binds to the right, and stronger than a sign before it: -2^2 is −4.
func (p *exprParser) power() (evaluator, error) {
	if p.peek() == '-' {
		p.pos++
		e, err := p.power()
		return func(get func(string) float64) float64 { return -e(get) }, err
	}
	base, err := p.atom()
	if err != nil || p.peek() != '^' {
		return base, err
	}
	p.pos++
	exponent, err := p.power()
	return func(get func(string) float64) float64 { return math.Pow(base(get), exponent(get)) }, err
}

func (p *exprParser) atom() (evaluator, error) {
	switch r := p.peek(); {
	case r == '(':
		return p.bracket()
	case unicode.IsDigit(r) || r == '.':
		return p.number()
	case unicode.IsLetter(r):
		return p.name()
	case r == 0:
		return nil, fmt.Errorf("it ends too early")
	default:
		return nil, fmt.Errorf("%q is not understood", r)
	}
}

func (p *exprParser) bracket() (evaluator, error) {
	p.pos++
	e, err := p.sum()
	if err == nil && p.peek() != ')' {
		err = fmt.Errorf(`a ")" is missing`)
	}
	p.pos++
	return e, err
}

func (p *exprParser) number() (evaluator, error) {
	digit := func(r rune) bool { return unicode.IsDigit(r) || r == '.' }
	text := p.while(digit)
	if exponent := exponentAt(p.src[p.pos:]); exponent > 0 {
		text += string(p.src[p.pos : p.pos+exponent])
		p.pos += exponent
		text += p.while(digit)
	}
	v, err := strconv.ParseFloat(text, 64)
	return func(func(string) float64) float64 { return v }, err
}

// exponentAt is the length of the beginning of a power of ten, "e", "e-" or "e+"
// before a digit; 0 where there is none.
func exponentAt(src []rune) int {
	if len(src) < 2 || src[0] != 'e' && src[0] != 'E' {
		return 0
	}
	sign := 0
	if src[1] == '-' || src[1] == '+' {
		sign = 1
	}
	if len(src) > 1+sign && unicode.IsDigit(src[1+sign]) {
		return 1 + sign
	}
	return 0
}

func (p *exprParser) name() (evaluator, error) {
	name := p.while(func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' })
	if f, ok := exprFunctions[name]; ok && p.peek() == '(' {
		e, err := p.bracket()
		return func(get func(string) float64) float64 { return f(e(get)) }, err
	}
	p.names = append(p.names, name)
	return func(get func(string) float64) float64 { return get(name) }, nil
}

func (p *exprParser) while(ok func(rune) bool) string {
	start := p.pos
	for p.pos < len(p.src) && ok(p.src[p.pos]) {
		p.pos++
	}
	return string(p.src[start:p.pos])
}
