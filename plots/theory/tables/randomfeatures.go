package tables

import (
	"math"

	"hopcap/model/theory"
)

var randomFeaturesCurve = &Curve{
	Name: "random-features", Group: patternsGroup,
	Short: "Patterns made of random features: storage and learning",
	Doc: `random-features is the replica-symmetric theory at T = 0 of Hebb's couplings of patterns
made of D = α_D N features F_k = ±1,

  ξ_i^μ = sgn(D^{−1/2} Σ_k c_k^μ F_ki),   c Gaussian, K = αN

(Negri, Lauditi, Perugini, Lucibello and Malatesta, Phys. Rev. Lett. 131, 257301
(2023)). Patterns are retrieved below a load (storage). Features, which were never
stored, are retrieved above another (learning), if α_D is below 0.1379.

  pattern    the state near a pattern
  feature    the state near a feature
  published  the state near a pattern by the equations of the published code, which
             leave out its overlap with the features: to compare with its figures,
             networks do not follow it

With --capacity both transitions; that of features is empty where there is none.`,
	Example: `  hopcap theory random-features --capacity --feature-load 0.01,0.02,0.05,1
  hopcap theory random-features --state feature --feature-load 0.05 --alpha 1,2`,
	Parameters: []Parameter{
		capacitySwitch,
		{Name: "alpha", Doc: "load K/N (ten loads up to the fold, or from the transition on)"},
		{Name: "feature-load", Key: "feature_load", Symbol: "alpha_D", Doc: "load D/N of features", Default: []float64{0.1}},
		{Name: "state", Kind: Choice, Doc: "near what: pattern, feature or published", Choices: []string{"pattern", "feature", "published"}},
	},
	Variable: "alpha", Exclusive: [][]string{{"alpha", "capacity"}, {"state", "capacity"}},
	Tables: []Table{
		table("capacity", and(nil, "feature-load", fixed(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)), newFeatureTransitions, []column[featureTransitions]{
			{"feature_load", "load D/N of features", func(p featureTransitions) any { return p.alphaD }},
			{"alpha_pattern", "patterns are retrieved below this load", func(p featureTransitions) any { return p.pattern }},
			{"m_pattern", "the overlap there", func(p featureTransitions) any { return p.mPattern }},
			{"alpha_feature", "features are retrieved above this load", func(p featureTransitions) any { return p.feature }},
			{"m_feature", "the overlap there", func(p featureTransitions) any { return p.mFeature }},
			{"alpha_published", "alpha_pattern by the published equations", func(p featureTransitions) any { return p.published }},
		}),
		table("", append(over("feature-load"), axis{"alpha", featureLoads, featuresEnd}), newFeatures, []column[theory.RandomFeaturesPoint]{
			{"alpha", loadDoc, func(p theory.RandomFeaturesPoint) any { return p.Alpha }},
			{"feature_load", "load D/N of features", func(p theory.RandomFeaturesPoint) any { return p.AlphaD }},
			{"m", "overlap with the pattern or feature", func(p theory.RandomFeaturesPoint) any { return p.M }},
			{"error", "fraction of wrong neurons", func(p theory.RandomFeaturesPoint) any { return p.Error }},
			{"sigma", "deviation of the local field", func(p theory.RandomFeaturesPoint) any { return p.Sigma }},
			{"delta_q", "susceptibility", func(p theory.RandomFeaturesPoint) any { return p.DeltaQ }},
		}),
	},
}

// featureTransitions are the loads of storage and of learning, nil where there is no
// transition.
type featureTransitions struct {
	alphaD, pattern, mPattern float64
	feature, mFeature         any
	published                 float64
}

func newFeatureTransitions(at At) (p featureTransitions, err error) {
	p.alphaD = at.number("feature-load")
	if p.pattern, p.mPattern, err = theory.RandomFeaturesPatternCapacity(p.alphaD); err != nil {
		return p, err
	}
	if p.published, _, err = theory.RandomFeaturesPatternPublishedCapacity(p.alphaD); err != nil {
		return p, err
	}
	alpha, m, failed := theory.RandomFeaturesTransition(p.alphaD)
	if p.feature, err = orEmpty(alpha, failed); err != nil {
		return p, err
	}
	p.mFeature, err = orEmpty(m, failed)
	return p, err
}

func newFeatures(at At) (theory.RandomFeaturesPoint, error) {
	alpha, alphaD := at.number("alpha"), at.number("feature-load")
	switch at.choice("state") {
	case "feature":
		return theory.RandomFeatures(alpha, alphaD)
	case "published":
		return theory.RandomFeaturesPatternPublished(alpha, alphaD)
	}
	return theory.RandomFeaturesPattern(alpha, alphaD)
}

// featureLoads are ten loads at which the state exists: up to the fold of patterns, or
// from the transition of features to ten times it.
func featureLoads(at At) ([]float64, error) {
	if at.choice("state") != "feature" {
		return tenLoads(featuresEnd)(at)
	}
	alpha, _, err := theory.RandomFeaturesTransition(at.number("feature-load"))
	return tenLoads(func(At) (float64, error) { return 10 * alpha, err })(at)
}

// featuresEnd is the largest load at which the state exists. Features are retrieved at
// any load above the transition.
func featuresEnd(at At) (alphaC float64, err error) {
	switch at.choice("state") {
	case "feature":
		return math.Inf(1), nil
	case "published":
		alphaC, _, err = theory.RandomFeaturesPatternPublishedCapacity(at.number("feature-load"))
	default:
		alphaC, _, err = theory.RandomFeaturesPatternCapacity(at.number("feature-load"))
	}
	return alphaC, err
}
