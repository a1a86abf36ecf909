package sweep

import "fmt"

// A HeldError says that another run works on the same records.
type HeldError struct {
	Path   string // of the lock
	Holder string // "pid 4711 on host since … : command"
}

func (e *HeldError) Error() string {
	return fmt.Sprintf("%s is held by %s", e.Path, e.Holder)
}
