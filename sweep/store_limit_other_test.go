//go:build !unix

package sweep

var limitFileSize func(bytes uint64) error
