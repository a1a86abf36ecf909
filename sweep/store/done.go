package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Done has the number of finished cues of each sample: [point of the grid][sample].
type Done [][]int32

// NewDone returns a Done with room for samples[i] samples of point i, all 0.
func NewDone(samples []int) Done {
	d := make(Done, len(samples))
	for i, n := range samples {
		d[i] = make([]int32, n)
	}
	return d
}

// Add records that the first cues of a sample are done. A sample beyond the present round
// is kept too, because a later round may need it.
func (d Done) Add(point, sample, cues int) {
	d.Grow(point, sample+1)
	d[point][sample] = max(d[point][sample], int32(cues))
}

// Grow makes room for the first samples of a point.
func (d Done) Grow(point, samples int) {
	if missing := samples - len(d[point]); missing > 0 {
		d[point] = append(d[point], make([]int32, missing)...)
	}
}

// Count returns how many of the first samples of a point have all their cues.
func (d Done) Count(point, samples, cues int) int {
	n := 0
	for _, c := range d[point][:min(samples, len(d[point]))] {
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
