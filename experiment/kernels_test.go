package experiment

import (
	"maps"
	"reflect"
	"testing"

	"hopcap/model"
	"hopcap/sweep/study"
)

// Every kernel measures the same: around the edges of words, with few patterns and with
// many, where some kernels keep overlaps as bytes and others as bits.
func TestKernelsMeasureAlike(t *testing.T) {
	was := model.ActiveKernel()
	defer func() { _ = model.UseKernel(was) }()
	var want []study.Rows
	for _, name := range model.Kernels() {
		if err := model.UseKernel(name); err != nil {
			t.Fatal(err)
		}
		got := smallStudy(t)
		if want == nil {
			want = got
		}
		for i := range want {
			if !reflect.DeepEqual(got[i], want[i]) {
				t.Errorf("study %d differs between %s and %s", i, name, model.Kernels()[0])
			}
		}
	}
}

// smallStudy returns the rows of some trials.
func smallStudy(t *testing.T) (all []study.Rows) {
	t.Helper()
	run := func(e Experiment, s settings, cues int) {
		all = append(all, mustRun(t, mustCompile(t, e, s, cues), len(all), 0, cues))
	}
	for _, n := range []int{63, 64, 65, 127, 129, 200} {
		for v, k := range []int{1, 8, 20, 65, 700} {
			size := settings{"N": n, "K": k, "order": [...]string{"random", "typewriter"}[v%2], "diagonal": v%2 != 0}
			with := func(s settings) settings {
				maps.Copy(s, size)
				return s
			}
			run(Retrieval, point(with(settings{"overlap": "0.7", "trace": true})), min(k, 6))
			run(Basin, point(with(settings{"cue": [...]string{"noisy", "partial"}[n%2]})), min(k, 6))
			run(Spurious, landscape(with(settings{"mixture_max": 3})), 6)
		}
	}
	run(Spurious, landscape(settings{"N": 100, "K": 5, "temperature": "0.5", "rule": "heat_bath", "max_sweeps": 5}), 6) // and a quench
	return all
}
