package experiment

import (
	"fmt"

	"hopcap/model"
	"hopcap/sweep/study"
)

// An ensemble is where the patterns of a sample come from.
type ensemble struct {
	name string // as it enters the key of the patterns
	draw func(p *model.Patterns, key model.Key, pool model.Pool)
	note string // what an error bar means, where that is not plain
}

var unbiased = ensemble{name: "unbiased", draw: (*model.Patterns).Draw}

// The keys of [patterns]. A file is known by its content, so that records of
// another are refused; where it lies is free.
var (
	ensembleKey = study.Key{Table: "patterns", Name: "ensemble", Type: study.Text, Default: `"unbiased"`, Allowed: []string{"unbiased", "file"},
		Doc: "unbiased: independent ±1 | file: random choices of the patterns in a file"}
	pathKey = study.Key{Table: "patterns", Name: "path", Type: study.Text, Default: `""`, Free: true,
		Doc: "NumPy file of patterns, K × N, ±1 or 0 and 1, looked for beside the config"}
	hashKey = study.Key{Table: "patterns", Name: "sha256", Type: study.Text, Default: `""`, Later: true,
		Doc: "SHA-256 of that file, in hexadecimal"}
)

// A PatternFile is the content of a file of patterns.
type PatternFile struct {
	*model.Patterns
	SHA256 string
}

// ensembleOf returns the ensemble of a point of k patterns of n neurons.
func ensembleOf(s study.Settings, n, k int) (ensemble, []study.Fault) {
	if s.Text("ensemble") == "file" {
		return fileEnsemble(s, n, k)
	}
	var faults []study.Fault
	for _, key := range []string{"path", "sha256"} {
		if s.Text(key) != "" {
			faults = append(faults, study.Fault{Key: key, Value: s.Text(key), Allowed: `must not be given unless ensemble = "file"`})
		}
	}
	return unbiased, faults
}

// fileEnsemble draws k of the patterns of a file, without repetition and in random
// order, for each sample.
func fileEnsemble(s study.Settings, n, k int) (ensemble, []study.Fault) {
	path := s.Text("path")
	if path == "" {
		return ensemble{}, []study.Fault{{Key: "path", Value: "", Allowed: `must be given with ensemble = "file"`}}
	}
	f, err := s.(Files).Patterns(path)
	switch {
	case err != nil:
		return ensemble{}, []study.Fault{{Key: "path", Value: path, Allowed: "must be a file of patterns: " + err.Error()}}
	case s.Text("sha256") != f.SHA256:
		return ensemble{}, []study.Fault{{Key: "sha256", Value: s.Text("sha256"), Allowed: fmt.Sprintf("must be the hash of %s, %s, so that a changed file is noticed", path, f.SHA256)}}
	case n != f.N:
		return ensemble{}, []study.Fault{{Key: "N", Value: fmt.Sprint(n), Allowed: fmt.Sprintf("must be %d, the neurons of %s", f.N, path)}}
	case k > f.K:
		return ensemble{}, []study.Fault{{Key: "K", Value: fmt.Sprint(k), Allowed: fmt.Sprintf("must be at most %d, the patterns of %s", f.K, path)}}
	}
	return ensemble{
		name: "file:" + f.SHA256,
		draw: func(p *model.Patterns, key model.Key, _ model.Pool) { p.Choose(f.Patterns, key.Source()) },
		note: "each sample is a random choice of K of the patterns in " + path + ": error bars show how much results vary between choices," +
			" not between files of patterns; samples share patterns, and if K is the whole file all samples store the same patterns",
	}, nil
}
