package sweep

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// tally counts the finished cues of each sample, by point of the grid.
type tally [][]int32

// newTally has a place for every sample that is wanted.
func newTally(points []*Point) tally {
	t := make(tally, len(points))
	for i, p := range points {
		t[i] = make([]int32, p.Samples)
	}
	return t
}

// add notes that a sample has its first cues. There may be more samples than are
// wanted: a later round may want them.
func (t tally) add(point, sample, cues int) {
	t.grow(point, sample+1)
	t[point][sample] = max(t[point][sample], int32(cues))
}

// grow makes room for the first samples of a point.
func (t tally) grow(point, samples int) {
	if missing := samples - len(t[point]); missing > 0 {
		t[point] = append(t[point], make([]int32, missing)...)
	}
}

// done counts those of the first samples of a point that have all their cues.
func (t tally) done(point, samples, cues int) int {
	n := 0
	for _, c := range t[point][:min(samples, len(t[point]))] {
		if int(c) >= cues {
			n++
		}
	}
	return n
}

// formatSamples writes samples as ranges: "0-4,7". A batch of a thousand trials
// is then one short row, and a store of millions of samples is read in a blink.
func formatSamples(samples []int) string {
	slices.Sort(samples)
	var b strings.Builder
	for i := 0; i < len(samples); {
		j := i
		for j+1 < len(samples) && samples[j+1] == samples[j]+1 {
			j++
		}
		writeRange(&b, samples[i], samples[j])
		i = j + 1
	}
	return b.String()
}

func writeRange(b *strings.Builder, first, last int) {
	if b.Len() > 0 {
		b.WriteByte(',')
	}
	b.WriteString(strconv.Itoa(first))
	if last > first {
		b.WriteByte('-')
		b.WriteString(strconv.Itoa(last))
	}
}

// parseSamples calls each for every sample of a text by formatSamples.
func parseSamples(text string, each func(sample int)) error {
	for part := range strings.SplitSeq(text, ",") {
		from, to, isRange := strings.Cut(part, "-")
		if !isRange {
			to = from
		}
		first, err := strconv.Atoi(from)
		if err != nil {
			return fmt.Errorf("samples %q: %w", text, err)
		}
		last, err := strconv.Atoi(to)
		if err != nil {
			return fmt.Errorf("samples %q: %w", text, err)
		}
		for s := first; s <= last; s++ {
			each(s)
		}
	}
	return nil
}
