//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package disk

import "errors"

func (osFile) TryLock() (bool, error) { return false, errors.ErrUnsupported }
