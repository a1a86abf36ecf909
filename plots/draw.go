package plots

import "hopcap/sweep/study"

// Draw makes the figure that a spec declares and writes it to dir in each format,
// beside a table of the plotted numbers and a caption. It returns the names of
// the files, and what could not be shown. A file that is there is replaced once the
// new one is complete.
func Draw(spec Spec, sources []Source, columns []study.Column, dir string, formats []string) (files, warnings []string, err error) {
	f, err := Build(spec, sources, columns)
	if err != nil {
		return nil, nil, err
	}
	files, err = f.Write(dir, formats)
	return files, f.Warnings, err
}
