package experiment

import (
	"slices"

	"hopcap/experiment/memory"
	"hopcap/sweep/study"
)

// Keys are all keys of a config, including the keys of every kind of memory and of every
// experiment.
func Keys() []study.Key { return keysOf(memory.Kinds(), Kinds) }

// keysOf are the shared keys, then the keys of each kind of memory, then the keys of each
// experiment. A key of several kinds is listed once.
func keysOf(memories []memory.Kind, experiments []Experiment) []study.Key {
	keys := sharedKeys(memories, experiments)
	for i, k := range keys {
		has := func(e Experiment) bool { return e.Has(settingOf(k)) }
		if slices.ContainsFunc(experiments, func(e Experiment) bool { return !has(e) }) {
			keys[i].DependsOn = "experiment.kind"
			keys[i].For = names(experiments, func(e Experiment) (string, bool) { return e.Kind, has(e) })
		}
	}
	for _, k := range memories {
		keys = merge(keys, k.Keys, "model", k.Name)
	}
	for _, e := range experiments {
		keys = merge(keys, e.Keys, "experiment", e.Kind)
	}
	return keys
}

// sharedKeys are the keys of all experiments that do not name them in Lacks.
func sharedKeys(memories []memory.Kind, experiments []Experiment) []study.Key {
	return []study.Key{
		{Name: "N", Type: study.Int, Range: "2 … 2^30", Check: study.Between("N", 2, maxN), Doc: "neurons"},
		{Name: "alpha", Or: "K", Type: study.Decimal, Range: "greater than 0", Check: study.Positive("alpha"), Doc: "load: K = αN for pair couplings, αN^(n−1) for degree n, e^(αN) for the exponential"},
		{Name: "K", Or: "alpha", Type: study.Int, Range: "1 … 2^30", Check: study.Between("K", 1, maxK), Doc: "stored patterns, instead of alpha"},
		{Table: "model", Name: "kind", Type: study.Text, Allowed: names(memories, func(k memory.Kind) (string, bool) { return k.Name, true }), Doc: "kind of memory"},
		ensembleKey, pathKey, hashKey,
		{Table: "dynamics", Name: "order", Type: study.Text, Default: `"random"`, Allowed: []string{"random", "typewriter", "parallel"}, Doc: "order of updates", Caption: orderCaption},
		temperatureKey, ruleKey,
		{Table: "dynamics", Name: "max_sweeps", Type: study.Int, Default: "1000", Range: "≥ 1", Check: study.Between("max_sweeps", 1, 1<<40), Doc: "limit on the sweeps of a relaxation; at T > 0 the sweeps of a run", Caption: sweepsCaption},
		{Table: "experiment", Name: "kind", Type: study.Text, Allowed: names(experiments, func(e Experiment) (string, bool) { return e.Kind, true }), Doc: "kind of experiment"},
	}
}

// names lists the names of the elements for which the second result is true.
func names[T any](list []T, name func(T) (string, bool)) (names []string) {
	for _, v := range list {
		if n, counts := name(v); counts {
			names = append(names, n)
		}
	}
	return names
}

// settingOf is the name of a key in Settings.
func settingOf(k study.Key) string {
	if k.Name == "kind" {
		return k.Table + ".kind"
	}
	return k.Name
}

// merge adds the keys that a kind declares, whose own table is the given one.
//
// A new key applies to this kind alone, unless the key says itself what it depends on. A
// key that is listed already applies to this kind too; if the kind gives it another
// default, range or doc, this becomes a variant of the key. So a kind gives max_sweeps a
// default of its own by declaring max_sweeps again.
func merge(keys, more []study.Key, table, kind string) []study.Key {
	for _, k := range more {
		at := slices.IndexFunc(keys, func(o study.Key) bool { return o.Name == k.Name && o.Table == k.Table })
		dependsOn := table + ".kind"
		if k.Table == table {
			dependsOn = ""
		}
		switch {
		case at < 0 && k.For == nil:
			k.DependsOn, k.For = dependsOn, []string{kind}
			keys = append(keys, k)
			continue
		case at < 0:
			keys = append(keys, k)
			continue
		}
		known := &keys[at]
		if known.DependsOn == dependsOn && known.For != nil && !slices.Contains(known.For, kind) {
			known.For = append(known.For, kind)
		}
		vary(known, k, dependsOn, kind)
	}
	return keys
}

// vary adds the variant of a kind that declares a known key as k.
func vary(known *study.Key, k study.Key, dependsOn, kind string) {
	v := study.Variant{DependsOn: dependsOn, For: []string{kind}}
	if k.Default != known.Default {
		v.Default = k.Default
	}
	if k.Range != known.Range {
		v.Range, v.Check = k.Range, k.Check
	}
	if k.Doc != known.Doc {
		v.Doc = k.Doc
	}
	if v.Default == "" && v.Range == "" && v.Doc == "" {
		return
	}
	for i, o := range known.Variants {
		if o.DependsOn == v.DependsOn && o.Default == v.Default && o.Range == v.Range && o.Doc == v.Doc {
			known.Variants[i].For = append(known.Variants[i].For, kind)
			return
		}
	}
	known.Variants = append(known.Variants, v)
}
