//go:build unix

package main

import (
	"fmt"
	"syscall"
)

// fewestHandles is the number of open files that a run with one worker needs, and a few
// more. With fewer, the Go runtime may abort instead of returning an error.
const fewestHandles = 24

// checkLimits returns an error if the system does not let this process open the files that
// it needs. Go has already raised the soft limit to the hard limit.
func checkLimits() error {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil || limit.Max >= fewestHandles {
		return nil
	}
	return fmt.Errorf("the system allows %d open files, must allow at least %d (ulimit -n)", limit.Max, fewestHandles)
}
