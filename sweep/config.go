package sweep

// Meaning is the part of the config that must not change while records of it are
// kept.
func (c *Config) Meaning() Meaning {
	m := Meaning{Axes: c.Axes}
	return m
}
