package theory

// Energy returns the energy per neuron of the retrieval state,
//
//	e = ∂(βf)/∂β = α/2 − m²/2 − α/(2(1−C)) − αrC/2,
//
// at T = 0 too.
func (p AGSPoint) Energy() float64 {
	return p.Alpha/2 - p.M*p.M/2 - p.Alpha/(2*(1-p.C)) - p.Alpha*p.R*p.C/2
}
