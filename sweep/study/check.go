package study

import "math/big"

// Between is the Check of an integer key within low … high.
func Between(key string, low, high int64) func(Settings) bool {
	return func(s Settings) bool { return low <= s.Int(key) && s.Int(key) <= high }
}

// Positive is the Check of a decimal key above 0.
func Positive(key string) func(Settings) bool {
	return func(s Settings) bool { return s.Rat(key).Sign() > 0 }
}

// Within is the Check of a decimal key within low … high.
func Within(key string, low, high int64) func(Settings) bool {
	return func(s Settings) bool {
		x := s.Rat(key)
		return x.Cmp(big.NewRat(low, 1)) >= 0 && x.Cmp(big.NewRat(high, 1)) <= 0
	}
}
