package disk

import (
	"io"
	"io/fs"
	"os"
	"time"
)

// A System is the operating system as far as files and the clock go. Tests put one in
// its place that fails, is slow, or writes less than it was asked to.
type System interface {
	OpenFile(name string, flag int, mode fs.FileMode) (File, error)
	Lstat(name string) (fs.FileInfo, error)
	Readlink(name string) (string, error)
	Names(dir string) ([]string, error) // of the files in a directory, in any order
	Rename(from, to string) error
	Remove(name string) error
	Now() time.Time
}

// A File is one open file.
type File interface {
	io.ReadWriteCloser
	Stat() (fs.FileInfo, error)
	Chmod(mode fs.FileMode) error
	Sync() error
	// TryLock takes the lock of the file unless another open file has it. The lock ends
	// when the file is closed or its process dies. The error is errors.ErrUnsupported
	// where the file system has no locks.
	TryLock() (bool, error)
}

// system is what this package asks.
var system System = Machine{}

// Use puts another system in place of the real one, for a test, until restore is
// called.
func Use(other System) (restore func()) {
	before := system
	system = other
	return func() { system = before }
}

// Now is the time by the clock of the system.
func Now() time.Time { return system.Now() }

// Machine is the real system.
type Machine struct{}

var _ System = Machine{}

// OpenFile is os.OpenFile.
func (Machine) OpenFile(name string, flag int, mode fs.FileMode) (File, error) {
	f, err := os.OpenFile(name, flag, mode)
	if err != nil {
		return nil, err
	}
	return osFile{f}, nil
}

// Lstat is os.Lstat.
func (Machine) Lstat(name string) (fs.FileInfo, error) { return os.Lstat(name) }

// Readlink is os.Readlink.
func (Machine) Readlink(name string) (string, error) { return os.Readlink(name) }

// Names reads a directory without sorting it.
func (Machine) Names(dir string) ([]string, error) {
	d, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	defer func() { _ = d.Close() }()
	return d.Readdirnames(-1)
}

// Rename is os.Rename.
func (Machine) Rename(from, to string) error { return os.Rename(from, to) }

// Remove is os.Remove.
func (Machine) Remove(name string) error { return os.Remove(name) }

// Now is time.Now.
func (Machine) Now() time.Time { return time.Now() }

type osFile struct{ *os.File }
