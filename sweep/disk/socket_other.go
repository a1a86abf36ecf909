//go:build !unix

package disk

import (
	"errors"
	"io"
	"io/fs"
)

func writeToSocket(path string, _ func(io.Writer) error) error {
	return &fs.PathError{Op: "connect", Path: path, Err: errors.ErrUnsupported}
}
