package study

import "testing"

func TestCell(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "@SUM(A1)": "'@SUM(A1)", "-1+cmd|' /C calc'!A0": "'-1+cmd|' /C calc'!A0", "+cmd": "'+cmd", "-": "'-", "\t=1": "'\t=1",
		"": "", "letters.npy": "letters.npy", "a=1": "a=1", "-0.5": "-0.5", "-1e-05": "-1e-05", "+0 -4 +7": "+0 -4 +7", "−1": "−1", "'=1": "'=1",
	} {
		if got := Cell(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
