package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"hopcap/sweep"
	"hopcap/sweep/study"
)

// every is how often a line is printed where there is no terminal.
const every = 30 * time.Second

// A progress shows how far a run is: one live line on a terminal, a plain line
// now and then elsewhere.
type progress struct {
	w     io.Writer
	live  bool
	width int
	last  time.Duration
}

func newProgress(w io.Writer) *progress {
	width, ok := terminalWidth(w)
	return &progress{w: w, live: ok && takesEscapes(os.Getenv), width: width}
}

// takesEscapes reports whether a terminal understands escape sequences, according to the
// environment.
func takesEscapes(env func(string) string) bool {
	return env("TERM") != "dumb" && env("NO_COLOR") == ""
}

// terminalWidth returns the columns of a terminal, and false for anything else.
func terminalWidth(w io.Writer) (int, bool) {
	if o, ok := w.(*output); ok {
		w = o.Writer
	}
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0, false
	}
	if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
		return width, true
	}
	return 80, true
}

// update is called by the run a few times a second.
func (p *progress) update(s sweep.Progress) {
	if p.live {
		fmt.Fprintf(p.w, "\r\x1b[K%s", clip(line(s), p.width-1))
		return
	}
	if s.Elapsed-p.last >= every {
		p.last = s.Elapsed
		fmt.Fprintln(p.w, line(s))
	}
}

// close clears the live line.
func (p *progress) close() {
	if p.live {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// line is the text of the progress line: " 57 %  3876 of 6800 pattern sets  95/s  0:32 left".
func line(s sweep.Progress) string {
	text := fmt.Sprintf("%s  %d of %d pattern sets  %s/s", percent(s.Cost, s.CostTotal), s.Units, s.UnitsTotal, rate(s.Rate))
	if s.Round > 0 {
		text = fmt.Sprintf("round %d  %s", s.Round, text)
	}
	if s.Left >= 0 {
		text += "  " + clock(s.Left) + " left"
	}
	if s.Rate >= 1 {
		return text
	}
	for _, t := range s.Running { // long trials
		text += fmt.Sprintf("  [%s sample %d: %.0f %%]", coordinates(t.Point.Columns), t.Sample, 100*t.Done)
	}
	return text
}

// coordinates writes a point as N=1000 K=138 alpha=0.138.
func coordinates(point []study.Setting) string {
	words := make([]string, len(point))
	for i, s := range point {
		words[i] = fmt.Sprintf("%s=%v", s.Name, s.Value)
	}
	return strings.Join(words, " ")
}

func percent(part, whole float64) string {
	if whole <= 0 {
		return "  0 %"
	}
	return fmt.Sprintf("%3.0f %%", 100*part/whole)
}

func rate(r float64) string {
	if r >= 10 {
		return fmt.Sprintf("%.0f", r)
	}
	return fmt.Sprintf("%.2g", r)
}

// clock writes a duration as h:mm:ss or m:ss.
func clock(d time.Duration) string {
	s := int(d.Round(time.Second) / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

func clip(s string, width int) string {
	if r := []rune(s); len(r) > width && width > 0 {
		return string(r[:width])
	}
	return s
}
