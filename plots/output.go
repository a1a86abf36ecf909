package plots

import (
	"fmt"
	"io"
	"path/filepath"

	"hopcap/sweep"
	"hopcap/sweep/disk"
)

// Draw makes the figure that a spec declares and writes it to dir in each format,
// beside a table of the plotted numbers and a caption. It returns the names of
// the files, and what could not be shown. Each file is there whole or not at all.
func Draw(spec Spec, sources []Source, columns []sweep.Column, dir string, formats []string) (files, warnings []string, err error) {
	f, err := Build(spec, sources, columns)
	if err != nil {
		return nil, nil, err
	}
	files, err = f.Write(dir, formats)
	return files, f.Warnings, err
}

// Write writes the figure, its numbers and its caption to dir.
func (f *Figure) Write(dir string, formats []string) ([]string, error) {
	numbers, err := f.Numbers()
	if err != nil {
		return nil, err
	}
	contents := map[string][]byte{".csv": numbers, ".txt": []byte(f.Caption + "\n")}
	order := []string{".csv", ".txt"}
	for _, format := range formats {
		b, err := f.Render(format)
		if err != nil {
			return nil, err
		}
		contents["."+format] = b
		order = append(order, "."+format)
	}
	var files []string
	for _, ext := range order {
		file := filepath.Join(dir, f.Name+ext)
		if err := writeFile(file, contents[ext]); err != nil {
			return files, err
		}
		files = append(files, file)
	}
	return files, nil
}

// writeFile writes a file of a figure.
func writeFile(file string, content []byte) error {
	err := disk.WriteFile(file, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
	if err != nil {
		return fmt.Errorf("write figure: %w", err)
	}
	return nil
}
