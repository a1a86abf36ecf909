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
		Short: "Forecast the trials, memory and time of a study from a short probe",
		Long: `plan runs a few trials of each network size for a short time and discards them. From
their cost it extrapolates to the whole study. If the config has a [stop] table, the
forecast covers the rounds whose samples are already decided. The cost of reaching the
goal of [stop] is estimated from the records of these rounds.`,
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
	c.Flags().StringVar(&f.out, "out", "", "directory of the results; its records count as done (default results/CONFIG)")
	f.addTo(c)
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return c
}

func printForecast(w io.Writer, f *sweep.Forecast) {
	fmt.Fprintf(w, "points        %d\n", f.Points)
	fmt.Fprintf(w, "pattern sets  %d, %d of them not done yet\n", f.Units, f.Left)
	fmt.Fprintf(w, "trials        %d\n", f.Trials)
	fmt.Fprintf(w, "memory        %s for each worker, enough for %d of %d workers\n", size(f.Bytes), f.Fit, f.Workers)
	fmt.Fprintf(w, "time          %s left of %s\n", seconds(f.Seconds), seconds(f.Total))
	if f.Rounds != nil {
		fmt.Fprintf(w, "stop          %s\n", roundsText(f.Rounds))
	}
}

// roundsText says how many pattern sets the goal of [stop] needs after the rounds whose
// samples are decided.
func roundsText(f *sweep.RoundsForecast) string {
	switch {
	case f.Open == 0:
		return fmt.Sprintf("round %d is the last", f.Round)
	case f.Unknown == f.Open:
		return "only the first round; the cost of the goal can be estimated after it"
	}
	text := fmt.Sprintf("after round %d the goal needs about %d more pattern sets, %s", f.Round, f.Units, seconds(f.Seconds))
	if f.Unknown > 0 {
		text += fmt.Sprintf("; %d of %d curves have no estimate yet", f.Unknown, f.Curves)
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
