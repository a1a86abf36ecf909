package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"hopcap/experiment"
	"hopcap/model"
	"hopcap/sweep/config"
	"hopcap/sweep/disk"
	"hopcap/sweep/estimate"
	"hopcap/sweep/npy"
	"hopcap/sweep/study"
)

func replayCommand() *cobra.Command {
	var point, dump string
	var sample, cue int
	var pic picture
	c := &cobra.Command{
		Use:   "replay DIR",
		Short: "Run one stored trial again and compare it with its record",
		Long: `replay draws the patterns and the cue of one trial again and relaxes the network. The
result must be equal to the stored record. If it differs, replay fails.

An enumeration has no cue. replay counts all minima of the pattern set again and
compares them with the stored minima. The final state is then the ground state.

--dump writes files with which you can check the trial in NumPy: patterns.npy (int8,
K × N), cue.npy and final.npy (int8, N), and record.json. For an enumeration it writes
minima.npy (int8, minima × N, the lowest energy first) instead of cue.npy. Patterns that
take more than 1 GiB are written as patterns_packed.npy (uint8, N × ⌈K/8⌉) instead:
np.unpackbits(p, axis=1, count=K, bitorder="little") has a 1 for +1 and a 0 for −1.

--picture draws the pattern, the cue, some states in between and the final state. Each
is a grid of black (+1) and white (−1) squares, with overlap and energy below it. The
end of the file's name decides the format: pdf, svg, png, eps or pgf.`,
		Example: `  hopcap replay results/capacity --point N=1000,alpha=0.12 --sample 3
  hopcap replay results/capacity --point N=500,K=60 --sample 0 --dump /tmp/trial
  hopcap replay results/letters --point model=hopfield,K=8 --picture letters.pdf`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if sample < 0 || cue < 0 {
				return usageError{fmt.Errorf("--sample %d, --cue %d: must be at least 0", sample, cue)}
			}
			return replay(c, args[0], point, sample, cue, dump, pic)
		},
	}
	c.Flags().StringVar(&point, "point", "", "the grid point, such as N=1000,alpha=0.12")
	c.Flags().IntVar(&sample, "sample", 0, "number of the pattern set, from 0")
	c.Flags().IntVar(&cue, "cue", 0, "number of the cue, from 0")
	c.Flags().StringVar(&dump, "dump", "", "write patterns, cue, final state and record to this directory")
	c.Flags().StringVar(&pic.file, "picture", "", "draw the states to this file")
	c.Flags().IntVar(&pic.row, "row", 0, "neurons in a row of the picture (default: a nearly square picture)")
	return c
}

func replay(c *cobra.Command, dir, selector string, sample, cue int, dump string, pic picture) error {
	results, err := openAndWarn(c.ErrOrStderr(), dir)
	if err != nil {
		return err
	}
	found, err := results.Config.Find(selector)
	if err != nil {
		return usageError{err}
	}
	point := found[0]
	stored, err := storedRow(results, point, sample, cue)
	if err != nil {
		return err
	}
	again, err := rerun(c.Context(), results.Config, point, sample, cue)
	if err != nil {
		return err
	}
	record := newRecord(results.Config.Experiment.Tables[0], point, sample, again.Row)
	if err := printJSON(c.OutOrStdout(), record); err != nil {
		return err
	}
	if dump != "" {
		if err := writeDump(dump, again, record); err != nil {
			return err
		}
	}
	if pic.file != "" {
		if err := pic.write(again); err != nil {
			return err
		}
	}
	if !slices.Equal(stored, again.Row) {
		return fmt.Errorf("the stored record differs: %v, now %v", stored, again.Row)
	}
	if err := compareRows(results, point, sample, again.More); err != nil {
		return err
	}
	fmt.Fprintln(c.ErrOrStderr(), "equal to the stored record")
	return nil
}

// storedRow returns one row of the table trials: cue, then its columns.
func storedRow(r *estimate.Results, p *config.Point, sample, cue int) ([]any, error) {
	rows, err := r.Unit("trials", p, sample)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if row[0] == int64(cue) {
			return row, nil
		}
	}
	return nil, usageError{fmt.Errorf("no record of sample %d, cue %d at %s", sample, cue, coordinates(p.Columns))}
}

// compareRows compares the rows of further tables, as run again, with the stored rows.
func compareRows(r *estimate.Results, p *config.Point, sample int, again study.Rows) error {
	for table, rows := range again {
		stored, err := r.Unit(table, p, sample)
		if err != nil {
			return err
		}
		if !slices.EqualFunc(stored, rows, slices.Equal) {
			return fmt.Errorf("the stored table %s differs: %v, now %v", table, stored, rows)
		}
	}
	return nil
}

func rerun(ctx context.Context, cfg *config.Config, p *config.Point, sample, cue int) (*experiment.Replay, error) {
	trial, faults := experimentOf(cfg.Source).Compile(newLibrary(filepath.Dir(cfg.File)).with(p.Settings), cue+1)
	if trial == nil {
		return nil, fmt.Errorf("%s: %v", p.ID, faults)
	}
	return trial.Replay(ctx, sample, cue, serial{})
}

// serial is the environment of a single trial: one worker, no checkpoints.
type serial struct{}

var _ study.Env = serial{}

func (serial) Do(n int, f func(part int)) {
	for i := range n {
		f(i)
	}
}
func (serial) Workers() int          { return 1 }
func (serial) Progress(float64)      {}
func (serial) Load() ([]byte, error) { return nil, nil }
func (serial) Save([]byte) error     { return nil }

// newRecord names the values of a row, in the order of an export.
func newRecord(t study.Table, p *config.Point, sample int, row []any) config.Coordinates {
	record := append(slices.Clone(config.Coordinates(p.Columns)), study.Setting{Name: "sample", Value: int64(sample)})
	names := slices.Clone(t.Index)
	for _, c := range t.Columns {
		names = append(names, c.Name)
	}
	for i, name := range names {
		record = append(record, study.Setting{Name: name, Value: row[i]})
	}
	return record
}

func writeDump(dir string, r *experiment.Replay, record config.Coordinates) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	type file struct {
		name  string
		write func(io.Writer) error
	}
	name, patterns := dumpPatterns(r.Patterns)
	files := []file{
		{name, patterns},
		{"record.json", func(w io.Writer) error { return printJSON(w, record) }},
	}
	if r.Cue != nil {
		files = append(files, file{"cue.npy", signs(r.Cue)})
	}
	if r.Final != nil {
		files = append(files, file{"final.npy", signs(r.Final)})
	}
	if r.Minima != nil {
		files = append(files, file{"minima.npy", func(w io.Writer) error {
			return npy.Write(w, "|i1", []int{len(r.Minima), len(r.Final)}, func(i int) []byte { return bytesOf(r.Minima[i]) })
		}})
	}
	for _, f := range files {
		if err := disk.WriteFile(filepath.Join(dir, f.name), f.write); err != nil {
			return err
		}
	}
	return nil
}

// maxUnpacked is the largest number of signs that are written as one byte each.
const maxUnpacked = 1 << 30

// dumpPatterns returns the name of the patterns' file, and a function that writes the
// patterns as an array for NumPy.
func dumpPatterns(p *model.Patterns) (string, func(io.Writer) error) {
	if int64(p.N)*int64(p.K) > maxUnpacked {
		return "patterns_packed.npy", func(w io.Writer) error { return packed(w, p) }
	}
	return "patterns.npy", func(w io.Writer) error {
		s := make(model.State, p.N)
		return npy.Write(w, "|i1", []int{p.K, p.N}, func(mu int) []byte {
			p.Pattern(mu, s)
			return bytesOf(s)
		})
	}
}

// packed writes bit μ of neuron i as bit μ mod 8 of byte (i, μ/8).
func packed(w io.Writer, p *model.Patterns) error {
	row := make([]byte, (p.K+63)/64*8)
	width := (p.K + 7) / 8
	return npy.Write(w, "|u1", []int{p.N, width}, func(i int) []byte {
		for at, word := range p.Row(i) {
			if at*8 < len(row) {
				binary.LittleEndian.PutUint64(row[at*8:], word)
			}
		}
		return row[:width]
	})
}

func signs(s model.State) func(io.Writer) error {
	return func(w io.Writer) error {
		return npy.Write(w, "|i1", []int{len(s)}, func(i int) []byte { return []byte{byte(s[i])} })
	}
}

func bytesOf(s model.State) []byte {
	b := make([]byte, len(s))
	for i, v := range s {
		b[i] = byte(v)
	}
	return b
}
