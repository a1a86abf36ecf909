package model

import "hopcap/model/internal/kernel"

// Kernels returns the names of the kernels that this machine can run, the best
// first. They differ in speed and in nothing else.
func Kernels() []string { return kernel.Names() }

// ActiveKernel returns the name of the kernel in use: the best, or the one named
// in the environment variable HOPCAP_KERNEL.
func ActiveKernel() string { return kernel.Active().Name }

// UseKernel makes the named kernel the one in use. It is called before any
// network is loaded.
func UseKernel(name string) error { return kernel.Use(name) }

// ForcedKernel is the error of a HOPCAP_KERNEL that this machine cannot run.
func ForcedKernel() error { return kernel.Forced }
