package config

import (
	"strings"
	"testing"
)

func TestTextOf(t *testing.T) {
	for src, want := range map[string]string{
		"[experiment]\nkind = \"basin\"":                                 "basin",
		"\ufeff[experiment]\nkind = \"basin\"":                           "basin",
		"experiment.kind = 'basin'":                                      "basin",
		"experiment = { kind = \"ba\\u0073in\" }":                        "basin",
		"seed = 1\nseed = 1\n[experiment]\nkind = \"basin\"":             "basin",
		"[experiment]\nkind = \"basin\"\nkind = \"spurious\"":            "basin",
		"[experiment]\nkind = \"basin\"\n[model]\nkind = = \"hopfield\"": "basin",
		"[experiment]\nkind = [\"basin\"]":                               "",
		"[experiment]":                                                   "",
		"kind = \"basin\"":                                               "",
		"":                                                               "",
		"\x00[[[":                                                        "",
	} {
		if got := TextOf([]byte(src), "experiment.kind"); got != want {
			t.Errorf("%q: got %q, want %q", src, got, want)
		}
	}
}

// What is nested deep is refused before anything follows it down.
func TestDepth(t *testing.T) {
	for name, src := range map[string]string{
		"arrays": "seed = " + strings.Repeat("[", 2_000_000),
		"inline": "seed = " + strings.Repeat("{ a = ", 500_000),
		"mixed":  "seed = 1\ntitle = " + strings.Repeat("[{ a = ", 500_000),
		"dots":   strings.Repeat("a.", 1_000_000) + "a = 1",
		"header": "[" + strings.Repeat("a.", 1_000_000) + "a]",
	} {
		if _, faults := readTOML(src); len(faults) != 1 || !strings.Contains(faults[0].Allowed, "deep") {
			t.Errorf("%s: %v", name, faults)
		}
	}
	good := "a = " + strings.Repeat("[", maxDepth-1) + "1" + strings.Repeat("]", maxDepth-1)
	if _, faults := readTOML(good); faults != nil {
		t.Error(faults)
	}
}
