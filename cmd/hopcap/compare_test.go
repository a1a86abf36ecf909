package main

import (
	"strings"
	"testing"
)

// TestComparePairs: results of one seed are compared set by set, and those of another
// seed as independent ones.
func TestComparePairs(t *testing.T) {
	base, order, other := t.TempDir(), t.TempDir(), t.TempDir()
	must(t, "run", small, "--out", base)
	must(t, "run", small, "--out", order, "--set", "order=typewriter", "--set", "samples=7")
	must(t, "run", small, "--out", other, "--set", "seed=7")
	for dir, pairs := range map[string]string{base: "12", order: "7", other: "none"} {
		lines := strings.Split(strings.TrimSpace(must(t, "compare", base, dir)), "\n")
		if head := strings.Fields(lines[0]); head[len(head)-1] != "pairs" || len(lines) < 20 {
			t.Fatalf("%d lines, first %q", len(lines), lines[0])
		}
		for _, line := range lines[1:] {
			cells := strings.Fields(line)
			if got := cells[len(cells)-1]; got != pairs {
				t.Errorf("%s pairs, want %s: %s", got, pairs, line)
			}
			if dir == base && !strings.Contains(line, "  +0.00  1  ") {
				t.Errorf("a result differs from itself: %s", line)
			}
		}
	}
}
