package plots

import (
	"bytes"
	"fmt"
	"strings"
)

// A pgf is a picture for \input in a LaTeX document that loads the package pgf.
// Its labels are set by LaTeX, in the document's own font. More than some
// thousand points need lualatex, the memory of which grows.
type pgf struct{ b bytes.Buffer }

func newPGF(width, height float64) canvas {
	c := new(pgf)
	fmt.Fprintf(&c.b, `%% \usepackage{pgf} in the preamble, and \input{this file} in a figure
\begin{pgfpicture}
\pgfpathrectangle{\pgfpointorigin}{\pgfqpoint{%sbp}{%sbp}}
\pgfusepath{use as bounding box}
`, num(width), num(height))
	return c
}

func pgfPoint(a point) string { return fmt.Sprintf(`\pgfqpoint{%sbp}{%sbp}`, num(a.X), num(a.Y)) }

func (c *pgf) path(p path) {
	names := map[byte]string{'m': "moveto", 'l': "lineto", 'c': "curveto", 'h': "close"}
	for i := range p {
		c.b.WriteString(`\pgfpath` + names[p[i].op])
		for _, a := range p[i].points() {
			c.b.WriteString("{" + pgfPoint(a) + "}")
		}
		c.b.WriteByte('\n')
	}
}

// colour defines the colour of what follows; pgf knows them by name only.
func (c *pgf) colour(with rgb) {
	fmt.Fprintf(&c.b, "\\definecolor{hc}{RGB}{%d,%d,%d}\\color{hc}\n", with.r, with.g, with.b)
}

func (c *pgf) fill(p path, with rgb) {
	c.colour(with)
	c.path(p)
	c.b.WriteString("\\pgfusepath{fill}\n")
}

func (c *pgf) stroke(p path, with pen) {
	c.colour(with.colour)
	dash := ""
	for _, d := range with.dash {
		dash += "{" + num(d) + "bp}"
	}
	fmt.Fprintf(&c.b, "\\pgfsetlinewidth{%sbp}\\pgfsetdash{%s}{0bp}\n", num(with.width), dash)
	c.path(p)
	c.b.WriteString("\\pgfusepath{stroke}\n")
}

func (c *pgf) mark(m marker, at point) {
	p := m.outline.moved(at)
	c.fill(p, m.inside)
	if m.edge.width > 0 {
		c.stroke(p, m.edge)
	}
}

func (c *pgf) text(t typeset, a anchor, with rgb) {
	c.colour(with)
	align := map[float64]string{0: "left,", 0.5: "", 1: "right,"}[a.align]
	turned := ""
	if a.turned {
		turned = ",rotate=90"
	}
	// First at, then rotate: the other way round the place would be turned too.
	fmt.Fprintf(&c.b, "\\pgftext[%sbase,at={%s}%s]{\\fontsize{%s}{%s}\\selectfont %s}\n",
		align, pgfPoint(a.at), turned, num(t.size), num(1.2*t.size), t.latex)
}

func (c *pgf) bytes() ([]byte, error) {
	c.b.WriteString("\\end{pgfpicture}\n")
	return c.b.Bytes(), nil
}

// latex is a label as LaTeX takes it: what is special to LaTeX outside of
// mathematics is escaped there.
func latex(label string) string {
	parts := strings.Split(strings.ReplaceAll(label, `\$`, "\x00"), "$")
	for i := range parts {
		if i%2 == 0 {
			parts[i] = plainToLaTeX.Replace(parts[i])
		} else {
			parts[i] = mathToLaTeX.Replace(parts[i])
		}
	}
	return strings.ReplaceAll(strings.Join(parts, "$"), "\x00", `\$`)
}

var (
	plainToLaTeX = strings.NewReplacer("%", `\%`, "&", `\&`, "#", `\#`, "_", `\_`, "{", `\{`, "}", `\}`,
		"~", `\textasciitilde{}`, "−", "$-$")
	mathToLaTeX = strings.NewReplacer("−", "-", `\text{`, `\mathrm{`, `\degree`, `^\circ`,
		"±", `\pm `, "×", `\times `, "≤", `\le `, "≥", `\ge `, "·", `\cdot `)
)
