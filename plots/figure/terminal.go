package figure

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"hopcap/plots/label"
)

// terminalMarks are the symbols of series in a terminal, in the order of symbols.
var terminalMarks = []rune("●□▲◇▼○■△◆☆✦")

// Text draws the points and curves of a panel with characters, at most so many
// columns wide, for a look in a terminal. Points cover curves, and curves marks.
func Text(w io.Writer, p Panel, width int) error {
	_, err := io.WriteString(w, panelText(p, width))
	return err
}

// PlainText is Text for a terminal that has ASCII only.
func PlainText(w io.Writer, p Panel, width int) error {
	_, err := io.WriteString(w, plainASCII(panelText(p, width)))
	return err
}

// terminalASCII are what stands for the characters that draw a panel.
var terminalASCII = strings.NewReplacer("┌", "+", "┐", "+", "└", "+", "┘", "+", "─", "-", "┬", "+", "│", "|", "┤", "+",
	"┊", ":", "┄", "-", "·", ".", "●", "o", "□", "#", "▲", "^", "◇", "x", "▼", "v", "○", "@", "■", "%", "△", "A", "◆", "*", "☆", "&", "✦", "+",
	"−", "-", "×", "x", "→", "->", "∞", "inf", "√", "sqrt", "–", "-")

// plainASCII writes Greek letters by their names, and what has none as "?".
func plainASCII(text string) string {
	var b strings.Builder
	for _, r := range terminalASCII.Replace(text) {
		switch {
		case r < utf8.RuneSelf:
			b.WriteRune(r)
		case label.Name(r) != "":
			b.WriteString(label.Name(r))
		default:
			b.WriteByte('?')
		}
	}
	return b.String()
}

func panelText(p Panel, width int) string {
	xs, ys := p.values()
	if !anyNumber(xs) || !anyNumber(ys) {
		return "no data\n"
	}
	xAxis, yAxis := p.axes()
	g := newGrid(xAxis.fit(xs, 5), yAxis.fit(ys, 4), width)
	for _, m := range p.Marks {
		g.mark(m)
	}
	for _, l := range p.Lines {
		g.line(l)
	}
	for _, s := range p.Series {
		for _, q := range s.Points {
			g.put(q.X, q.Y, terminalMark(s.Style))
		}
	}
	return g.text(p, width)
}

func terminalMark(style int) rune { return terminalMarks[style%len(terminalMarks)] }

// A grid is a panel in characters, the first row on top.
type grid struct {
	x, y   scale
	left   int // the width of the labels of y
	cells  [][]rune
	labels []string // of the rows
}

func newGrid(x, y scale, width int) *grid {
	g := &grid{x: x, y: y}
	for _, t := range y.ticks {
		g.left = max(g.left, utf8.RuneCountInString(label.Plain(t.label)))
	}
	columns := max(10, width-g.left-3)
	rows := max(8, min(20, columns/4))
	g.labels = make([]string, rows)
	for range rows {
		g.cells = append(g.cells, []rune(strings.Repeat(" ", columns)))
	}
	for _, t := range y.ticks {
		if r, ok := cell(1-y.at(t.at), rows); ok && t.label != "" {
			g.labels[r] = label.Plain(t.label)
		}
	}
	return g
}

// cell is the one of n cells that a place between 0 and 1 lies in.
func cell(t float64, n int) (int, bool) {
	if math.IsNaN(t) || t < 0 || t > 1 {
		return 0, false
	}
	return min(n-1, int(t*float64(n))), true
}

func (g *grid) put(x, y float64, r rune) {
	i, okX := cell(g.x.at(x), len(g.cells[0]))
	j, okY := cell(1-g.y.at(y), len(g.cells))
	if okX && okY {
		g.cells[j][i] = r
	}
}

func (g *grid) mark(m Mark) {
	if m.Horizontal {
		if j, ok := cell(1-g.y.at(m.At), len(g.cells)); ok {
			for i := range g.cells[j] {
				g.cells[j][i] = '┄'
			}
		}
		return
	}
	if i, ok := cell(g.x.at(m.At), len(g.cells[0])); ok {
		for j := range g.cells {
			g.cells[j][i] = '┊'
		}
	}
}

func (g *grid) line(l Line) {
	for i := 1; i < len(l.X); i++ {
		for k := range 20 {
			t := float64(k) / 20
			g.put(l.X[i-1]+t*(l.X[i]-l.X[i-1]), l.Y[i-1]+t*(l.Y[i]-l.Y[i-1]), '·')
		}
	}
}

func (g *grid) text(p Panel, width int) string {
	var b strings.Builder
	pad := strings.Repeat(" ", g.left)
	fmt.Fprintf(&b, "%s  %s\n", pad, label.Plain(p.Y.Label))
	fmt.Fprintf(&b, "%s ┌%s┐\n", pad, strings.Repeat("─", len(g.cells[0])))
	for j, row := range g.cells {
		side := "│"
		if g.labels[j] != "" {
			side = "┤"
		}
		fmt.Fprintf(&b, "%*s %s%s│\n", g.left, g.labels[j], side, string(row))
	}
	below, numbers := g.foot()
	fmt.Fprintf(&b, "%s └%s┘\n%s  %s\n", pad, below, pad, numbers)
	for _, line := range wrapped(p.legendTexts(), max(20, width)-g.left-2) {
		fmt.Fprintf(&b, "%s  %s\n", pad, line)
	}
	return b.String()
}

// legendTexts are the label of x and the keys of what is drawn.
func (p *Panel) legendTexts() []string {
	texts := []string{label.Plain(p.X.Label)}
	add := func(mark rune, text string) {
		if text := fmt.Sprintf("%c %s", mark, label.Plain(text)); text != "" && !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	for _, s := range p.Series {
		add(terminalMark(s.Style), s.Label)
	}
	for _, l := range p.Lines {
		add('·', l.Label)
	}
	return texts
}

// wrapped puts texts side by side on lines of at most so many columns.
func wrapped(texts []string, width int) (lines []string) {
	const apart = "   "
	line := ""
	for _, text := range texts {
		switch {
		case line == "":
			line = text
		case utf8.RuneCountInString(line+apart+text) <= width:
			line += apart + text
		default:
			lines, line = append(lines, line), text
		}
	}
	return append(lines, line)
}

// foot is the lower edge with its ticks, and their labels.
func (g *grid) foot() (edge, labels string) {
	line, text := []rune(strings.Repeat("─", len(g.cells[0]))), []rune(strings.Repeat(" ", len(g.cells[0])+1))
	free := 0
	for _, t := range g.x.ticks {
		label := []rune(label.Plain(t.label))
		i, ok := cell(g.x.at(t.at), len(line))
		from := i - len(label)/2
		if !ok || len(label) == 0 || from < free || from+len(label) > len(text) {
			continue
		}
		line[i] = '┬'
		copy(text[from:], label)
		free = from + len(label) + 1
	}
	return string(line), strings.TrimRight(string(text), " ")
}
