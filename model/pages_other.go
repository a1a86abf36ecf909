//go:build !linux

package model

func preferHuge([]uint64) {}
