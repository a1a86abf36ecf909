package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"hopcap/sweep/estimate"
	"hopcap/sweep/study"
)

// ownNames are the names, without their ends, of what hopcap itself writes to the
// directory of a study; so are those that begin with fit-, the figures of fit, and those
// that end in _estimates, tables.
var ownNames = []string{"records", "lock", "shards", "estimates", "thresholds", "scaling", "provenance"}

// longestName is how long the name of a figure may be, in bytes: a file name may have 255,
// and the number and the end of the name are added.
const longestName = 200

// ownNameEnd is added to the name of a figure that must not have it.
const ownNameEnd = "-figure"

// isOwnName tells whether a figure must not have a name. Some file systems take capitals
// for small letters.
func isOwnName(name string) bool {
	name = strings.ToLower(name)
	return slices.Contains(ownNames, name) || strings.HasSuffix(name, "_estimates") || strings.HasPrefix(name, "fit-")
}

// checkNames says what is wrong with the names of the [[figure]] tables of a file.
func checkNames(file string, tables []map[string]any) (faults []study.Fault) {
	taken := map[string]int{}
	for i, t := range tables {
		name, given := t["name"].(string)
		if !given {
			name = numbered(defaultName(file), i)
		}
		key := "figure.name"
		if len(tables) > 1 {
			key = fmt.Sprintf("figure[%d].name", i+1)
		}
		fault := func(allowed string) { faults = append(faults, study.Fault{Key: key, Allowed: allowed}) }
		other, twice := taken[strings.ToLower(name)]
		switch {
		case len(name) > longestName:
			fault(fmt.Sprintf("must have at most %d letters", longestName))
		case isOwnName(name):
			fault("must be another: files of that name are written by hopcap itself")
		case twice && name != tables[other]["name"]: // the same text is told already
			fault(fmt.Sprintf("must be another: figure %d is called %s, or would be", other+1, name))
		}
		taken[strings.ToLower(name)] = i
	}
	return faults
}

// defaultName is what the figure of a study is called unless told otherwise: as its
// config, with -figure after a name that hopcap uses itself.
func defaultName(file string) string {
	name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	if len(name) > longestName {
		name = strings.ToValidUTF8(name[:longestName], "")
	}
	if isOwnName(name) {
		name += ownNameEnd
	}
	return name
}

// numbered is the name of the i-th figure of a study, of those without a name of their own.
func numbered(name string, i int) string {
	if i == 0 {
		return name
	}
	return fmt.Sprintf("%s-%d", name, i+1)
}

// figureName is what the figure of results is called unless told otherwise.
func figureName(r *estimate.Results) string { return defaultName(r.Config.File) }
