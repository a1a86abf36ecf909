package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"sync/atomic"
)

// temporary matches the names of temporary files.
var temporary = regexp.MustCompile(`^\.hopcap-[0-9]+-[0-9]+\.tmp$`)

// created counts the temporary files of this process.
var created atomic.Int64

// maxTaken is how many names of temporary files may be taken.
const maxTaken = 1000

// createTemporary creates a file of a new name in a directory, locked if the file
// system has locks.
func createTemporary(dir string) (File, string, error) {
	for range maxTaken {
		name := fmt.Sprintf("%s.hopcap-%d-%d.tmp", dir, os.Getpid(), created.Add(1))
		f, err := system.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) { // of a process of that number that was killed
			continue
		}
		if err != nil {
			return nil, "", err
		}
		locked, err := f.TryLock()
		if err != nil || locked && isAt(f, name) {
			return f, name, nil
		}
		_ = f.Close() // somebody took it for a left-over before it was locked
	}
	return nil, "", fmt.Errorf("%s: %d names of temporary files are taken", dir, maxTaken)
}

// isAt reports whether an open file is still the one of that name.
func isAt(f File, name string) bool {
	open, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := system.Lstat(name)
	return err == nil && os.SameFile(open, there)
}

// removeLeftovers removes the temporary files that killed processes left in a directory,
// and the temporary files that earlier versions left of the file called base.
func removeLeftovers(dir, base string) {
	names, err := system.Names(dir)
	if err != nil {
		return // nothing can be found; a new file can be written all the same
	}
	older := regexp.MustCompile("^" + regexp.QuoteMeta(base) + `(\.part|\.[0-9]+\.tmp)$`)
	for _, name := range names {
		if temporary.MatchString(name) || older.MatchString(name) {
			removeUnowned(dir + name)
		}
	}
}

// removeUnowned removes a file unless a process has its lock. Where it cannot be
// known, the file stays.
func removeUnowned(name string) {
	if info, err := system.Lstat(name); err != nil || !info.Mode().IsRegular() {
		return
	}
	f, err := system.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return
	}
	defer func() { _ = f.Close() }()
	if free, err := f.TryLock(); err == nil && free && isAt(f, name) {
		_ = system.Remove(name)
	}
}
