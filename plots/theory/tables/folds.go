package tables

// A special point of a curve.
type point struct {
	name  string
	value float64
}

// specialPoints is the table of a curve's special points.
func specialPoints(solve func(at At) ([]point, error)) Table {
	return listTable("points", nil, solve, []column[point]{
		{"name", "name of the point", func(p point) any { return p.name }},
		{"value", "its value", func(p point) any { return p.value }},
	})
}

// pointsSwitch asks for the special points.
var pointsSwitch = Parameter{Name: "points", Kind: Switch, Doc: "the special points, as name and value"}

// foldPoints is the table of a fold without parameters: alpha_c and m_c.
func foldPoints(fold func(at At) (alphaC, mC float64, err error)) Table {
	return specialPoints(func(at At) ([]point, error) {
		alphaC, mC, err := fold(at)
		return []point{{"alpha_c", alphaC}, {"m_c", mC}}, err
	})
}

// capacitySwitch asks for the capacity against a parameter.
var capacitySwitch = Parameter{Name: "capacity", Kind: Switch, Doc: "give the capacity instead; what is not given then has a list of values"}

// A fold is where the retrieval state of a curve disappears.
type fold struct{ parameter, alphaC, mC float64 }

// foldAgainst is the table of a fold against a parameter.
func foldAgainst(parameter, doc string, otherwise values, solve func(at At) (alphaC, mC float64, err error)) Table {
	return table("capacity", and(nil, parameter, otherwise), func(at At) (fold, error) {
		alphaC, mC, err := solve(at)
		return fold{at.number(parameter), alphaC, mC}, err
	}, []column[fold]{
		{parameter, doc, func(p fold) any { return p.parameter }},
		{"alpha_c", "the largest load with a retrieval state", func(p fold) any { return p.alphaC }},
		{"m_c", "the overlap there", func(p fold) any { return p.mC }},
	})
}

// load is the load of a fold alone.
func load(solve func(at At) (alphaC, mC float64, err error)) func(at At) (float64, error) {
	return func(at At) (float64, error) {
		alphaC, _, err := solve(at)
		return alphaC, err
	}
}
