package figure

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"hopcap/plots/label"
)

// An Axis is one direction of a panel.
type Axis struct {
	Name  string // of the column shown, for the table of plotted numbers
	Label string // in the notation of labels: "overlap $m$"
	Log   bool
	// Min and Max bound the axis; NaN, or both zero, leaves it to the data.
	Min, Max float64
	// Names stand at 0, 1, 2, … in place of numbers.
	Names []string
}

// same reports whether two axes show the same in the same way.
func (a Axis) same(b Axis) bool {
	al, ah := a.limits()
	bl, bh := b.limits()
	return a.Name == b.Name && a.Label == b.Label && a.Log == b.Log &&
		plain(al) == plain(bl) && plain(ah) == plain(bh)
}

// A tick is a mark on an axis. Those without a label are shorter.
type tick struct {
	at    float64
	label string
}

// A scale maps values to the unit interval.
type scale struct {
	log      bool
	min, max float64
	ticks    []tick
	factor   string // "$\times10^{-3}$", where tick labels leave a power out
}

// at is where a value lies between the ends of the axis, 0 to 1. On a log axis
// what is not positive lies far below.
func (s scale) at(v float64) float64 {
	if math.IsInf(v, 0) {
		return math.NaN() // nowhere, rather than at the end of the page
	}
	if !s.log {
		return clamp((v-s.min)/(s.max-s.min), 1e4)
	}
	if v <= 0 {
		return -1e4
	}
	return clamp(math.Log(v/s.min)/math.Log(s.max/s.min), 1e4)
}

// clamp keeps coordinates to what every format can hold; NaN stays.
func clamp(v, limit float64) float64 {
	return math.Max(-limit, math.Min(limit, v))
}

// fit makes the scale of an axis that shows the given values, with about so
// many labels.
func (a Axis) fit(values []float64, labels int) scale {
	s := scale{log: a.Log}
	lo, hi := a.limits()
	s.min, s.max = a.extent(values)
	if !math.IsNaN(lo) {
		s.min = lo
	}
	if !math.IsNaN(hi) {
		s.max = hi
	}
	if oneValue(s.min, s.max) {
		s.min, s.max = widened(s.min, a.Log)
	}
	if a.Names != nil {
		for i, name := range a.Names {
			s.ticks = append(s.ticks, tick{float64(i), name})
		}
		return s
	}
	s.mark(labels)
	return s
}

// limits are the fixed ends of the axis, NaN where there is none.
func (a Axis) limits() (lo, hi float64) {
	lo, hi = a.Min, a.Max
	if lo == 0 && hi == 0 {
		return math.NaN(), math.NaN()
	}
	if !a.holds(lo) {
		lo = math.NaN()
	}
	if !a.holds(hi) {
		hi = math.NaN()
	}
	return lo, hi
}

// Bounds of what an axis shows. Beyond them a range, or its ratio, overflows.
const (
	largestLinear = 1e300
	largestLog    = 1e150
)

// holds reports whether the axis has a place for a value.
func (a Axis) holds(v float64) bool {
	if a.Log {
		return 1/largestLog <= v && v <= largestLog
	}
	return math.Abs(v) <= largestLinear
}

// oneValue reports whether the ends of a range are one value but for rounding: means
// of equal decimals differ in the last digits. A range that is none is one too.
func oneValue(lo, hi float64) bool {
	return !(hi-lo > 1e-9*math.Max(math.Abs(lo), math.Abs(hi)) && hi-lo > 1/largestLinear)
}

// widened makes an interval of a single value.
func widened(v float64, log bool) (lo, hi float64) {
	switch {
	case log && 1/largestLog <= v && v <= largestLog:
		return v / 2, v * 2
	case log:
		return 0.1, 10
	case math.Abs(v) > 4/largestLinear && math.Abs(v) <= largestLinear:
		return v - math.Abs(v)/2, v + math.Abs(v)/2
	}
	return -1, 1
}

// rangeOf is the range of some values on a linear axis, without room at its ends.
func rangeOf(values []float64) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if math.Abs(v) <= largestLinear {
			lo, hi = math.Min(lo, v), math.Max(hi, v)
		}
	}
	if oneValue(lo, hi) {
		return widened(lo, false)
	}
	return lo, hi
}

// extent is the range of the values that the axis can show, and 4 % more at
// each end, so that no symbol touches the frame.
func (a Axis) extent(values []float64) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if a.holds(v) {
			lo, hi = math.Min(lo, v), math.Max(hi, v)
		}
	}
	if oneValue(lo, hi) {
		return widened(lo, a.Log) // also where there is no value
	}
	if a.Log {
		r := math.Pow(hi/lo, 0.04)
		return lo / r, hi * r
	}
	d := 0.04 * (hi - lo)
	return lo - d, hi + d
}

func (s *scale) mark(labels int) {
	if s.log {
		s.markLog(labels, "125")
	}
	if s.log && labels > 3 && s.labelled() < 3 {
		s.ticks = nil
		s.markLog(labels, "123468") // of less than a decade
	}
	if s.labelled() < 2 {
		s.ticks = nil
		s.markLinear(labels)
	}
}

func (s *scale) labelled() (n int) {
	for _, t := range s.ticks {
		if t.label != "" {
			n++
		}
	}
	return n
}

// mostTicks bounds the ticks of an axis, whatever its range.
const mostTicks = 200

// markLinear puts labels at multiples of 1, 2 or 5 times a power of ten, and
// unlabelled ticks between.
func (s *scale) markLinear(labels int) {
	step, parts := niceStep((s.max - s.min) / float64(labels))
	if (s.max-s.min)/step > 4.5 && parts != 5 {
		parts = 2 // between many labels, fewer ticks
	}
	offset, power := s.leaveOut(step)
	digits := decimals(step / power)
	small := step / float64(parts)
	eps := 1e-9 * (s.max - s.min)
	first := math.Ceil((s.min - eps) / small)
	for k := range mostTicks {
		i := first + float64(k)
		if !(i*small <= s.max+eps) {
			break
		}
		t := tick{at: i * small}
		if s.log && t.at < s.min*(1-1e-9) {
			continue // near the lower end by the length of the axis, not by its scale
		}
		if math.Mod(i, float64(parts)) == 0 {
			t.label = label.Number((i*small-offset)/power, digits)
		}
		s.ticks = append(s.ticks, t)
	}
}

// niceStep rounds a step to 1, 2 or 5 times a power of ten and says into how
// many parts smaller ticks divide it.
func niceStep(raw float64) (step float64, parts int) {
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	switch r := raw / power; {
	case r < 1.5:
		return power, 4
	case r < 3.5:
		return 2 * power, 4
	case r < 7.5:
		return 5 * power, 5
	}
	return 10 * power, 4
}

// leaveOut returns what is subtracted from the labels, and then the power of ten that
// they are divided by, and names both beside the axis. A power is left out of numbers
// that are large or small. Of numbers that agree in their first six digits the
// common part is left out. Numbers that merely differ late, such as 0.99954, stay.
func (s *scale) leaveOut(step float64) (offset, power float64) {
	largest := math.Max(math.Abs(s.min), math.Abs(s.max))
	common := ""
	if largest/step > 2e6 {
		offset, common = commonPart(s.min, s.max)
		largest = math.Max(math.Abs(s.min-offset), math.Abs(s.max-offset))
	}
	e := math.Floor(math.Log10(largest))
	if largest < 1e5 && (decimals(step) <= 3 || largest >= 0.01) {
		if common != "" {
			s.factor = "$" + common + "$"
		}
		return offset, 1
	}
	s.factor = fmt.Sprintf(`$\times10^{%.0f}%s$`, e, common)
	return offset, math.Pow(10, e)
}

// commonPart is the number with the fewest digits near the middle of a range that is
// short beside its distance from zero, and the same with its sign for a label.
func commonPart(lo, hi float64) (value float64, signed string) {
	last := math.Ceil(math.Log10(hi - lo)) // the power of ten of the last digit
	first := math.Floor(math.Log10(math.Max(math.Abs(lo), math.Abs(hi))))
	digits := int(first - last)
	mantissa := strconv.FormatFloat((lo+hi)/2/math.Pow(10, first), 'f', digits, 64)
	if strings.Contains(mantissa, ".") {
		mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
	}
	value, err := strconv.ParseFloat(fmt.Sprintf("%se%.0f", mantissa, first), 64)
	if err != nil {
		return 0, ""
	}
	signed = mantissa
	if first != 0 {
		signed += fmt.Sprintf(`\times10^{%.0f}`, first)
	}
	if -4 <= first && first < 5 {
		signed = strconv.FormatFloat(value, 'f', -1, 64)
	}
	if value >= 0 {
		signed = "+" + signed
	}
	return value, signed
}

// decimals are the digits after the point that multiples of a step need.
func decimals(step float64) int {
	return int(math.Max(0, -math.Floor(math.Log10(step*1.0000001))))
}

// markLog labels powers of ten; where the range is short it labels the given
// multiples of them too, as plain numbers where those are not long.
func (s *scale) markLog(labels int, multiples string) {
	first, last := int(math.Floor(math.Log10(s.min))), int(math.Ceil(math.Log10(s.max)))
	inside := int(math.Floor(math.Log10(s.max)+1e-9) - math.Ceil(math.Log10(s.min)-1e-9) + 1)
	every := 1 + (inside-1)/labels
	crowded := inside > mostTicks/4 // then labelled powers only
	few := inside < 2 || s.max/s.min < 50 && labels > 3
	for e := first; e <= last; e++ {
		for k := 1.0; k < 10; k++ {
			v := k * math.Pow(10, float64(e))
			if v < s.min*(1-1e-9) || v > s.max*(1+1e-9) || every > 1 && k > 1 || crowded && e%every != 0 {
				continue
			}
			s.ticks = append(s.ticks, tick{v, logLabel(k, e, few && strings.ContainsRune(multiples, '0'+rune(k)), every)})
		}
	}
}

// logLabel is the label of k·10^e: all of those in few, else powers of ten only.
func logLabel(k float64, e int, few bool, every int) string {
	switch {
	case few && e >= -3 && e <= 4:
		return label.Number(k*math.Pow(10, float64(e)), max(0, -e))
	case few && k > 1:
		return fmt.Sprintf(`$%.0f\times10^{%d}$`, k, e)
	case k == 1 && e%every == 0:
		return fmt.Sprintf("$10^{%d}$", e)
	}
	return ""
}
