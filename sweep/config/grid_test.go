package config

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"hopcap/sweep/study"
)

// axisTexts lists the values that an axis of the toy config has when it is written
// so.
func axisTexts(t *testing.T, key, written string) []string {
	t.Helper()
	src := strings.Replace(toyConfig, "N = [100, 200]\nalpha = { from = 0.1, to = 0.3, step = 0.1 }\n", "", 1)
	for _, rest := range []string{"N = 1000000\n", "K = 1000\n"} {
		if !strings.HasPrefix(rest, key) {
			src += rest
		}
	}
	if key == "alpha" {
		src = strings.Replace(src, "K = 1000\n", "", 1)
	}
	c := parseToy(t, src+key+" = "+written+"\n")
	var texts []string
	for _, p := range c.Points {
		texts = append(texts, p.Settings.(*settings).lookup(key).text)
	}
	return texts
}

func TestRanges(t *testing.T) {
	for _, c := range []struct {
		key, written, want string
	}{
		{"alpha", "{ from = 0.1, to = 0.3, step = 0.1 }", "0.1 0.2 0.3"},
		{"alpha", "{ from = 0.10, to = 0.18, step = 0.02 }", "0.1 0.12 0.14 0.16 0.18"},
		{"alpha", "{ from = 0.1, to = 0.35, step = 0.1 }", "0.1 0.2 0.3"},
		{"alpha", "{ from = 0.3, to = 0.1, step = -0.1 }", "0.3 0.2 0.1"},
		{"alpha", "{ from = 0.1, to = 0.29, step = 0.2 }", "0.1"},
		// To is included within 1e-9 of a step, and then is the value itself.
		{"alpha", "{ from = 0.1, to = 0.4, step = 0.1000000000333 }", "0.1 0.200000000033 0.300000000066 0.4"},
		{"alpha", "{ from = 0.1, to = 0.4, step = 0.1000000001 }", "0.1 0.2000000001 0.3000000002"},
		{"alpha", "{ from = 0.1, to = 0.4, step = 0.0999999999667 }", "0.1 0.199999999967 0.299999999933 0.4"},
		{"alpha", "{ from = 0.1, to = 0.2, count = 4 }", "0.1 0.133333333333 0.166666666667 0.2"},
		{"alpha", "{ from = 0.1, to = 0.2, count = 3, scale = \"linear\" }", "0.1 0.15 0.2"},
		{"alpha", "{ from = 0.001, to = 10, count = 5, scale = \"log\" }", "0.001 0.01 0.1 1 10"},
		{"alpha", "{ from = 1, to = 2, count = 3, scale = \"log\" }", "1 1.41421356237 2"},
		{"alpha", "{ from = 8, to = 1, count = 4, scale = \"log\" }", "8 4 2 1"},
		{"temperature", "{ from = 1e-4, to = 1e99, count = 2, scale = \"log\" }", "0.0001 1e99"},
		{"overlap", "[1, 0.50, -1.0]", "1 0.5 -1"},
		{"N", "{ from = 100, to = 450, step = 100 }", "100 200 300 400"},
		{"N", "{ from = 100, to = 200, count = 4 }", "100 133 167 200"},
		{"N", "{ from = 100, to = 10000, count = 5, scale = \"log\" }", "100 316 1000 3162 10000"},
		{"N", "{ from = 2, to = 5, count = 11 }", "2 3 4 5"},
		{"N", "0x10", "16"},
		{"order", "[\"parallel\", \"random\"]", "parallel random"},
		{"thick", "[true, false]", "true false"},
	} {
		if got := strings.Join(axisTexts(t, c.key, c.written), " "); got != c.want {
			t.Errorf("%s = %s: got %s, want %s", c.key, c.written, got, c.want)
		}
	}
}

// However a range is cut, its values are multiples of the step, to by twelve digits.
func TestStepsAreDecimals(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 50 {
		from, step, n := 1+rng.IntN(1000), 1+rng.IntN(50), 1+rng.IntN(40)
		var want []string
		for i := range n + 1 {
			want = append(want, decimal{int64(from + i*step), -4}.normal().String())
		}
		got := axisTexts(t, "alpha", fmt.Sprintf("{ from = %de-4, to = %de-4, step = %de-4 }", from, from+n*step, step))
		if !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}

// The ratio of a log range is right to so many digits that no machine rounds its
// powers otherwise.
func TestRoot(t *testing.T) {
	for _, n := range []int64{1, 2, 7, 1000, 999999} {
		x := new(big.Float).SetPrec(256).SetFloat64(1e10)
		miss := new(big.Float).Quo(power(root(x, n), n), x)
		if f, _ := miss.Sub(miss, big.NewFloat(1)).Float64(); f > 1e-60 || f < -1e-60 {
			t.Errorf("root %d misses by %g", n, f)
		}
	}
}

// normal drops trailing zeros.
func (d decimal) normal() decimal { return roundDecimal(d.rat()) }

// gridRows shows the columns of all points.
func gridRows(c *Config) []string {
	var list []string
	for _, p := range c.Points {
		var row []string
		for _, s := range p.Columns {
			row = append(row, fmt.Sprint(s.Name, "=", s.Value))
		}
		list = append(list, strings.Join(row, " "))
	}
	return list
}

const toyTables = "seed = 1\n[model]\nkind = \"fair\"\n[experiment]\nkind = \"toss\"\n"

// N is slowest, then the load, then the axes as they are written, the last fastest:
// the order of the columns.
func TestOrderInABlock(t *testing.T) {
	c := parseToy(t, toyTables+`[sweep]
order = ["parallel", "random"]
K = [20, 10]
overlap = [1, 0.5]
samples = 1
N = [100, 50]
`)
	want := []string{
		"N=100 K=20 alpha=0.2 order=parallel overlap=1",
		"N=100 K=20 alpha=0.2 order=parallel overlap=0.5",
		"N=100 K=20 alpha=0.2 order=random overlap=1",
		"N=100 K=20 alpha=0.2 order=random overlap=0.5",
		"N=100 K=10 alpha=0.1 order=parallel overlap=1",
	}
	if got := gridRows(c); len(got) != 16 || !slices.Equal(got[:5], want) || got[8] != "N=50 K=20 alpha=0.4 order=parallel overlap=1" {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if !slices.Equal(c.Axes, []string{"order", "overlap"}) {
		t.Errorf("axes %v", c.Axes)
	}
}

// Blocks come in order. A point in two blocks keeps its first place, with the larger
// samples and cues of the two.
func TestUnion(t *testing.T) {
	c := parseToy(t, toyTables+`
[[sweep]]
N = [100, 200]
alpha = 0.1
samples = 10
cues = 3
[[sweep]]
N = [50, 100]
K = 10
samples = 20
cues = 2
[[sweep]]
N = 100
K = 10
samples = 5
`)
	var got []string
	for _, p := range c.Points {
		got = append(got, fmt.Sprintf("%d %d %d %d", p.Identity[0].Value, p.Identity[1].Value, p.Samples, p.Cues))
	}
	if want := []string{"100 10 20 3", "200 20 10 3", "50 10 20 2"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// The task of a point in two blocks is the one for the larger number of cues.
func TestUnionKeepsTheLargerTask(t *testing.T) {
	e := toyExperiment()
	e.Compile = func(s study.Settings, cues int) (*study.Task, []study.Fault) {
		task, faults := compileToy(s, cues)
		if task != nil {
			task.Bytes = int64(cues)
		}
		return task, faults
	}
	for _, cues := range [][2]int{{1, 5}, {5, 1}} {
		src := toyTables + fmt.Sprintf("[[sweep]]\nN = 100\nK = 10\nsamples = 1\ncues = %d\n[[sweep]]\nN = 100\nK = 10\nsamples = 1\ncues = %d\n", cues[0], cues[1])
		c, err := Parse("x.toml", []byte(src), e)
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Points) != 1 || c.Points[0].Bytes != 5 || c.Points[0].Cues != 5 {
			t.Errorf("%v: got %d points, %d bytes, %d cues", cues, len(c.Points), c.Points[0].Bytes, c.Points[0].Cues)
		}
	}
}

// Two loads that round to one K are one point.
func TestEqualIdentityIsOnePoint(t *testing.T) {
	c := parseToy(t, toyTables+"[sweep]\nN = 100\nalpha = [0.1, 0.101, 0.11]\nsamples = 1\n")
	if got := gridRows(c); !slices.Equal(got, []string{"N=100 K=10 alpha=0.1", "N=100 K=11 alpha=0.11"}) {
		t.Errorf("got %q", got)
	}
}

// An ID has the whole meaning and nothing else: not the title, not free keys, not
// the way in which the grid is written, not a later key at its default.
func TestID(t *testing.T) {
	const want = "seed=1 N=100 K=10 model=fair thick=false order=random max_sweeps=1000 temperature=0 experiment=toss cue=noisy overlap=1"
	for _, src := range []string{
		toyTables + "remark = \"a b\"\n[sweep]\nN = 100\nalpha = 0.1\nsamples = 1\n",
		toyTables + "spin = 1\n[sweep]\nN = 100\nalpha = 0.1\nsamples = 1\n",
		"title = \"x\"\n" + toyTables + "[dynamics]\nmax_sweeps = 1000\n[[sweep]]\nsamples = 9\nK = [10]\ntemperature = 0\norder=[\"random\"]\nN = { from = 100, to = 150, step = 100 }\n",
	} {
		if c := parseToy(t, src); len(c.Points) != 1 || c.Points[0].ID != want {
			t.Errorf("got %d points, first\n%s\nwant\n%s", len(c.Points), c.Points[0].ID, want)
		}
	}
	c := parseToy(t, toyTables+"spin = 2\n[sweep]\nN = 100\nalpha = 0.1\nsamples = 1\n")
	if got := c.Points[0].ID; got != want+" spin=2" {
		t.Errorf("got %s", got)
	}
}

// Text in an ID cannot pass for another key.
func TestQuoted(t *testing.T) {
	for text, want := range map[string]string{
		"noisy": "noisy", "a.npy": "a.npy", "": `""`, "a b": `"a b"`, "a=b": `"a=b"`, `a"`: `"a\""`, "ä": `"ä"`, "a,b": `"a,b"`,
	} {
		if got := quoted(text); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// A key that does not apply beside some value of an axis is empty there, and the
// points that differ in nothing else are one.
func TestKeysOfKinds(t *testing.T) {
	c := parseToy(t, "seed = 1\n[experiment]\nkind = \"toss\"\n[sweep]\nN = 100\nK = 10\nsamples = 1\nmodel = [\"fair\", \"biased\"]\nbias = [0.1, 0.2]\n")
	want := []string{
		"N=100 K=10 alpha=0.1 model=fair bias=<nil>",
		"N=100 K=10 alpha=0.1 model=biased bias=0.1",
		"N=100 K=10 alpha=0.1 model=biased bias=0.2",
	}
	if got := gridRows(c); !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if p := c.Points[0]; p.Settings.Has("bias") || strings.Contains(p.ID, "bias") {
		t.Errorf("%s", p.ID)
	}
}

// An axis whose name a column of the records has goes by its table too.
func TestColumnNamesDoNotClash(t *testing.T) {
	c := parseToy(t, toyTables+"[sweep]\nN = 100\nK = 10\nsamples = 1\ncue = [\"noisy\", \"partial\"]\n")
	want := []string{"N=100 K=10 alpha=0.1 experiment_cue=noisy", "N=100 K=10 alpha=0.1 experiment_cue=partial"}
	if got := gridRows(c); !slices.Equal(got, want) || !slices.Equal(c.Axes, []string{"experiment_cue"}) {
		t.Errorf("got %q, axes %q", got, c.Axes)
	}
	if got := c.Meaning().Axes; !slices.Equal(got, []string{"cue"}) {
		t.Errorf("meaning of axes %q", got)
	}
}

// A key that only some blocks give has its default in the others, and is an axis.
func TestPlainValuesInABlock(t *testing.T) {
	c := parseToy(t, toyTables+"[[sweep]]\nN = 100\nK = 10\nsamples = 1\n[[sweep]]\nN = 100\nK = 10\nsamples = 1\noverlap = 0.5\n")
	want := []string{"N=100 K=10 alpha=0.1 overlap=1", "N=100 K=10 alpha=0.1 overlap=0.5"}
	if got := gridRows(c); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestFixed(t *testing.T) {
	c := parseToy(t, toyTables+"remark = \"x\"\n[sweep]\nN = 100\nK = 10\nsamples = 1\noverlap = 0.5\n")
	want := "[{seed 1} {model fair} {thick false} {order random} {max_sweeps 1000} {temperature 0} {experiment toss} {cue noisy} {spin 1}]"
	if got := fmt.Sprint(c.Fixed); got != want {
		t.Errorf("got %s", got)
	}
}

// A grid of 10^5 points should take about half a second.
func BenchmarkParse(b *testing.B) {
	src := []byte(toyTables + "[sweep]\nN = { from = 1000, to = 1099, step = 1 }\nK = { from = 1, to = 1000, step = 1 }\nsamples = 1\n")
	for b.Loop() {
		if _, err := Parse("toy.toml", src, toyExperiment()); err != nil {
			b.Fatal(err)
		}
	}
}

func TestFind(t *testing.T) {
	c := parseToy(t, toyTables+"[sweep]\nN = [100, 200]\nalpha = { from = 0.1, to = 0.3, step = 0.05 }\norder = [\"random\", \"parallel\"]\nsamples = 1\n")
	for selector, want := range map[string]string{
		"N=100,alpha=0.1,order=random":           "N=100 K=10 alpha=0.1 order=random",
		"N = 200 , alpha=1.5e-1, order=parallel": "N=200 K=30 alpha=0.15 order=parallel",
		// Any load that means this K.
		"N=100,alpha=0.104,order=random":             "N=100 K=10 alpha=0.1 order=random",
		"K=10,order=random":                          "N=100 K=10 alpha=0.1 order=random",
		"N=200,K=20,order=random,model=fair":         "N=200 K=20 alpha=0.1 order=random",
		"N=200,K=20,dynamics.order=random,overlap=1": "N=200 K=20 alpha=0.1 order=random",
	} {
		found, err := c.Find(selector)
		if err != nil {
			t.Errorf("%s: %v", selector, err)
			continue
		}
		if got := gridRows(&Config{Points: found}); len(got) != 1 || got[0] != want {
			t.Errorf("%s: got %q", selector, got)
		}
	}
}

func TestFindFails(t *testing.T) {
	c := parseToy(t, toyTables+"[sweep]\nN = [100, 200]\nalpha = { from = 0.1, to = 0.3, step = 0.02 }\norder = [\"random\", \"parallel\"]\nsamples = 1\n")
	for selector, want := range map[string]string{
		"N=300":                                 "no point has N=300: N = 100, 200; K = 10, 12, 14 … 60; alpha = 0.1, 0.12, 0.14 … 0.3; order = random, parallel",
		"N=100,alpha=0.11":                      "no point has N=100,alpha=0.11: N = 100, 200; K = 10, 12, 14 … 60; alpha = 0.1, 0.12, 0.14 … 0.3; order = random, parallel",
		"N=100,alpha=0.1,seed=2":                "no point has N=100,alpha=0.1,seed=2: N = 100, 200; K = 10, 12, 14 … 60; alpha = 0.1, 0.12, 0.14 … 0.3; order = random, parallel",
		"N=100,alpha=-0.1":                      "no point has N=100,alpha=-0.1: N = 100, 200; K = 10, 12, 14 … 60; alpha = 0.1, 0.12, 0.14 … 0.3; order = random, parallel",
		"N=100,alpha=0.1":                       "2 points have N=100,alpha=0.1: add one of order = random, parallel",
		"n=100":                                 `point n=100: unknown key "n"; points have N, K, alpha and order`,
		"N=1e2":                                 "point N=1e2: N = 1e2: must be an integer, 2 … 1000000",
		"N=100,alpha=a":                         "point N=100,alpha=a: alpha = a: must be a number, greater than 0",
		"N=100,order=serial":                    "no point has N=100,order=serial: N = 100, 200; K = 10, 12, 14 … 60; alpha = 0.1, 0.12, 0.14 … 0.3; order = random, parallel",
		"N=100,":                                `point "": must be key=value, or several separated by commas`,
		"N=100,alpha=0.1,remark=a,order=random": "no point has N=100,alpha=0.1,remark=a,order=random: N = 100, 200; K = 10, 12, 14 … 60; alpha = 0.1, 0.12, 0.14 … 0.3; order = random, parallel",
		"N":                                     `point "N": must be key=value, or several separated by commas`,
		"N=100,thick=yes,alpha=1":               "point N=100,thick=yes,alpha=1: thick = yes: must be true or false",
	} {
		if _, err := c.Find(selector); err == nil || err.Error() != want {
			t.Errorf("%s: got %v\nwant %s", selector, err, want)
		}
	}
}

// What a selector says of the load finds the points of a grid that was written by K.
func TestFindByLoad(t *testing.T) {
	c := parseToy(t, toyTables+"[sweep]\nN = [100, 200]\nK = [10, 20]\nsamples = 1\n")
	found, err := c.Find("alpha=0.1,K=20")
	if err != nil || found[0].Settings.Int("N") != 200 {
		t.Errorf("got %v", err)
	}
	if found, err = c.Find("N=200"); err == nil || len(found) != 2 {
		t.Errorf("got %d points, %v", len(found), err)
	}
}
