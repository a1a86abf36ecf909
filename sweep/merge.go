package sweep

// Merged tells what a merge did.
type Merged struct {
	Path  string
	Files []string // that were read
	Units int
	Rows  int
}

// Merge gathers the records of every .db file under the sources, and of dir
// itself, in dir. The same trial from two files must be the same.
func Merge(sources []string, dir string) (Merged, error) { return Merged{}, nil }
