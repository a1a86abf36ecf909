//go:build !amd64

package product

func fast(string) bool { return false }

func scanVNNI(s *Scan) int { return s.run() }

func stepVNNI(s *Step) (sum int64, planes int) { return s.run(), len(s.Weights.Planes) }

func surveyVNNI(s *Survey) { s.run() }

func countVNNI(c *Count) { c.run() }

func spreadVNNI(s *Spread) { s.run() }
