package figure

import (
	"fmt"
	"io"
	"path/filepath"

	"hopcap/sweep/disk"
)

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
