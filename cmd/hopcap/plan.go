package main

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"hopcap/sweep"
)

func planCommand() *cobra.Command {
	var f runFlags
	var asJSON bool
	c := &cobra.Command{
		Use:   "plan CONFIG",
		Short: "Points, trials, memory and time of a study, from a short probe",
		Long: `plan runs a few trials of each network size for a short while, keeps nothing, and
extrapolates to the whole study. Of a study with a [stop] that is as far as its
rounds are allocated; what more it takes to reach the goal is told from the records
that are there.`,
		Example: "  hopcap plan configs/capacity.toml",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			opt, err := f.options(c)
			if err != nil {
				return err
			}
			cfg, err := readConfig(c, args[0], f.set)
			if err != nil {
				return err
			}
			if opt.Dir = f.out; opt.Dir == "" {
				opt.Dir = defaultDir(args[0])
			}
			forecast, err := sweep.Plan(c.Context(), cfg, opt)
			if err != nil {
				return asUsageError(err)
			}
			if asJSON {
				return printJSON(c.OutOrStdout(), forecast)
			}
			printForecast(c.OutOrStdout(), forecast)
			return nil
		},
	}
	c.Flags().StringVar(&f.out, "out", "", "directory whose records count as done (default results/CONFIG)")
	f.addTo(c)
	c.Flags().BoolVar(&asJSON, "json", false, "for machines")
	return c
}

func printForecast(w io.Writer, f *sweep.Forecast) {
	fmt.Fprintf(w, "points        %d\n", f.Points)
	fmt.Fprintf(w, "pattern sets  %d, %d of them still to do\n", f.Units, f.Left)
	fmt.Fprintf(w, "trials        %d\n", f.Trials)
	fmt.Fprintf(w, "memory        %s a worker, room for %d of %d workers\n", size(f.Bytes), f.Fit, f.Workers)
	fmt.Fprintf(w, "time          %s left of %s\n", seconds(f.Seconds), seconds(f.Total))
	if f.Rounds != nil {
		fmt.Fprintf(w, "stop          %s\n", roundsText(f.Rounds))
	}
}

// roundsText says what a [stop] needs beyond the rounds that are allocated.
func roundsText(f *sweep.RoundsForecast) string {
	switch {
	case f.Open == 0:
		return fmt.Sprintf("round %d was the last", f.Round)
	case f.Unknown == f.Open:
		return "the first round; what more the goal takes can be told after it"
	}
	text := fmt.Sprintf("about %d pattern sets more than round %d to the goal, %s", f.Units, f.Round, seconds(f.Seconds))
	if f.Unknown > 0 {
		text += fmt.Sprintf("; nothing is known of %d of %d curves", f.Unknown, f.Curves)
	}
	return text
}

func seconds(s float64) string {
	d := time.Duration(s * float64(time.Second))
	switch {
	case d >= 10*time.Minute:
		return d.Round(time.Minute).String()
	case d >= 10*time.Second:
		return d.Round(time.Second).String()
	}
	return d.Round(10 * time.Millisecond).String()
}

// size writes a number of bytes for people.
func size(bytes int64) string {
	const unit = 1024
	if bytes < unit {
		return fmt.Sprintf("%d B", bytes)
	}
	value, prefix := float64(bytes)/unit, 0
	for value >= unit {
		value /= unit
		prefix++
	}
	return fmt.Sprintf("%.1f %ciB", value, "KMGTPE"[prefix])
}
