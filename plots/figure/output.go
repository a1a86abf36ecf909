package figure

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
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
		if err := replace(file, contents[ext]); err != nil {
			return files, err
		}
		files = append(files, file)
	}
	return files, nil
}

// replace writes a file beside its place and then moves it there.
func replace(file string, content []byte) error {
	next := file + ".part"
	if err := os.WriteFile(next, content, 0o644); err != nil {
		return fmt.Errorf("write figure: %w", err)
	}
	if err := os.Rename(next, file); err != nil {
		return fmt.Errorf("write figure: %w", errors.Join(err, os.Remove(next)))
	}
	return nil
}
