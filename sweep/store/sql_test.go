package store

import "testing"

// A cue counts, other indices may be negative: sweep −1 of the table states is the
// pattern itself.
func TestNegativeIndex(t *testing.T) {
	if err := mustIndex("sweep", int64(-1), "states", 1); err != nil {
		t.Error(err)
	}
	for _, c := range []struct {
		name  string
		value any
	}{{"cue", int64(-1)}, {"sweep", 0.5}, {"sweep", nil}} {
		if mustIndex(c.name, c.value, "states", 1) == nil {
			t.Errorf("%s = %v is taken", c.name, c.value)
		}
	}
}
