package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"hopcap/model"
)

// version is that of the program, physics that of its records.
const version = "0.1.0"

var physics = strconv.Itoa(model.Physics)

func versionCommand() *cobra.Command {
	var asJSON, kernels bool
	c := &cobra.Command{
		Use:   "version",
		Short: "Versions of the program and of its physics",
		RunE: func(c *cobra.Command, _ []string) error {
			if err := useKernel(""); err != nil {
				return err
			}
			if kernels {
				_, err := fmt.Fprintln(c.OutOrStdout(), strings.Join(model.Kernels(), "\n"))
				return err
			}
			p := provenance()
			if asJSON {
				return printJSON(c.OutOrStdout(), p)
			}
			_, err := fmt.Fprintf(c.OutOrStdout(), "hopcap %s (physics %s, %s, %s, kernel %s)\n",
				version, physics, p["go"], p["platform"], p["kernel"])
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "for machines")
	c.Flags().BoolVar(&kernels, "kernels", false, "list the kernels that this machine can run")
	return c
}

// provenance tells what made a result: it is kept beside the records and can
// change none of them.
func provenance() map[string]string {
	p := map[string]string{
		"hopcap":   version,
		"physics":  physics,
		"go":       runtime.Version(),
		"platform": runtime.GOOS + "/" + runtime.GOARCH,
		"cpu":      cpuName(),
		"cpus":     strconv.Itoa(runtime.NumCPU()),
		"kernel":   model.ActiveKernel(),
	}
	if host, err := os.Hostname(); err == nil {
		p["host"] = host
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				p["revision"] = s.Value
			case "vcs.modified":
				p["modified"] = s.Value
			}
		}
	}
	return p
}
