package config

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"hopcap/sweep/study"
)

// A value is one value of a key, with the place where it was written. Equal values
// have equal text.
type value struct {
	kind   study.Type
	text   string   // canonical
	number *big.Rat // of an Int or a Decimal, exact
	float  float64  // the nearest to number
	int    int64
	bool   bool
	record any // as it stands in records

	line    int    // 0 for a default
	written string // as in the source
}

func newInt(i int64) *value {
	r := new(big.Rat).SetInt64(i)
	f, _ := r.Float64()
	return &value{kind: study.Int, text: strconv.FormatInt(i, 10), number: r, float: f, int: i, record: i}
}

// newDecimal is r rounded to 12 significant digits.
func newDecimal(r *big.Rat) *value {
	d := roundDecimal(r)
	exact := d.rat()
	f, _ := exact.Float64()
	return &value{kind: study.Decimal, text: d.String(), number: exact, float: f, record: f}
}

func newBool(b bool) *value {
	return &value{kind: study.Bool, text: strconv.FormatBool(b), bool: b, record: b}
}

func newText(s string) *value { return &value{kind: study.Text, text: s, record: s} }

// at returns v as written at a line.
func (v *value) at(line int, written string) *value {
	v.line, v.written = line, written
	return v
}

// digits is the precision of decimals: less than a float64 holds, so that values
// computed by steps meet those written by hand.
const digits = 12

// A decimal is mantissa × 10^exponent, without trailing zeros in the mantissa.
type decimal struct {
	mantissa int64
	exponent int
}

// roundDecimal rounds to 12 significant digits, ties away from zero.
func roundDecimal(r *big.Rat) decimal {
	if r.Sign() == 0 {
		return decimal{}
	}
	// The size of r is between 10^(e−1) and 10^(e+1).
	e := len(new(big.Int).Abs(r.Num()).String()) - len(r.Denom().String())
	m := scaled(r, digits-1-e)
	if len(strings.TrimPrefix(m.String(), "-")) < digits {
		e--
		m = scaled(r, digits-1-e)
	}
	d := decimal{m.Int64(), e - digits + 1}
	for d.mantissa%10 == 0 {
		d.mantissa /= 10
		d.exponent++
	}
	return d
}

// scaled returns r × 10^e rounded to an integer, ties away from zero.
func scaled(r *big.Rat, e int) *big.Int {
	if e < 0 {
		return quotient(r.Num(), new(big.Int).Mul(r.Denom(), powerOfTen(-e)))
	}
	return quotient(new(big.Int).Mul(r.Num(), powerOfTen(e)), r.Denom())
}

// nearest returns the integer nearest to r, ties away from zero.
func nearest(r *big.Rat) *big.Int { return quotient(r.Num(), r.Denom()) }

// quotient returns the integer nearest to a/b for b > 0, ties away from zero.
func quotient(a, b *big.Int) *big.Int {
	q, rest := new(big.Int).QuoRem(a, b, new(big.Int))
	if rest.Lsh(rest, 1).CmpAbs(b) >= 0 {
		q.Add(q, big.NewInt(int64(a.Sign())))
	}
	return q
}

// powersOfTen are the powers that decimals of ordinary size need.
var powersOfTen = func() (p [128]*big.Int) {
	p[0] = big.NewInt(1)
	for e := range p[1:] {
		p[e+1] = new(big.Int).Mul(p[e], big.NewInt(10))
	}
	return p
}()

// powerOfTen returns 10^e for e ≥ 0, for reading only.
func powerOfTen(e int) *big.Int {
	if e < len(powersOfTen) {
		return powersOfTen[e]
	}
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(e)), nil)
}

func (d decimal) rat() *big.Rat {
	m := big.NewInt(d.mantissa)
	if d.exponent < 0 {
		return new(big.Rat).SetFrac(m, powerOfTen(-d.exponent))
	}
	return new(big.Rat).SetInt(m.Mul(m, powerOfTen(d.exponent)))
}

// String is the shortest text: plain where that is at most six zeros long.
func (d decimal) String() string {
	s := strconv.FormatInt(d.mantissa, 10)
	sign := ""
	if d.mantissa < 0 {
		sign, s = "-", s[1:]
	}
	point := len(s) + d.exponent // digits before the decimal point
	switch {
	case d.exponent >= 0 && point <= 15:
		return sign + s + strings.Repeat("0", d.exponent)
	case 0 < point && point < len(s):
		return sign + s[:point] + "." + s[point:]
	case -6 < point && point <= 0:
		return sign + "0." + strings.Repeat("0", -point) + s
	case len(s) == 1:
		return fmt.Sprintf("%s%se%d", sign, s, point-1)
	default:
		return fmt.Sprintf("%s%s.%se%d", sign, s[:1], s[1:], point-1)
	}
}

// parseDecimal reads a decimal number as TOML and people write it.
func parseDecimal(s string) (*big.Rat, bool) {
	s = strings.ReplaceAll(s, "_", "")
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || strings.ContainsAny(s, "xXpPiInN") {
		return nil, false
	}
	mantissa, _, _ := strings.Cut(strings.ToLower(s), "e")
	if f == 0 {
		return new(big.Rat), !strings.ContainsAny(mantissa, "123456789")
	}
	return new(big.Rat).SetString(s)
}

// settings are the values of one point, in the order of the schema's keys; nil
// where a key does not apply or was not given.
type settings struct {
	schema *schema
	values []*value
}

func (s *settings) lookup(key string) *value {
	slot, ok := s.schema.slots[key]
	if !ok {
		return nil
	}
	return s.values[slot]
}

// get returns the value of a key that must be there.
func (s *settings) get(key string, kinds ...study.Type) *value {
	v := s.lookup(key)
	if v == nil {
		panic("config: no setting " + key)
	}
	for _, k := range kinds {
		if v.kind == k {
			return v
		}
	}
	panic("config: setting " + key + " is of another kind")
}

func (s *settings) Has(key string) bool      { return s.lookup(key) != nil }
func (s *settings) Int(key string) int64     { return s.get(key, study.Int).int }
func (s *settings) Float(key string) float64 { return s.get(key, study.Int, study.Decimal).float }
func (s *settings) Bool(key string) bool     { return s.get(key, study.Bool).bool }
func (s *settings) Text(key string) string   { return s.get(key, study.Text).text }

// Rat returns a copy, since a caller may compute in place.
func (s *settings) Rat(key string) *big.Rat {
	return new(big.Rat).Set(s.get(key, study.Int, study.Decimal).number)
}

// partial are settings with some unknown values. They serve to check the known ones. If a
// check asks for an unknown setting, it gets a made-up value, and missed becomes true.
type partial struct {
	settings
	missed bool
}

func (p *partial) known(key string) bool {
	ok := p.lookup(key) != nil
	p.missed = p.missed || !ok
	return ok
}

func (p *partial) Has(key string) bool { return p.known(key) }

func (p *partial) Int(key string) int64 {
	if !p.known(key) {
		return 1
	}
	return p.settings.Int(key)
}

func (p *partial) Rat(key string) *big.Rat {
	if !p.known(key) {
		return big.NewRat(1, 1)
	}
	return p.settings.Rat(key)
}

func (p *partial) Float(key string) float64 {
	f, _ := p.Rat(key).Float64()
	return f
}

func (p *partial) Bool(key string) bool { return p.known(key) && p.settings.Bool(key) }

func (p *partial) Text(key string) string {
	if !p.known(key) {
		return ""
	}
	return p.settings.Text(key)
}
