package kernel

import (
	"math"
	"math/bits"
)

var generic = Kernel{
	Name: "go",
	Heat: heatGo,
	Fill: fillGo, Scan: scanGo, Flip: flipGo, Unlike: unlikeGo, Tally: tallyGo, Low: lowGo,
}

func fillGo(dst []uint64, lanes *Lanes) {
	for l := range 8 {
		s0, s1, s2, s3 := lanes[0][l], lanes[1][l], lanes[2][l], lanes[3][l]
		for t := l; t < len(dst); t += 8 {
			dst[t] = bits.RotateLeft64(s0+s3, 23) + s0
			c := s1 << 17
			s2 ^= s0
			s3 ^= s1
			s1 ^= s2
			s0 ^= s3
			s2 ^= c
			s3 = bits.RotateLeft64(s3, 45)
		}
		lanes[0][l], lanes[1][l], lanes[2][l], lanes[3][l] = s0, s1, s2, s3
	}
}

func scanGo(s *Scan) int {
	for t, i := range s.Order {
		if s.Skip > 0 && !s.Whole {
			if least := int64(s.Spins[i])*(s.field(int(i), s.Skip)+s.Low) - s.Self - s.Doubt; least >= 0 {
				s.Stable[t] = clamp(least)
				continue
			}
		}
		stability := int64(s.Spins[i])*s.Field(int(i)) - s.Self
		s.Stable[t] = clamp(stability)
		if stability < 0 && !s.Whole {
			return t
		}
	}
	return len(s.Order)
}

func heatGo(s *Scan) int {
	s.Flips, s.Over = 0, false
	for t, i := range s.Order {
		stability := int64(s.Spins[i])*s.Field(int(i)) - s.Self
		switch flip, stay := s.limits(int(i)); {
		case stability >= stay:
		case stability >= flip:
			return t
		default:
			if s.turn(int(i)); s.Over {
				return t
			}
		}
	}
	return len(s.Order)
}

// turn flips neuron i.
func (s *Scan) turn(i int) {
	s.Flips++
	s.Spins[i] = -s.Spins[i]
	spin := int64(s.Spins[i])
	row := s.Rows[i*s.Stride : i*s.Stride+s.Words]
	ups := 0
	for w, x := range row {
		ups += bits.OnesCount64(x & s.Sums.Active[w])
	}
	for a := range s.Apart {
		p := &s.Apart[a]
		up := int(row[p.Word] >> p.Shift & 1)
		ups += up
		p.Value += 4 * spin * int64(2*up-1)
	}
	s.Total += 2 * spin * int64(2*ups-s.Patterns)
	s.Over = flipGo(&s.Sums, row, spin > 0) != 0
}

// Field returns F of neuron i.
func (s *Scan) Field(i int) int64 { return s.field(i, 0) }

// field returns F without what the lowest slices count with the bits of the row.
func (s *Scan) field(i, skip int) int64 {
	row := s.Rows[i*s.Stride : i*s.Stride+s.Words]
	f := s.Sums.dot(row, skip) - s.Total
	for _, a := range s.Apart {
		f += int64(row[a.Word]>>a.Shift&1) * a.Value
	}
	return f
}

func clamp(v int64) int32 { return int32(min(max(v, math.MinInt32), math.MaxInt32)) }

// dot returns Σ Weight·popcount(row AND slice) over the slices from skip on.
func (s *Sums) dot(row []uint64, skip int) (f int64) {
	for g := range s.Groups {
		group := s.Bits[g*s.Width*8:]
		part := row[g*8:]
		if len(part) < 8 {
			for b := skip; b < s.Width; b++ {
				n := 0
				for l, x := range part {
					n += bits.OnesCount64(x & group[b*8+l])
				}
				f += int64(s.Weight[b*8]) * int64(n)
			}
			break
		}
		x := (*[8]uint64)(part)
		for b := skip; b < s.Width; b++ {
			y := (*[8]uint64)(group[b*8:])
			n := bits.OnesCount64(x[0]&y[0]) + bits.OnesCount64(x[1]&y[1]) +
				bits.OnesCount64(x[2]&y[2]) + bits.OnesCount64(x[3]&y[3]) +
				bits.OnesCount64(x[4]&y[4]) + bits.OnesCount64(x[5]&y[5]) +
				bits.OnesCount64(x[6]&y[6]) + bits.OnesCount64(x[7]&y[7])
			f += int64(s.Weight[b*8]) * int64(n)
		}
	}
	return f
}

func flipGo(s *Sums, row []uint64, add bool) (over uint64) {
	down := ^uint64(0) // the patterns that go down
	if !add {
		down = 0
	}
	for w, x := range row {
		down := x ^ down
		at := s.at(w)
		carry := s.Active[w]
		for b := s.First; b < s.Width-1 && carry != 0; b++ {
			p := &s.Bits[at+b*8]
			carry, *p = carry&(*p^down), *p^carry
		}
		p := &s.Bits[at+(s.Width-1)*8]
		over |= carry &^ (*p ^ down)
		*p ^= carry
	}
	return over
}

func lowGo(s *Sums, skip int) (sum, norm int) {
	for w, active := range s.Active {
		slice := s.Bits[s.at(w):]
		up := slice[(skip-1)*8] // where v is not negative
		sum += s.Base*bits.OnesCount64(active) + bits.OnesCount64(up)<<(skip-s.First)
		for b := s.First; b < skip-1; b++ {
			sum += bits.OnesCount64(slice[b*8]) << (b - s.First + 1)
			norm += bits.OnesCount64(active&^(slice[b*8]^up)) << (b - s.First + 1)
		}
		if s.Base&1 == 0 {
			norm += 2 * bits.OnesCount64(active&^up)
		} else {
			norm += bits.OnesCount64(active)
		}
	}
	return sum, norm
}

func unlikeGo(a, b []uint64) (n int) {
	b = b[:len(a)]
	for w, x := range a {
		n += bits.OnesCount64(x ^ b[w])
	}
	return n
}

// tallyGo counts eight rows at a time: seven full adders a word, and what they
// carry goes into the counters' bit 3.
func tallyGo(t *Tally) {
	words := min(t.Stride, t.Groups*8)
	i := 0
	for ; i+8 <= len(t.Spins); i += 8 {
		var flip [8]uint64
		for r := range flip {
			flip[r] = uint64(int64(t.Spins[i+r]) >> 63)
		}
		rows := t.Rows[i*t.Stride:]
		for w := range words {
			at := w/8*t.Depth*8 + w%8
			c := t.Counts[at : at+t.Depth*8-w%8]
			word := func(r int) uint64 { return rows[r*t.Stride+w] ^ flip[r] }
			one, a := adder(c[0], word(0), word(1))
			one, b := adder(one, word(2), word(3))
			two, d := adder(c[8], a, b)
			one, a = adder(one, word(4), word(5))
			one, b = adder(one, word(6), word(7))
			two, e := adder(two, a, b)
			four, carry := adder(c[16], d, e)
			c[0], c[8], c[16] = one, two, four
			ripple(c[24:], carry)
		}
	}
	for ; i < len(t.Spins); i++ {
		flip := uint64(int64(t.Spins[i]) >> 63)
		for w, x := range t.Rows[i*t.Stride : i*t.Stride+words] {
			ripple(t.Counts[w/8*t.Depth*8+w%8:], x^flip)
		}
	}
}

// adder adds three bits at 64 places.
func adder(x, y, z uint64) (sum, carry uint64) {
	u := x ^ y
	return u ^ z, x&y | u&z
}

// ripple adds a bit at 64 places to the counters whose slices are eight words
// apart.
func ripple(counts []uint64, carry uint64) {
	for at := 0; carry != 0; at += 8 {
		p := &counts[at]
		carry, *p = carry&*p, *p^carry
	}
}
