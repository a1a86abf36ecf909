package experiment

import (
	"slices"
	"testing"

	"hopcap/sweep/study"
)

// Captions say what a reader must know of a trial, and nothing that its experiment has
// no use for.
func TestCaptions(t *testing.T) {
	for _, c := range []struct {
		key      string
		settings map[string]any
		want     string
	}{
		{"order", map[string]any{"order": "parallel"}, "parallel updates"},
		{"order", map[string]any{"order": "random", "experiment": "enumerate"}, ""},
		{"temperature", map[string]any{"temperature": 0.25}, "$T = 0.25$"},
		{"temperature", map[string]any{"temperature": 0.0, "experiment": "annealing"}, ""},
		{"max_sweeps", map[string]any{"max_sweeps": int64(1)}, "one sweep"},
		{"max_sweeps", map[string]any{"max_sweeps": int64(1000)}, ""},
		{"cue", map[string]any{"cue": "noisy", "overlap": 1.0}, "starts from the stored patterns themselves"},
		{"cue", map[string]any{"cue": "noisy", "overlap": 0.8}, "noisy cues of overlap $m_0 = 0.8$"},
		{"cue", map[string]any{"cue": "partial", "overlap": 0.5}, "partial cues that know a fraction 0.5 of their pattern"},
		{"cue", map[string]any{"cue": "noisy", "overlap": study.Several}, "noisy cues"},
		{"cue", map[string]any{"cue": "noisy", "overlap": 1.0, "start": "random"}, ""},
		{"cue", map[string]any{"cue": "noisy", "overlap": 1.0, "start": study.Several}, ""},
		{"start", map[string]any{"start": "mixture"}, "starts from mixtures of patterns"},
		{"retrieved_at", map[string]any{"retrieved_at": 0.7}, "retrieved means a final overlap of at least 0.7"},
	} {
		i := slices.IndexFunc(Keys(), func(k study.Key) bool { return k.Name == c.key && k.Caption != nil })
		if i < 0 {
			t.Errorf("%s has no caption", c.key)
			continue
		}
		if got := Keys()[i].Caption(func(key string) any { return c.settings[key] }); got != c.want {
			t.Errorf("%s of %v: got %q, want %q", c.key, c.settings, got, c.want)
		}
	}
}
