package canvas

// PGF is written here and not by vgtex of gonum/plot, which takes a text with a font
// of gonum's and not as LaTeX: its labels could have no mathematics that the document
// sets, and the place of a text would follow from the wrong font.

import (
	"bytes"
	"fmt"
)

// A pgf is a picture for \input in a LaTeX document that loads the package pgf.
// Its labels are set by LaTeX, in the document's own font. More than some
// thousand points need lualatex, because the memory of other engines is fixed.
type pgf struct{ b bytes.Buffer }

func newPGF(width, height float64) Canvas {
	c := new(pgf)
	fmt.Fprintf(&c.b, `%% \usepackage{pgf} in the preamble, and \input{this file} in a figure
\begin{pgfpicture}
\pgfpathrectangle{\pgfpointorigin}{\pgfqpoint{%sbp}{%sbp}}
\pgfusepath{use as bounding box}
`, num(width), num(height))
	return c
}

func pgfPoint(a Point) string { return fmt.Sprintf(`\pgfqpoint{%sbp}{%sbp}`, num(a.X), num(a.Y)) }

func (c *pgf) path(p Path) {
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
func (c *pgf) colour(with Colour) {
	fmt.Fprintf(&c.b, "\\definecolor{hc}{RGB}{%d,%d,%d}\\color{hc}\n", with.R, with.G, with.B)
}

func (c *pgf) Fill(p Path, with Colour) {
	c.colour(with)
	c.path(p)
	c.b.WriteString("\\pgfusepath{fill}\n")
}

func (c *pgf) Stroke(p Path, with Pen) {
	c.colour(with.Colour)
	dash := ""
	for _, d := range with.Dash {
		dash += "{" + num(d) + "bp}"
	}
	fmt.Fprintf(&c.b, "\\pgfsetlinewidth{%sbp}\\pgfsetdash{%s}{0bp}\n", num(with.Width), dash)
	c.path(p)
	c.b.WriteString("\\pgfusepath{stroke}\n")
}

func (c *pgf) Mark(m Marker, at Point) {
	p := m.Outline.moved(at)
	c.Fill(p, m.Inside)
	if m.Edge.Width > 0 {
		c.Stroke(p, m.Edge)
	}
}

func (c *pgf) Text(t Text, a Anchor, with Colour) {
	c.colour(with)
	align := map[float64]string{0: "left,", 0.5: "", 1: "right,"}[a.Align]
	turned := ""
	if a.Turned {
		turned = ",rotate=90"
	}
	// First at, then rotate: the other way round the place would be turned too.
	fmt.Fprintf(&c.b, "\\pgftext[%sbase,at={%s}%s]{\\fontsize{%s}{%s}\\selectfont %s}\n",
		align, pgfPoint(a.At), turned, num(t.Size), num(1.2*t.Size), t.LaTeX)
}

func (c *pgf) Bytes() ([]byte, error) {
	c.b.WriteString("\\end{pgfpicture}\n")
	return c.b.Bytes(), nil
}
