package store

import (
	"fmt"
	"strconv"
	"strings"
)

// A Shard is part Index of Count parts of a study. The parts share a directory and nothing
// else. The zero value is the whole study.
type Shard struct{ Index, Count int }

// ParseShard reads "I/N", with I from 0 to N−1.
func ParseShard(text string) (Shard, error) {
	i, n, _ := strings.Cut(text, "/")
	index, err1 := strconv.Atoi(i)
	count, err2 := strconv.Atoi(n)
	if err1 != nil || err2 != nil || count < 1 || index < 0 || index >= count {
		return Shard{}, fmt.Errorf("shard %q: must be I/N with I from 0 to N−1, such as 0/4", text)
	}
	return Shard{index, count}, nil
}

func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.Index, s.Count) }

// Whole reports whether the shard is the whole study.
func (s Shard) Whole() bool { return s.Count == 0 }
