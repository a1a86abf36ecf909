package npy

import (
	"fmt"
	"strconv"
	"strings"
)

// parseHeader reads the dictionary. Its keys may come in any order and with any space.
func parseHeader(text string) (Header, error) {
	p := &parser{rest: text}
	h := p.dictionary()
	if p.err != nil {
		return Header{}, fmt.Errorf("not a NumPy file: its header %s", p.err)
	}
	return h, nil
}

// A parser reads the little of Python that a header is. After an error it reads nothing.
type parser struct {
	rest string
	err  error
}

func (p *parser) fail(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf(format, args...)
	}
	p.rest = ""
}

// accept passes over space, and over a token if it comes next.
func (p *parser) accept(token string) bool {
	p.rest = strings.TrimLeft(p.rest, " \t\r\n\f\x00")
	rest, ok := strings.CutPrefix(p.rest, token)
	p.rest = rest
	return ok
}

func (p *parser) expect(token string) {
	if !p.accept(token) {
		p.fail("lacks %q at %q", token, brief(p.rest))
	}
}

// brief is the beginning of a text.
func brief(text string) string { return text[:min(len(text), 20)] }

func (p *parser) dictionary() (h Header) {
	seen := map[string]bool{}
	p.expect("{")
	for p.err == nil && !p.accept("}") {
		key := p.text()
		p.expect(":")
		if seen[key] {
			p.fail("has %s twice", key)
		}
		seen[key] = true
		switch key {
		case "descr":
			h.Type = p.descr()
		case "fortran_order":
			h.Fortran = p.bool()
		case "shape":
			h.Shape = p.shape()
		default:
			p.fail("has the unknown key %q", brief(key))
		}
		if !p.accept(",") && !strings.HasPrefix(p.rest, "}") {
			p.fail("lacks a comma at %q", brief(p.rest))
		}
	}
	for _, key := range []string{"descr", "fortran_order", "shape"} {
		if !seen[key] {
			p.fail("has no %s", key)
		}
	}
	if p.accept(""); p.rest != "" {
		p.fail("goes on with %q after its end", brief(p.rest))
	}
	return h
}

// text reads a string in single or double quotes.
func (p *parser) text() string {
	for _, quote := range []string{"'", `"`} {
		if p.accept(quote) {
			text, rest, ok := strings.Cut(p.rest, quote)
			if !ok {
				p.fail("has a text without an end")
			}
			p.rest = rest
			return text
		}
	}
	p.fail("lacks a text at %q", brief(p.rest))
	return ""
}

// descr reads the type of a value. The type of a record with several fields is a list.
func (p *parser) descr() string {
	if p.accept("[") {
		p.fail("says that a value is a record of several fields, must be one number")
	}
	return p.text()
}

func (p *parser) bool() bool {
	yes := p.accept("True")
	if !yes && !p.accept("False") {
		p.fail("has a fortran_order that is neither True nor False")
	}
	return yes
}

// shape reads a tuple of integers, which Python 2 may have written with an L.
func (p *parser) shape() []int {
	shape := []int{}
	p.expect("(")
	for p.err == nil && !p.accept(")") {
		end := strings.IndexFunc(p.rest, func(r rune) bool { return r < '0' || r > '9' })
		n, err := strconv.Atoi(p.rest[:max(end, 0)])
		if err != nil || len(shape) == maxDimensions {
			p.fail("has a shape that is no tuple of integers, at most %d", maxDimensions)
			return nil
		}
		p.rest = strings.TrimPrefix(p.rest[end:], "L")
		shape = append(shape, n)
		if !p.accept(",") && !strings.HasPrefix(p.rest, ")") {
			p.fail("lacks a comma at %q", brief(p.rest))
		}
	}
	return shape
}
