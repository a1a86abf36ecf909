package plots

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"hopcap/plots/canvas"
	"hopcap/plots/figure"
)

// LaTeX sets labels in another font, so that these cannot be compared: each must
// have ink where it belongs. All the rest must be where it is in the PNG.
func TestLaTeXSetsTheSame(t *testing.T) {
	for _, latex := range []string{"pdflatex", "lualatex"} {
		t.Run(latex, func(t *testing.T) {
			for _, program := range []string{latex, "pdftoppm"} {
				if _, err := exec.LookPath(program); err != nil {
					t.Skipf("%s is not installed: it has not looked at the PGF", program)
				}
			}
			for _, name := range []string{"all_symbols", "inset"} {
				f, err := drawn[name]()
				if err != nil {
					t.Fatal(err)
				}
				p, err := f.Page()
				if err != nil {
					t.Fatal(err)
				}
				width, height := p.Size()
				pages := typesetPGF(t, latex, p)
				texts := &texts{Canvas: canvas.NewRaster(width, height, 72)}
				drawOn(t, p, texts)
				for _, set := range texts.set {
					if !hasInk(toRGBA(pages[0]), set, height) {
						t.Errorf("%s: no ink where %q belongs", name, set.LaTeX)
					}
				}
				silent := canvas.NewRaster(width, height, 200)
				drawOn(t, p, mute{silent})
				if d := strayInk(decoded(t, silent), pages[1]); d > 0.005 {
					t.Errorf("%s: %.2f %% of the ink is elsewhere in the PGF", name, 100*d)
				}
			}
		})
	}
}

// mute leaves out all text.
type mute struct{ canvas.Canvas }

func (mute) Text(canvas.Text, canvas.Anchor, canvas.Colour) {}

func drawOn(t *testing.T, p figure.Page, c canvas.Canvas) {
	t.Helper()
	if err := p.Draw(c); err != nil {
		t.Fatal(err)
	}
}

// texts remembers each text and its place.
type texts struct {
	canvas.Canvas
	set []placed
}

type placed struct {
	canvas.Text
	canvas.Anchor
}

func (c *texts) Text(t canvas.Text, a canvas.Anchor, _ canvas.Colour) {
	c.set = append(c.set, placed{t, a})
}

// decoded is what a canvas of pixels shows.
func decoded(t *testing.T, c canvas.Canvas) image.Image {
	t.Helper()
	file, err := c.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// typesetPGF has LaTeX make a page of the sheet, of two pixels a point, and one of it
// without text, of 200 an inch.
func typesetPGF(t *testing.T, latex string, p figure.Page) []image.Image {
	t.Helper()
	width, height := p.Size()
	dir := t.TempDir()
	for file, silent := range map[string]bool{"whole.pgf": false, "mute.pgf": true} {
		c, err := canvas.New("pgf", width, height)
		if err != nil {
			t.Fatal(err)
		}
		if silent {
			c = mute{c}
		}
		drawOn(t, p, c)
		b, err := c.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, file), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	document := fmt.Sprintf(`\documentclass{article}
\usepackage[paperwidth=%.3fbp,paperheight=%.3fbp,margin=0pt]{geometry}
\usepackage[T1]{fontenc}\usepackage{textcomp,pgf}
\parindent0pt\topskip0pt\pagestyle{empty}
\begin{document}\input{whole.pgf}\newpage\input{mute.pgf}\end{document}
`, width, height+0.5)
	if err := os.WriteFile(filepath.Join(dir, "page.tex"), []byte(document), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{latex, "-interaction=nonstopmode", "-halt-on-error", "page.tex"},
		{"pdftoppm", "-png", "-r", "144", "-f", "1", "-singlefile", "page.pdf", "page-1"},
		{"pdftoppm", "-png", "-r", "200", "-f", "2", "-singlefile", "page.pdf", "page-2"},
	} {
		run := exec.Command(args[0], args[1:]...)
		run.Dir = dir
		if b, err := run.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", args[0], err, b)
		}
	}
	var pages []image.Image
	for _, name := range []string{"page-1.png", "page-2.png"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		m, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, m)
	}
	return pages
}

// hasInk looks at the middle of where a label belongs, on a page of two pixels a
// point.
func hasInk(page *image.RGBA, p placed, height float64) bool {
	at := p.Place(p.Width)
	for _, share := range []float64{0.2, 0.4, 0.5, 0.6, 0.8} {
		q := at(canvas.Point{X: share * p.Width, Y: 0.25 * p.Size})
		x, y := int(2*q.X), int(2*(height-q.Y))
		if lo, _ := around(page, x-2, y-2); lo[0] < 150 {
			return true
		}
		if lo, _ := around(page, x+2, y+2); lo[0] < 150 {
			return true
		}
	}
	return false
}
