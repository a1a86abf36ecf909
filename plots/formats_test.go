package plots

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/draw"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hopcap/plots/canvas"
	"hopcap/plots/figure"
)

// renderers are independent programs that turn a format into a picture of the
// given resolution.
var renderers = []struct {
	format, program string
	args            func(in, out string) []string
}{
	{"pdf", "pdftoppm", func(in, out string) []string {
		return []string{"-png", "-singlefile", "-r", "200", in, strings.TrimSuffix(out, ".png")}
	}},
	{"eps", "gs", func(in, out string) []string {
		return []string{"-dEPSCrop", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=png16m",
			"-dTextAlphaBits=4", "-dGraphicsAlphaBits=4", "-r200", "-sOutputFile=" + out, in}
	}},
	{"svg", "rsvg-convert", func(in, out string) []string { return []string{"-d", "200", "-p", "200", "-o", out, in} }},
	{"svg", "inkscape", func(in, out string) []string {
		return []string{"--export-type=png", "--export-dpi=200", "--export-filename=" + out, in}
	}},
}

// What every format must show alike: Greek and italics, clipped lines, dashes,
// white inside symbols, colours of a map, pale areas.
var comparedFigures = []string{"all_symbols", "map", "inset"}

func TestOtherProgramsSeeTheSame(t *testing.T) {
	pictures := map[string]image.Image{}
	for _, name := range comparedFigures {
		f, err := drawn[name]()
		if err != nil {
			t.Fatal(err)
		}
		pictures[name] = picture(t, f, 200)
	}
	for _, r := range renderers {
		t.Run(r.format+"_"+r.program, func(t *testing.T) {
			if _, err := exec.LookPath(r.program); err != nil {
				t.Skipf("%s is not installed: it has not looked at the %s", r.program, strings.ToUpper(r.format))
			}
			for _, name := range comparedFigures {
				f, err := drawn[name]()
				if err != nil {
					t.Fatal(err)
				}
				file, err := f.Render(r.format)
				if err != nil {
					t.Fatal(err)
				}
				seen := rendered(t, r.program, r.args, name+"."+r.format, file)
				if d := strayInk(pictures[name], seen); d > 0.005 {
					t.Errorf("%s: %.2f %% of the ink is elsewhere in the %s", name, 100*d, r.format)
				}
			}
		})
	}
}

func rendered(t *testing.T, program string, args func(in, out string) []string, name string, file []byte) image.Image {
	t.Helper()
	in := filepath.Join(t.TempDir(), name)
	out := in + ".png"
	if err := os.WriteFile(in, file, 0o644); err != nil {
		t.Fatal(err)
	}
	if b, err := exec.Command(program, args(in, out)...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", program, err, b)
	}
	b, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// strayInk is the share of the pixels of a and b together that the other does
// not have, in about the same colour, within two pixels: programs may smooth
// edges differently, not move them.
func strayInk(a, b image.Image) float64 {
	p, q := toRGBA(a), toRGBA(b)
	stray := float64(strayPixels(p, q) + strayPixels(q, p))
	return stray / float64(inkPixels(p)+inkPixels(q))
}

func toRGBA(m image.Image) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, m.Bounds().Dx(), m.Bounds().Dy()))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(out, out.Bounds(), m, m.Bounds().Min, draw.Over)
	return out
}

func inkPixels(m *image.RGBA) (n int) {
	for i := 0; i < len(m.Pix); i += 4 {
		if int(m.Pix[i])+int(m.Pix[i+1])+int(m.Pix[i+2]) < 3*200 {
			n++
		}
	}
	return n
}

// strayPixels counts the pixels of p whose colour lies outside the range of
// colours around the same place in q.
func strayPixels(p, q *image.RGBA) (n int) {
	const tolerance = 60
	for y := range p.Bounds().Dy() {
		for x := range p.Bounds().Dx() {
			i := p.PixOffset(x, y)
			if (image.Point{x, y}).In(q.Rect) && near(p.Pix[i:i+3], q.Pix[q.PixOffset(x, y):], tolerance) {
				continue
			}
			lo, hi := around(q, x, y)
			for k := range 3 {
				if v := int(p.Pix[i+k]); v < lo[k]-tolerance || v > hi[k]+tolerance {
					n++
					break
				}
			}
		}
	}
	return n
}

func near(a, b []uint8, tolerance int) bool {
	for k := range a {
		if d := int(a[k]) - int(b[k]); d > tolerance || -d > tolerance {
			return false
		}
	}
	return true
}

// around is the range of colours within two pixels of a place, white outside.
func around(m *image.RGBA, x, y int) (lo, hi [3]int) {
	lo = [3]int{255, 255, 255}
	for v := y - 2; v <= y+2; v++ {
		for u := x - 2; u <= x+2; u++ {
			c := [3]int{255, 255, 255}
			if (image.Point{u, v}).In(m.Rect) {
				i := m.PixOffset(u, v)
				c = [3]int{int(m.Pix[i]), int(m.Pix[i+1]), int(m.Pix[i+2])}
			}
			for k := range 3 {
				lo[k], hi[k] = min(lo[k], c[k]), max(hi[k], c[k])
			}
		}
	}
	return lo, hi
}

func TestEqualFiguresAreEqualFiles(t *testing.T) {
	for _, format := range canvas.Formats() {
		var files [2][]byte
		for i := range files {
			f, err := Build(Spec{X: "alpha", Y: []string{"retrieved", "spurious"}, Theory: []string{"ags"}}, []Source{collapse()}, studyColumns)
			if err != nil {
				t.Fatal(err)
			}
			if files[i], err = f.Render(format); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(files[0], files[1]) {
			t.Errorf("%s: two drawings of one figure differ", format)
		}
		if bytes.Contains(files[0], []byte("Date")) {
			t.Errorf("%s: there is a date in it", format)
		}
	}
}

func TestNoFormatHasUndefinedCoordinates(t *testing.T) {
	for name, make := range drawn {
		f, err := make()
		if err != nil {
			t.Fatal(err)
		}
		for _, format := range []string{"eps", "svg", "pgf"} {
			b, err := f.Render(format)
			if err != nil {
				t.Fatal(err)
			}
			for _, bad := range []string{"NaN", "Inf", "e+"} {
				if bytes.Contains(b, []byte(bad)) {
					t.Errorf("%s.%s has a coordinate %s", name, format, bad)
				}
			}
		}
	}
}

// A hundred thousand points are a file that programs open.
func TestManyPointsAreAFileOfModestSize(t *testing.T) {
	for format, most := range map[string]int{"svg": 1e6, "pdf": 2e5, "eps": 5e6} {
		b, err := figureOf(manyPoints()).Render(format)
		if err != nil {
			t.Fatal(err)
		}
		if len(b) > most {
			t.Errorf("%s: %d bytes", format, len(b))
		}
	}
}

// Symbols and letters are defined once: a figure of a column's size with its four
// series is small enough to be committed with each result.
func TestSVGDefinesShapesOnce(t *testing.T) {
	f, err := drawn["collapse"]()
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Render("svg")
	if err != nil {
		t.Fatal(err)
	}
	shapes := map[string]bool{}
	for _, line := range strings.Split(string(b), "\n") {
		if _, shape, ok := strings.Cut(line, ` d="`); ok && strings.HasPrefix(line, "<path id=") {
			attributes, _, _ := strings.Cut(line, ` d="`)
			_, attributes, _ = strings.Cut(attributes[len("<path id="):], `"`)
			_, attributes, _ = strings.Cut(attributes, `"`)
			if shapes[attributes+shape] {
				t.Errorf("twice: %s", line)
			}
			shapes[attributes+shape] = true
		}
	}
	if len(shapes) < 20 || len(b) > 60_000 {
		t.Errorf("%d shapes, %d bytes", len(shapes), len(b))
	}
}

func TestSVGIsXML(t *testing.T) {
	f, err := drawn["all_symbols"]()
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Render("svg")
	if err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// The PNG is 300 dots per inch and says so.
func TestPNGSaysItsResolution(t *testing.T) {
	f := figureOf(seriesPanel(figure.Exact(1, 1)))
	b, err := f.Render("png")
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if want := 1016; m.Width != want { // 8.6 cm · 300 / 2.54 cm
		t.Errorf("width %d pixels, want %d", m.Width, want)
	}
	if !bytes.Contains(b, append([]byte("pHYs"), 0, 0, 0x2e, 0x23, 0, 0, 0x2e, 0x23, 1)) { // 11811 a metre
		t.Error("no resolution in the file")
	}
}

func TestUnknownFormat(t *testing.T) {
	_, err := figureOf(seriesPanel()).Render("gif")
	if err == nil || !strings.Contains(err.Error(), `"svg"`) {
		t.Errorf("got %v, want an error that lists the formats", err)
	}
}
