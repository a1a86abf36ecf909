package plots

import (
	"math"
	"strings"
	"testing"
)

// A figure of states shows a line for each trial that is chosen.
func TestStatesAsDeclared(t *testing.T) {
	f := build(t, Spec{Kind: "states", Where: map[string]any{"cue": int64(0)}}, lettered())
	if f.Picture == nil || len(f.Picture.Runs) != 2 {
		t.Fatalf("%+v", f)
	}
	r := f.Picture.Runs[1]
	if r.Heading != "(b) $K = 4$" || r.Pattern != 0 || len(r.Frames) != 4 || r.Frames[3].Overlap != 0.5 || !math.IsNaN(r.Frames[0].Energy) {
		t.Errorf("%+v", r)
	}
	b, err := f.Numbers()
	if err != nil || !strings.Contains(string(b), "b,state,(b) $K = 4$,sweep,2,overlap,0.5,,,") {
		t.Errorf("%v: %s", err, b)
	}
	if !strings.Contains(f.Caption, "a square for each neuron") {
		t.Error(f.Caption)
	}
	if _, err := Build(Spec{Kind: "states"}, []Source{many(lettered(), 20)}, studyColumns); err == nil || !strings.Contains(err.Error(), "states of 40 trials") {
		t.Errorf("got %v", err)
	}
	none := build(t, Spec{Kind: "states", Where: map[string]any{"cue": int64(9)}}, lettered())
	if _, err := none.Render("svg"); err != nil || !strings.Contains(none.Caption, "states = 1") {
		t.Errorf("%v, %s", err, none.Caption)
	}
	bad := lettered()
	bad.Tables["states"].Rows[0][8] = "xyz"
	if _, err := Build(Spec{Kind: "states"}, []Source{bad}, studyColumns); err == nil || !strings.Contains(err.Error(), `signs "xyz" do not describe 202 neurons`) {
		t.Errorf("got %v", err)
	}
}

func TestSignsOf(t *testing.T) {
	if s, ok := signsOf("9e", 7); !ok || string(signText(s)) != "+--++++" {
		t.Errorf("%v, %v", s, ok)
	}
	for _, bad := range []string{"", "9", "9ef", "9g"} {
		if _, ok := signsOf(bad, 7); ok {
			t.Errorf("%q passes for seven signs", bad)
		}
	}
}

func signText(signs []int8) (text []byte) {
	for _, s := range signs {
		text = append(text, "- +"[s+1])
	}
	return text
}

// many repeats the records of a source for as many samples.
func many(s Source, samples int) Source {
	t := s.Tables["states"]
	for sample := 1; sample < samples; sample++ {
		for _, row := range t.Rows[:8] {
			row = append([]any(nil), row...)
			row[3] = int64(sample)
			t.Rows = append(t.Rows, row)
		}
	}
	s.Tables["states"] = t
	return s
}
