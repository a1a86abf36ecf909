package main

import (
	"os"
	"runtime"
	"strings"

	"hopcap/model"
)

func kernelNames() string { return strings.Join(model.Kernels(), ", ") }

// useKernel selects the kernel named by --kernel. Without --kernel it keeps the kernel that
// the environment names.
func useKernel(name string) error {
	err := model.ForcedKernel()
	if name != "" {
		err = model.UseKernel(name)
	}
	if err != nil {
		return usageError{err}
	}
	return nil
}

// cpuName is the processor as the system names it, or the architecture.
func cpuName() string {
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	for line := range strings.Lines(string(info)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}
