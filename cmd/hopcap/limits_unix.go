//go:build unix

package main

import (
	"fmt"
	"syscall"
)

// fewestHandles is how many open files a run of one worker needs, with some to spare. With
// fewer than that the runtime of Go may break off instead of returning an error.
const fewestHandles = 24

// checkLimits tells whether the system lets this process open the files that it needs.
// Go has raised the soft limit to the hard one by now.
func checkLimits() error {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil || limit.Max >= fewestHandles {
		return nil
	}
	return fmt.Errorf("too few open files are allowed, %d: must be at least %d (ulimit -n)", limit.Max, fewestHandles)
}
