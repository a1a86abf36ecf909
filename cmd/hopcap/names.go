package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"hopcap/sweep/estimate"
	"hopcap/sweep/study"
)

// ownNames are the names of files that hopcap itself writes to the directory of a study,
// without the ends such as .csv. Names that begin with fit- are figures of "hopcap fit",
// and names that end in _estimates are tables: these are hopcap's own too.
var ownNames = []string{"records", "lock", "shards", "estimates", "thresholds", "scaling", "provenance"}

// longestName is how long the name of a figure may be, in bytes: a file name may have 255,
// and the number and the end of the name are added.
const longestName = 200

// ownNameEnd is added to the name of a figure that must not have it.
const ownNameEnd = "-figure"

// isOwnName reports whether a name is one of hopcap's own, which no figure may have. Some
// file systems do not tell capitals from small letters, so this function does not either.
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
			fault("must be another name: hopcap itself writes files of this name")
		case twice && name != tables[other]["name"]: // package plots reports equal names
			fault(fmt.Sprintf("must be another name: figure %d has the name %s already", other+1, name))
		}
		taken[strings.ToLower(name)] = i
	}
	return faults
}

// defaultName is the name of a study's figure if the config gives none: the name of the
// config. If hopcap uses that name itself, -figure is added.
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

// numbered is the default name of figure i of a study.
func numbered(name string, i int) string {
	if i == 0 {
		return name
	}
	return fmt.Sprintf("%s-%d", name, i+1)
}

// figureName is the name of a figure of results if the config gives none.
func figureName(r *estimate.Results) string { return defaultName(r.Config.File) }
