package sweep

import (
	"context"
	"encoding/json"
	"errors"
	"hopcap/sweep/config"
	"hopcap/sweep/store"
	"hopcap/sweep/sweeptest"
	"testing"
)

func TestStatus(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, sweeptest.Study(t, "N = [2, 3]\nsamples = 5\ncues = 2"), Options{Dir: dir, Shard: store.Shard{Index: 0, Count: 2}})
	s, err := StatusOf(mustOpen(t, dir).Results)
	if err != nil {
		t.Fatal(err)
	}
	if s.Complete || s.Done != 5 || s.Wanted != 10 || len(s.Points) != 2 || s.Sessions != 1 {
		t.Errorf("one shard of two: %+v", s)
	}
	if p := s.Points[1]; p.Done < 2 || p.Done > 3 || p.Wanted != 5 || p.Point.String() != "N=3" {
		t.Errorf("second point: %+v", p)
	}
	mustRun(t, sweeptest.Study(t, "N = [2, 3]\nsamples = 5\ncues = 2"), Options{Dir: dir, Shard: store.Shard{Index: 1, Count: 2}})
	if s, err := StatusOf(mustOpen(t, dir).Results); err != nil || !s.Complete || s.Done != 10 {
		t.Errorf("both: %+v, %v", s, err)
	}
}

// TestLatestConfigCounts: the shard that ran last says how large the study is.
func TestLatestConfigCounts(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, sweeptest.Study(t, "N = [2, 3]\nsamples = 5"), Options{Dir: dir, Shard: store.Shard{Index: 1, Count: 2}})
	mustRun(t, sweeptest.Study(t, "N = [2, 3]\nsamples = 8"), Options{Dir: dir, Shard: store.Shard{Index: 0, Count: 2}})
	if s, err := StatusOf(mustOpen(t, dir).Results); err != nil || s.Wanted != 16 {
		t.Errorf("%+v, %v", s, err)
	}
}

// TestStatusOfFewerCues: a unit that lacks cues is not done.
func TestStatusOfFewerCues(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, sweeptest.Study(t, "N = 2\nsamples = 5\ncues = 2"), Options{Dir: dir})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(ctx, sweeptest.Study(t, "N = 2\nsamples = 5\ncues = 3"), Options{Dir: dir}); !errors.Is(err, ErrStopped) {
		t.Fatal(err)
	}
	if s, err := StatusOf(mustOpen(t, dir).Results); err != nil || s.Done != 0 || s.Wanted != 5 {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestStatusJSON(t *testing.T) {
	c := config.Coordinates{{Name: "N", Value: int64(500)}, {Name: "K", Value: int64(60)}, {Name: "alpha", Value: 0.12}, {Name: "order", Value: "random"}}
	text, err := json.Marshal(PointStatus{Point: c, Done: 1, Wanted: 2})
	if want := `{"point":{"N":500,"K":60,"alpha":0.12,"order":"random"},"done":1,"wanted":2}`; string(text) != want {
		t.Errorf("%s, %v, want %s", text, err, want)
	}
}
