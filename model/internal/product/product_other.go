//go:build !amd64

package product

func fast(string) bool { return false }

func scanVNNI(s *Scan) int { return s.run() }

func stepVNNI(s *Step) int64 { return s.run() }
