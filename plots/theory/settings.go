package theory

import "math"

// number is a setting as a number, or what it is where nothing is said.
func (at Settings) number(name string, otherwise float64) float64 {
	v, ok := at[name]
	if !ok {
		return otherwise
	}
	return toNumber(v)
}

// toNumber is a value as a number: NaN where it is undefined or a text.
func toNumber(v any) float64 {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case int:
		return float64(v)
	case float64:
		return v
	case bool:
		if v {
			return 1
		}
		return 0
	}
	return math.NaN()
}
