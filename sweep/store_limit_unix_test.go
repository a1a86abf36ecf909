//go:build unix

package sweep

import "golang.org/x/sys/unix"

var limitFileSize = func(bytes uint64) error {
	return unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: bytes, Max: bytes})
}
