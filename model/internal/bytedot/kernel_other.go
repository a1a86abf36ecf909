//go:build !amd64

package bytedot

func native() []*Kernel { return nil }
