package config

import (
	"encoding/json"
	"fmt"
	"testing"
)

// meaning of the toy config with some lines in its tables and in its block.
func meaning(t *testing.T, experiment, block string) Meaning {
	t.Helper()
	c := parseToy(t, "seed = 1\n[model]\nkind = \"fair\"\n[experiment]\nkind = \"toss\"\n"+experiment+
		"\n[sweep]\nN = 100\nK = 10\nsamples = 1\n"+block)
	// What is compared has been stored.
	blob, err := json.Marshal(c.Meaning())
	if err != nil {
		t.Fatal(err)
	}
	var m Meaning
	if err := json.Unmarshal(blob, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMeaningDiff(t *testing.T) {
	for _, c := range []struct {
		name                string
		before, beforeBlock string
		after, afterBlock   string
		want                string
	}{
		{"the same", "", "", "overlap = 1.00", "", "[]"},
		{"a fixed key", "overlap = 0.9", "", "overlap = 0.8", "", "[overlap: 0.9 → 0.8]"},
		{"a default left", "", "", "overlap = 0.8\ncue = \"partial\"", "", "[cue: noisy → partial overlap: 1 → 0.8]"},
		{"more points", "", "", "", "temperature = [0, 1]", "[]"},
		{"fixed, then an axis", "overlap = 0.9", "", "", "overlap = [0.8]", "[]"},
		{"an axis, then fixed", "", "overlap = [0.8]", "overlap = 0.9", "", "[]"},
		{"a free key", "remark = \"a\"", "", "remark = \"b\"", "", "[]"},
	} {
		got := fmt.Sprint(meaning(t, c.before, c.beforeBlock).Diff(meaning(t, c.after, c.afterBlock)))
		if got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// What an older program stored knows nothing of newer keys, and had their defaults.
func TestMeaningOfOlderPrograms(t *testing.T) {
	old := Meaning{Fixed: []FixedKey{{Name: "seed", Value: "1"}, {Name: "model", Value: "fair"}}}
	if got := old.Diff(meaning(t, "", "")); got != nil {
		t.Errorf("got %v", got)
	}
	if got := fmt.Sprint(old.Diff(meaning(t, "spin = 2", ""))); got != "[spin: 1 → 2]" {
		t.Errorf("got %s", got)
	}
}

// A key that applies to some kinds only was not there for the others, and comes in
// with them.
func TestMeaningOfKeysOfKinds(t *testing.T) {
	const tables = "seed = 1\n[experiment]\nkind = \"toss\"\n[model]\n"
	const block = "[sweep]\nN = 100\nK = 10\nsamples = 1\n"
	fair := parseToy(t, tables+"kind = \"fair\"\n"+block).Meaning()
	both := parseToy(t, tables+"bias = 0.1\nrough = true\n"+block+"model = [\"fair\", \"biased\"]\n").Meaning()
	if got := fair.Diff(both); got != nil {
		t.Errorf("got %v", got)
	}
	biased := parseToy(t, tables+"kind = \"biased\"\nbias = 0.1\n"+block).Meaning()
	if got := fmt.Sprint(fair.Diff(biased)); got != "[model: fair → biased]" {
		t.Errorf("got %s", got)
	}
	other := parseToy(t, tables+"kind = \"biased\"\nbias = 0.2\n"+block).Meaning()
	if got := fmt.Sprint(biased.Diff(other)); got != "[bias: 0.1 → 0.2]" {
		t.Errorf("got %s", got)
	}
}
