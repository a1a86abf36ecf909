package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"hopcap/model"
)

// bench runs one line and returns its exit code and what it wrote.
func bench(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var w, wErr bytes.Buffer
	code = hopcap(context.Background(), append([]string{"bench", "--time", "1ms"}, args...), &w, &wErr)
	return code, w.String(), wErr.String()
}

func TestBench(t *testing.T) {
	code, out, errs := bench(t, "--sizes", "100,300", "--json")
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, errs)
	}
	var rows []speedRow
	if err := json.Unmarshal([]byte(out), &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2*len(model.Kernels()) {
		t.Errorf("%d rows for %v", len(rows), model.Kernels())
	}
	for _, r := range rows {
		if r.UpdateNs <= 0 || r.ComputeNs <= 0 || r.StreamNs <= 0 || r.Share <= 0 || r.SynapsesPerSec <= 0 {
			t.Errorf("%+v", r)
		}
	}
	if _, out, _ := bench(t, "--sizes", "100", "--kernels", "go"); strings.Count(out, "\n") != 2 {
		t.Errorf("a table of one line is\n%s", out)
	}
}

func TestBenchUsage(t *testing.T) {
	for _, args := range [][]string{{"--sizes", "1"}, {"--kernels", "abacus"}, {"--alpha", "0"}, {"--sizes", "x"}} {
		if code, out, errs := bench(t, args...); code != exitUsage || out != "" || errs == "" {
			t.Errorf("%v: exit %d, %q, %q", args, code, out, errs)
		}
	}
}
