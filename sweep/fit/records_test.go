package fit_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"hopcap/sweep/config"
	"hopcap/sweep/fit"
	"hopcap/sweep/scaling"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
)

func open(t *testing.T, name, config string) *store.Results {
	t.Helper()
	dir, err := measure(t.TempDir(), name, config)
	if err != nil {
		t.Fatal(err)
	}
	r, err := store.Open(dir, parse)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func studies(t *testing.T, results ...*store.Results) []*fit.Study {
	t.Helper()
	all, err := fit.Studies(results...)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func labels(studies []*fit.Study) (all []string) {
	for _, s := range studies {
		all = append(all, s.Label+"|"+s.Title)
	}
	return all
}

// Studies are told apart by what they do not share, and by that alone.
func TestStudiesAreNamed(t *testing.T) {
	one, two := open(t, "one", configText(1, 2, 1)), open(t, "two", configText(1, 2, 1, "random", "parallel"))
	for _, c := range []struct {
		results []*store.Results
		want    []string
	}{
		{[]*store.Results{one}, []string{"one|Synthetic thresholds"}},
		{[]*store.Results{two}, []string{"order=random|", "order=parallel|"}},
		{[]*store.Results{two, one}, []string{"two order=random|", "two order=parallel|", "one|Synthetic thresholds"}},
	} {
		if got := labels(studies(t, c.results...)); !slices.Equal(got, c.want) {
			t.Errorf("studies %q, want %q", got, c.want)
		}
	}
}

// Each row of records is a cue of its pattern set.
func TestStudiesKeepPatternSetsWhole(t *testing.T) {
	s := studies(t, open(t, "sets", configText(2, 60, 3)))[0]
	curves := s.CurvesAt(s.RetrievedAt)
	if len(curves) != 2 || curves[0].N != 500 || curves[1].N != 1000 {
		t.Fatalf("%d curves: %+v", len(curves), curves)
	}
	for _, c := range curves {
		if len(c.Levels) != 11 || c.Sets() != 660 {
			t.Errorf("N = %d: %d loads, %d sets", c.N, len(c.Levels), c.Sets())
		}
		for _, l := range c.Levels {
			for _, o := range l.Outcomes {
				if o.Cues != 3 || o.Hits != 0 && o.Hits != 3 {
					t.Errorf("a set with %d hits of %d cues", o.Hits, o.Cues)
				}
			}
		}
	}
	if want := 2 * 11 * 1 * 3; s.CutShort != want {
		t.Errorf("%d trials cut short, want %d", s.CutShort, want)
	}
}

// What has no final overlaps is refused.
func TestStudiesNeedOverlaps(t *testing.T) {
	for name, spoil := range map[string]func(e *study.Experiment){
		"no overlap":   func(e *study.Experiment) { e.Tables[0].Columns[0].Name = "magnetisation" },
		"no stop":      func(e *study.Experiment) { e.Tables[0].Columns[1].Name = "end" },
		"no criterion": func(e *study.Experiment) { e.Keys[3].Name = "found_at" },
		"no load":      func(e *study.Experiment) { e.Load = study.Load{} },
	} {
		r := open(t, "spoilt", configText(1, 2, 1))
		e := synthetic()
		spoil(&e)
		again, err := config.Parse("spoilt.toml", []byte(configText(1, 2, 1)), e)
		if err != nil {
			t.Fatal(err)
		}
		r.Config = again
		if _, err := fit.Studies(r); !errors.Is(err, fit.ErrNoOverlaps) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// The whole way finds the truth, and says how it went.
func TestFitFindsTheCriticalLoad(t *testing.T) {
	for _, s := range studies(t, open(t, "truth", configText(6, 100, 1, "random", "parallel"))) {
		r := s.Fit(scaling.Bootstrap{Replicates: 40, Seed: 1})
		if err := r.Quoted().Err; err != nil {
			t.Fatalf("%s: %v", s.Label, err)
		}
		if d := math.Abs(r.Critical.Value - critical); !(d < 3*r.Critical.Error()) || r.Critical.Error() > 0.01 {
			t.Errorf("%s: α_c = %v ± %v, want %v", s.Label, r.Critical.Value, r.Critical.Error(), critical)
		}
		// Four estimators, and three criteria besides that of the config.
		if len(r.Variants) != 7 || r.Quoted().RetrievedAt != 0.7 || r.Quoted().Estimator != "probit" {
			t.Errorf("%s: %d variants, first %+v", s.Label, len(r.Variants), r.Quoted().Estimator)
		}
		if len(r.Warnings) == 0 || !strings.Contains(r.Warnings[len(r.Warnings)-1], "132 trials were cut short") {
			t.Errorf("%s: warnings %q", s.Label, r.Warnings)
		}
		if n := len(r.Collapsed()); n < 4 || math.Abs(r.Collapse.Power-0.5) > 0.1 {
			t.Errorf("%s: collapse of %d sizes with y = %v", s.Label, n, r.Collapse.Power)
		}
		// The displacement that the law of the most sizes has is kept.
		if law, ok := r.Quoted().Critical.Broadest(); !ok || r.Collapse.Shift != law.Amplitude || r.Collapse.ShiftBy != law.Power {
			t.Errorf("%s: collapse displaced by %v N^-%v, want %v", s.Label, r.Collapse.Shift, r.Collapse.ShiftBy, law)
		}
	}
}

// One pattern set a load has a threshold without an error, which counts for nothing.
func TestFitWithoutErrors(t *testing.T) {
	s := studies(t, open(t, "most", configText(6, 100, 1)))[0]
	b := scaling.Bootstrap{Replicates: 20, Seed: 1}
	want := s.Fit(b)
	for i, m := range []float64{0.97, 0.97, 0.3, 0.97, 0.3, 0.3} {
		s.Add(10, 0.1+0.1*float64(i), m)
	}
	r := s.Fit(b)
	if got := r.Quoted().Thresholds[0]; got.N != 10 || !math.IsNaN(got.HalfError) || !math.IsNaN(got.WidthRange.Low) || got.Extrapolated() || r.Extrapolated(10) {
		t.Errorf("threshold of six pattern sets: %+v", got)
	}
	if r.Critical != want.Critical {
		t.Errorf("α_c = %+v, want %+v", r.Critical, want.Critical)
	}
	if !slices.ContainsFunc(r.Warnings, func(w string) bool { return strings.HasPrefix(w, "N = 10: too few pattern sets") }) {
		t.Errorf("warnings %q", r.Warnings)
	}
}

// A study that no law fits says so once, in its Err and as a warning of the file.
func TestScalingWithoutALaw(t *testing.T) {
	s := studies(t, open(t, "few", configText(3, 50, 1, "parallel")))[0]
	b := scaling.Bootstrap{Replicates: 20, Seed: 1}
	r := s.Fit(b)
	if !errors.Is(r.Quoted().Err, scaling.ErrNoFit) {
		t.Errorf("error %v", r.Quoted().Err)
	}
	var out bytes.Buffer
	if err := fit.WriteScaling(&out, b, []*fit.Result{r}); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "no law fits"); n != 1 {
		t.Errorf("%d times in\n%s", n, &out)
	}
	var read struct {
		Studies []struct {
			Settings map[string]string
			Critical any
		}
	}
	if err := json.Unmarshal(out.Bytes(), &read); err != nil || len(read.Studies) != 1 {
		t.Fatalf("%v: %s", err, &out)
	}
	if s := read.Studies[0]; s.Settings["order"] != "parallel" || s.Critical != nil {
		t.Errorf("%+v", s)
	}
}
