package experiment

import (
	"fmt"
	"slices"
	"testing"

	"hopcap/model"
	"hopcap/model/random"
)

// letters are settings with a file of 12 patterns of 30 neurons.
func letters(change settings) settings {
	f := &PatternFile{Patterns: model.NewPatterns(30, 12), SHA256: "5ea"}
	f.Draw(random.NewKey("letters"), nil)
	s := point(settings{"ensemble": "file", "path": "letters.npy", "sha256": "5ea", "file letters.npy": f, "N": 30, "K": 5})
	for k, v := range change {
		s[k] = v
	}
	return s
}

// A sample is a choice of the patterns of the file, none of them twice, every one
// as likely as the others, and another choice for another sample.
func TestChoiceFromAFile(t *testing.T) {
	s := letters(nil)
	file, _ := s.Patterns("letters.npy")
	base, faults := newSetup(s)
	if faults != nil {
		t.Fatal(faults)
	}
	const samples = 1200
	times := make([]int, 12)
	choices := map[string]bool{}
	for sample := range samples {
		p, _ := base.draw(sample, nil)
		var choice []int
		for mu := range p.K {
			s := make(model.State, 30)
			p.Pattern(mu, s)
			nu := -1
			for of := range 12 {
				if file.Overlap(of, s) == 30 {
					nu = of
				}
			}
			if nu < 0 || slices.Contains(choice, nu) {
				t.Fatalf("sample %d: pattern %d is that %d of the file, after %v", sample, mu, nu, choice)
			}
			choice = append(choice, nu)
			times[nu]++
		}
		choices[fmt.Sprint(choice)] = true
	}
	for of, n := range times { // 500 ± 17
		if n < 430 || n > 570 {
			t.Errorf("pattern %d was chosen %d times, expected 500", of, n)
		}
	}
	if len(choices) < samples*9/10 {
		t.Errorf("%d different choices of %d", len(choices), samples)
	}
}

func TestFaultsOfFiles(t *testing.T) {
	for _, c := range []struct {
		change settings
		key    string
	}{
		{settings{"path": ""}, "path"},
		{settings{"path": "other.npy"}, "path"},
		{settings{"sha256": "5eb"}, "sha256"},
		{settings{"N": 31}, "N"},
		{settings{"K": 13}, "K"},
		{settings{"ensemble": "unbiased", "sha256": ""}, "path"},
		{settings{"ensemble": "unbiased", "path": ""}, "sha256"},
	} {
		trial, faults := Retrieval.Compile(letters(c.change), 1)
		if trial != nil || len(faults) != 1 || faults[0].Key != c.key {
			t.Errorf("%v: %+v, want one fault of %s", c.change, faults, c.key)
		}
	}
}

// What is drawn for a sample depends on the content of the file, and a reader is
// told what an error bar means.
func TestFileEntersTheKey(t *testing.T) {
	plain, _ := newSetup(point(settings{"N": 30, "K": 5}))
	file, _ := newSetup(letters(nil))
	other := letters(settings{"sha256": "5eb"})
	f, _ := other.Patterns("letters.npy")
	other["file letters.npy"] = &PatternFile{f.Patterns, "5eb"}
	changed, _ := newSetup(other)
	if file.key == plain.key || file.key == changed.key {
		t.Error("the key of the patterns does not depend on the file")
	}
	if compiled(t, letters(nil), 1).Note == "" {
		t.Error("nothing is said of error bars over choices")
	}
}
