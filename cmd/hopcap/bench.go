package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"hopcap/model"
)

// speedRow is one line of hopcap bench.
type speedRow struct {
	Kernel         string  `json:"kernel"`
	N              int     `json:"N"`
	K              int     `json:"K"`
	Bytes          bool    `json:"bytes"`
	Slices         int     `json:"slices"`
	LeftOut        int     `json:"left_out"`
	UpdateNs       float64 `json:"update_ns"`
	ComputeNs      float64 `json:"compute_ns"`
	StreamNs       float64 `json:"stream_ns"`
	RowsNs         float64 `json:"rows_ns"`
	SynapsesPerSec float64 `json:"synapses_per_s"`
	RowGBPerSec    float64 `json:"row_GB_per_s"`
	Share          float64 `json:"share_of_limit"`
}

func benchCommand() *cobra.Command {
	var (
		sizes   []int
		kernels []string
		alpha   float64
		each    time.Duration
		asJSON  bool
	)
	c := &cobra.Command{
		Use:   "bench",
		Short: "Time the kernels on this machine and compare them with its limits",
		Long: `bench times updates of single neurons of a Hopfield network on one core. It does so
with each kernel that this machine can run. Times are in ns per update.

An update computes the sign of a local field from K overlap sums, kept as bit slices:
slice b holds bit b of every sum. Two times are lower limits for an update that
computes its whole field. compute is the arithmetic alone: the rows stay in the
first-level cache. stream is reading alone: the rows are read one after the other, from
the cache or the memory that holds them. share is the larger limit divided by the time
of the update.

share can exceed 100 %, because most updates do not compute the whole field. The first
look at a neuron leaves out the lowest bits of the sums. Its sign is mostly certain
already. slices is the number of slices in the whole field, and "left out" the number
left out in the first look. rows is the time of updates with one slice only, in the
random order of a sweep: almost all of it is reading. Where sums are kept as bytes, as in
sweeps of small networks at T = 0, there are no slices. One update counts as N synapses.`,
		Example: "  hopcap bench --sizes 1000,100000",
		RunE: func(c *cobra.Command, _ []string) error {
			if err := checkBench(sizes, kernels, alpha); err != nil {
				return usageError{err}
			}
			var rows []speedRow
			for _, n := range sizes {
				for _, name := range kernels {
					if err := c.Context().Err(); err != nil {
						return err
					}
					k := max(1, int(math.Round(alpha*float64(n))))
					rows = append(rows, speedOf(model.MeasureSpeed(name, n, k, each)))
				}
			}
			if asJSON {
				return printJSON(c.OutOrStdout(), rows)
			}
			return printSpeeds(c.OutOrStdout(), rows)
		},
	}
	c.Flags().IntSliceVar(&sizes, "sizes", []int{500, 1000, 4000, 10_000, 30_000, 100_000}, "numbers of neurons N, separated by commas")
	c.Flags().StringSliceVar(&kernels, "kernels", model.Kernels(), "kernels to time, separated by commas")
	c.Flags().Float64Var(&alpha, "alpha", 0.13, "load α = K/N")
	c.Flags().DurationVar(&each, "time", 400*time.Millisecond, "measuring time for each line of the table")
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return c
}

// checkBench says what is wrong with the flags of bench.
func checkBench(sizes []int, kernels []string, alpha float64) error {
	for _, n := range sizes {
		if n < 2 || n > 1_000_000 {
			return fmt.Errorf("--sizes %d: must be 2 … 1000000", n)
		}
	}
	for _, name := range kernels {
		if !slices.Contains(model.Kernels(), name) {
			return fmt.Errorf("--kernels %s: this machine runs %s", name, strings.Join(model.Kernels(), ", "))
		}
	}
	if !(alpha > 0 && alpha <= 1) {
		return fmt.Errorf("--alpha %v: must be above 0 and at most 1", alpha)
	}
	return nil
}

func speedOf(s model.Speed) speedRow {
	return speedRow{
		Kernel: s.Kernel, N: s.N, K: s.K, Bytes: s.Bytes, Slices: s.Slices, LeftOut: s.LeftOut,
		UpdateNs: s.Update, ComputeNs: s.Compute, StreamNs: s.Stream, RowsNs: s.Rows,
		SynapsesPerSec: float64(s.N) / s.Update * 1e9,
		RowGBPerSec:    float64(s.RowBytes) / s.Update,
		Share:          s.Limit() / s.Update,
	}
}

func printSpeeds(w io.Writer, rows []speedRow) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "N\tK\tkernel\tslices\tleft out\tns/update\tcompute\tstream\trows\tshare\tsynapses/s\tGB/s\t")
	for _, r := range rows {
		slices := strconv.Itoa(r.Slices)
		if r.Bytes {
			slices = "bytes"
		}
		fmt.Fprintf(t, "%d\t%d\t%s\t%s\t%d\t%.1f\t%.1f\t%.1f\t%.1f\t%.0f %%\t%.1e\t%.1f\t\n",
			r.N, r.K, r.Kernel, slices, r.LeftOut, r.UpdateNs, r.ComputeNs, r.StreamNs, r.RowsNs, 100*r.Share, r.SynapsesPerSec, r.RowGBPerSec)
	}
	return t.Flush()
}
