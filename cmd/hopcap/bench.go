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
		Short: "Kernels on this machine against its limits",
		Long: `bench times single updates of neurons of a Hopfield network on one core, with each
kernel that this machine runs. Beside the time of an update stand the two that no
computation of its whole field can beat: the arithmetic alone, on rows that stay in
the first-level cache (compute), and reading the rows one after the other (stream),
from the cache or from memory, wherever they lie. share is the larger of the two
against the update. It may be above 100 %: most updates are certain without the
lowest bits of the overlap sums, of which slices are counted in a whole field and
left out in a first look. Where the sums of small networks are kept as bytes, as they
are in sweeps at T = 0, there are no slices. rows are visits in the random order of a sweep with one
slice, that is with next to no arithmetic. An update does the work of N synapses.`,
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
	c.Flags().IntSliceVar(&sizes, "sizes", []int{500, 1000, 4000, 10_000, 30_000, 100_000}, "numbers of neurons N")
	c.Flags().StringSliceVar(&kernels, "kernels", model.Kernels(), "kernels")
	c.Flags().Float64Var(&alpha, "alpha", 0.13, "load K/N")
	c.Flags().DurationVar(&each, "time", 400*time.Millisecond, "time for each line")
	c.Flags().BoolVar(&asJSON, "json", false, "for machines")
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
