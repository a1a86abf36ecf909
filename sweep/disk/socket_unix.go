//go:build unix

package disk

import (
	"cmp"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// writeToSocket writes to whoever listens on a socket. It does without package net,
// which would bring the C library with it.
func writeToSocket(path string, write func(io.Writer) error) error {
	fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err != nil {
		return &fs.PathError{Op: "connect", Path: path, Err: err}
	}
	f := os.NewFile(uintptr(fd), path)
	if err := syscall.Connect(fd, &syscall.SockaddrUnix{Name: path}); err != nil {
		_ = f.Close()
		return &fs.PathError{Op: "connect", Path: path, Err: err}
	}
	return cmp.Or(write(f), f.Close())
}
