package sweep

import (
	"bufio"
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// availableMemory is what the machine can give, within what the control groups of
// this process allow and ulimit -v: batch systems set them.
func availableMemory() int64 {
	available := int64(math.MaxInt64)
	if text, err := os.ReadFile("/proc/meminfo"); err == nil {
		available = memAvailable(text)
	}
	if text, err := os.ReadFile("/proc/self/cgroup"); err == nil {
		available = min(available, cgroupAvailable("/sys/fs/cgroup", text))
	}
	var limit syscall.Rlimit
	if text, err := os.ReadFile("/proc/self/statm"); err == nil && syscall.Getrlimit(syscall.RLIMIT_AS, &limit) == nil {
		available = min(available, addressesAvailable(limit.Cur, text, int64(os.Getpagesize())))
	}
	return available
}

// addressesAvailable is what a limit on the addresses of the process leaves. Go breaks
// off where it cannot have more, instead of returning an error.
func addressesAvailable(limit uint64, statm []byte, page int64) int64 {
	if limit > math.MaxInt64 {
		return math.MaxInt64
	}
	pages, _, _ := strings.Cut(string(statm), " ")
	used, err := strconv.ParseInt(pages, 10, 64)
	if err != nil {
		return math.MaxInt64
	}
	return max(0, int64(limit)-used*page)
}

// memAvailable reads MemAvailable of /proc/meminfo, which is in kB.
func memAvailable(meminfo []byte) int64 {
	lines := bufio.NewScanner(bytes.NewReader(meminfo))
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) >= 2 && fields[0] == "MemAvailable:" {
			if kb, err := strconv.ParseInt(fields[1], 10, 64); err == nil {
				return kb << 10
			}
		}
	}
	return math.MaxInt64
}

// cgroupAvailable is the least that any control group around this process still
// allows, in version 2 or 1.
func cgroupAvailable(root string, cgroups []byte) int64 {
	available := int64(math.MaxInt64)
	for line := range strings.Lines(string(cgroups)) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) < 3 {
			continue
		}
		switch controllers, path := parts[1], parts[2]; {
		case controllers == "":
			available = min(available, groupsAvailable(root, path, "memory.max", "memory.current"))
		case strings.Contains(controllers, "memory"):
			available = min(available, groupsAvailable(filepath.Join(root, "memory"), path,
				"memory.limit_in_bytes", "memory.usage_in_bytes"))
		}
	}
	return available
}

// groupsAvailable looks at a group and all that are around it.
func groupsAvailable(root, path, limit, usage string) int64 {
	available := int64(math.MaxInt64)
	for dir := filepath.Join("/", path); ; dir = filepath.Dir(dir) {
		if most, ok := readBytes(filepath.Join(root, dir, limit)); ok {
			used, _ := readBytes(filepath.Join(root, dir, usage))
			used -= inactiveFile(filepath.Join(root, dir, "memory.stat"))
			available = min(available, max(0, most-used))
		}
		if dir == "/" {
			return available
		}
	}
}

// inactiveFile is the part of a group's use that is only files kept in memory,
// which give way.
func inactiveFile(path string) int64 {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) == 2 && fields[0] == "inactive_file" {
			n, _ := strconv.ParseInt(fields[1], 10, 64)
			return n
		}
	}
	return 0
}

// readBytes reads a file that holds a number; "max" is none.
func readBytes(path string) (int64, bool) {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	return n, err == nil
}
