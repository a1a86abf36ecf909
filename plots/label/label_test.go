package label

import (
	"math"
	"strings"
	"testing"

	"hopcap/plots/canvas"
)

func mustSet(t *testing.T, label string) canvas.Text {
	t.Helper()
	set, err := Set(label, 10)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// Widths from the font's own table: N is 1479 of 2048 units upright and 1366
// italic, 1 is 1024 in both.
func TestWidthsAreTheFonts(t *testing.T) {
	for label, want := range map[string]float64{"N": 1479, "$N$": 1366, "1": 1024, "$1$": 1024, "$11$": 2048} {
		if got := mustSet(t, label).Width / 10 * 2048; math.Abs(got-want) > 0.5 {
			t.Errorf("%s is %.1f units wide, want %v", label, got, want)
		}
	}
}

func TestLettersAreItalicAndDigitsUpright(t *testing.T) {
	if samePath(mustSet(t, "m").Outline(), mustSet(t, "$m$").Outline()) {
		t.Error("m is the same in mathematics as in text")
	}
	for _, s := range []string{"1", "(", "Γ"} {
		if !samePath(mustSet(t, s).Outline(), mustSet(t, "$"+s+"$").Outline()) {
			t.Errorf("%s differs in mathematics", s)
		}
	}
	if !samePath(mustSet(t, `$\alpha$`).Outline(), mustSet(t, "$α$").Outline()) {
		t.Error(`\alpha is not α`)
	}
	if !samePath(mustSet(t, `$\mathrm{tanh}$`).Outline(), mustSet(t, `$\tanh$`).Outline()) {
		t.Error(`\tanh is not upright`)
	}
}

func samePath(a, b canvas.Path) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// A minus is as wide as a plus, unlike a hyphen.
func TestMinusIsNoHyphen(t *testing.T) {
	if minus, plus := mustSet(t, "$-1$").Width, mustSet(t, "$+1$").Width; minus != plus {
		t.Errorf("−1 is %v wide, +1 %v", minus, plus)
	}
	if hyphen := mustSet(t, "-1").Width; hyphen >= mustSet(t, "$-1$").Width {
		t.Error("the minus in mathematics is a hyphen")
	}
}

// Relations have 5/18 em around them, binary operators 4/18; a sign has none,
// and neither has anything in a script.
func TestSpaces(t *testing.T) {
	sum := func(parts ...string) (w float64) {
		for _, p := range parts {
			w += mustSet(t, p).Width
		}
		return w
	}
	for _, c := range []struct {
		label string
		parts []string
		space float64
	}{
		{"$a=b$", []string{"$a$", "$=$", "$b$"}, 2 * 5. / 18 * 10},
		{"$a-b$", []string{"$a$", "$-$", "$b$"}, 2 * 4. / 18 * 10},
		{"$-b$", []string{"$-$", "$b$"}, 0},
		{`$a\,b$`, []string{"$a$", "$b$"}, 3. / 18 * 10},
		{"$a = -b$", []string{"$a$", "$=$", "$-$", "$b$"}, 2 * 5. / 18 * 10},
	} {
		if got, want := mustSet(t, c.label).Width, sum(c.parts...)+c.space; math.Abs(got-want) > 1e-9 {
			t.Errorf("%s is %v wide, want %v", c.label, got, want)
		}
	}
}

func TestScripts(t *testing.T) {
	base := mustSet(t, "$N$")
	sup, sub, both := mustSet(t, "$N^{2}$"), mustSet(t, "$N_{2}$"), mustSet(t, "$N_2^2$")
	if sup.Ascent <= base.Ascent || sup.Descent != base.Descent {
		t.Error("a superscript is not above")
	}
	if sub.Descent <= base.Descent || sub.Ascent != base.Ascent {
		t.Error("a subscript is not below")
	}
	if both.Width != sup.Width || both.Ascent != sup.Ascent || both.Descent <= sub.Descent {
		t.Error("sub- and superscript do not stand above each other")
	}
	if two := mustSet(t, "$e^{x^2}$"); two.Ascent <= mustSet(t, "$e^x$").Ascent {
		t.Error("scripts of scripts are not higher")
	}
}

// A fraction is two lists in smaller size above each other, with a bar, as wide as the
// wider of them.
func TestFractions(t *testing.T) {
	half, long := mustSet(t, `$\frac{1}{2}$`), mustSet(t, `$\frac{1}{2+x}$`)
	plain := mustSet(t, "$1$")
	if half.Ascent <= plain.Ascent || half.Descent <= plain.Descent || len(half.Glyphs) != 3 {
		t.Errorf("%+v", half)
	}
	if long.Width <= half.Width || long.Glyphs[0].At.X <= half.Glyphs[0].At.X {
		t.Error("a numerator does not stand in the middle above its denominator")
	}
	if half.LaTeX != `$\frac{1}{2}$` || Plain(`$\frac{K}{N-1}x$`) != "K/(N − 1)x" {
		t.Errorf("%q, %q", half.LaTeX, Plain(`$\frac{K}{N-1}x$`))
	}
	for _, bad := range []string{`$\frac{1}$`, `$\frac12$`, `$\frac{1}{2$`} {
		if Check(bad) == nil {
			t.Errorf("%s passes", bad)
		}
	}
}

func TestFaultyLabels(t *testing.T) {
	for label, want := range map[string]string{
		"漢":               "the font has no '漢'",
		"$α":              `no '$' that ends it`,
		`$\alfa$`:         `there is no \alfa`,
		`\alpha`:          "outside $…$",
		"a_b":             "outside $…$",
		"$a^$":            `'$' in the wrong place`,
		"$a^1^2$":         "two scripts",
		"$a_{1$":          `'$' before '}'`,
		"$a}$":            `'}' before '$'`,
		`$\sqrt2$`:        `\sqrt needs {…}`,
		`$\mathrm{abc$`:   `no "}"`,
		`$a\`:             "lone backslash",
		`$\?$`:            `there is no \?`,
		`$x^`:             "nothing after '^'",
		"tab\tinside":     "the font has no '\\t'",
		"line\nbreak":     "the font has no '\\n'",
		"\xff bad coding": "the font has no",
	} {
		err := Check(label)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want an error with %q", label, err, want)
		}
	}
}

func TestEveryMacroHasAGlyph(t *testing.T) {
	for name := range macros {
		if err := Check(`$\` + name + `$`); err != nil {
			t.Error(err)
		}
	}
}

func FuzzLabel(f *testing.F) {
	for _, s := range []string{`load $\alpha = K/N$`, `$N^{-1/2}_{ij}$`, `$\sqrt{2\alpha r}$`, `\$`, "$${}$", `$\mathrm{a b}$`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, label string) {
		set, err := Set(label, 10)
		if err == nil && (math.IsNaN(set.Width) || set.Width < -10) {
			t.Errorf("%q is %v wide", label, set.Width)
		}
		_ = Plain(label) // must not panic
	})
}

// What is set for LaTeX says the same and escapes what LaTeX would take for its own.
func TestLabelsAsLaTeX(t *testing.T) {
	for label, want := range map[string]string{
		`load $\alpha = K/N$`: `load $\alpha = K/N$`,
		"50% & #1":            `50\% \& \#1`,
		`\$5, $x_1$`:          `\$5, $x_1$`,
		"$-1±2$":              `$-1\pm 2$`,
	} {
		if got := latex(label); got != want {
			t.Errorf("%s: got %s, want %s", label, got, want)
		}
	}
}
