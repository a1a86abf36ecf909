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

// version is the version of the program. physics is the version of what it measures: it is
// stored with the records.
const version = "0.1.0"

var physics = strconv.Itoa(model.Physics)

func versionCommand() *cobra.Command {
	var asJSON, kernels bool
	c := &cobra.Command{
		Use:   "version",
		Short: "Print the versions of the program and of its physics",
		Long: `version prints the version of the program and the version of its physics. Two programs
with the same version of the physics measure the same numbers from the same config. It
also prints the kernel in use.`,
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
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	c.Flags().BoolVar(&kernels, "kernels", false, "list the kernels that this machine can run")
	return c
}

// provenance names the program and the machine. It is stored beside the records and
// changes none of them.
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
